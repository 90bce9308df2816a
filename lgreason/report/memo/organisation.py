"""The memorandum on an organisation: facts, the burden, what was judged and by which clauses, and the conclusion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from lgreason.files.organisation.organisation import Organisation
from lgreason.reasoning.organisations.establishment import Node
from lgreason.report.line import Line
from lgreason.report.memo.memo import Block, Chart, Items, Memo, Paragraph, Passage, Section
from lgreason.report.text.organisation import OrganisationText
from lgreason.report.text.organisation_entry import OrganisationEntry
from lgreason.report.wording import Wording
from lgreason.words.vocabulary import Vocabulary

Document = dict[str, Any]
_ENTRY = re.compile(r"^fiscal\.[\w.]+ · | \(fiscal\.[\w.]+\)$")


@dataclass(frozen=True, slots=True)
class MemoMatter:
    """What a memorandum is about: its subject line, the lines of the answer, the clauses, and what follows."""

    subject: str
    lines: tuple[Line, ...]
    nodes: tuple[Node, ...]
    conclusion: tuple[str, ...]
    about: Document
    chart: Chart | None = None
    resting: tuple[str, ...] = ()
    """On what the verdict rests, as sentences."""
    footer: tuple[Line, ...] = ()
    """The lines of the answer that say so, which the memorandum says in a section of its own."""


@dataclass(frozen=True, slots=True)
class BurdenLines:
    """The lines of the burden, those of them that say on which readings it rests, and its reasons."""

    lines: tuple[Line, ...]
    footer: tuple[Line, ...]
    nodes: tuple[Node, ...]


class OrganisationMemo:
    """Writes memoranda on one organisation in one language."""

    def __init__(
        self,
        organisation: Organisation,
        text: OrganisationText,
        vocabulary: Vocabulary,
        wording: Wording,
        day: date,
    ) -> None:
        """Take the organisation, the day that is considered, and the words."""
        self._organisation = organisation
        self._text = text
        self._vocabulary = vocabulary
        self._wording = wording
        self._say = wording.say
        self._day = day

    def memo(self, dated: date, judged: MemoMatter, burden: BurdenLines | None) -> Memo:
        """The memorandum, written on a day, with the burden where it bears."""
        say = self._say
        about = {"organisation": self._organisation.id, "as_of": self._day.isoformat(), **judged.about}
        return Memo(
            subject=judged.subject,
            dated=dated,
            opening=say("memo.opening_organisation", name=self._organisation.name, day=self._day),
            sections=tuple(self._sections(judged, burden)),
            closing=say("memo.closing"),
            about=about,
        )

    def _sections(self, judged: MemoMatter, burden: BurdenLines | None) -> Iterator[Section]:
        say = self._say
        yield Section(say("memo.facts"), (Passage(tuple(self._facts())),))
        if burden is not None:
            yield Section(say("memo.burden"), (Passage(self._plain(burden.lines, burden.footer)),))
        blocks: list[Block] = [Passage(self._plain(judged.lines, judged.footer))]
        if judged.chart is not None:
            blocks.append(judged.chart)
        yield Section(say("memo.consideration"), tuple(blocks))
        nodes = [*judged.nodes, *(burden.nodes if burden else ())]
        if missing := tuple(self._missing(nodes)):
            yield Section(say("memo.find_out"), (Items(missing),))
        if judged.resting:
            yield Section(say("memo.readings"), (Items(judged.resting),))
        yield Section(say("memo.conclusion"), tuple(Paragraph(text) for text in judged.conclusion))

    def _facts(self) -> Iterator[Line]:
        entry = OrganisationEntry(self._text, self._vocabulary, self._wording)
        for line in entry.lines(self._organisation):
            if line.text and line.style != "note":
                yield line

    def _plain(self, lines: Iterable[Line], footer: Sequence[Line]) -> tuple[Line, ...]:
        """The lines of an answer without its title, and without the readings, which have a section of their own."""
        heads = [*self._text.title(), *footer]
        kept = (line for line in lines if line.text and line not in heads)
        # The names of entries in the file mean nothing to whom the memorandum is addressed.
        return tuple(replace(line, text=_ENTRY.sub("", line.text)) for line in kept)

    def _missing(self, nodes: Iterable[Node]) -> Iterator[str]:
        fields = {
            path: None
            for node in nodes
            for below in node.walk()
            if below.holds is None and below.measurement is not None
            for path in below.measurement.missing
        }
        return (self._text.field(path) for path in fields)
