"""The knowledge base as typed values: read once, resolved for any choice of readings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from lgreason.model import Clause, Text, leaves, structure, tree
from lgreason.solver import Decider, FactBase
from lgreason.terms import Fn, Value

Rows = list[tuple[Value, ...]]
THEORY = ("theory.lp", "generic.lp")


@dataclass(frozen=True, slots=True)
class Reading:
    """A choice of reading of one ambiguity, with what else it could have been."""

    id: str
    question: Text
    choices: tuple[tuple[str, Text], ...]
    reason: Text
    confidence: str
    chosen: str

    @property
    def text(self) -> Text:
        """The reading chosen, in words."""
        return dict(self.choices)[self.chosen]

    @property
    def others(self) -> tuple[str, ...]:
        """The readings not chosen."""
        return tuple(choice for choice, _ in self.choices if choice != self.chosen)


def folder(name: str) -> Path:
    """The folder `kb` or `grammar`: inside the installed package, or beside it in a checkout."""
    inside = Path(__file__).parent / name
    return inside if inside.is_dir() else Path(__file__).parent.parent / name


class Library:
    """All files of the knowledge base, grounded once; `under` gives it for a choice of readings."""

    def __init__(self, root: Path | None = None) -> None:
        """Read every file below `root` (the shipped `kb/` by default); raises `SolverError` if one is unsound."""
        self.root = root or folder("kb")
        files = sorted(path for path in self.root.rglob("*.lp") if path.name not in THEORY)
        self._facts = FactBase(files)
        self._bases: dict[tuple[tuple[str, str], ...], KnowledgeBase] = {}
        self._deciders: dict[tuple[Fn, ...], Decider] = {}

    def under(self, readings: Mapping[str, str] | None = None) -> KnowledgeBase:
        """The knowledge base under the given readings, defaults elsewhere."""
        key = tuple(sorted((readings or {}).items()))
        if key not in self._bases:
            self._bases[key] = KnowledgeBase(self, dict(key), self._facts.under(dict(key)))
        return self._bases[key]

    def decider(self, clauses: tuple[Clause, ...]) -> Decider:
        """The theory grounded over these clauses; the same trees share one."""
        facts = tuple(structure(clauses))
        if facts not in self._deciders:
            programs = [self.root / name for name in THEORY]
            self._deciders[facts] = Decider(programs, facts, leaves(clauses))
        return self._deciders[facts]


class KnowledgeBase:
    """The knowledge base under one choice of readings."""

    def __init__(self, library: Library, chosen: dict[str, str], facts: Mapping[str, Rows]) -> None:
        """Wrap the facts; everything typed is built on first use."""
        self.library = library
        self.chosen = chosen
        self._facts = facts

    def rows(self, predicate: str) -> Rows:
        """The facts of a predicate, as rows of plain values."""
        return self._facts.get(predicate, [])

    def _texts(self, predicate: str) -> dict[str, Text]:
        found: dict[str, dict[str, str]] = {}
        for identity, language, text in self.rows(predicate):
            assert isinstance(language, Fn)
            found.setdefault(str(identity), {})[language.name] = str(text)
        return {identity: Text(**texts) for identity, texts in found.items()}

    def _grouped(self, predicate: str) -> dict[str, Rows]:
        found: dict[str, Rows] = {}
        for identity, *rest in self.rows(predicate):
            found.setdefault(str(identity), []).append(tuple(rest))
        return found

    @cached_property
    def clauses(self) -> dict[str, Clause]:
        """Every clause by its id, in the order of the files."""
        places, glosses, subjects = self._texts("place"), self._texts("gloss"), self._texts("subject")
        quotes, says = dict(self.rows("quote")), dict(self.rows("says"))
        measures = dict(self.rows("measures"))
        repairs, parts = self._grouped("repair"), self._grouped("part")
        exceptions, counts, relies = self._grouped("except"), self._grouped("counts"), self._grouped("relies")
        found: dict[str, Clause] = {}
        for identity, document, treatment, status, since in self.rows("clause"):
            key = str(identity)
            measured = measures.get(key)
            found[key] = Clause(
                id=key,
                document=str(document),
                treatment=_name(treatment),
                status=_name(status),
                in_force=date.fromisoformat(str(since)),
                place=places[key],
                gloss=glosses.get(key, Text("", "")),
                quote=_optional(quotes.get(key)),
                repairs=tuple((str(wrong), str(right)) for wrong, right in repairs.get(key, ())),
                subject=subjects.get(key),
                says=_form(says.get(key)),
                parts=tuple(str(part) for _, part in sorted(parts.get(key, ()))),
                exceptions=tuple((str(other), _term(form)) for other, form in exceptions.get(key, ())),
                measures=None if measured is None else _name(measured),
                counts=tuple(_term(what) for (what,) in counts.get(key, ())),
                relies=tuple(sorted(str(reading) for (reading,) in relies.get(key, ()))),
            )
        return found

    @cached_property
    def posts(self) -> dict[str, str]:
        """The clause that opens each position, lowest position first."""
        ranks = {position: rank for position, rank in self.rows("rank")}
        pairs = sorted(self.rows("post"), key=lambda pair: (ranks.get(pair[0], 0), str(pair[0])))
        return {str(position): str(clause) for position, clause in pairs}

    def required_levels(self, document: str, level: str) -> tuple[tuple[str, str, int], ...]:
        """The competencies of a document with the level required at a level of position: clause, key, level."""
        return self._required.get((document, level), ())

    @cached_property
    def _required(self) -> dict[tuple[str, str], tuple[tuple[str, str, int], ...]]:
        keys = {str(identity): str(key) for identity, key, _, _ in self.rows("competency")}
        found: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
        for identity, level, required in self.rows("required_level"):
            clause = self.clauses[str(identity)]
            row = (clause.id, keys[clause.id], int(required))  # type: ignore[arg-type]
            found.setdefault((clause.document, _name(level)), []).append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def eligibility(self) -> tuple[Clause, ...]:
        """The clauses that decide who may hold a position."""
        return tree(self.clauses, tuple(self.posts.values()))

    @cached_property
    def decider(self) -> Decider:
        """The theory grounded over the eligibility clauses."""
        return self.library.decider(self.eligibility)

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """Every ambiguity with the reading in force."""
        questions = {
            identity: text for (category, identity), text in self.names.items() if category == "reading"
        }
        texts: dict[str, dict[str, dict[str, str]]] = {}
        for identity, choice, language, text in self.rows("choice_text"):
            texts.setdefault(str(identity), {}).setdefault(_name(choice), {})[_name(language)] = str(text)
        order = {(identity, _name(choice)): number for identity, number, choice in self.rows("choice")}
        chosen = {str(identity): _name(choice) for identity, choice in self.rows("reading")}
        confidence = {str(identity): _name(level) for identity, level in self.rows("confidence")}
        reasons = self._texts("reason")
        return {
            identity: Reading(
                id=identity,
                question=question,
                choices=tuple(
                    sorted(
                        ((choice, Text(**languages)) for choice, languages in texts[identity].items()),
                        key=lambda pair, identity=identity: str(order[identity, pair[0]]),  # type: ignore[misc]
                    )
                ),
                reason=reasons[identity],
                confidence=confidence[identity],
                chosen=chosen[identity],
            )
            for identity, question in sorted(questions.items())
        }

    @cached_property
    def names(self) -> dict[tuple[str, str], Text]:
        """The name of every term, by category and id."""
        found: dict[tuple[str, str], dict[str, str]] = {}
        for category, identity, language, text in self.rows("name"):
            found.setdefault((_name(category), str(identity)), {})[_name(language)] = str(text)
        return {key: Text(**texts) for key, texts in found.items()}


def _name(value: Value) -> str:
    assert isinstance(value, Fn)
    return value.name


def _optional(value: Value | None) -> str | None:
    return None if value is None else str(value)


def _term(value: Value) -> Fn:
    assert isinstance(value, Fn)
    return value


def _form(value: Value | None) -> Fn | None:
    return None if value is None else _term(value)
