"""The memorandum on plans side by side: the table, who is affected, what each withstands, and the conclusion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from lgreason.reasoning.structures.comparison import Compared
from lgreason.report.memo.memo import Items, Memo, Paragraph, Passage, Section, Table
from lgreason.report.text.organisation import OrganisationText
from lgreason.report.text.plans import PlansText
from lgreason.report.text.proposed import PlanText
from lgreason.report.wording import Wording


class PlansMemo:
    """Writes the memorandum on a comparison in one language."""

    def __init__(
        self, found: Sequence[Compared], words: PlansText, text: OrganisationText, wording: Wording
    ) -> None:
        """Take the structures compared, and the words."""
        self._found = found
        self._words = words
        self._text = text
        self._wording = wording
        self._say = wording.say

    def memo(self, dated: date, day: date) -> Memo:
        """The memorandum, written on one day about how things stand on another."""
        organisation = self._found[0].organisation
        return Memo(
            subject=self._say("plans.title", name=organisation.name),
            dated=dated,
            opening=self._say("memo.opening_organisation", name=organisation.name, day=day),
            sections=tuple(self._sections()),
            closing=self._say("memo.closing"),
            about={"organisation": organisation.id, "as_of": day.isoformat()},
        )

    def _sections(self) -> Iterator[Section]:
        say = self._say
        rows = tuple(
            (row.heading, *(cell or "–" for cell in row.cells)) for row in self._words.table(brief=True)
        )
        columns = (say("sheet.item"), *self._words.names)
        yield Section(say("memo.consideration"), (Table(say("sheet.comparison"), columns, rows),))
        affected = [lost for each in self._found for lost in each.lost if lost.filled]
        if affected:
            steps = tuple(PlanText(self._text).recruitment(affected))
            yield Section(say("plan.lost"), (Items(tuple(self._affected())), Passage(steps)))
        withstands = tuple(self._words.withstands())
        if withstands:
            yield Section(say("money.margins"), (Passage(withstands),))
        if resting := self._words.resting():
            yield Section(say("memo.readings"), (Items(resting),))
        yield Section(say("memo.conclusion"), tuple(map(Paragraph, self._conclusion())))

    def _affected(self) -> Iterator[str]:
        for each in self._found:
            for lost in each.lost:
                if lost.filled:
                    row = self._words.lost(lost)
                    yield self._say("plans.row", plan=self._words.name(each.name), value=row)

    def _conclusion(self) -> Iterator[str]:
        for each in self._found:
            if each.plan is not None:
                yield self._words.verdict(each)
