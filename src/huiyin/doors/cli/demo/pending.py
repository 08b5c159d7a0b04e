"""Documents and given work that the demo roles find today, each at a chosen stage and light."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from huiyin.doors.cli.demo import registers
from huiyin.doors.cli.demo.cast import LETTERS, Cast, Post, read
from huiyin.doors.cli.demo.errands import OVERSIGHT, VISITS
from huiyin.doors.cli.demo.story import Now, Story
from huiyin.doors.cli.demo.today import received_back
from huiyin.matters.actions import DocumentEntry, History
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI

if TYPE_CHECKING:
    from huiyin.organisation.models import Person


class Pending(NamedTuple):
    """One open document or piece of work: which, whose post, how it stands, since how many working days.

    `which` is a kind and the place in its list of `papers.yaml`; `limit` is the set limit in
    working days, 0 for none.
    """

    kind: str
    which: int
    post: str
    stands: str
    days: int
    limit: int = 0


PENDING: Final = (
    # The register: fresh, before the leaders, on its way to its handler, done and not yet filed.
    Pending("incoming", 0, "LY02", "registered", 0),
    Pending("incoming", 6, "WJ02", "before_main", 0),
    Pending("incoming", 12, "JS01", "before_leader", 1),
    Pending("incoming", 7, "GT01", "seen", 2),
    Pending("incoming", 1, "MZ01", "sent", 1),
    Pending("incoming", 2, "MZ01", "sent", 3),
    Pending("incoming", 2, "MZ02", "sent", 0),
    Pending("incoming", 1, "MZ01", "in_hand", 4, 5),
    Pending("incoming", 1, "MZ02", "in_hand", 7, 5),
    Pending("incoming", 3, "NY01", "in_hand", 3, 10),
    Pending("incoming", 9, "SL01", "completed", 6, 5),
    # What is written: with its drafter, to be checked, signed, numbered, sent.
    Pending("outgoing", 0, "MZ01", "ordered", 1),
    Pending("outgoing", 0, "MZ02", "drafted", 1),
    Pending("outgoing", 6, "WJ02", "checked", 2),
    Pending("outgoing", 7, "SB01", "signed", 3),
    Pending("outgoing", 3, "SL02", "numbered", 4),
    # What was given: under way, late, and done and waiting to be struck off.
    Pending("tasks", 3, "MZ01", "given", 2, 5),
    Pending("tasks", 3, "MZ04", "done", 4, 5),
    Pending("tasks", 0, "JS01", "given", 9, 7),
    Pending("tasks", 4, "GT01", "told", 5, 15),
    Pending("proposals", 0, "JS01", "told", 12, 30),
    Pending("petitions", 3, VISITS, "brought", 0),
    Pending("petitions", 0, VISITS, "brought", 1),
    Pending("reports", 0, OVERSIGHT, "looked_into", 6),
)


def pending(cast: Cast, rng: Random, until: datetime) -> Iterator[History]:
    """Tell every document and piece of work of the list."""
    for one in PENDING:
        yield _TOLD[one.kind](cast, rng, one, until)


def _incoming(cast: Cast, rng: Random, one: Pending, until: datetime) -> History:
    told, post = read("papers")["incoming"][one.which], cast.posts[one.post]
    keeper = cast.posts[LETTERS].a
    story = _story(cast, rng, one, keeper, until)
    with suppress(Now):
        story.wait(10, 30)
        _STANDS[one.stands](story, post, told)
    year = story.received.astimezone(SHANGHAI).year
    return story.history(
        kind="document_in",
        channel="letter",
        unit=post.unit if story.holder.id != keeper.id else cast.posts[LETTERS].unit,
        summary=told["title"],
        served=False,
        given=_limit(one),
        document=DocumentEntry(
            party=told["source"],
            their_number=told["number"] % {"year": year, "serial": rng.randint(181, 260)},
            received_on=story.received.astimezone(SHANGHAI).date(),
            pages=rng.randint(2, 12),
        ),
    )


def _outgoing(cast: Cast, rng: Random, one: Pending, until: datetime) -> History:
    told, post = read("papers")["outgoing"][one.which], cast.posts[one.post]
    story = _story(cast, rng, one, post.a, until)
    with suppress(Now):
        story.wait(30, 90)
        _STANDS[one.stands](story, post, told)
    return story.history(
        kind="document_out",
        channel="letter",
        unit=post.unit,
        summary=told["title"],
        served=False,
        registered_by=str(cast.posts[f"{post.unit.code}00"].a.id),
        document=DocumentEntry(
            party=told["party"], book=told["book"], genre=told["genre"], drafted_by=post.a
        ),
    )


def _given(cast: Cast, rng: Random, one: Pending, until: datetime) -> History:
    told, post = read("papers")[one.kind][one.which], cast.posts[one.post]
    story = _story(cast, rng, one, post.a, until)
    with suppress(Now):
        story.wait(30, 90)
        _STANDS[one.stands](story, post, told)
    return story.history(
        kind=one.kind.removesuffix("s"),
        channel="letter",
        unit=post.unit,
        summary=told["title"],
        served=False,
        source=told["source"],
        origin=told["origin"],
        given=_limit(one),
        assigner=cast.posts[cast.overseers[post.unit.code]].a,
        registered_by=str(cast.posts[LETTERS].a.id),
    )


def _petition(cast: Cast, rng: Random, one: Pending, until: datetime) -> History:
    _, asked, _ = read("papers")["petitions"][one.which]
    story = _story(cast, rng, one, cast.posts[one.post].a, until)
    return story.history(
        kind="petition",
        channel="letter",
        unit=cast.posts[one.post].unit,
        summary=asked,
        source="direct",
        origin=story.words.of("origins", "direct"),
    )


def _report(cast: Cast, rng: Random, one: Pending, until: datetime) -> History:
    asked, _ = read("papers")["reports"][one.which]
    story = _story(cast, rng, one, cast.posts[one.post].a, until)
    with suppress(Now):
        story.wait_days(1)
        story.do("progress", words=story.words.of("progress", "report"))
    return story.history(
        kind="report",
        channel="letter",
        unit=cast.posts[one.post].unit,
        summary=asked,
        accused=(cast.posts["SL02"].a.id,),
        registered_by=str(story.first.id),
    )


def _story(cast: Cast, rng: Random, one: Pending, holder: Person, until: datetime) -> Story:
    return Story(cast, rng, until=until, received=received_back(cast, one.days, until), holder=holder)


def _limit(one: Pending) -> Limit | None:
    return Limit(one.limit, Unit.WORKING_DAY) if one.limit else None


def _registered(story: Story, post: Post, told: dict[str, Any]) -> None:
    """Nothing happened since."""


def _before_main(story: Story, post: Post, _: dict[str, Any]) -> None:
    text = story.words.of("proposals").replace("%(unit)s", post.unit.name)
    story.do("write_opinion", role="proposal", opinion=text)
    story.do("present", to=str(story.cast.posts["LD01"].a.id), level="main_leader")


def _before_leader(story: Story, post: Post, told: dict[str, Any]) -> None:
    main, leader = story.cast.posts["LD01"].a, story.cast.posts[story.cast.overseers[post.unit.code]].a
    _before_main(story, post, told)
    story.wait(20)
    opinion = story.words.of("instructions", "main")
    story.do("write_opinion", main, role="main_leader", opinion=opinion)
    story.do("present", to=str(leader.id), level="leader")


def _seen(story: Story, post: Post, told: dict[str, Any]) -> None:
    _before_leader(story, post, told)
    leader = story.cast.posts[story.cast.overseers[post.unit.code]].a
    story.wait(20)
    story.do("write_opinion", leader, role="leader", opinion=story.words.of("instructions", "leader"))


def _sent(story: Story, post: Post, told: dict[str, Any]) -> None:
    _seen(story, post, told)
    story.wait(10)
    story.do("send", to=str(post.a.id))


def _in_hand(story: Story, post: Post, told: dict[str, Any]) -> None:
    _sent(story, post, told)
    story.wait(15)
    story.do("take_document", post.a)
    story.holder = post.a


def _completed(story: Story, post: Post, told: dict[str, Any]) -> None:
    _in_hand(story, post, told)
    story.wait_days(2)
    story.do("complete", result=told["result"])


def _ordered(story: Story, post: Post, told: dict[str, Any]) -> None:
    """Nothing is drafted yet."""


def _drafted(story: Story, post: Post, told: dict[str, Any]) -> None:
    head = story.cast.posts[f"{post.unit.code}00"].a
    story.do("draft", text=told["text"], to=str(head.id))


def _checked(story: Story, post: Post, told: dict[str, Any]) -> None:
    leader = story.cast.posts[story.cast.overseers[post.unit.code]].a
    _drafted(story, post, told)
    story.wait(60)
    story.do("check_draft", story.cast.posts[f"{post.unit.code}00"].a, opinion="", to=str(leader.id))


def _signed(story: Story, post: Post, told: dict[str, Any]) -> None:
    _checked(story, post, told)
    registers.signed(story, post)


def _numbered(story: Story, post: Post, told: dict[str, Any]) -> None:
    _signed(story, post, told)
    story.wait(20)
    story.do("number", story.cast.posts[LETTERS].a)


def _told(story: Story, _post: Post, _: dict[str, Any]) -> None:
    story.wait_days(1)
    story.do("progress", words=story.words.of("progress", "task"))


def _done(story: Story, _: Post, told: dict[str, Any]) -> None:
    story.wait_days(2)
    story.do("finish", result=told["result"])


_TOLD: Final[dict[str, Callable[[Cast, Random, Pending, datetime], History]]] = {
    "incoming": _incoming,
    "outgoing": _outgoing,
    "tasks": _given,
    "proposals": _given,
    "petitions": _petition,
    "reports": _report,
}
_STANDS: Final[dict[str, Callable[[Story, Post, dict[str, Any]], None]]] = {
    "registered": _registered,
    "before_main": _before_main,
    "before_leader": _before_leader,
    "seen": _seen,
    "sent": _sent,
    "in_hand": _in_hand,
    "completed": _completed,
    "ordered": _ordered,
    "drafted": _drafted,
    "checked": _checked,
    "signed": _signed,
    "numbered": _numbered,
    "given": _ordered,
    "told": _told,
    "done": _done,
}
