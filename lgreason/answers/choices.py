"""What the question for one choice of a structure comes to: whether it may be, and why not."""

from __future__ import annotations

from collections.abc import Iterator

from lgreason.answers.organisations import STATUS, choice_words, documents_of, organisation_text
from lgreason.answers.persons import Reply
from lgreason.answers.session import Session
from lgreason.answers.structures import StructureAnswer
from lgreason.files.organisation.organisation import LEVELS, Kind, Level, Organisation, PlannedUnit
from lgreason.reasoning.cases.verdict import permission_of
from lgreason.reasoning.organisations.establishment import Establishment, Node
from lgreason.reasoning.organisations.plans import PlannedPost
from lgreason.reasoning.structures.choices import KINDS, NONE
from lgreason.reasoning.structures.judging import head_of_unit
from lgreason.reasoning.structures.space import Feature
from lgreason.report.line import Line
from lgreason.report.text.explanation import MARKS
from lgreason.report.text.organisation import VERDICT_STYLES
from lgreason.report.text.proposed import PlanText
from lgreason.rules.terms import Truth


class ChoiceAnswer:
    """One choice of an organisation's structures, held against the text and against what was chosen before."""

    def __init__(
        self, session: Session, organisation: Organisation, answer: StructureAnswer, feature: Feature
    ) -> None:
        """Take the structures that are left, and the choice with its value."""
        self._session = session
        self._organisation = organisation
        self._answer = answer
        self.feature = feature
        self._facet = next(
            (facet for facet in answer.found.facets if (facet.choice, facet.value) == feature), None
        )

    @property
    def truth(self) -> Truth:
        """Whether it may be chosen; `None` if that is not known."""
        facet = self._facet
        if facet is None or (facet.status != "cannot" and not facet.remaining):
            return None
        return facet.remaining > 0

    def reply(self, full: bool) -> Reply:
        """The answer with its reasons; `full` for the conditions that hold as well."""
        posts = tuple(self._heads())
        nodes = [node for post in posts if post.judged for node in post.judged.nodes]
        refusal = self._answer.structures.refused.get(self.feature)
        if not posts and refusal is not None:
            nodes = [refusal]
        text = organisation_text(self._session, self._organisation)
        lines = [*text.title(), Line(), self._row(), *self._reasons(posts, nodes, full)]
        document = documents_of(self._session, self._organisation)
        reasons = [document.node(node) for node in nodes]
        told = document.headed("explanation") | {
            "choice": self.feature[0],
            "value": self.feature[1],
            "verdict": permission_of(self.truth),
            "remaining": self._facet.remaining if self._facet else None,
            "because": self._facet.because if self._facet else None,
            "reason": reasons[0] if reasons else None,
            "reasons": reasons,
        }
        rests = self._answer.found.facet_rests(self._facet) if self._facet else ()
        told["rests_on"] = list(rests)
        notes = list(text.relying(text.relied(nodes), self._answer.found.turned, rests))
        relied = tuple(dict.fromkeys((*rests, *text.relied(nodes))))
        return Reply((*lines, *([Line()] if notes else []), *notes), told, STATUS[self.truth], relied)

    # ── the post behind a choice ──────────────────────────────────────────────────────────────────────────────

    def _heads(self) -> Iterator[PlannedPost]:
        """The head of a unit at the level, or of the kind, that is asked about: as favours it most."""
        choice, value = self.feature
        if not choice.startswith("units.") or not choice.endswith((".level", ".kind")) or value == NONE:
            return
        identity = choice.removeprefix("units.").rpartition(".")[0]
        here = Establishment(self._session.tables, self._organisation)
        levels: tuple[Level, ...] = tuple(level for level in LEVELS if value in (level, *KINDS))
        kinds: tuple[Kind, ...] = tuple(kind for kind in KINDS if value in (kind, *LEVELS))
        found = [
            head_of_unit(here, here.scopes[0], PlannedUnit(identity, kind, level))
            for kind in kinds
            for level in levels
        ]
        yield min(
            found,
            key=lambda post: ((True, None, False).index(post.truth), _not_printed(post), _failing(post)),
        )

    # ── in words ──────────────────────────────────────────────────────────────────────────────────────────────

    def _row(self) -> Line:
        say, facet = self._session.wording.say, self._facet
        words = choice_words(self._session, self._organisation)
        verdict = permission_of(self.truth)
        number = (facet.remaining or facet.conditional) if facet else 0
        row = say(
            "choice.row",
            mark=MARKS[self.truth],
            choice=words.choice(self.feature[0]),
            value=words.value(*self.feature),
            verdict=say(f"choice.{verdict}", n=self._session.wording.digits_of(f"{number:,}")),
        )
        return Line(row, style=VERDICT_STYLES[verdict])

    def _reasons(self, posts: tuple[PlannedPost, ...], nodes: list[Node], full: bool) -> Iterator[Line]:
        text = organisation_text(self._session, self._organisation)
        say, facet = self._session.wording.say, self._facet
        for post in posts:
            yield Line(PlanText(text).planned(post), 1)
        truths: tuple[Truth, ...] = (True, False, None) if full else (False, None)
        if self.truth is not True or full:
            yield from text.conditions(nodes, truths, 2 if posts else 1)
        if facet is not None and facet.because in ("narrowed", "limit", "coupled"):
            words = choice_words(self._session, self._organisation)
            steps = say("list.semicolon").join(words.chosen(step) for step in self._answer.space.steps)
            yield Line(say(f"choice.{facet.because}", steps=steps), 1, "bad")


def _not_printed(post: PlannedPost) -> bool:
    return post.judged is not None and post.judged.unprinted


def _failing(post: PlannedPost) -> int:
    return post.judged.failing if post.judged else 0
