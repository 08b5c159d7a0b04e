"""What the office is given to do: tasks, motions, petitions, and reports of misconduct."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Any, Final

from huiyin.doors.cli.demo.cast import LETTERS, MAIN_LEADER, Cast, Post, read
from huiyin.doors.cli.demo.story import Now, Story
from huiyin.matters.actions import History
from huiyin.rules.vocabulary import Limit, Unit

if TYPE_CHECKING:
    from huiyin.organisation.models import Person

# How often what happens.
LATE: Final = 0.06
WITH_LIMIT: Final = 0.6
SENT_BACK: Final = 0.1
MORE_TIME: Final = 0.1
ANONYMOUS: Final = 0.4

_URGENCIES: Final = ("normal",) * 7 + ("urgent",) * 2 + ("low",)
_BY_URGENCY: Final = {"urgent": 2, "normal": 3, "low": 5}
_PETITION: Final = {"urgent": 1, "normal": 2, "low": 3}
_REPORT: Final = 10
_OF_PETITIONS: Final = ("direct",) * 5 + ("hotline",) * 3 + ("transferred", "supervised")
_FINDINGS: Final = ("unfounded", "partly", "proven", "unclear")
OVERSIGHT: Final = "DZ02"
VISITS: Final = "DZ04"


def task(cast: Cast, rng: Random, *, received: datetime, until: datetime) -> History:
    """Tell something that a leader, a meeting or another body gave the office to do."""
    told = rng.choice(read("papers")["tasks"])
    limit = rng.choice((3, 5, 10, 15)) if rng.random() < WITH_LIMIT else 0
    return _given(cast, rng, told, "task", limit, received=received, until=until)


def proposal(cast: Cast, rng: Random, *, received: datetime, until: datetime) -> History:
    """Tell a motion of the people's congress or a proposal of the consultative conference."""
    told = rng.choice(read("papers")["proposals"])
    return _given(cast, rng, told, "proposal", rng.choice((30, 45, 60)), received=received, until=until)


def petition(cast: Cast, rng: Random, *, received: datetime, until: datetime) -> History:
    """Tell a petition: brought by somebody, or sent from above."""
    unit, asked, answer = rng.choice(read("papers")["petitions"])
    source = rng.choice(_OF_PETITIONS)
    given = Limit(rng.choice((7, 10, 15)), Unit.WORKING_DAY) if source == "supervised" else None
    urgency = rng.choice(_URGENCIES)
    story = Story(
        cast, rng, until=until, received=received, holder=cast.on_duty(cast.posts[VISITS], received)
    )
    days = given.amount if given else (_PETITION if source == "direct" else _BY_URGENCY)[urgency]
    with suppress(Now):
        story.wait(10, 100)
        _until_share(story, days)
        if source in {"supervised", "transferred"}:
            story.do("answer_superior", words=answer, how="electronic")
            story.wait(3, 20)
        story.do("answer", reply=answer)
        story.wait(5, 60)
        story.do("close")
    return story.history(
        kind="petition",
        channel="phone" if source == "hotline" else rng.choice(("letter", "counter")),
        unit=next(post.unit for post in cast.posts.values() if post.unit.code == unit),
        summary=asked,
        urgency=urgency,
        source=source,
        origin=story.words.of("origins", source),
        given=given,
    )


def report(cast: Cast, rng: Random, *, received: datetime, until: datetime) -> History:
    """Tell a report of misconduct: looked into by the efficiency office, with its outcome."""
    asked, found = rng.choice(read("papers")["reports"])
    accused = rng.choice([post for post in cast.posts.values() if _may_be_accused(post)]).a
    anonymous = rng.random() < ANONYMOUS
    story = Story(cast, rng, until=until, received=received, holder=cast.posts[OVERSIGHT].a)
    with suppress(Now):
        story.wait_days(1, 3)
        story.do("progress", words=story.words.of("progress", "report"))
        _until_share(story, _REPORT)
        story.do("conclude", outcome=rng.choice(_FINDINGS), words=found)
        story.wait(10, 90)
        if not anonymous:
            story.do("answer", reply=story.words.of("progress", "answered"))
            story.wait(5, 60)
        story.do("close")
    return story.history(
        kind="report",
        channel=rng.choice(("letter", "phone")),
        unit=cast.posts[OVERSIGHT].unit,
        summary=asked,
        served=not anonymous,
        anonymous=anonymous,
        accused=(accused.id,),
        registered_by=str(story.first.id),
    )


