"""The structures of an organisation as the rows of a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby

from lgreason.reasoning.organisations.burden import Burden
from lgreason.reasoning.structures.against_today import lost_in
from lgreason.reasoning.structures.choices import plan_of
from lgreason.reasoning.structures.space import Facet, Structure
from lgreason.report.text.organisation import OrganisationText
from lgreason.report.text.proposed import PlanText
from lgreason.report.text.structures import FoundStructures, StructuresText
from lgreason.report.wording import Wording
from lgreason.report.workbook import rows


class StructuresWorkbook:
    """Writes what a workbook holds in one language."""

    def __init__(
        self, found: FoundStructures, words: StructuresText, text: OrganisationText, wording: Wording
    ) -> None:
        """Take what was found, and the words to write it in."""
        self._found = found
        self._words = words
        self._text = text
        self._wording = wording
        self._say = wording.say
        self._plans = PlanText(text)

    def contents(
        self,
        organisation: str,
        day: date,
        every: Iterable[Structure],
        burden: Burden | None,
        first: Sequence[Structure],
    ) -> rows.Contents:
        """Everything the workbook holds; `first` are those that a committee looks at."""
        choices = [choice for choice, _ in groupby(facet.choice for facet in self._found.facets)]
        measures = [self._say(f"structures.measure_{name}") for name in self._words.measures()]

        def cells(structure: Structure) -> list[rows.Cell]:
            settled = dict(structure.features)
            values: list[rows.Cell] = [
                settled[choice]
                if isinstance(settled.get(choice), int)
                else self._words.value(choice, settled[choice])
                if choice in settled
                else None
                for choice in choices
            ]
            measured = [structure.total(name) for name in self._words.measures()]
            rests = [", ".join(self._found.resting(structure))] if self._found.otherwise else []
            return [*values, *measured, *rests]

        return rows.Contents(
            organisation,
            day,
            rows.Options(
                [*map(self._words.choice, choices), *measures, *self._rests_on()],
                map(cells, every),
                self._found.count,
            ),
            [self._facet_row(facet) for facet in self._found.facets],
            None if burden is None else self._burden(burden),
            list(self._reasons()),
            self._summary(first, measures),
        )

    def _summary(self, first: Sequence[Structure], measures: list[str]) -> rows.Options:
        """The first structures for a committee: each in one text, with what it is measured by, and what it loses."""
        groups = [self._say("sheet.variants")] if self._found.groups else []
        headings = [
            self._say("sheet.structure"),
            *measures,
            self._say("plan.lost"),
            *self._rests_on(),
            *groups,
        ]
        variants = {id(group.best): group.sure + group.conditional for group in self._found.groups}

        def cells(structure: Structure) -> list[rows.Cell]:
            lost = self._say("list.semicolon").join(map(self._plans.loss, lost_in(structure)))
            measured = [structure.total(name) for name in self._words.measures()]
            rests = [", ".join(self._found.resting(structure))] if self._found.otherwise else []
            alike = [variants[id(structure)]] if groups else []
            return [self._words.plan(plan_of(structure)), *measured, lost, *rests, *alike]

        return rows.Options(headings, list(map(cells, first)), self._found.count)

    def _rests_on(self) -> list[str]:
        """The heading of the column that tells on which readings an option rests; none where none does."""
        return [self._say("plans.rests_on")] if self._found.otherwise else []

    def _facet_row(self, facet: Facet) -> rows.FacetRow:
        value = facet.value if isinstance(facet.value, int) else self._words.value(facet.choice, facet.value)
        reason = self._words.why(facet) if facet.status == "cannot" else ""
        return rows.FacetRow(
            self._words.choice(facet.choice), value, facet.status, facet.remaining, facet.conditional, reason
        )

    def _burden(self, found: Burden) -> rows.BurdenRows:
        years = [
            rows.Year(
                self._text.amount_name(share.id),
                [
                    self._item(term.quantity.id, term.clause, term.quantity.value.exact)
                    for term in share.terms[0].quantity.terms
                ],
                self._item(
                    share.terms[1].quantity.id, share.terms[1].clause, share.terms[1].quantity.value.exact
                ),
            )
            for share in (found.previous, found.requested)
        ]
        bound = found.reason.bound
        assert bound is not None
        clause = found.reason.clause
        mean = "percentages" if found.mean.operation == "mean" else "sums"
        place = clause.place.into(self._wording.language)
        costed = self._found.structures.costs is not None
        note = self._say("sheet.burden_of_first") if costed else ""
        return rows.BurdenRows(
            years, bound.value, place, "percentages" if mean == "percentages" else "sums", note
        )

    def _item(self, amount: str, clause: str, exact: Fraction | None) -> rows.BurdenItem:
        place = self._text.place(clause)
        return rows.BurdenItem(self._text.amount_name(amount), place, None if exact is None else int(exact))

    def _reasons(self) -> Iterator[rows.ReasonRow]:
        language = self._wording.language
        for (choice, value), reason in self._found.structures.refused.items():
            subject = self._say(
                "structures.chosen", choice=self._words.choice(choice), value=self._words.value(choice, value)
            )
            for node in reason.walk():
                clause = node.clause
                yield rows.ReasonRow(
                    subject,
                    clause.id,
                    clause.place.into(language),
                    clause.quote or "",
                    clause.gloss.into(language),
                    node.holds,
                    node.holds is None
                    and not any(
                        below.measurement.missing
                        for below in node.walk()
                        if below.holds is None and below.measurement is not None
                    ),
                )
