"""The file of decisions: what texts that were not recognised mean, settled once and used again.

kind: roster-decisions
decisions:
  - {kind: post, text: หน.ฝ่ายฯ, count: 12, means: หัวหน้าฝ่าย ระดับต้น}
  - {kind: degree, text: นบ.ท., count: 3, means: null}    # not settled yet
  - {kind: post, text: ลูกจ้าง, count: 7, means: "-"}      # leave such entries out
  - {kind: penalties.kind, text: ทัณฑ์บน, count: 2, means: "-"}    # of declared facts: the column
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from lgreason.files.roster.stated import StatedColumns
from lgreason.files.source.read import excerpt, read_source
from lgreason.rules.findings import Finding, Place, Unusable

KINDS = ("date", "post", "type", "level", "status", "rank", "degree", "field", "approved", "work")
_PLAIN = re.compile("[a-z_][a-z_0-9.]*")
Key = tuple[str, str]


class Decisions(Protocol):
    """What texts were decided to mean."""

    def meaning(self, kind: str, text: str) -> str | None:
        """What a text of a kind means, if that was decided."""


class NoDecisions:
    """Nothing has been decided."""

    def meaning(self, kind: str, text: str) -> str | None:
        """Nothing."""
        del kind, text
        return None


class DecisionFile:
    """What a file of decisions says."""

    def __init__(self, path: Path, means: Mapping[Key, str | None]) -> None:
        """Take the file, and what each text of a kind means (`None`: not settled)."""
        self.path = path
        self._means = dict(means)

    def meaning(self, kind: str, text: str) -> str | None:
        """What a text of a kind means, if that was decided."""
        return self._means.get((kind, text))

    @property
    def settled(self) -> Mapping[Key, str]:
        """The texts that were settled, with what they mean."""
        return {key: means for key, means in self._means.items() if means is not None}

    def write(self, unrecognised: Mapping[Key, int]) -> None:
        """Write the file anew: what was settled, and every text not recognised, most frequent first; whole or not."""
        rows: list[tuple[str, str, int, str | None]]
        rows = [(kind, text, 0, means) for (kind, text), means in self.settled.items()]
        rows += [
            (kind, text, count, None)
            for (kind, text), count in sorted(unrecognised.items(), key=lambda item: (-item[1], item[0]))
        ]
        lines = ["kind: roster-decisions", "decisions:" if rows else "decisions: []"]
        for kind, text, count, means in rows:
            counted = f", count: {count}" if count else ""
            named = kind if _PLAIN.fullmatch(kind) else json.dumps(kind, ensure_ascii=False)
            told = "null" if means is None else json.dumps(means, ensure_ascii=False)
            lines.append(
                f"  - {{kind: {named}, text: {json.dumps(text, ensure_ascii=False)}{counted}, means: {told}}}"
            )
        partial = self.path.with_name(f"{self.path.name}.tmp")
        partial.write_text("\n".join(lines) + "\n", encoding="utf-8")
        partial.replace(self.path)


def beside(roster: str) -> Path:
    """The file of decisions that goes with a roster unless another is named."""
    path = Path(roster)
    return path.with_name(f"{path.stem}.decisions.yaml")


def read_decisions(path: Path, stated: StatedColumns | None = None) -> DecisionFile:
    """The decisions in a file, none where it is not there; raises `Unusable` with all that is wrong with it.

    `stated` are the columns of declared facts, of which each is a kind of its own.
    """
    if not path.exists():
        return DecisionFile(path, {})
    source = read_source(str(path))
    rows = source.data.get("decisions") if isinstance(source.data, dict) else None
    if not isinstance(rows, list):
        raise Unusable((Finding("roster_decisions_shape", Place(str(path))),))
    found: list[Finding] = []
    means: dict[Key, str | None] = {}
    for index, row in enumerate(rows):
        place = source.place(("decisions", index))
        if not isinstance(row, dict) or not {"kind", "text"} <= row.keys():
            found.append(Finding("roster_decisions_shape", place))
        elif row["kind"] not in KINDS and (stated is None or stated.holds(str(row["kind"])) is None):
            args = {"found": excerpt(row["kind"]), "known": KINDS}
            found.append(Finding("roster_decisions_kind", place, args))
        else:
            told = row.get("means")
            means[row["kind"], str(row["text"])] = None if told in (None, "") else str(told)
    if found:
        raise Unusable(tuple(found))
    return DecisionFile(path, means)
