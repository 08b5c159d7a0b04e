"""What each demo role finds waiting: open matters told so that they stand at a chosen light today."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from huiyin.doors.cli.demo.cast import Cast, Item, read
from huiyin.doors.cli.demo.plots import ask_for_more_time, check, propose_refusal
from huiyin.doors.cli.demo.story import Now, Story
from huiyin.matters.actions import History
from huiyin.rules.workdays import SHANGHAI

if TYPE_CHECKING:
    from huiyin.organisation.models import Person

_OPENED: Final = 45  # minutes after the office opens at which these were received


class Waiting(NamedTuple):
    """One open matter: whose, about what, how it stands, received how many working days ago.

    An item's code makes it an application, a unit's an enquiry. `days` counts
    back from the last working day before today; negative numbers count from
    the item's limit: -1 is due on the next working day but one.
    """

    holder: int
    about: str
    stands: str
    days: int


WAITING: Final = (
    # The clerk's desk: green, yellow, red, blue, papers to look at, answers to give.
    Waiting(1015, "MZ-01", "in_hand", 3),
    Waiting(1015, "MZ-01", "in_hand", 6),
    Waiting(1015, "MZ-02", "in_hand", 4),
    Waiting(1015, "MZ-02", "in_hand", 9),
    Waiting(1015, "MZ-03", "in_hand", 2),
    Waiting(1015, "MZ-01", "in_hand", -2),
    Waiting(1015, "MZ-03", "in_hand", -1),
    Waiting(1015, "MZ-02", "in_hand", -1),
    Waiting(1015, "MZ-01", "in_hand", 23),
    Waiting(1015, "MZ-03", "in_hand", 12),
    Waiting(1015, "MZ-02", "paused", 8),
    Waiting(1015, "MZ-01", "received", 0),
    Waiting(1015, "MZ-03", "received", 1),
    Waiting(1015, "MZ", "enquiry", 0),
    Waiting(1015, "MZ", "enquiry", 1),
    Waiting(1015, "MZ-01", "awaiting_supplement", 4),
    # What waits for the clerk to accept.
    Waiting(1043, "MZ-03", "offered", 0),
    # The other clerk, and the colleague who is away today.
    Waiting(1016, "MZ-04", "in_hand", 1),
    Waiting(1016, "MZ-04", "in_hand", -1),
    Waiting(1016, "MZ-05", "in_hand", 3),
    Waiting(1016, "MZ", "enquiry", 0),
    Waiting(1017, "MZ-06", "in_hand", 2),
    Waiting(1017, "MZ-06", "in_hand", -1),
    Waiting(1017, "MZ-07", "in_hand", 4),
    Waiting(1017, "MZ-07", "in_hand", 13),
    # Reception: fresh, handed over, sent back.
    Waiting(1043, "BM", "enquiry", 0),
    Waiting(1043, "GT-01", "received", 0),
    Waiting(1043, "SB-02", "offered", 0),
    Waiting(1043, "NY-01", "bounced", 0),
    # The head of section, the efficiency office, the administrator.
    Waiting(1014, "MZ", "enquiry", 0),
    Waiting(1014, "MZ-05", "in_hand", 8),
    Waiting(1008, "DZ", "enquiry", 0),
    Waiting(1008, "DZ", "enquiry", 2),
    Waiting(1009, "DZ", "enquiry", 0),
    # What waits for the leader in charge, and for the main leader.
    Waiting(1016, "MZ-04", "refusal_filed", 3),
    Waiting(1021, "SB-04", "refusal_filed", 6),
    Waiting(1030, "WJ-02", "refusal_filed", 9),
    Waiting(1024, "GT-01", "extension_asked", 15),
    Waiting(1027, "JS-01", "extension_asked", 7),
    Waiting(1034, "NY-03", "extension_asked", 6),
    # Others: a limit of months, told extensions, an approved refusal.
    Waiting(1025, "GT-02", "paused", 30),
    Waiting(1025, "GT-02", "in_hand", 12),
    Waiting(1037, "LY-01", "refusal_approved", 5),
    Waiting(1028, "JS-03", "extension_untold", 14),
    Waiting(1040, "SL-01", "paused", 6),
    # Told over the telephone what is missing; a paper left with who would not sign.
    Waiting(1021, "SB-04", "told_by_phone", 2),
    Waiting(1024, "GT-01", "notice_left", 3),
)


def waiting(cast: Cast, rng: Random, until: datetime) -> Iterator[History]:
    """Tell every open matter of the list."""
    people = {int(post.a.staff_no): post.a for post in cast.posts.values()}
    for one in WAITING:
        if one.stands == "enquiry":
            yield _enquiry(cast, rng, one, people[one.holder], until)
        else:
            yield _application(cast, rng, one, people[one.holder], until)


def _enquiry(cast: Cast, rng: Random, one: Waiting, holder: Person, until: datetime) -> History:
    asked = [text for unit, text, _ in read("words")["enquiries"] if unit == one.about]
    story = Story(cast, rng, until=until, received=received_back(cast, one.days, until), holder=holder)
    unit = next(post.unit for post in cast.posts.values() if post.unit.code == one.about)
    return story.history(kind="enquiry", channel="counter", unit=unit, summary=rng.choice(asked))


def _application(cast: Cast, rng: Random, one: Waiting, holder: Person, until: datetime) -> History:
    item = cast.item(one.about)
    back = one.days if one.days >= 0 else round(item.days) + one.days - 1
    story = Story(cast, rng, until=until, received=received_back(cast, back, until), holder=holder)
    with suppress(Now):
        story.wait(10, 40)
        _STANDS[one.stands](story, item)
    return story.history(
        kind="application",
        channel="phone" if one.stands == "told_by_phone" else "counter",
        unit=item.post.unit,
        summary=item.row.name,
        details=story.words.of("details"),
        item=item,
    )


def received_back(cast: Cast, back: int, until: datetime) -> datetime:
    """Return a morning so many working days before the last one that is over."""
    today = until.astimezone(SHANGHAI).date()
    day = cast.calendar.add_workdays(today, -1 - back)
    return cast.calendar.add_minutes(cast.calendar.opening(day), _OPENED)


def _accepted(story: Story, item: Item) -> None:
    check(story, item)
    story.wait(5, 20)
    story.do("accept")
    story.wait(30, 60)


def _in_hand(story: Story, item: Item) -> None:
    _accepted(story, item)
    for step in item.work[:1]:
        story.do("note", step=step)


def _awaiting_supplement(story: Story, item: Item) -> None:
    check(story, item, (item.papers[0].name,))
    story.wait(10)
    story.do("notify", supplement_how=story.words.of("supplements"))


def _told_by_phone(story: Story, item: Item) -> None:
    check(story, item, (item.papers[0].name,))
    story.wait(10)
    name, phone = story.applicant()
    story.do(
        "notify",
        supplement_how=story.words.of("supplements"),
        form="oral",
        told_to=name,
        told_phone=phone,
    )


def _notice_left(story: Story, item: Item) -> None:
    _awaiting_supplement(story, item)
    story.wait(60)
    said = read("words")["left"]
    story.do("prove", how="left", place=said["place"], reason=said["reason"], witness=story.words.name())


def _paused(story: Story, item: Item) -> None:
    _accepted(story, item)
    story.wait_days(2)
    story.do(
        "pause",
        procedure=item.procedure,
        planned_days=10,
        basis=story.words.of("reasons", "pause"),
    )


def _offered(story: Story, item: Item) -> None:
    story.do("offer", to=str(item.post.a.id), reason=story.words.of("reasons", "handover"))


def _bounced(story: Story, item: Item) -> None:
    _offered(story, item)
    story.wait(20)
    story.do("bounce", item.post.a, reason=story.words.of("reasons", "bounce"))


def _refusal_filed(story: Story, item: Item) -> None:
    _accepted(story, item)
    story.wait_days(1)
    propose_refusal(story, item)


def _refusal_approved(story: Story, item: Item) -> None:
    _refusal_filed(story, item)
    leader, _ = story.cast.leader(item.post.unit, story.at)
    story.wait(120)
    story.do("approve", leader, opinion=story.words.of("opinions", "agree"))


def _extension_asked(story: Story, item: Item) -> None:
    _accepted(story, item)
    story.until_moment(received_back(story.cast, 0, story.until))
    story.wait(60)
    ask_for_more_time(story, 5)


def _extension_untold(story: Story, item: Item) -> None:
    _extension_asked(story, item)
    story.wait(120)
    leader = story.cast.posts["LD01"].a
    story.do("give_more_time", leader, level="main_leader", opinion=story.words.of("opinions", "grant"))


def _received_only(story: Story, item: Item) -> None:
    """Nothing happened since."""


_STANDS: Final[dict[str, Callable[[Story, Item], None]]] = {
    "told_by_phone": _told_by_phone,
    "notice_left": _notice_left,
    "in_hand": _in_hand,
    "received": _received_only,
    "awaiting_supplement": _awaiting_supplement,
    "paused": _paused,
    "offered": _offered,
    "bounced": _bounced,
    "refusal_filed": _refusal_filed,
    "refusal_approved": _refusal_approved,
    "extension_asked": _extension_asked,
    "extension_untold": _extension_untold,
}
