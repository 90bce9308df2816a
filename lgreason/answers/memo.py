"""What the memorandum (บันทึกข้อความ) on a question comes to: about a person, several persons, or an organisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lgreason.answers.persons import EXIT_OF, Reply
from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.report.memo.memo import Cell, Chart, Head, Memo
from lgreason.report.memo.person import PeopleMemo, PersonMemo
from lgreason.rules.findings import Finding, Unusable

if TYPE_CHECKING:
    from lgreason.files.organisation.organisation import Organisation
    from lgreason.report.memo.organisation import MemoMatter

PLAN = "plan"
POSTS = "posts"
"""What a memorandum on an organisation may be about, besides a post with its level and a class."""
_STATUS_OF = {"allowed": "eligible", "forbidden": "ineligible", "undetermined": "undetermined"}


class MemoReply(Reply):
    """The answer with the memorandum itself, for whoever writes it as a file."""

    def __init__(self, memo: Memo, session: Session, status: int) -> None:
        """Take the memorandum and the exit status."""
        super().__init__(lambda: memo.lines(session.wording), memo.document, status)
        self.memo = memo
        self._session = session

    def docx(self, head: Head | None = None) -> bytes:
        """The memorandum as a Word file; `Unusable` where the library that writes it is not installed."""
        try:
            from lgreason.report.memo.word import word_file
        except ImportError:
            raise Unusable((Finding("extra_missing", args={"extra": "documents"}),)) from None
        return word_file(replace(self.memo, head=head) if head else self.memo, self._session.wording)


def memo(
    session: Session,
    subject: Person | Sequence[Person] | Organisation,
    about: str | tuple[str, str] | None = None,
) -> MemoReply:
    """The memorandum on a subject.

    `about` is the position for persons; for an organisation a post with its level, the class of a municipality,
    `PLAN`, `POSTS`, or nothing (the plan where the file has one, and otherwise the posts).
    """
    if isinstance(subject, Person):
        assert isinstance(about, str)
        answer = session.explain(subject, about)
        one = PersonMemo(answer, session.kb, session.vocabulary, session.wording)
        return MemoReply(one.memo(session.today), session, EXIT_OF[answer.verdict])
    if isinstance(subject, Sequence):
        assert isinstance(about, str)
        return _of_people(session, subject, about)
    return _of_organisation(session, subject, about)


def about_of(session: Session, organisation: Organisation, text: str | None) -> str | tuple[str, str] | None:
    """What a memorandum on an organisation is to be about, as named by a user; raises `Unusable` if it is nothing."""
    from lgreason.answers.organisations import asked_of

    if text is None or text in (PLAN, POSTS):
        return text
    return asked_of(session, organisation, text)


def _of_people(session: Session, people: Sequence[Person], position: str) -> MemoReply:
    answers = tuple(session.explain(person, position) for person in people)
    order = ("eligible", "undetermined", "ineligible")
    answers = tuple(sorted(answers, key=lambda answer: order.index(answer.verdict)))
    several = PeopleMemo(answers, session.kb, session.vocabulary, session.wording)
    verdicts = {answer.verdict for answer in answers}
    return MemoReply(
        several.memo(session.today), session, EXIT_OF[next(each for each in order if each in verdicts)]
    )


def _chart(session: Session, organisation: Organisation) -> Chart:
    """The plan as a chart, with what it changes in today's structure."""
    from lgreason.report.drawings.boxes import boxes

    say = session.wording.say
    drawn = boxes(organisation, organisation.plan, session.wording, session.organisation_vocabulary)
    levels = ((drawn.clerk,) if drawn.clerk else (), drawn.deputies or (), drawn.units or ())
    return Chart(
        say("chart.title", name=organisation.name),
        tuple(
            tuple(Cell(box.name, box.details, box.state, say(f"chart.{box.state}")) for box in level)
            for level in levels
            if level
        ),
    )


def _of_organisation(
    session: Session, organisation: Organisation, about: str | tuple[str, str] | None
) -> MemoReply:
    from lgreason.answers.organisations import burden, organisation_text
    from lgreason.reasoning.organisations.burden import burden as burden_of
    from lgreason.reasoning.organisations.establishment import Establishment
    from lgreason.reasoning.organisations.resting import rests_of_burden
    from lgreason.report.memo.organisation import BurdenLines, OrganisationMemo

    if about is None:
        about = PLAN if organisation.plan is not None else POSTS
    if isinstance(about, tuple):
        judged = _post(session, organisation, about)
    elif about == PLAN:
        judged = _plan(session, organisation)
    elif about == POSTS:
        judged = _posts(session, organisation)
    else:
        judged = _class(session, organisation, about)
    text = organisation_text(session, organisation)
    reason = burden_of(Establishment(session.tables, organisation)).reason
    rests = rests_of_burden(session.tables, organisation, reason)
    footer = tuple(text.footer(rests, text.within))
    vocabulary = session.organisation_vocabulary
    writer = OrganisationMemo(organisation, text, vocabulary, session.wording, session.day)
    of_burden = BurdenLines(burden(session, organisation).lines, footer, (reason,))
    outcome = str(judged.about["verdict"])
    memo = writer.memo(session.today, judged, of_burden)
    return MemoReply(memo, session, EXIT_OF[_STATUS_OF.get(outcome, outcome)])


