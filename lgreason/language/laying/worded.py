"""Words, terms and sentences changed in a clause as it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from lgreason.language.amending.changes import (
    Quoted,
    Target,
    TermChanged,
    WordsChanged,
)
from lgreason.language.grammar.nodes import Node
from lgreason.language.grammar.plain import plain_sentence, plain_text
from lgreason.language.laying.made import Made
from lgreason.language.laying.places import Provision, place_named
from lgreason.language.laying.targets import Stopped
from lgreason.language.laying.terms import months_of, retimed, terms
from lgreason.language.reading.faults import Fault
from lgreason.language.wording.restate import Unsaid
from lgreason.rules.model import Language
from lgreason.words.forms import ends_word

_MUST: Mapping[Language, tuple[str, ...]] = {"th": ("", "ต้อง"), "en": ("", "must ", "must have ")}
LEAD = re.compile(
    r"^\s*(?:ข้อ\s*[0-9๐-๙]+(?:[./][0-9๐-๙]+)*|วรรค\S+?\s|\([0-9๐-๙ก-ฮa-z]{1,3}\)|[0-9๐-๙]+(?:\.[0-9๐-๙]+)*\.?(?=\s)|[ก-ฮ]\.)\s*"
)
_CITED = re.compile(r"ตาม\s*(?:ข้อ\s*)?((?:[0-9๐-๙]+(?:\.[0-9๐-๙]+)*)?\s*(?:\([0-9๐-๙ก-ฮ]{1,2}\)\s*)+)")
_CITED_EN = re.compile(
    r"(of|under) (?:item |paragraph )?((?:[0-9]+(?:\.[0-9]+)* ?)?(?:\([0-9a-z]{1,2}\) ?)+)"
)
_EVERYWHERE = re.compile(r"ทุกแห่ง|ทั้งฉบับ|ทั้งหมด|wherever|throughout")
_TERM_CUT = re.compile(r"กำหนดเวลา\s*(\S+?)\s*(ปี|เดือน)(.*?)ให้ลดลง\s*(\S+?)\s*(ปี|เดือน)", re.DOTALL)


class Worded(Made):
    """Changes the words of clauses."""

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
        lead = LEAD.match(new.text)
        begin = lead.end() if lead else 0
        text = self._cited(new.text[begin:].rstrip(" ."), target)
        said = self._read(text)
        if isinstance(said, Fault):
            start, end = (max(0, at) + new.span[0] + begin for at in said.span)
            self._found.faults.append(replace(said, span=(start, max(start, end)), stuck=None))
            raise Stopped
        return said

    def _cited(self, text: str, target: Target) -> str:
        """A text in which items that it cites by their numbers, counted from the provision named, are cited by id."""
        base = place_named(target.text)

        def by_id(match: re.Match[str], lead: str) -> str:
            written = match[match.lastindex or 1]
            marks = place_named(written)
            whole = re.match(r"\s*[0-9๐-๙]", written)
            steps = marks.steps if whole else (*base.steps, *marks.steps)
            found = self._of(Provision(steps, base.words))
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

    def _leaves(self, target: Target, everywhere: bool = False) -> list[tuple[str, Node]]:
        """The clauses of a provision and of its parts that measure something, each with its sentence.

        `everywhere`: where no provision is named, those of the whole instrument are meant.
        """
        found: dict[str, Node] = {}
        if everywhere and not target.text and self._rule.amends is None:
            waiting = [one for one, clause in self._clauses.items() if clause.document == self._document]
        else:
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

    def _words(self, change: WordsChanged) -> None:
        wanted = plain_text(change.old.text)
        wrong: Fault | None = None
        done = False
        sentences = []
        for identity, node in self._leaves(
            change.target, everywhere=_EVERYWHERE.search(self._amending.text) is not None
        ):
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
            raise Stopped
        shown = tuple(sentences[:4])
        raise self._stop("amending_words_unknown", change.old.span, found=change.old.text, sentences=shown)

    def _changed(self, written: str, wanted: str, change: WordsChanged) -> str | None:
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

    def _term(self, change: TermChanged) -> None:
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
