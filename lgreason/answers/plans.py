"""Plans of an organisation side by side: today's structure, the plans of files, and structures that were listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import islice
from pathlib import PurePath

from lgreason.answers.organisations import (
    STATUS,
    choice_words,
    documents_of,
    idle_in,
    naming_missing_costs,
    organisation_text,
)
from lgreason.answers.persons import Document, Reply
from lgreason.answers.session import Session
from lgreason.answers.structures import StructureAnswer, StructureQuery
from lgreason.files.organisation.organisation import Organisation, Plan
from lgreason.reasoning.organisations.years import ceilings
from lgreason.reasoning.structures.choices import plan_of
from lgreason.reasoning.structures.comparison import compared, facts_that_differ
from lgreason.reasoning.structures.pricing import Costs
from lgreason.reasoning.structures.repairs import repairs
from lgreason.report.documents.plans import comparison_document
from lgreason.report.text.organisation import OrganisationText
from lgreason.report.text.plans import TODAY, PlansText
from lgreason.report.wording import Wording
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.model import LANGUAGES, Language

Named = tuple[str, Organisation, Plan | None]
"""A structure with its name; without a plan it is what is there today."""

MOST_MENDED = 3
"""Repairs that a memorandum tells of a plan."""


def of_files(organisations: Sequence[Organisation]) -> Iterator[Named]:
    """Today's structure and the plan of each file; raises `Unusable` where a file has none."""
    first = organisations[0]
    wrong = [Finding("org_no_plan", each.place) for each in organisations if each.plan is None]
    kinds = {(each.type, each.kind) for each in organisations}
    if len(kinds) > 1:
        wrong.append(Finding("compare_other_kind", organisations[-1].place))
    if wrong:
        raise Unusable(tuple(wrong))
    yield TODAY, first, None
    if len(organisations) == 1:
        yield "plan", first, first.plan
        return
    done: dict[str, int] = {}
    for each in organisations:
        stem = PurePath(each.place.file).stem
        done[stem] = done.get(stem, 0) + 1
        number = f" ({done[stem]})" if done[stem] > 1 else ""
        yield f"file {stem}{number}", each, each.plan


def of_nearest(
    session: Session, organisation: Organisation, costs: Costs | None, number: int
) -> Iterator[Named]:
    """The structures nearest to today that change something, by their numbers."""
    answer = StructureAnswer(session, organisation, costs, StructureQuery(nearest=number + 1))
    changing = (structure for structure in answer.listed() if structure.total("changes"))
    for n, structure in enumerate(islice(changing, number), 1):
        yield f"option {n}", organisation, plan_of(structure)


class PlansReply(Reply):
    """A comparison of plans, with what is written of it to files."""

    def __init__(self, session: Session, named: Sequence[Named], costs: Costs | None, schema: str) -> None:
        """Judge every structure; raises `Unusable` if there are fewer than two."""
        if len(named) < 2:
            raise Unusable((Finding("two_plans_needed", named[0][1].place if named else None),))
        self._session = session
        with naming_missing_costs(session):
            self.found = [compared(session.tables, *each, costs) for each in named]
        self.facts = tuple(
            dict.fromkeys(p for _, of, _ in named[1:] for p in facts_that_differ(named[0][1], of))
        )
        self._schema = schema
        truths = {each.truth for each in self.found if each.plan is not None}
        worst = next((truth for truth in (False, None) if truth in truths), True)
        rests = [reading for each in self.found for reading in (*each.rests.readings, *each.rests.harmless)]
        super().__init__(
            lambda: tuple(self.words().lines(self.facts)),
            self._own_document,
            STATUS[worst],
            tuple(dict.fromkeys(rests)),
        )

    def words(self, language: Language | None = None) -> PlansText:
        """The comparison in words of one language, by default that of the session."""
        session, first = self._session, self.found[0].organisation
        wording = Wording(language or session.wording.language, session.wording.digits)
        kb, vocabulary = session.organisation_kb, session.organisation_vocabulary
        idle = idle_in(session, first)
        text = OrganisationText(kb, first, vocabulary, wording, session.day, idle)
        return PlansText(self.found, ceilings(self.found[0].here), text, vocabulary, wording)

    def xlsx(self) -> bytes:
        """The workbook: the table, what posts cost, and the years of each with live formulas."""
        from lgreason.report.workbook.plans import PlansWorkbook
        from lgreason.report.workbook.workbook import write_comparison

        session, first = self._session, self.found[0]
        text = organisation_text(session, first.organisation)
        writer = PlansWorkbook(self.found, ceilings(first.here), self.words(), text)
        target = BytesIO()
        write_comparison(writer.contents(first.organisation.name, session.day), target, session.wording)
        return target.getvalue()

    def docx(self) -> bytes:
        """The memorandum as a Word file; `Unusable` where the library that writes it is not installed."""
        from lgreason.report.memo.plans import PlansMemo

        try:
            from lgreason.report.memo.word import word_file
        except ImportError:
            raise Unusable((Finding("extra_missing", args={"extra": "documents"}),)) from None
        session = self._session
        text = organisation_text(session, self.found[0].organisation)
        writer = PlansMemo(self.found, self.words(), text, session.wording, dict(self._mended()))
        return word_file(writer.memo(session.today, session.day), session.wording)

    def _mended(self) -> Iterator[tuple[str, list[str]]]:
        """What would mend each plan that may not be, in words, by its name."""
        session = self._session
        for each in self.found:
            if each.plan is not None and each.truth is False:
                found = repairs(session.tables, each.organisation, each.plan, each.costs, MOST_MENDED)
                words = choice_words(session, each.organisation)
                yield each.name, [words.listed(repair.differences) for repair in found]

    def _own_document(self) -> Document:
        session = self._session
        return comparison_document(
            documents_of(session, self.found[0].organisation).headed("compare") | {"schema": self._schema},
            self.found,
            ceilings(self.found[0].here),
            {language: self.words(language) for language in LANGUAGES},
            lambda each: documents_of(session, each.organisation),
            self.facts,
        )


def compare_plans(
    session: Session, organisation: Organisation, plans: Mapping[str, Plan | None]
) -> PlansReply:
    """Plans of one organisation (`None`: what is there today), as a conversation names them."""
    named = [(name, organisation, plan) for name, plan in plans.items()]
    return PlansReply(session, named, None, "lgreason.compare_plans/1")


def compare(
    session: Session, organisations: Sequence[Organisation], costs: Costs | None = None, nearest: int = 0
) -> PlansReply:
    """The plans of some files of one organisation beside today's structure, and the nearest of all structures."""
    planned = [each for each in organisations if each.plan is not None] if nearest else organisations
    named: list[Named] = list(of_files(planned)) if planned else [(TODAY, organisations[0], None)]
    if nearest:
        named.extend(of_nearest(session, organisations[0], costs, nearest))
    return PlansReply(session, named, costs, "lgreason.compare/1")