def _post(session: Session, organisation: Organisation, about: tuple[str, str]) -> MemoMatter:
    from lgreason.answers.organisations import organisation_text
    from lgreason.reasoning.organisations.establishment import Establishment
    from lgreason.reasoning.organisations.resting import rests_of_post
    from lgreason.report.memo.organisation import MemoMatter
    from lgreason.report.text.establishment import PostsText

    say, text = session.wording.say, organisation_text(session, organisation)
    verdict = Establishment(session.tables, organisation).post(*about)
    rests = rests_of_post(session.tables, organisation, verdict)
    post, words = text.post_name(*about), PostsText(text, {about: rests})
    conclusion = say(f"memo.post_{verdict.verdict}", post=post, name=organisation.name)
    return MemoMatter(
        say("memo.subject_post", name=organisation.name, post=post),
        tuple(words.reasons(verdict)),
        verdict.best.nodes,
        (text.verdict(conclusion, rests.readings),),
        {"post": about[0], "level": about[1], "verdict": verdict.verdict},
        resting=tuple(text.resting(words.rests, words.turned.__getitem__)),
        footer=tuple(words.footer()),
    )


def _plan(session: Session, organisation: Organisation) -> MemoMatter:
    from lgreason.answers.organisations import organisation_text, validate
    from lgreason.reasoning.organisations.establishment import Establishment
    from lgreason.reasoning.structures.judging import PlanJudge
    from lgreason.reasoning.structures.resting import rests_of_plan
    from lgreason.report.memo.organisation import MemoMatter

    say, text, plan = session.wording.say, organisation_text(session, organisation), organisation.plan
    reply = validate(session, organisation, full=True)
    assert plan is not None
    judge = PlanJudge(Establishment(session.tables, organisation))
    judgement, truth = judge.judge(plan), judge.truth(plan)
    rests = rests_of_plan(session.tables, organisation, plan, None, judgement, truth)
    outcome = reply.document["verdict"]
    return MemoMatter(
        say("memo.subject_plan", name=organisation.name),
        reply.lines,
        judgement.nodes,
        (text.verdict(say(f"plan.{outcome}"), rests.readings),),
        {"about": PLAN, "verdict": outcome},
        _chart(session, organisation),
        tuple(text.resting(rests, lambda turn: text.permitted(turn.truth))),
        tuple(text.footer(rests, text.permitted)),
    )


def _posts(session: Session, organisation: Organisation) -> MemoMatter:
    from lgreason.answers.organisations import organisation_text, posts
    from lgreason.reasoning.cases.verdict import permission_of
    from lgreason.reasoning.organisations.establishment import Establishment
    from lgreason.reasoning.organisations.resting import rests_of_post
    from lgreason.report.memo.organisation import MemoMatter
    from lgreason.report.text.establishment import PostsText

    say, text = session.wording.say, organisation_text(session, organisation)
    found = Establishment(session.tables, organisation).posts()
    rests = {(each.post, each.level): rests_of_post(session.tables, organisation, each) for each in found}
    words = PostsText(text, rests)
    allowed = [
        text.verdict(text.post_name(*of), rests[of].readings, "org.rests_on")
        for each in found
        if each.truth and (of := (each.post, each.level))
    ]
    outcome = "allowed" if allowed else permission_of(None if None in {e.truth for e in found} else False)
    conclusion = say("memo.posts_allowed", posts=allowed) if allowed else say("memo.posts_none")
    return MemoMatter(
        say("memo.subject_posts", name=organisation.name),
        posts(session, organisation, None, False).lines,
        tuple(node for each in found for node in each.best.nodes),
        (conclusion,),
        {"about": POSTS, "verdict": outcome},
        resting=tuple(text.resting(words.rests, words.turned.__getitem__)),
        footer=tuple(words.footer()),
    )


def _class(session: Session, organisation: Organisation, about: str) -> MemoMatter:
    from lgreason.answers.organisations import organisation_text
    from lgreason.reasoning.organisations.establishment import Establishment
    from lgreason.reasoning.organisations.resting import rests_of_class
    from lgreason.reasoning.organisations.retyping import classify
    from lgreason.report.memo.organisation import MemoMatter
    from lgreason.report.text.calculation import CalculationText

    say, text = session.wording.say, organisation_text(session, organisation)
    found = classify(Establishment(session.tables, organisation), about)
    rests = rests_of_class(session.tables, organisation, about, found.reason)
    class_ = session.organisation_vocabulary.name("municipal_class", about)
    words = CalculationText(text)
    conclusion = say(f"classify.{found.verdict}", **{"class": class_})
    return MemoMatter(
        say("memo.subject_class", name=organisation.name, **{"class": class_}),
        tuple(words.tree(found.reason, 0)),
        (found.reason,),
        (text.verdict(conclusion, rests.readings),),
        {"class": about, "verdict": found.verdict},
        resting=tuple(text.resting(rests, lambda turn: words.classified(about, turn.truth))),
    )
