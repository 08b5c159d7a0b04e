"""What happens to matters: enquiries and applications with every outcome, told with seeded randomness."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Final

from huiyin.catalogue.terms import Category
from huiyin.doors.cli.demo.cast import LETTERS, MAIN_LEADER, Cast, Item, Post, read
from huiyin.doors.cli.demo.story import Now, Story
from huiyin.matters.actions import History
from huiyin.matters.steps import Paper
from huiyin.rules.vocabulary import Limit, Unit

if TYPE_CHECKING:
    from huiyin.organisation.models import Person

# How often what happens; together they give the mix the demo promises.
ENQUIRIES: Final = 0.45
AT_ONCE: Final = 0.4
AT_RECEPTION: Final = 0.45
BOUNCED: Final = 0.06
LATE: Final = 0.04
NOTICED: Final = 0.22
NOTICED_TWICE: Final = 0.1
PROVED: Final = 0.96
BY_POST: Final = 0.15
NEVER_SUPPLEMENTED: Final = 0.05
PASSED_ON: Final = 0.06
PAUSED: Final = 0.3
EXTENDED: Final = 0.06
GRANTED_MORE_TIME: Final = 0.75
REFUSED: Final = 0.05
OVERTURNED: Final = 0.2
WITHDRAWN: Final = 0.03
RATED: Final = 0.4

_LONG: Final = 8
"""Working days from which an item may need an extension."""
_TOO_LATE: Final = 0.6
"""The share of the limit after which nobody asks for more time any longer."""
_ANSWERS: Final = {"urgent": 1, "normal": 2, "low": 3}
_URGENCIES: Final = ("normal",) * 7 + ("urgent",) * 2 + ("low",)
_SCORES: Final = (5,) * 60 + (4,) * 25 + (3,) * 9 + (2,) * 4 + (1,) * 2
_BY_CHANNEL: Final = {"counter": "in_person", "phone": "phone", "letter": "post", "online": "electronic"}


def tell(cast: Cast, rng: Random, *, received: datetime, channel: str, until: datetime) -> History:
    """Tell one matter from its receipt to its end, or to the present."""
    if channel in {"phone", "letter"} or rng.random() < ENQUIRIES:
        return _enquiry(cast, rng, received=received, channel=channel, until=until)
    return _application(cast, rng, received=received, channel=channel, until=until)


def check(story: Story, item: Item, missing: tuple[str, ...] = ()) -> None:
    """Compare the papers with the item's list, with some of them missing."""
    story.do(
        "check",
        found=tuple(
            Paper(
                paper.name,
                present=paper.name not in missing,
                required=paper.required,
                problem=story.words.of("problems") if paper.name in missing else "",
            )
            for paper in item.papers
        ),
    )


def ask_for_more_time(story: Story, days: int) -> None:
    """Ask the main leader for an extension."""
    limit = Limit(days, Unit.WORKING_DAY)
    story.do("ask_more_time", limit=limit, reason=story.words.of("reasons", "extension"))


def propose_refusal(story: Story, item: Item) -> None:
    """Begin the filing form, and put it before the leader in charge."""
    story.do(
        "propose",
        facts=story.words.of("refusal", "facts"),
        reasons=story.words.of("refusal", "reasons"),
        legal_basis=item.row.legal_basis,
    )
    story.wait(30, 200)
    leader, fell_back = story.cast.leader(item.post.unit, story.at)
    story.do("file", to=str(leader.id), fell_back=fell_back)


def _enquiry(cast: Cast, rng: Random, *, received: datetime, channel: str, until: datetime) -> History:
    unit, asked, answer = rng.choice(read("words")["enquiries"])
    post = rng.choice(cast.clerks(unit))
    story = Story(
        cast, rng, until=until, received=received, holder=_responder(cast, rng, channel, post, received)
    )
    urgency = rng.choice(_URGENCIES)
    own = story.holder.id in {post.a.id, post.b.id}
    at_once = own and channel in {"counter", "phone"} and rng.random() < AT_ONCE
    with suppress(Now):
        if at_once:
            story.wait(4, 25)
        else:
            _to_the_right_one(story, post)
            share = rng.uniform(1.05, 1.9) if rng.random() < LATE else rng.betavariate(2, 3) * 0.9
            story.until_moment(
                cast.calendar.add_minutes(received, round(_ANSWERS[urgency] * story.day * share))
            )
            story.wait(1, 20)
        story.do("answer", reply=answer)
        story.wait(1, 30)
        story.do("close")
        _rate(story)
    return story.history(
        kind="enquiry", channel=channel, unit=post.unit, summary=asked, urgency=urgency, at_once=at_once
    )


