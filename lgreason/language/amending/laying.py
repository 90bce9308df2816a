"""An amending text laid on the clauses that it names: each of its operations becomes rules that amend or repeal them.

What is not named stays: words and terms are changed in the sentence of the clause as it stands on the day, with the
exceptions that hang on it; an item is added beside those that are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from lgreason.language.amending.changes import (
    Add,
    Amending,
    Demand,
    InPost,
    Operation,
    Pending,
    Period,
    Quoted,
    Repeal,
    Replace,
    Target,
    Term,
    Words,
)
from lgreason.language.amending.paragraphs import Lowered, excused, lowered
from lgreason.language.amending.places import Label, Place, Places, place_named
from lgreason.language.amending.terms import amount, months_of, retimed, terms
from lgreason.language.laid import since as since_of
from lgreason.language.nodes import Node, Span, Word
from lgreason.language.plain import plain_sentence, plain_text
from lgreason.language.restate import GATES, Unsaid, restate
from lgreason.language.rulefile import Rule
from lgreason.language.sentence import Fault, Sentences
from lgreason.language.stating import Ruled
from lgreason.language.wording import Writer
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Clause, Language
from lgreason.rules.terms import Fn, Value
from lgreason.words.forms import ends_word

_MUST: Mapping[Language, tuple[str, ...]] = {"th": ("", "ต้อง"), "en": ("", "must ", "must have ")}
_LEAD = re.compile(
    r"^\s*(?:ข้อ\s*[0-9๐-๙]+(?:[./][0-9๐-๙]+)*|วรรค\S+?\s|\([0-9๐-๙ก-ฮa-z]{1,3}\)|[0-9๐-๙]+(?:\.[0-9๐-๙]+)*\.?(?=\s)|[ก-ฮ]\.)\s*"
)
_CITED = re.compile(r"ตาม\s*(?:ข้อ\s*)?((?:[0-9๐-๙]+(?:\.[0-9๐-๙]+)*)?\s*(?:\([0-9๐-๙ก-ฮ]{1,2}\)\s*)+)")
_CITED_EN = re.compile(
    r"(of|under) (?:item |paragraph )?((?:[0-9]+(?:\.[0-9]+)* ?)?(?:\([0-9a-z]{1,2}\) ?)+)"
)
_OF_POSTS = re.compile(
    r"เงื่อนไข|หลักเกณฑ์|การ|กำหนด|ให้มี|ตำแหน่ง|ระดับ|ของ|ใน|ตาม|สำหรับ|ซึ่ง|ที่|เป็น|ให้|ไว้|ได้|จำนวน|และ|ตั้งแต่|เทศบาล|ข้อ|[ \x00,.]"
    r"|\b(?:conditions?|of|for|the|in|setting|set|post|at|level|a|to)\b"
)
_PROVINCE = re.compile(r"จังหวัด[^\s,()]+")
_TERM_CUT = re.compile(r"กำหนดเวลา\s*(\S+?)\s*(ปี|เดือน)(.*?)ให้ลดลง\s*(\S+?)\s*(ปี|เดือน)", re.DOTALL)


@dataclass(slots=True)
class Laying:
    """What an amending text comes to: rules, and what is wrong with it."""

    rules: list[Rule] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class _Stopped(Exception):
    """An operation cannot be laid; the fault is told already."""


class Layer:
    """Lays amending texts on a knowledge base and the rules of files read before."""

    def __init__(
        self,
        kb: KnowledgeBase,
        sentences: Mapping[Language, Sentences],
        writers: Mapping[Language, Writer],
        ruled: list[Ruled],
    ) -> None:
        """Take the knowledge base with its words, and the rules so far: those made here are to be added to them."""
        self._kb = kb
        self._sentences = sentences
        self._writers = writers
        self._ruled = ruled
        self.labels: dict[str, Label] = {}
        """The numbers under which amendments put items in, by the ids of these."""

    def lay(self, rule: Rule) -> Laying:
        """The rules that an amending rule comes to."""
        assert rule.amending is not None
        return _One(self, rule, rule.amending).laying()

    # ── what stands on a day ──────────────────────────────────────────────────────────────────────────────────

    def versions(self, target: str, day: date) -> list[Ruled]:
        """The rules that amend a clause and are in force on a day, the one that begins last at the end."""
        found = [
            one
            for one in self._ruled
            if one.rule.amends == target
            and since_of(one) <= day
            and (one.rule.until is None or day <= one.rule.until)
        ]
        return sorted(found, key=since_of)

    def clauses(self, day: date) -> dict[str, Clause]:
        """Every clause as it stands on a day, under the id by which it is referred to."""
        found = dict(self._kb.clauses)
        for one in self._ruled:
            for clause in one.bare:
                found.setdefault(clause.id, clause)
        for target in {one.rule.amends for one in self._ruled if one.rule.amends in found}:
            assert target is not None
            if versions := self.versions(target, day):
                clause = versions[-1].bare[0]
                found[target] = replace(
                    clause, id=target, place=found[target].place, document=found[target].document
                )
        gone = {r for one in self._ruled if since_of(one) <= day for r in one.rule.repeals}
        for identity in gone & found.keys():
            del found[identity]
        return found

    def node(self, target: str, day: date) -> Node:
        """The sentence of a clause as it stands on a day; raises `Unsaid`."""
        if versions := self.versions(target, day):
            node = versions[-1].rule.node
            if node is not None:
                return node
        for one in self._ruled:
            if one.rule.id == target and one.rule.amends is None and one.rule.node is not None:
                return one.rule.node
            for stated in one.meaning.clauses:
                if stated.id == target and stated.node.kind not in ("free",):
                    return Node("requires", (stated.node,))
        clause = self._kb.clauses.get(target)
        node = restate(clause, self._kb)[0] if clause is not None else None
        if node is None:
            raise Unsaid(target)
        return node

    def rows(self, predicate: str) -> tuple[tuple[Value, ...], ...]:
        """The facts of a predicate of the knowledge base, of organisations too."""
        return tuple(tuple(row) for row in self._kb.whole.rows(predicate))

    def kinds(self) -> dict[str, tuple[str, ...]]:
        """The types of organisation by id, with their Thai names as they are compared, the longest first."""
        found: dict[str, list[str]] = {}
        for (category, of_name), name in self._kb.whole.names.items():
            if category == "organisation_type":
                found.setdefault(of_name, []).append(plain_text(name.th))
        for of_category, of_alias, text in self.rows("alias"):
            if of_category == Fn("organisation_type"):
                found.setdefault(str(of_alias), []).append(plain_text(str(text)))
        return {of: tuple(sorted(names, key=len, reverse=True)) for of, names in found.items()}

    def opened(self, post: str) -> str | None:
        """The clause that sets the qualifications of a position."""
        for one in self._ruled:
            if post in one.rule.posts and one.rule.amends is None:
                return one.rule.id
        return self._kb.posts.get(post)


class _One:
    """One amending text."""

    def __init__(self, layer: Layer, rule: Rule, amending: Amending) -> None:
        self._layer = layer
        self._rule = rule
        self._amending = amending
        self._found = Laying()
        self._day = rule.since or amending.in_force or date.max
        self._language: Language = rule.language
        self._clauses = layer.clauses(self._day)
        self._places = Places(self._clauses, layer.labels)
        self._document = amending.document or rule.document
        self._number = 0
        self._period: Period | None = None
        self._amended: set[str] = set()

    def laying(self) -> Laying:
        """What the text comes to."""
        amending = self._amending
        if amending.unknown_document is not None:
            found = amending.unknown_document
            names = tuple(
                name.into(self._language)
                for (kind, _), name in self._layer._kb.names.items()
                if kind == "document"
            )
            self._fault("amending_document", found.span, found=found.text, known=names)
        if self._day == date.max and not self._own_days():
            code = "amending_publication" if amending.after_days is not None else "rule_no_day"
            self._fault(code, self._rule.span)
        if amending.unread is not None:
            self._fault("amending_unread", amending.unread.span, found=amending.unread.text[:60])
        if not amending.operations:
            self._fault("amending_nothing", amending.span)
        periods = amending.periods or (None,) * len(amending.operations)
        both = zip(amending.operations, periods, strict=True)
        # Who goes on as before is said of what the others change, wherever it stands in the text.
        for operation, period in sorted(both, key=lambda pair: isinstance(pair[0], InPost)):
            self._from(period)
            try:
                self._lay(operation)
            except _Stopped:
                continue
        return self._found

    def _own_days(self) -> bool:
        """Whether every operation says itself from when it has effect."""
        amending = self._amending
        periods = amending.periods or (None,) * len(amending.operations)
        return bool(periods) and all(
            period is not None
            or (isinstance(one, Term) and one.since is not None)
            or isinstance(one, Pending)
            for one, period in zip(amending.operations, periods, strict=True)
        )

    def _from(self, period: Period | None) -> None:
        """What stands on the first day of an operation."""
        self._period = period
        day = self._rule.since or (period.since if period else None) or self._amending.in_force or date.max
        if day != self._day:
            self._day = day
            self._clauses = self._layer.clauses(day)
            self._places = Places(self._clauses, self._layer.labels)

    def _fault(self, code: str, span: Span, suggestion: str | None = None, **args: object) -> None:
        self._found.faults.append(Fault(code, span, args, suggestion))

    def _stop(self, code: str, span: Span, suggestion: str | None = None, **args: object) -> _Stopped:
        self._fault(code, span, suggestion, **args)
        return _Stopped()

    def _lay(self, operation: Operation) -> None:
        match operation:
            case Replace(target, new):
                identity = self._one(target)
                self._made(identity, self._demand(new, target))
            case Repeal(target):
                for identity in self._all(target):
                    if any(isinstance(one, Pending) for one in self._amending.operations):
                        later = Node("none", (Node("item", (self._filed(),)),))
                        self._made(identity, Node("requires", (later,)))
                    else:
                        self._repealed(identity)
            case Words():
                self._words(operation)
            case Term():
                self._term(operation)
            case Add():
                self._add(operation)
            case Demand():
                self._further(operation)
            case Pending():
                return  # it bears on what the others change
            case InPost(_, target, _):
                if not target.text and self._amended:
                    return
                identity = self._one(target)
                if identity not in self._amended:
                    old = Node("requires", (Node("same", (Word("CLAUSE_ID", identity),)),))
                    self._made(identity, old, keeps=True)

    # ── rules ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _made(self, amends: str | None, node: Node, keeps: bool = False, since: date | None = None) -> None:
        self._append(amends=amends, node=node, keeps=keeps, since=since)

    def _repealed(self, identity: str) -> None:
        self._append(repeals=(identity,))

    def _append(self, since: date | None = None, **values: object) -> None:
        self._number += 1
        own = self._period
        day = since or self._rule.since or (own.since if own else self._amending.in_force)
        until = self._rule.until or (own.until if own else self._amending.until)
        node = values.get("node")
        amends = values.get("amends")
        if isinstance(node, Node) and isinstance(amends, str):
            self._amended.add(amends)
            excused = self._excused(amends, node)
            values["node"] = excused
            # What hung on a leaf does not hang on a choice of it: the loss is told.
            values["keeps"] = bool(values.get("keeps")) and (excused is node or self._gate(amends))
        span = self._amending.span
        spans = {**self._rule.spans, "sentence": span, "amends": span, "repeals": span}
        made = replace(
            self._rule,
            id=self._rule.id if self._number == 1 else f"{self._rule.id}.{self._number}",
            since=day,
            until=until,
            spans=spans,
            amending=None,
            **values,  # type: ignore[arg-type]
        )
        self._found.rules.append(made)

    # ── places ────────────────────────────────────────────────────────────────────────────────────────────────

    def _one(self, target: Target) -> str:
        found = self._all(target)
        if len(found) > 1:
            raise self._several(target, found)
        return found[0]

    def _several(self, target: Target, found: Sequence[str]) -> _Stopped:
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

    def _of(self, named: Place) -> tuple[str, ...]:
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

    # ── words ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _read(self, text: str) -> Node | Fault:
        """What a text demands, with or without the word that says so."""
        first: Fault | None = None
        for must in _MUST[self._language]:
            said = self._sentences.read(f"{must}{text}")
            if isinstance(said, Node):
                return said
            if first is None or said.span[0] - len(must) > first.span[0]:
                first = replace(said, span=(said.span[0] - len(must), said.span[1] - len(must)))
        assert first is not None
        return first

    def _demand(self, new: Quoted, target: Target) -> Node:
        lead = _LEAD.match(new.text)
        begin = lead.end() if lead else 0
        text = self._cited(new.text[begin:].rstrip(" ."), target)
        said = self._read(text)
        if isinstance(said, Fault):
            start, end = (max(0, at) + new.span[0] + begin for at in said.span)
            self._found.faults.append(replace(said, span=(start, max(start, end)), stuck=None))
            raise _Stopped
        return said

    def _cited(self, text: str, target: Target) -> str:
        """A text in which items that it cites by their numbers, counted from the provision named, are cited by id."""
        base = place_named(target.text)

        def by_id(match: re.Match[str], lead: str) -> str:
            written = match[match.lastindex or 1]
            marks = place_named(written)
            whole = re.match(r"\s*[0-9๐-๙]", written)
            steps = marks.steps if whole else (*base.steps, *marks.steps)
            found = self._of(Place(steps, base.words))
            return f"{lead}{found[0]} " if len(found) == 1 else match[0]

        text = _CITED.sub(lambda match: by_id(match, "ตามข้อ "), text)
        text = _CITED_EN.sub(lambda match: by_id(match, f"{match[1]} clause "), text)

        def cut(match: re.Match[str]) -> str:
            whole, less = (months_of(f"{match[n]}{match[n + 1]}") for n in (1, 4))
            if whole is None or less is None or less >= whole:
                return match[0]
            left = whole - less
            shown = f"{left // 12} ปี" if left % 12 == 0 else f"{left} เดือน"
            return f"กำหนดเวลา {match[1]} {match[2]}{match[3]}ให้ลดเป็น {shown}"

        return _TERM_CUT.sub(cut, text)

    def _leaves(self, target: Target) -> list[tuple[str, Node]]:
        """The clauses of a provision and of its parts that measure something, each with its sentence."""
        found: dict[str, Node] = {}
        waiting = list(self._all(target))
        while waiting:
            identity = waiting.pop(0)
            clause = self._clauses.get(identity)
            if clause is None or identity in found:
                continue
            waiting += clause.parts
            if clause.measures is None:
                continue
            try:
                found[identity] = self._layer.node(identity, self._day)
            except Unsaid:
                continue
        return list(found.items())

    def _words(self, change: Words) -> None:
        wanted = plain_text(change.old.text)
        wrong: Fault | None = None
        done = False
        sentences = []
        for identity, node in self._leaves(change.target):
            written = self._writer.sentence(node)
            sentences.append(written)
            changed = self._changed(written, wanted, change)
            if changed is None:
                continue
            said = self._sentences.read(changed)
            if isinstance(said, Fault):
                wrong = wrong or said
            elif said != node:
                self._made(identity, said, keeps=True)
                done = True
        if done:
            return
        if wrong is not None:
            new = change.new or change.old
            self._found.faults.append(replace(wrong, span=new.span, stuck=None, edits=()))
            raise _Stopped
        shown = tuple(sentences[:4])
        raise self._stop("amending_words_unknown", change.old.span, found=change.old.text, sentences=shown)

    def _changed(self, written: str, wanted: str, change: Words) -> str | None:
        """A sentence with words changed wherever they stand whole; `None` where they do not."""
        plain = plain_sentence(written)
        new = change.new.text if change.new else ""
        pieces, at, start = [], 0, 0
        while (start := plain.text.find(wanted, start)) >= 0:
            end = start + len(wanted)
            before = plain.text[start - 1 : start]
            whole = ends_word(plain.text, end) and not (before.isdigit() and wanted[0].isdigit())
            if not whole or self._longer(plain.text, start, end):
                start += 1
                continue
            first, last = plain.starts[start], plain.starts[end - 1] + 1
            old = written[first:last]
            put = {"instead": new, "after": f"{old} {new}", "before": f"{new} {old}"}[change.where]
            pieces += [written[at:first], f" {put} " if put else ""]
            at, start = last, end
        return "".join([*pieces, written[at:]]) if pieces else None

    def _longer(self, text: str, start: int, end: int) -> bool:
        """Whether what stands there is the beginning of a longer word: a level of another name, say."""
        lexicon = self._sentences.lexicon
        for terminal in ("LEVEL_NAME", "FIELD_NAME", "DEGREE_NAME", "POSITION_NAME", "WORK_NAME"):
            for begin in range(start, end):
                for stop in lexicon.words(terminal).at(text, begin):
                    if begin < end < stop and not any(
                        s == end for s in lexicon.words(terminal).at(text, begin)
                    ):
                        return True
                    if begin < end < stop and begin >= start and stop > end:
                        return True
        return False

    def _term(self, change: Term) -> None:
        new, old = months_of(change.new), months_of(change.old) if change.old else None
        if new is None or (change.old and old is None):
            raise self._stop("amending_term", change.span, found=change.new)
        done = False
        for identity, node in self._leaves(change.target):
            mine = terms(node)
            for term in dict.fromkeys(mine):
                if old is None or term == old:
                    wanted = term + change.by * new if change.by else new
                    if wanted <= 0:
                        raise self._stop("amending_term", change.span, found=change.new)
                    self._made(identity, retimed(node, term, wanted), keeps=True, since=change.since)
                    done = True
                    break
        if not done:
            found = change.old or ""
            raise self._stop("amending_term_unknown", change.span, found=found)

    # ── additions ─────────────────────────────────────────────────────────────────────────────────────────────

    def _add(self, change: Add) -> None:
        named = place_named(change.as_.text)
        if named.paragraph is not None:
            self._paragraph(change)
            return
        parent, at = self._where(change, named)
        clause = self._clauses[parent]
        if clause.says is None or clause.says.name not in GATES:
            raise self._stop("amending_no_list", change.as_.span, clause=clause.place.into(self._language))
        new = self._demand(change.new, Target("", change.as_.span))
        if new.kind != "requires":
            raise self._stop("amending_no_item", change.new.span)
        items = [Node("item", (Node("same", (Word("CLAUSE_ID", part),)),)) for part in clause.parts]
        tag = f"{self._rule.id}.new" if self._number == 0 else f"{self._rule.id}.new{self._number + 1}"
        items.insert(at, Node("item", (Word("TAG", tag), *new.nodes())))
        lead = _LEAD.match(change.new.text)
        label = named if named.steps else place_named(lead[0] if lead else "")
        if not label.steps and lead is not None and (digits := re.match(r"\s*([0-9]+)\.", lead[0])):
            label = Place((int(digits[1]),), "")
        self._layer.labels[tag] = (label.steps[-1] if label.steps else 0, label.inserted)
        needed = (Word("NUMERAL", str(clause.says.args[0])),) if clause.says.name == "k_of" else ()
        self._made(parent, Node("requires", (Node(clause.says.name, (*needed, *items)),)), keeps=True)

    def _where(self, change: Add, named: Place) -> tuple[str, int]:
        """The list to which an item is added, and how many items stand before it."""
        if change.after is not None and (place_named(change.after.text).steps or not named.steps):
            after = self._one(change.after)
            for clause in self._clauses.values():
                if after in clause.parts and (clause.document == self._clauses[after].document):
                    return clause.id, clause.parts.index(after) + 1
            return after, len(self._clauses[after].parts)
        if not named.steps:
            raise self._stop(
                "amending_place_unknown", change.as_.span, found=change.as_.text, known=self._known()
            )
        *above, last = named.steps
        if named.inserted is not None:
            # «ข้อ ๒/๑» stands after item 2, and after what was put in before it.
            after = self._one(Target(_numbered([*named.steps], named.words), change.as_.span))
            for clause in self._clauses.values():
                if after in clause.parts and clause.document == self._clauses[after].document:
                    return clause.id, clause.parts.index(after) + named.inserted
        if above:
            target = Target(_numbered(above, named.words), change.as_.span)
            parent = self._one(target)
            return parent, min(last - 1, len(self._clauses[parent].parts))
        for before in range(last, 0, -1):
            found = self._of(Place((before,), named.words))
            for one in found:
                for clause in self._clauses.values():
                    if one in clause.parts and clause.document == self._clauses[one].document:
                        return clause.id, min(last - 1, len(clause.parts))
        raise self._stop(
            "amending_place_unknown", change.as_.span, found=change.as_.text, known=self._known()
        )

    def _paragraph(self, change: Add) -> None:
        """A further paragraph: one that lowers a term stands by itself, any other is a further demand."""
        text = re.sub(r"วรรค(?:ที่)?\S*?(?=ของ|แห่ง|ใน|ข้อ|$)(?:ของ|แห่ง|ใน)?", "", change.as_.text)
        text = re.sub(r"(?:first|second|third|last) paragraph(?: of)?", "", text).strip()
        target = Target(text or (change.after.text if change.after else ""), change.as_.span)
        identity = self._one(target)
        lead = _LEAD.match(change.new.text)
        said = change.new.text[lead.end() if lead else 0 :].strip(" .")
        if (less := lowered(said)) is not None:
            self._lowered(less, target, change.new)
            return
        if (who := excused(said)) is not None:
            node = self._said(who, change.new)
            old = Node("item", (Node("same", (Word("CLAUSE_ID", identity),)),))
            excuse = Node("item", node.nodes())
            self._made(identity, Node("requires", (Node("any", (old, excuse)),)), keeps=True)
            return
        node = self._demand(change.new, target)
        if node.kind == "reduction":
            self._made(None, node)
            return
        if node.kind != "requires":
            raise self._stop("amending_no_item", change.new.span)
        self._besides(identity, node)

    def _said(self, text: str, within: Quoted) -> Node:
        """What a part of a quotation demands; a fault is told of the quotation as a whole."""
        said = self._read(text)
        if isinstance(said, Fault) or said.kind != "requires":
            fault = said if isinstance(said, Fault) else Fault("amending_no_item", within.span)
            self._found.faults.append(replace(fault, span=within.span, stuck=None, edits=()))
            raise _Stopped
        return said

    def _lowered(self, less: Lowered, target: Target, within: Quoted) -> None:
        """A term lowered for some persons: of each clause of the provision that has it."""
        who = self._said(less.who, within)
        base = place_named(target.text)
        named = target
        if less.of is not None and not less.of.startswith("วรรค"):
            inner = place_named(less.of)
            whole = re.search(r"ข้อ[0-9]", less.of) is not None
            steps = inner.steps if whole else (*base.steps, *inner.steps)
            named = Target(_numbered(list(steps), inner.words or base.words), within.span)
        old = months_of(less.old) if less.old else None
        done = False
        for identity, node in self._leaves(named):
            for term in dict.fromkeys(terms(node)):
                to, by = (months_of(text) if text else None for text in (less.to, less.by))
                left = to if to is not None else term - by if by is not None else 0
                if (old is None or term == old) and 0 < left < term:
                    both = (amount(term), amount(left))
                    self._made(None, Node("reduction", (*both, *who.nodes(), Word("CLAUSE_ID", identity))))
                    done = True
        if not done:
            raise self._stop("amending_term_unknown", within.span, found=less.old or less.to or less.by or "")

    def _besides(self, identity: str, node: Node) -> None:
        """A clause that goes on as it is, with a further demand beside it."""
        old = Node("item", (Node("same", (Word("CLAUSE_ID", identity),)),))
        new = Node("item", (Word("TAG", f"{self._rule.id}.new"), *node.nodes()))
        self._made(identity, Node("requires", (Node("all", (old, new)),)), keeps=True)

    def _further(self, change: Demand) -> None:
        words = self._sentences.lexicon.words("POSITION_NAME")
        key = plain_text(change.position)
        ids = words[key].ids if key in words else ()
        opened = [root for one in ids if (root := self._layer.opened(one))]
        if not opened:
            raise self._stop("amending_position", change.span, found=change.position)
        said = self._retimed(change) if change.term else self._read(change.demand)
        if isinstance(said, Fault):
            start, end = (at + change.span[0] for at in said.span)
            self._found.faults.append(replace(said, span=(start, end), stuck=None))
            raise _Stopped
        if change.instead_of is not None:
            self._compared(change, said)
        if change.scope:
            outside = Node("none", tuple(Node("item", (one,)) for one in self._scope(change)))
            said = Node("requires", (Node("any", (Node("item", (outside,)), Node("item", said.nodes()))),))
        for root in opened:
            self._besides(root, said)

    def _retimed(self, change: Demand) -> Node:
        """What a provision demands with another term."""
        assert change.term is not None and change.instead_of is not None
        new = months_of(change.term)
        for _, node in self._leaves(change.instead_of):
            if new is not None and (found := terms(node)):
                return retimed(node, found[0], new)
        raise self._stop("amending_term", change.span, found=change.term)

    def _scope(self, change: Demand) -> list[Node]:
        """Where the post must be for a demand to bind; the kind of organisation only if the committee says none."""
        text = plain_text(change.scope)
        found: list[Node] = []
        rest = text
        announced = plain_text(self._amending.text)
        binding = {
            str(getattr(of, "name", of))
            for by, of in self._layer.rows("binds")
            if plain_text(str(by)) in announced
        }
        for identity, names in self._layer.kinds().items():
            for name in names:
                if name in rest:
                    rest = rest.replace(name, "", 1)
                    if identity not in binding:
                        found.append(Node("in_scope", (Word("ATTRIBUTE", "type"), Word("VALUE", identity))))
        if match := _PROVINCE.search(change.scope):
            found.append(Node("in_scope", (Word("ATTRIBUTE", "province"), Word("VALUE", match[0]))))
            rest = rest.replace(plain_text(match[0]), "", 1)
        if re.sub(r"ใน|เขต|พื้นที่|ของ|ท้องที่", "", rest):
            raise self._stop("amending_scope", change.span, found=change.scope)
        # A post is in the scope if it is in each of these: outside it if one of them is not so.
        if len(found) > 1:
            return [Node("all", tuple(Node("item", (one,)) for one in found))]
        return found

    def _compared(self, change: Demand, said: Node) -> None:
        """Tell if a demand that was to take the place of another asks for less: the other goes on to bind."""
        assert change.instead_of is not None
        new = max(terms(said), default=0)
        for _, node in self._leaves(change.instead_of):
            old = max(terms(node), default=0)
            if old > new:
                args = {"place": change.instead_of.text}
                fault = Fault("amending_loosens", change.span, args, severity="warning")
                self._found.faults.append(fault)

    # ── who goes on as before ─────────────────────────────────────────────────────────────────────────────────

    def _gate(self, identity: str) -> bool:
        clause = self._clauses.get(identity)
        return clause is None or not clause.exceptions

    def _excused(self, identity: str, node: Node) -> Node:
        """A new demand beside those who need not meet it: who held the post before, who had filed a request."""
        ways: list[Node] = []
        for one in self._amending.operations:
            if isinstance(one, InPost) and (not one.target.text or self._one(one.target) == identity):
                held = self._held(one)
                if one.before:
                    old = Node("item", (Node("same", (Word("CLAUSE_ID", identity),)),))
                    held = Node("all", (old, Node("item", (held,))))
                ways.append(held)
            elif isinstance(one, Pending):
                old = Node("item", (Node("same", (Word("CLAUSE_ID", identity),)),))
                ways.append(Node("all", (old, Node("item", (self._filed(),)))))
        if not ways:
            return node
        if node.kind != "requires":
            raise self._stop("amending_no_item", self._amending.span)
        items = (Node("item", node.nodes()), *(Node("item", (way,)) for way in ways))
        return Node("requires", (Node("any", items),))

    def _filed(self) -> Node:
        """That the request was filed before the first day."""
        if self._day == date.max:
            raise self._stop("rule_no_day", self._amending.span)
        return Node("filed_before", (Word("DAY", (self._day - timedelta(days=1)).isoformat()),))

    def _held(self, kept: InPost) -> Node:
        """That the post was held on the day before the amendment, or on its first day."""
        words = self._sentences.lexicon.words("POSITION_NAME")
        key = plain_text(kept.position)
        if key not in words:
            raise self._stop("amending_position", kept.span, found=kept.position)
        if self._day == date.max:
            raise self._stop("rule_no_day", kept.span)
        on = (kept.dated or self._day) - timedelta(days=1 if kept.on == "eve" else 0)
        return Node(
            "held_on", (*(Word("POSITION_NAME", one) for one in words[key].ids), Word("DAY", on.isoformat()))
        )


def _numbered(steps: list[int], words: str) -> str:
    first, *rest = steps
    return f"{words}ข้อ{first}" + "".join(f"({step})" for step in rest)


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
