"""What the knowledge base holds: its clauses to list, to look up and to account for, and its duties to compare."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.knowledge import KnowledgeBase, Reading
from lgreason.rules.model import Clause, Text
from lgreason.rules.terms import Fn, constant, number

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_FILLERS = re.compile(r"ระดับ|ข้อ|มาตรฐาน|\blevel\b|\bitems?\b|\bclause\b|[\s,«»\"'–-]+")
_STATEMENT = re.compile(r'^clause\(\s*"([^"]+)"', re.MULTILINE)
_SLIDE = re.compile(r"(?:s|slide|สไลด์ที่|สไลด์)([0-9]+)")
LEVELS = ("early", "mid", "high")


@dataclass(frozen=True, slots=True)
class Where:
    """The file of the knowledge base that states a clause, and the line on which it begins."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty of a level: its clause and its topic, which is the same for the same duty of another level."""

    clause: Clause
    level: str
    area: int
    order: int
    topic: str
    change: Text | None


@dataclass(frozen=True, slots=True)
class DutyComparison:
    """The duties of a level against those of the level below: new, carried on (with what changes), and gone."""

    new: tuple[Duty, ...]
    carried: tuple[tuple[Duty, Duty], ...]
    gone: tuple[Duty, ...]


class Catalogue:
    """Looks things up in one knowledge base."""

    def __init__(self, kb: KnowledgeBase) -> None:
        """Take the knowledge base to look in; what describes is looked up too."""
        self.kb = kb.whole

    def listed(self, prefix: str = "") -> tuple[Clause, ...]:
        """The clauses whose id begins with a prefix."""
        return tuple(clause for clause in self.kb.clauses.values() if clause.id.startswith(prefix))

    def find(self, text: str) -> tuple[Clause, ...]:
        """The clauses meant by an id, its end, a place such as «กลาง ๒.๒», or a slide; `Unusable` if none is."""
        key = _key(text)
        clauses = tuple(self.kb.clauses.values())
        deciding = tuple(clause for clause in clauses if clause.says is not None)
        # A bare number such as ๒.๒ is an item of the qualifications before it is a duty of that number.
        for match, among in (
            (_exactly, clauses),
            (_by_number, deciding),
            (_by_its_end, clauses),
            (_by_number, clauses),
            (_by_slide, clauses),
        ):
            found = tuple(
                clause for clause in among if any(match(key, name) for name in self._names[clause.id])
            )
            if found:
                return found
        if nearest := self._nearest(key):
            raise Unusable((Finding("clause_unknown_nearest", args={"found": text, "nearest": nearest}),))
        raise Unusable((Finding("clause_unknown", args={"found": text}),))

    def reading(self, text: str) -> Reading | None:
        """The ambiguity of that id, if there is one."""
        return self.kb.readings.get(text.strip().upper().translate(_THAI_DIGITS))

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        return {c.id: (_key(c.id), *(_key(place) for place in c.place)) for c in self.kb.clauses.values()}

    def _nearest(self, key: str) -> tuple[str, ...]:
        from difflib import get_close_matches

        if not any(character.isalpha() for character in key):
            return ()  # figures that are like one another mean nothing
        known = {name: identity for identity, names in self._names.items() for name in names}
        return tuple(dict.fromkeys(known[name] for name in get_close_matches(key, known, n=3, cutoff=0.3)))

    def depends_on(self, identity: str) -> tuple[Clause, ...]:
        """The clauses that refer to a clause: of which it is a part, which include it, or which it defeats."""
        return tuple(clause for clause in self.kb.clauses.values() if identity in set(clause.needs()))

    def caveats(self, identity: str) -> tuple[Clause, ...]:
        """The clauses that bear on a clause and that the document does not have, or leaves to judgement."""
        return tuple(self.kb.clauses[str(other)] for c, other in self.kb.rows("caveat") if c == identity)

    def steps(self, identity: str) -> tuple[tuple[str, int], ...]:
        """The procedures of which a clause is a step, with its number."""
        return tuple(
            (constant(procedure), number(n)) for procedure, n, c in self.kb.rows("step") if c == identity
        )

    @cached_property
    def where(self) -> Mapping[str, Where]:
        """Where in the knowledge base each clause is stated."""
        root = self.kb.library.root
        shipped = {
            identity: Where(f"kb/{path.relative_to(root).as_posix()}", line)
            for path in sorted(root.rglob("*.lp"))
            for identity, line in _statements(path)
        }
        return shipped | {identity: Where(*place) for identity, place in self.kb.library.layer.where.items()}

    def levels_required(self, identity: str) -> dict[str, int]:
        """The level of a competency required at each level of position."""
        rows = [row for row in self.kb.rows("required_level") if row[0] == identity]
        return {
            str(level.name): int(n) for _, level, n in rows if isinstance(level, Fn) and isinstance(n, int)
        }

    # ── duties ───────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Every duty, level by level in the order of the document."""
        topics = {
            str(identity): str(topic.name)
            for identity, topic in self.kb.rows("topic")
            if isinstance(topic, Fn)
        }
        changes: dict[str, dict[str, str]] = {}
        for identity, language, words in self.kb.rows("duty_change"):
            assert isinstance(language, Fn)
            changes.setdefault(str(identity), {})[language.name] = str(words)
        found = []
        for identity, level, area, order in self.kb.rows("duty"):
            assert isinstance(level, Fn) and isinstance(area, int) and isinstance(order, int)
            key = str(identity)
            change = Text(**changes[key]) if key in changes else None
            found.append(Duty(self.kb.clauses[key], level.name, area, order, topics[key], change))
        return tuple(sorted(found, key=lambda duty: (LEVELS.index(duty.level), duty.area, duty.order)))

    def duties_of(self, level: str) -> tuple[Duty, ...]:
        """The duties of one level."""
        return tuple(duty for duty in self.duties if duty.level == level)

    def compare(self, level: str) -> DutyComparison:
        """The duties of a level (`mid` or `high`) against those of the level below."""
        below = self.duties_of(LEVELS[LEVELS.index(level) - 1])
        here = self.duties_of(level)
        first = {duty.topic: duty for duty in reversed(below)}
        topics = {duty.topic for duty in here}
        return DutyComparison(
            new=tuple(duty for duty in here if duty.topic not in first),
            carried=tuple((duty, first[duty.topic]) for duty in here if duty.topic in first),
            gone=tuple(duty for duty in below if duty.topic not in topics),
        )


def _statements(path: Path) -> Iterator[tuple[str, int]]:
    text = path.read_text(encoding="utf-8")
    for match in _STATEMENT.finditer(text):
        yield match[1], text.count("\n", 0, match.start()) + 1


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).translate(_THAI_DIGITS).casefold()
    return _FILLERS.sub("", plain)


def _exactly(key: str, name: str) -> bool:
    return key == name


def _by_its_end(key: str, name: str) -> bool:
    return bool(key) and name.endswith(f".{key}")


def _by_slide(key: str, name: str) -> bool:
    slide = _SLIDE.fullmatch(key)
    return slide is not None and f".s{slide[1]}." in f"{name}."


def _by_number(key: str, name: str) -> bool:
    return bool(re.fullmatch(r"[0-9.()]+", key)) and bool(re.fullmatch(rf"[^0-9]*{re.escape(key)}", name))