def _application(cast: Cast, rng: Random, *, received: datetime, channel: str, until: datetime) -> History:
    item = rng.choice(cast.items)
    story = Story(
        cast, rng, until=until, received=received, holder=_responder(cast, rng, channel, item.post, received)
    )
    with suppress(Now):
        _to_the_right_one(story, item.post)
        if _review(story, item, channel):
            _decide(story, item)
        _deliver(story, channel)
        story.wait(5, 60)
        story.do("close")
        _rate(story)
    return story.history(
        kind="application",
        channel=channel,
        unit=item.post.unit,
        summary=item.row.name,
        details=story.words.of("details"),
        item=item,
    )


def _responder(cast: Cast, rng: Random, channel: str, post: Post, at: datetime) -> Person:
    """Who was asked first: somebody at reception, or whoever answers for the post."""
    if channel == "letter":
        return cast.on_duty(cast.posts[LETTERS], at)
    if channel != "online" and rng.random() < AT_RECEPTION:
        return cast.on_duty(cast.posts[rng.choice(cast.reception)], at)
    return cast.on_duty(post, at)


def _to_the_right_one(story: Story, post: Post) -> None:
    """Custody moves to whoever answers for the post, sometimes after a wrong turn."""
    if story.holder.id in {post.a.id, post.b.id}:
        story.wait(5, 60)
        return
    story.wait(3, 40)
    if story.rng.random() < BOUNCED:
        other = story.rng.choice(
            [one for one in story.cast.posts.values() if one.rank == "clerk" and one.unit.id != post.unit.id]
        )
        if other.a.id != story.holder.id:
            story.do("offer", to=str(other.a.id), reason=story.words.of("reasons", "handover"))
            story.wait(10, 150)
            story.do("bounce", other.a, reason=story.words.of("reasons", "bounce"))
            story.wait(5, 60)
    story.pass_to(story.cast.on_duty(post, story.at), story.words.of("reasons", "handover"))


def prove(story: Story, channel: str) -> None:
    """Most notices are signed for at once, or reach a telephone or letter box; of a few no proof is."""
    if story.aside.random() >= PROVED:
        return
    name, phone = story.applicant()
    if channel == "online":
        story.do("prove", how="electronic", receiver=phone)
    elif story.aside.random() < BY_POST:
        story.do("prove", how="post", tracking=f"XA{story.aside.randrange(10**9, 10**10)}")
    else:
        story.do("prove", how="in_person", receiver=name, relation="self")


def _review(story: Story, item: Item, channel: str) -> bool:
    """Check the papers, tell once what is missing, take it on; False when it came to its end already."""
    rng = story.rng
    story.wait(5, 60 if story.holder.id == story.first.id else 200)
    wanted = [paper.name for paper in item.papers if paper.required]
    if rng.random() < (NOTICED / 3 if item.instant else NOTICED):
        first = tuple(rng.sample(wanted, rng.randint(1, min(2, len(wanted)))))
        check(story, item, first)
        story.wait(5, 40)
        story.do("notify", supplement_how=story.words.of("supplements"))
        prove(story, channel)
        story.wait_days(0.5, 8)
        if rng.random() < NEVER_SUPPLEMENTED:
            story.wait_days(5, 15)
            _take_back(story)
            return False
        story.do("supplement")
        if rng.random() < NOTICED_TWICE:
            story.wait(20, 120)
            check(story, item, (rng.choice(wanted),))
            story.wait(5, 30)
            story.do("notify", supplement_how=story.words.of("supplements"))
            prove(story, channel)
            story.wait_days(0.5, 2)
            check(story, item)
    else:
        check(story, item)
    if rng.random() < LATE / 4:
        # Nobody spoke in time, also counted from the working day after: silence took an approval on.
        story.wait_days(6.1, 8)
        if item.row.category == Category.APPROVAL:
            story.do("grant", reply=story.words.of("grants"))
            return False
        story.do("accept")
        return True
    if not item.instant:
        story.wait(5, 1.5 * story.day)
    else:
        story.wait(3, 15)
    story.do("accept")
    return True


