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
    from lgreason.answers.organisations import burden, organisation_text, posts, validate
    from lgreason.reasoning.cases.verdict import permission_of
    from lgreason.reasoning.organisations.burden import burden as burden_of
    from lgreason.reasoning.organisations.establishment import Establishment
    from lgreason.reasoning.organisations.retyping import classify
    from lgreason.reasoning.structures.judging import PlanJudge
    from lgreason.report.memo.organisation import Judged, OrganisationMemo
    from lgreason.report.text.calculation import CalculationText
    from lgreason.report.text.establishment import PostsText

    say, vocabulary = session.wording.say, session.organisation_vocabulary
    text = organisation_text(session, organisation)
    here = Establishment(session.tables, organisation)
    name, outcome = organisation.name, ""
    if about is None:
        about = PLAN if organisation.plan is not None else POSTS
    if isinstance(about, tuple):
        verdict = here.post(*about)
        post = text.post_name(*about)
        outcome, nodes = verdict.verdict, verdict.best.nodes
        judged = Judged(
            say("memo.subject_post", name=name, post=post),
            tuple(PostsText(text).reasons(verdict)),
            nodes,
            (say(f"memo.post_{outcome}", post=post, name=name),),
            {"post": about[0], "level": about[1], "verdict": outcome},
        )
    elif about == PLAN:
        reply = validate(session, organisation, full=True)
        assert organisation.plan is not None
        judgement = PlanJudge(here).judge(organisation.plan)
        nodes = tuple(node for each in judgement.posts if each.judged for node in each.judged.nodes)
        nodes += tuple(number.reason for number in judgement.numbers)
        outcome = reply.document["verdict"]
        judged = Judged(
            say("memo.subject_plan", name=name),
            reply.lines,
            nodes,
            (say(f"plan.{outcome}"),),
            {"about": PLAN, "verdict": outcome},
            _chart(session, organisation),
        )
    elif about == POSTS:
        found = here.posts()
        allowed = [text.post_name(each.post, each.level) for each in found if each.truth]
        nodes = tuple(node for each in found for node in each.best.nodes)
        outcome = "allowed" if allowed else permission_of(None if None in {e.truth for e in found} else False)
        words = say("memo.posts_allowed", posts=allowed) if allowed else say("memo.posts_none")
        lines = posts(session, organisation, None, False).lines
        judged = Judged(
            say("memo.subject_posts", name=name), lines, nodes, (words,), {"about": POSTS, "verdict": outcome}
        )
    else:
        class_ = classify(here, about)
        outcome, nodes = class_.verdict, (class_.reason,)
        words = say(f"classify.{outcome}", **{"class": vocabulary.name("municipal_class", about)})
        judged = Judged(
            say("memo.subject_class", name=name, **{"class": vocabulary.name("municipal_class", about)}),
            tuple(CalculationText(text).tree(class_.reason, 0)),
            nodes,
            (words,),
            {"class": about, "verdict": outcome},
        )
    writer = OrganisationMemo(
        organisation, text, session.organisation_kb, vocabulary, session.wording, session.day
    )
    of_burden = (burden_of(here).reason,)
    memo = writer.memo(session.today, judged, burden(session, organisation).lines, of_burden)
    return MemoReply(memo, session, EXIT_OF[_STATUS_OF.get(outcome, outcome)])
