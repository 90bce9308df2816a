"""The knowledge base as typed values: read once, resolved for any choice of readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from lgreason.rules.model import Clause, Text, leaves, structure, tree
from lgreason.rules.solver import Decider, FactBase, Rows, SolverError
from lgreason.terms import Fn, Value, constant, number

THEORY = ("theory.lp", "generic.lp")
RULES = (*THEORY, "structures.lp")
"""The files that hold rules; all others hold facts."""
DESCRIPTION = "description"
Branch = Literal["persons", "organisations"]
FOLDERS: Mapping[Branch, tuple[str, ...]] = {"persons": ("std", "history"), "organisations": ("org",)}
"""What decides about persons and what about organisations: neither needs the other's clauses."""
_OF_CLAUSES = (
    *("clause", "place", "gloss", "quote", "repair", "subject"),
    *("says", "part", "except", "measures", "counts", "relies"),
)


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
    package = Path(__file__).parent.parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


class Facts:
    """Facts by predicate and by what they are of, laid over other facts."""

    def __init__(self, own: Mapping[str, Rows], base: Facts | None = None, like: Facts | None = None) -> None:
        """Take the facts themselves, those that they are added to, and others over the same, much like these."""
        self.own = own
        self._base = base
        self._like = like
        self._grouped: dict[str, dict[Value, Rows]] = {}

    def rows(self, predicate: str) -> Sequence[tuple[Value, ...]]:
        """The facts of a predicate."""
        below = self._base.rows(predicate) if self._base else ()
        own = self.own.get(predicate, ())
        return [*below, *own] if below and own else below or own

    def of(self, predicate: str, identity: str) -> Sequence[tuple[Value, ...]]:
        """The facts of a predicate whose first argument is `identity`, without that argument."""
        if predicate not in self._grouped:
            grouped: dict[Value, Rows] = {}
            for first, *rest in self.own.get(predicate, ()):
                grouped.setdefault(first, []).append(tuple(rest))
            self._grouped[predicate] = grouped
        below = self._base.of(predicate, identity) if self._base else ()
        return [*below, *self._grouped[predicate].get(identity, ())]

    @cached_property
    def clauses(self) -> dict[str, Clause]:
        """Every clause by its id; only those that differ from the base's, or from the like's, are built anew."""
        mine = self._of_clauses
        if self._like is not None:
            found = dict(self._like.clauses)
            theirs = self._like._of_clauses
            changed = [
                identity for identity in {**mine, **theirs} if mine.get(identity) != theirs.get(identity)
            ]
        else:
            found = dict(self._base.clauses) if self._base else {}
            changed = list(mine)
        for identity in changed:
            found[identity] = self._clause(identity)
        return found

    @cached_property
    def _of_clauses(self) -> dict[str, list[tuple[str, tuple[Value, ...]]]]:
        """What these facts themselves say of each clause."""
        found: dict[str, list[tuple[str, tuple[Value, ...]]]] = {}
        for predicate in _OF_CLAUSES:
            for row in self.own.get(predicate, ()):
                found.setdefault(str(row[0]), []).append((predicate, row))
        return found

    def _clause(self, identity: str) -> Clause:
        ((document, treatment, status, since),) = self.of("clause", identity)
        says, measures, quote = (self._one(name, identity) for name in ("says", "measures", "quote"))
        return Clause(
            id=identity,
            document=str(document),
            treatment=constant(treatment),
            status=constant(status),
            in_force=date.fromisoformat(str(since)),
            place=self._text("place", identity) or Text(identity, identity),
            gloss=self._text("gloss", identity) or Text("", ""),
            quote=None if quote is None else str(quote),
            repairs=tuple((str(wrong), str(right)) for wrong, right in self.of("repair", identity)),
            subject=self._text("subject", identity),
            says=None if says is None else _term(says),
            parts=tuple(str(part) for _, part in sorted(self.of("part", identity))),
            exceptions=tuple((str(other), _term(form)) for other, form in self.of("except", identity)),
            measures=_quantity(measures),
            counts=tuple(_term(what) for (what,) in self.of("counts", identity)),
            relies=tuple(sorted(str(reading) for (reading,) in self.of("relies", identity))),
        )

    def _one(self, predicate: str, identity: str) -> Value | None:
        found = self.of(predicate, identity)
        if len(found) > 1:
            raise SolverError(f"{identity} has more than one {predicate}")
        return found[0][0] if found else None

    def _text(self, predicate: str, identity: str) -> Text | None:
        texts = {constant(language): str(text) for language, text in self.of(predicate, identity)}
        return Text(**texts) if texts else None