def more_time(story: Story, days: int, opinion: str) -> None:
    """Ask the main leader for more time, who grants it, and tell whoever gave the work."""
    story.do(
        "ask_more_time",
        limit=Limit(days, Unit.WORKING_DAY),
        reason=story.words.of("reasons", "extension"),
    )
    story.wait(60, 300)
    story.do("give_more_time", story.cast.posts[MAIN_LEADER].a, level="main_leader", opinion=opinion)
    story.wait(5, 60)
    story.do("tell_more_time", how="phone")


def _given(
    cast: Cast,
    rng: Random,
    told: dict[str, Any],
    kind: str,
    days: int,
    *,
    received: datetime,
    until: datetime,
) -> History:
    """Given by one, done by another, and struck off by the one who gave it."""
    post = rng.choice(cast.clerks(told["unit"]))
    urgency = rng.choice(_URGENCIES)
    assigner = _assigner(cast, told["source"], post)
    story = Story(cast, rng, until=until, received=received, holder=post.a)
    with suppress(Now):
        story.wait(10, 100)
        limit = days or _BY_URGENCY[urgency]
        _work(story, limit)
        if kind == "proposal":
            story.do("answer_superior", words=told["result"], how="post")
            story.wait(5, 40)
        story.do("finish", result=told["result"])
        _strike_off(story, assigner, told["result"])
    return story.history(
        kind=kind,
        channel="letter",
        unit=post.unit,
        summary=told["title"],
        urgency=urgency,
        served=False,
        source=told["source"],
        origin=told["origin"],
        given=Limit(days, Unit.WORKING_DAY) if days else None,
        assigner=assigner,
        registered_by=cast.hand(cast.posts[LETTERS].a, received)[0],
    )


def _work(story: Story, days: int) -> None:
    """Some tell how far it is on the way, and a few need more time than was set."""
    rng = story.rng
    if days >= 10 and rng.random() < MORE_TIME:  # noqa: PLR2004 - who has two weeks may find them short
        story.wait_days(days * 0.6)
        more_time(story, 5, story.words.of("opinions", "grant"))
        story.wait_days(days * 0.3)
    elif days >= 5 and rng.random() < 0.5:  # noqa: PLR2004 - about every other of the longer ones
        story.wait_days(days * 0.3)
        story.do("progress", words=story.words.of("progress", "task"))
        _until_share(story, days)
    else:
        _until_share(story, days)


def _strike_off(story: Story, assigner: Person, result: str) -> None:
    story.wait(30, 400)
    if story.rng.random() < SENT_BACK:
        story.do("send_back", assigner, opinion=story.words.of("progress", "sent_back"))
        story.wait(60, 300)
        story.do("finish", result=result)
        story.wait(30, 300)
    story.do("sign_off", assigner, opinion="")


def _until_share(story: Story, days: int) -> None:
    """Let the better part of the limit pass, seldom more than all of it."""
    rng = story.rng
    share = rng.uniform(1.1, 1.8) if rng.random() < LATE else rng.uniform(0.3, 0.85)
    story.until_moment(story.cast.calendar.add_minutes(story.received, round(days * story.day * share)))
    story.wait(1, 20)


def _assigner(cast: Cast, source: str, post: Post) -> Person:
    """The leader in charge for what leaders and meetings decide, else the head of the general office."""
    inside = source in {"leader_assignment", "meeting_decision"}
    return cast.posts[cast.overseers[post.unit.code] if inside else "DZ00"].a


def _may_be_accused(post: Post) -> bool:
    return post.rank == "clerk" and post.unit.code != "DZ"
