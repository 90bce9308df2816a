"""A change: something that can still happen to what a person's file says, and of what sort it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lgreason.reasoning.cases.evidence import Entry, Missing
from lgreason.reasoning.cases.remedies import Sort

Kind = Literal["take_up", "obtain", "work", "equate", "accept", "establish", "gain", "turn_out"]
_SORTS: dict[Kind, Sort] = {
    "take_up": "act",
    "obtain": "act",
    "work": "act",
    "equate": "decision",
    "accept": "decision",
    "establish": "fact",
    "gain": "act",
    "turn_out": "fact",
}
LIST_OF: dict[Kind, str] = {
    "take_up": "postings",
    "equate": "postings",
    "obtain": "education",
    "accept": "education",
    "work": "experience",
}


@dataclass(frozen=True, slots=True)
class Change:
    """Something that can still happen.

    `choices` are the ids among which one is enough: posts, fields of a degree (none: any field), kinds of work, or
    what a posting is deemed equivalent to. `entry` is the entry of the file concerned, `missing` the fact. Of
    declared facts `fact` gains an entry that says `value`, by whoever can bring that about (`by`), or what is
    `missing` turns out to be `value`.
    """

    kind: Kind
    choices: tuple[str, ...] = ()
    degree: str | None = None
    entry: Entry | None = None
    missing: Missing | None = None
    fact: str | None = None
    value: object = None
    by: str = "person"

    @property
    def sort(self) -> Sort:
        """Whether it is an act of the person, a decision of others, or a fact to find out."""
        if self.kind == "gain" and self.by != "person":
            return "decision"
        return _SORTS[self.kind]

    @property
    def subject(self) -> Entry | None:
        """The entry of the file that it is of, if it is of one."""
        if self.missing is not None and self.missing.number is not None:
            return Entry(self.missing.list, self.missing.number)
        return self.entry

    @property
    def list(self) -> str:
        """The list of the file that it changes."""
        if self.missing is not None:
            return self.missing.list
        return self.fact if self.fact is not None else LIST_OF[self.kind]


def contrary(change: Change, other: Change) -> bool:
    """Whether two changes are different ones of the same fact or of the same posting's equivalence."""
    subject = (change.kind, change.entry, change.missing)
    concerns = change.entry is not None or change.missing is not None
    return concerns and change != other and subject == (other.kind, other.entry, other.missing)
