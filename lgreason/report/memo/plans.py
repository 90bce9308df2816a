"""The memorandum on plans side by side: the table, who is affected, what each withstands, and the conclusion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from lgreason.reasoning.structures.comparison import Compared
from lgreason.report.line import Line
from lgreason.report.memo.memo import Items, Memo, MemoTable, Paragraph, Passage, Section
from lgreason.report.text.organisation import OrganisationText
from lgreason.report.text.plans import PlansText
from lgreason.report.text.proposed import PlanText
from lgreason.report.wording import Wording


class PlansMemo:
    """Writes the memorandum on a comparison in one language."""

    def __init__(
        self,
        found: Sequence[Compared],
        words: PlansText,
        text: OrganisationText,
        wording: Wording,
        mended: Mapping[str, Sequence[str]],
    ) -> None:
        """Take the structures compared, the words, and what would mend those that may not be, by their names."""
        self._mended = mended
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
        yield Section(say("memo.consideration"), (MemoTable(say("sheet.comparison"), columns, rows),))
        yield from self._refused()
        affected = [lost for each in self._found for lost in each.lost if lost.filled]
        if affected:
            steps = tuple(PlanText(self._text).recruitment(affected))
            yield Section(say("plans.affected"), (Items(tuple(self._affected())), Passage(steps)))
        withstands = tuple(self._words.withstands())
        if withstands:
            yield Section(say("money.margins"), (Passage(withstands),))
        if resting := self._words.resting():
            yield Section(say("memo.readings"), (Items(resting),))
        yield Section(say("memo.conclusion"), tuple(map(Paragraph, self._conclusion())))

    def _refused(self) -> Iterator[Section]:
        """Why plans may not be, or cannot be told to, clause by clause, and the smallest repairs."""
        lines: list[Line] = []
        for each in self._found:
            if each.judgement is None or each.truth is True:
                continue
            lines.append(Line(self._words.name(each.name), style="heading"))
            posts = (post for post in each.judgement.posts if post.truth is not True and post.judged)
            nodes = [node for post in posts if post.judged for node in post.judged.nodes]
            nodes += [number.reason for number in each.judgement.numbers if number.reason.holds is not True]
            lines += self._text.conditions(nodes, (False, None), 1)
            repairs = self._mended.get(each.name, ())
            if repairs:
                lines.append(Line(self._say("plan.repairs"), 1, "heading"))
            lines += [
                Line(self._say("plan.repair", n=n, changes=text), 2) for n, text in enumerate(repairs, 1)
            ]
        if lines:
            yield Section(self._say("plans.refused"), (Passage(tuple(lines)),))

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