class Library:
    """The files of the knowledge base, each grounded once; `under` gives them for a choice of readings."""

    def __init__(self, root: Path | None = None, branch: Branch | None = "persons") -> None:
        """Take what decides below `root` (the shipped `kb/` by default); `SolverError` when it is used, if unsound.

        Of the folders only those of `branch` are read. Files in a folder `description` decide nothing, and are read
        when they are first asked for. Without a branch everything is read.
        """
        self.root = root or folder("kb")
        self.branch = branch
        self._bases: dict[tuple[tuple[str, str], ...], KnowledgeBase] = {}
        self._deciders: dict[tuple[Fn, ...], Decider] = {}
        self._siblings: dict[Branch | None, Library] = {branch: self}

    @cached_property
    def _facts(self) -> FactBase:
        return FactBase(self._files(describing=False))

    @cached_property
    def _certain(self) -> Facts:
        return Facts(self._facts.certain)

    def _files(self, describing: bool) -> list[Path]:
        files = [path for path in sorted(self.root.rglob("*.lp")) if path.name not in RULES]
        if self.branch is None:
            return [] if describing else files
        within = {path: path.relative_to(self.root).parts for path in files}
        folders = FOLDERS[self.branch]
        if describing:
            return [path for path in files if within[path][0] in folders and DESCRIPTION in within[path]]
        return [
            path
            for path in files
            if len(within[path]) == 1 or (within[path][0] in folders and DESCRIPTION not in within[path])
        ]

    @cached_property
    def described(self) -> Facts:
        """The facts of the files that describe."""
        return Facts(FactBase(self._files(describing=True)).certain)

    def of(self, branch: Branch | None) -> Library:
        """The library of another branch, or of everything, below the same root; read once."""
        if branch not in self._siblings:
            self._siblings[branch] = sibling = Library(self.root, branch)
            sibling._siblings = self._siblings
        return self._siblings[branch]

    def under(self, readings: Mapping[str, str] | None = None) -> KnowledgeBase:
        """What decides, under the given readings and the defaults elsewhere."""
        key = tuple(sorted((readings or {}).items()))
        if key not in self._bases:
            like = self._bases[()]._facts if () in self._bases else None
            facts = Facts(self._facts.conditional(dict(key)), self._certain, like)
            self._bases[key] = KnowledgeBase(self, dict(key), facts)
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

    def __init__(self, library: Library, chosen: dict[str, str], facts: Facts) -> None:
        """Wrap the facts; everything typed is built on first use."""
        self.library = library
        self.chosen = chosen
        self._facts = facts

    @cached_property
    def whole(self) -> KnowledgeBase:
        """The same with all that the other branches hold, and with what describes."""
        return self.library.of(None).under(self.chosen)

    @cached_property
    def described(self) -> KnowledgeBase:
        """The same with what describes."""
        return KnowledgeBase(self.library, self.chosen, Facts(self.library.described.own, self._facts))

    def rows(self, predicate: str) -> Sequence[tuple[Value, ...]]:
        """The facts of a predicate, as rows of plain values."""
        return self._facts.rows(predicate)

    @property
    def clauses(self) -> dict[str, Clause]:
        """Every clause by its id, in the order of the files."""
        return self._facts.clauses

    def _pairs(self, predicate: str) -> list[tuple[str, Value]]:
        return [(str(identity), value) for identity, value in self.rows(predicate)]

    def _texts(self, predicate: str) -> dict[str, Text]:
        found: dict[str, dict[str, str]] = {}
        for identity, language, text in self.rows(predicate):
            found.setdefault(str(identity), {})[constant(language)] = str(text)
        return {identity: Text(**texts) for identity, texts in found.items()}

    @cached_property
    def posts(self) -> dict[str, str]:
        """The clause that opens each position, lowest position first."""
        ranks = dict(self._pairs("rank"))
        posts = {position: str(clause) for position, clause in self._pairs("post")}
        return {
            position: posts[position] for position in sorted(posts, key=lambda p: (str(ranks.get(p, "")), p))
        }

    def required_levels(self, document: str, level: str) -> tuple[tuple[str, int], ...]:
        """The competencies of a document, by key, with the level required at a level of position."""
        return self._required.get((document, level), ())

    @cached_property
    def _required(self) -> dict[tuple[str, str], tuple[tuple[str, int], ...]]:
        keys = {str(identity): str(key) for identity, key, _, _ in self.rows("competency")}
        found: dict[tuple[str, str], list[tuple[str, int]]] = {}
        for identity, level, required in self.rows("required_level"):
            clause = self.clauses[str(identity)]
            row = (keys[clause.id], number(required))
            found.setdefault((clause.document, constant(level)), []).append(row)
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
            texts.setdefault(str(identity), {}).setdefault(constant(choice), {})[constant(language)] = str(
                text
            )
        order: dict[str, list[str]] = {}
        for identity, _, choice in sorted(self.rows("choice"), key=lambda row: (str(row[0]), number(row[1]))):
            order.setdefault(str(identity), []).append(constant(choice))
        chosen = {str(identity): constant(choice) for identity, choice in self.rows("reading")}
        confidence = {str(identity): constant(level) for identity, level in self.rows("confidence")}
        reasons = self._texts("reason")
        return {
            identity: Reading(
                id=identity,
                question=question,
                choices=tuple((choice, Text(**texts[identity][choice])) for choice in order[identity]),
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
            found.setdefault((constant(category), str(identity)), {})[constant(language)] = str(text)
        return {key: Text(**texts) for key, texts in found.items()}


def _quantity(value: Value | None) -> str | None:
    """What a clause measures: a kind of measurement of persons (a constant), or a quantity by its id."""
    return value if value is None or isinstance(value, str) else constant(value)


def _term(value: Value) -> Fn:
    assert isinstance(value, Fn)
    return value
