"""The clauses that an amending text names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from lgreason.language.amending.changes import (
    Amending,
    Period,
    Target,
)
from lgreason.language.grammar.nodes import Span
from lgreason.language.grammar.plain import plain_text
from lgreason.language.laying.places import Provision, Provisions, place_named
from lgreason.language.laying.standing import StandingRules
from lgreason.language.reading.faults import Fault
from lgreason.language.reading.sentences import Sentences
from lgreason.language.statements.records import Rule
from lgreason.language.wording.writer import Writer
from lgreason.rules.model import Language
from lgreason.rules.terms import Fn

_OF_POSTS = re.compile(
    r"เงื่อนไข|หลักเกณฑ์|การ|กำหนด|ให้มี|ตำแหน่ง|ระดับ|ของ|ใน|ตาม|สำหรับ|ซึ่ง|ที่|เป็น|ให้|ไว้|ได้|จำนวน|และ|ตั้งแต่|เทศบาล|ข้อ|[ \x00,.]"
    r"|\b(?:conditions?|of|for|the|in|setting|set|post|at|level|a|to)\b"
)


@dataclass(slots=True)
class Laying:
    """What an amending text comes to: rules, and what is wrong with it."""

    rules: list[Rule] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class Stopped(Exception):
    """An operation cannot be laid; the fault is told already."""


def _listed(text: str) -> list[str]:
    """The provisions of an English list: of "items 2 (b) and 3" the first and the second."""
    lead = re.match(r"(items?|paragraphs?|clauses?) ?", text)
    parts = re.split(r"(?:, | and |, and )+(?=(?:items? |paragraphs? |clauses? )?[0-9(])", text)
    found: list[str] = []
    for one in parts:
        head = re.match(r"(?:[a-z]+ ?)?[0-9.]+", found[-1]) if found else None
        whole = f"{head[0]} {one}" if head and one.startswith("(") else one
        found.append(f"item {whole}" if lead and whole[:1].isdigit() else whole)
    return found


def _written(scope: Fn) -> str:
    return ".".join([scope.name, *(str(getattr(part, "name", part)) for part in scope.args)])


class Targets:
    """One amending text, and the clauses that it names."""

    def __init__(self, layer: StandingRules, rule: Rule, amending: Amending) -> None:
        """Take what stands, the rule, and its text as read."""
        self._layer = layer
        self._rule = rule
        self._amending = amending
        self._found = Laying()
        self._day = rule.since or amending.in_force or date.max
        self._language: Language = rule.language
        self._clauses = layer.clauses(self._day)
        self._places = Provisions(self._clauses, layer.labels)
        self._document = amending.document or rule.document
        self._number = 0
        self._period: Period | None = None
        self._amended: set[str] = set()

    def _fault(self, code: str, span: Span, suggestion: str | None = None, **args: object) -> None:
        self._found.faults.append(Fault(code, span, args, suggestion))

    def _stop(self, code: str, span: Span, suggestion: str | None = None, **args: object) -> Stopped:
        self._fault(code, span, suggestion, **args)
        return Stopped()

    def _one(self, target: Target) -> str:
        found = self._all(target)
        if len(found) > 1:
            raise self._several(target, found)
        return found[0]

    def _several(self, target: Target, found: Sequence[str]) -> Stopped:
        """Told that a name may mean several: each is shown by its place, or by its id too where places are alike."""
        shown = [self._clauses[one].place.into(self._language) for one in found]
        choices = tuple(s if shown.count(s) == 1 else f"{s} ({i})" for s, i in zip(shown, found, strict=True))
        return self._stop("amending_place_several", target.span, found=target.text, choices=choices)

    def _all(self, target: Target) -> tuple[str, ...]:
        """The clauses that a target names; told where it names none."""
        if self._rule.amends is not None and not target.text:
            return (self._rule.amends,)
        named = place_named(target.text)
        found = self._of(named)
        if len(found) > 1:  # what only describes is not meant where something that decides has the number too
            found = tuple(c for c in found if self._clauses[c].says is not None) or found
        if len(found) > 1:
            raise self._several(target, found)
        if not found and len(several := _listed(target.text)) > 1:
            each = [self._of(place_named(one)) for one in several]
            found = tuple(one for of in each for one in of) if all(len(of) == 1 for of in each) else ()
        if not found:
            found = self._described(target.text)
        if not found:
            known = self._known()
            raise self._stop("amending_place_unknown", target.span, found=target.text or "…", known=known)
        return found

    def _of(self, named: Provision) -> tuple[str, ...]:
        if self._rule.amends is not None and named.steps:
            inside = tuple(self._below(self._rule.amends, named.steps))
            if inside:
                return inside
        return self._places.of(named, self._document)

    def _below(self, root: str, steps: tuple[int, ...]) -> Iterator[str]:
        at = root
        for step in steps:
            clause = self._clauses.get(at)
            if clause is None or not 0 < step <= len(clause.parts):
                return
            at = clause.parts[step - 1]
        yield at

    def _described(self, text: str) -> tuple[str, ...]:
        """The conditions of a post of the structure that is named in words; or the qualifications of a position."""
        plain = plain_text(text)
        lexicon = self._sentences.lexicon
        posts, levels, scopes = (
            [(key, word.ids) for key, word in lexicon.words(kind).items() if key in plain]
            for kind in ("POST_NAME", "LEVEL_NAME", "SCOPE_NAME")
        )
        if posts and levels and scopes:
            post, level, scope = (max(of, key=lambda pair: len(pair[0]))[1] for of in (posts, levels, scopes))
            found = [
                str(clause)
                for of, name, at, clause in self._layer._kb.rows("opens")
                if isinstance(of, Fn) and isinstance(name, Fn) and isinstance(at, Fn)
                if name.name in post and at.name in level and _written(of) in scope
            ]
            found += self._numbers(post, level, scope)
            return tuple(dict.fromkeys(found)) if not self._more(plain, posts, levels, scopes) else ()
        if posts and scopes:
            post, scope = (max(of, key=lambda pair: len(pair[0]))[1] for of in (posts, scopes))
            return tuple(self._numbers(post, None, scope)) if not self._more(plain, posts, scopes) else ()
        positions = [
            (key, word.ids)
            for key, word in lexicon.words("POSITION_NAME").items()
            if key in plain and len(key) > 5
        ]
        if positions:
            ids = max(positions, key=lambda pair: len(pair[0]))[1]
            opened = self._layer.opened(ids[0]) if len(ids) == 1 else None
            return (opened,) if opened else ()
        return ()

    def _numbers(
        self, posts: tuple[str, ...], levels: tuple[str, ...] | None, scopes: tuple[str, ...]
    ) -> list[str]:
        """The clauses that say how many of a post there may be, at one level or at all."""
        found: list[str] = []
        for of, identity in self._layer.rows("limits"):
            clause = self._clauses.get(str(identity))
            if clause is None or not isinstance(of, Fn) or _written(of) not in scopes:
                continue
            for what in clause.counts:
                names = [getattr(arg, "name", "") for arg in what.args]
                if what.name == "post" and names and names[0] in posts:
                    at = names[1] if len(names) > 1 else None
                    if (at is None) == (levels is None) and (at is None or at in (levels or ())):
                        found.append(clause.id)
        return found

    @staticmethod
    def _more(plain: str, *told: list[tuple[str, tuple[str, ...]]]) -> str:
        """What is said of a provision besides its post, level and kind of organisation: a place, say."""
        for words in told:
            plain = plain.replace(max((key for key, _ in words), key=len), "", 1)
        return _OF_POSTS.sub("", plain)

    def _known(self) -> tuple[str, ...]:
        own = [c for c in self._clauses.values() if c.document == self._document and c.says is not None]
        return tuple(dict.fromkeys(c.place.into(self._language) for c in own))[:8]

    @property
    def _sentences(self) -> Sentences:
        return self._layer._sentences[self._language]

    @property
    def _writer(self) -> Writer:
        return self._layer._writers[self._language]