def _decide(story: Story, item: Item) -> None:
    """The work, with what may come between, and its end."""
    rng = story.rng
    if item.instant:
        story.wait(3, 20)
        story.do("grant", reply=story.words.of("grants"))
        return
    end = rng.random()
    if end < WITHDRAWN:
        story.wait_days(item.days * rng.uniform(0.1, 0.7))
        _take_back(story)
        return
    if end < WITHDRAWN + REFUSED:
        _refuse(story, item)
        return
    late = rng.random() < LATE
    share = rng.uniform(1.05, 1.5) if late else min(rng.betavariate(2.2, 2.6) * 1.05, 0.93)
    if item.days >= _LONG and rng.random() < EXTENDED and _spent(story) < item.days * _TOO_LATE:
        _extend(story, item)
    else:
        _work(story, item, share)
    story.do("grant", reply=story.words.of("grants"))


def _work(story: Story, item: Item, share: float) -> None:
    """Use `share` of the limit, with the item's steps noted, perhaps a pause or a change of hands."""
    rng = story.rng
    left = item.days * share
    for step in item.work:
        part = left / (len(item.work) + 1)
        story.wait_days(part)
        left -= part
        story.do("note", step=step)
    if rng.random() < PASSED_ON:
        other = item.post.b if story.holder.id == item.post.a.id else item.post.a
        if not story.cast.is_away(other, story.at):
            story.pass_to(other, story.words.of("reasons", "pass"))
    if item.procedure and rng.random() < PAUSED:
        planned = rng.randint(2, 8)
        story.do(
            "pause", procedure=item.procedure, planned_days=planned, basis=story.words.of("reasons", "pause")
        )
        prove(story, "counter")
        story.wait_days(max(planned + rng.uniform(-1.5, 0.4), 1))
        story.do("resume")
    story.wait_days(max(left, 0.02))


def _extend(story: Story, item: Item) -> None:
    """Ask for more time well before the limit; the main leader decides, and the applicant is told."""
    rng, leader = story.rng, story.cast.posts[MAIN_LEADER].a
    story.wait_days(max(item.days * rng.uniform(0.6, 0.72) - _spent(story), 0.02))
    extra = rng.choice((3, 5, 5, 10))
    ask_for_more_time(story, extra)
    story.next_morning()
    if rng.random() < GRANTED_MORE_TIME:
        story.do("give_more_time", leader, level="main_leader", opinion=story.words.of("opinions", "grant"))
        story.wait(5, 60)
        story.do("tell_more_time", how="phone")
        prove(story, "counter")
        story.wait_days(item.days * 0.2 + extra * rng.uniform(0.2, 0.7))
        return
    story.do("deny_more_time", leader, opinion=story.words.of("opinions", "deny"))
    story.wait_days(item.days * rng.uniform(0.02, 0.12))


def _spent(story: Story) -> float:
    """Days gone since what was missing came in, from when its clock runs; 0 where nothing was."""
    came = [step.at for step in story.steps if step.verb == "supplement"]
    return (story.at - came[-1]).total_seconds() / 86_400 if came else 0


def _refuse(story: Story, item: Item) -> None:
    """The way to a refusal, which the leader sometimes finds wrong."""
    rng = story.rng
    story.wait_days(item.days * rng.uniform(0.2, 0.5))
    propose_refusal(story, item)
    leader, _ = story.cast.leader(item.post.unit, story.at)
    story.wait(60, 500)
    if rng.random() < OVERTURNED:
        story.do("overturn", leader, opinion=story.words.of("opinions", "overturn"))
        story.wait_days(item.days * rng.uniform(0.2, 0.6))
        story.do("grant", reply=story.words.of("grants"))
        return
    story.do("approve", leader, opinion=story.words.of("opinions", "agree"))
    story.wait(20, 200)
    story.do("refuse", explanation=story.words.of("refusal", "explanation"))


def _take_back(story: Story) -> None:
    """The applicant comes or calls to say that it is not wanted any more."""
    name, _ = story.applicant()
    how = story.aside.choice(("counter", "phone"))
    story.do("withdraw", reason=story.words.of("reasons", "withdraw"), withdrawn_by=name, how=how)


def _deliver(story: Story, channel: str) -> None:
    """What was decided reaches the applicant, a refusal in writing; what was withdrawn needs no delivery."""
    last = story.steps[-1].verb
    if last == "withdraw":
        return
    story.wait(5, 3 * story.day)
    how = _BY_CHANNEL[channel]
    story.do("deliver", how="post" if last == "refuse" and how == "phone" else how)


def _rate(story: Story) -> None:
    """Some of those served say how it was."""
    withdrawn = any(step.verb == "withdraw" for step in story.steps)
    if withdrawn or story.rng.random() >= RATED:
        return
    story.wait(5, 2 * story.day)
    score = story.rng.choice(_SCORES)
    story.applicant_does("rate", score=score, comment=story.words.of("comments", score))
