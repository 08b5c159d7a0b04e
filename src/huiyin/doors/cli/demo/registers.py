"""Official documents: what comes in and what goes out, from the register to the archive."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Final

from huiyin.doors.cli.demo.cast import LETTERS, MAIN_LEADER, Cast, Post, read
from huiyin.doors.cli.demo.story import Now, Story
from huiyin.matters.actions import DocumentEntry, History
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI

if TYPE_CHECKING:
    from huiyin.organisation.models import Person

# How often what happens.
LATE: Final = 0.05
WITH_LIMIT: Final = 0.4
PROPOSED: Final = 0.6
CIRCULATED: Final = 0.3
NOT_OURS: Final = 0.07
DRAFT_RETURNED: Final = 0.15
COUNTERSIGNED: Final = 0.15
LIE_ABOUT: Final = 0.1

_URGENCIES: Final = ("normal",) * 8 + ("urgent",)
_DELIVERIES: Final = ("electronic",) * 6 + ("post",) * 2 + ("in_person",)


def incoming(cast: Cast, rng: Random, *, received: datetime, until: datetime) -> History:
    """Tell a document that came in: seen by the leaders, sent to its handler, done and archived."""
    told = rng.choice(read("papers")["incoming"])
    keeper = cast.posts[LETTERS].a
    story = Story(cast, rng, until=until, received=received, holder=keeper)
    post = rng.choice(cast.clerks(told["unit"]))
    given = Limit(rng.choice((5, 7, 10, 15)), Unit.WORKING_DAY) if rng.random() < WITH_LIMIT else None
    with suppress(Now):
        before_leaders(story, post)
        _to_handler(story, post)
        _carry_out(story, given, told["result"])
        archive(story)
    year = received.astimezone(SHANGHAI).year
    return story.history(
        kind="document_in",
        channel="letter",
        unit=post.unit if story.holder.id != keeper.id else cast.posts[LETTERS].unit,
        summary=told["title"],
        urgency=rng.choice(_URGENCIES),
        served=False,
        given=given,
        document=DocumentEntry(
            party=told["source"],
            their_number=told["number"] % {"year": year, "serial": rng.randint(3, 180)},
            received_on=received.astimezone(SHANGHAI).date(),
            pages=rng.randint(2, 24),
            secrecy="internal" if rng.random() < 0.1 else "none",  # noqa: PLR2004 - about as many as there are
        ),
    )


def outgoing(cast: Cast, rng: Random, *, received: datetime, until: datetime) -> History:
    """Tell a document that was written: ordered, drafted, checked, signed, numbered, sent and archived."""
    told = rng.choice(read("papers")["outgoing"])
    post = rng.choice(cast.clerks(told["unit"]))
    story = Story(cast, rng, until=until, received=received, holder=post.a)
    with suppress(Now):
        story.until_there(post.a)
        slow = rng.random() < LATE
        story.wait_days(*((2.1, 3.0) if slow else (0.1, 1.6)))
        checked(story, post, told["text"])
        signed(story, post)
        dispatched(story)
        archive(story)
    return story.history(
        kind="document_out",
        channel="letter",
        unit=post.unit,
        summary=told["title"],
        urgency=rng.choice(_URGENCIES),
        served=False,
        registered_by=cast.hand(_head(cast, post), received)[0],
        document=DocumentEntry(
            party=told["party"],
            book=told["book"],
            genre=told["genre"],
            copies_to=told.get("copies", ""),
            drafted_by=post.a,
        ),
    )


def numbered(histories: Iterable[History]) -> list[History]:
    """Give the documents to be sent the numbers of their books, in the order they were numbered.

    Each history is read in the order of its beginning, and the numbers must not depend on that.
    """
    found = list(histories)
    places = sorted(
        (step.at, which, at)
        for which, history in enumerate(found)
        for at, step in enumerate(history.steps)
        if step.verb == "number"
    )
    last: dict[tuple[str, int], int] = {}
    for moment, which, at in places:
        history = found[which]
        book = (history.document.book if history.document else "", moment.astimezone(SHANGHAI).year)
        last[book] = last.get(book, 0) + 1
        steps = list(history.steps)
        steps[at] = replace(steps[at], fields={"serial": last[book]})
        found[which] = replace(history, steps=tuple(steps))
    return found


def before_leaders(story: Story, post: Post) -> None:
    """Put it before the main leader, and then before the leader in charge, who both write on it."""
    rng, cast = story.rng, story.cast
    slow = rng.random() < LATE
    story.wait(15, 150)
    if rng.random() < PROPOSED:
        text = story.words.of("proposals").replace("%(unit)s", post.unit.name)
        story.do("write_opinion", role="proposal", opinion=text)
    story.wait(*((1.1 * story.day, 1.7 * story.day) if slow else (10, 120)))
    main = cast.posts[MAIN_LEADER].a
    _instruct(story, main, "main_leader", story.words.of("instructions", "main"))
    leader = cast.posts[cast.overseers[post.unit.code]].a
    if leader.id != main.id:
        _instruct(story, leader, "leader", story.words.of("instructions", "leader"))
    if rng.random() < CIRCULATED:
        _circulate(story, post)


def checked(story: Story, post: Post, text: str) -> None:
    """Draft it, once more if it comes back, until the head of the unit finds it in order."""
    rng, cast = story.rng, story.cast
    head, leader = _head(cast, post), cast.posts[cast.overseers[post.unit.code]].a
    _draft(story, post, text, head)
    if rng.random() < DRAFT_RETURNED:
        story.wait(20, 120)
        story.until_there(head)
        story.do("return_draft", head, opinion=story.words.of("instructions", "returned"))
        story.wait(30, 200)
        _draft(story, post, text, head)
    if rng.random() < COUNTERSIGNED:
        other = cast.posts["DZ00"].a
        story.do("ask_countersign", to=str(other.id))
        story.wait(30, 150)
        story.until_there(other)
        story.do("countersign", other, opinion="")
    story.wait(20, 150)
    story.until_there(head)
    story.do("check_draft", head, opinion="", to=str(leader.id))


def signed(story: Story, post: Post) -> None:
    """The leader in charge of the unit signs it to be issued."""
    leader = story.cast.posts[story.cast.overseers[post.unit.code]].a
    story.wait(30, 240)
    story.until_there(leader)
    story.do("sign", leader, opinion=story.words.of("instructions", "sign"))


def dispatched(story: Story) -> None:
    """The keeper of the register numbers it and sends it out."""
    keeper = story.cast.posts[LETTERS].a
    story.wait(10, 100)
    story.do("number", keeper)
    story.wait(10, 100)
    story.do("dispatch", keeper, how=story.rng.choice(_DELIVERIES))


def archive(story: Story) -> None:
    """The keeper files it away; some lie about for weeks."""
    story.wait_days(*((15, 40) if story.rng.random() < LIE_ABOUT else (1, 12)))
    year = story.at.astimezone(SHANGHAI).year
    number = f"WS·{year}·{story.rng.choice(('Y', 'D30', 'D10'))}-{story.rng.randrange(1, 9999):04d}"
    story.do("archive", story.cast.posts[LETTERS].a, archive_number=number)


def _instruct(story: Story, leader: Person, role: str, opinion: str) -> None:
    story.do("present", to=str(leader.id), level=role)
    story.wait(10, 120)
    story.do("write_opinion", leader, role=role, opinion=opinion)
    story.wait(5, 60)


def _circulate(story: Story, post: Post) -> None:
    cast = story.cast
    others = [one.a for one in cast.posts.values() if one.rank == "head" and one.unit.id != post.unit.id]
    readers = story.rng.sample(others, 2)
    story.do("circulate", to=[str(one.id) for one in readers])
    story.wait(20, 120)
    for reader in readers:
        if not cast.is_away(reader, story.at):
            story.do("note_read", reader)
            story.wait(5, 40)


def _to_handler(story: Story, post: Post) -> None:
    """It is sent to whoever handles it, sometimes after somebody declined it, and signed for."""
    cast, rng = story.cast, story.rng
    if rng.random() < NOT_OURS:
        other = rng.choice([one for one in cast.posts.values() if _may_be_asked(one, post)])
        story.do("send", to=str(other.a.id))
        story.wait(20, 200)
        story.do("return_to_keeper", other.a, reason=story.words.of("reasons", "bounce"))
        story.wait(5, 60)
    handler = cast.on_duty(post, story.at)
    story.do("send", to=str(handler.id))
    story.wait(10, 200)
    story.do("take_document", handler)
    story.holder = handler


def _may_be_asked(one: Post, post: Post) -> bool:
    return one.rank == "clerk" and one.unit.id != post.unit.id and one.unit.code != "DZ"


def _carry_out(story: Story, given: Limit | None, result: str) -> None:
    rng = story.rng
    if given is None:
        story.wait_days(0.5, 9)
    else:
        share = rng.uniform(1.1, 1.6) if rng.random() < LATE else rng.uniform(0.3, 0.9)
        story.until_moment(
            story.cast.calendar.add_minutes(story.received, round(given.amount * story.day * share))
        )
        story.wait(1, 30)
    story.do("complete", result=result)


def _draft(story: Story, post: Post, text: str, head: Person) -> None:
    story.until_there(post.a)
    story.do("draft", text=text, to=str(head.id))


def _head(cast: Cast, post: Post) -> Person:
    return cast.posts[f"{post.unit.code}00"].a
