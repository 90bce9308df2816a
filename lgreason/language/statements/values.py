"""The values of the lines of a statement: texts, names, days, numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from difflib import get_close_matches

from lgreason.language.amending.changes import Amending
from lgreason.language.grammar.nodes import Node, Span
from lgreason.language.reading.faults import Edit, Fault
from lgreason.language.statements.identity import IDENTITY, LONGEST_ID, made_id
from lgreason.language.statements.keys import key_of
from lgreason.language.statements.records import WORDS
from lgreason.language.statements.splitting import UNSEEN, StatementLine, WrittenStatement
from lgreason.rules.model import Text
from lgreason.words.dates import BUDDHIST_OFFSET, DateProblem, parse_date
from lgreason.words.plain import is_thai

Resolve = Callable[[str, str], "str | tuple[str, ...]"]
"""The id that a name of a category stands for; several if it is not clear which, or the nearest if it is none."""


Say = Callable[[str, int], "Node | Amending | tuple[Fault, ...]"]
_QUOTED = re.compile(r'\s*(?:"([^"]*)"|«([^»]*)»|“([^”]*)”|‘([^’]*)’|\'([^\']*)\')')
_BETWEEN = re.compile(r"\s*(/|,|เป็น|to|และ|and)?\s*")
_READING = re.compile(r"[AB]-[0-9]{2}[A-Z]?")
_FROM = re.compile(r"\s*(?:ตั้งแต่(?:วันที่)?|from(?![a-z]))\s*", re.IGNORECASE)
_UNTIL = re.compile(r"\s*(?:จนถึง(?:วันที่)?|ถึง(?:วันที่)?|(?<![a-z])(?:until|to)(?![a-z]))\s*", re.IGNORECASE)
_COMMON_YEAR = re.compile(r"(?<![0-9])(1[89][0-9]{2}|2[0-3][0-9]{2})(?![0-9])")
_SYNONYMS = {
    "eligible": ("ผ่าน", "ได้", "มีคุณสมบัติ", "ผ่านเกณฑ์", "pass", "passed", "yes", "qualified"),
    "ineligible": ("ไม่ผ่าน", "ไม่ได้", "ขาดคุณสมบัติ", "ไม่มีคุณสมบัติ", "fail", "failed", "no", "not eligible"),
    "allowed": ("ได้", "ผ่าน", "yes", "pass", "permitted"),
    "forbidden": ("ไม่ได้", "ไม่ผ่าน", "no", "fail", "not allowed"),
    "undetermined": ("ไม่ทราบ", "ไม่แน่ใจ", "unknown", "not known"),
}
"""What people write for a verdict that has a word of its own here."""
LONGEST_TEXT = 4_000
FIRST_YEAR = 1900
LAST_YEAR = 2200


class StatementValues:
    """Reads the values of one statement, and keeps what is wrong with them."""

    def __init__(self, statement: WrittenStatement, say: Say, resolve: Resolve) -> None:
        """Take the statement, what reads sentences, and what resolves names."""
        self._statement = statement
        self._say = say
        self._resolve = resolve
        self.faults: list[Fault] = []
        self._spans: dict[str, Span] = {}

    def _fault(self, code: str, span: Span, suggestion: str | None = None, **args: object) -> None:
        self.faults.append(Fault(code, span, args, suggestion))

    def _identity(self, text: str, start: int) -> str | None:
        stripped = text.strip()
        at = start + len(text) - len(text.lstrip())
        if not stripped:
            self._fault("rule_id_missing", self._statement.span)
            return None
        bare = stripped.translate(UNSEEN).strip("\"«»“”‘’'")
        if not IDENTITY.fullmatch(bare) or len(bare) > LONGEST_ID:
            made = made_id(bare)
            edits = (Edit(at, at + len(stripped), made),)
            span, args = (at, at + len(stripped)), {"found": bare[:60]}
            self.faults.append(Fault("rule_id_form", span, args, made, edits=edits))
            return None
        return bare

    def _ids(self, entry: StatementLine) -> Iterator[str]:
        for match in re.finditer(r"[^\s,]+", entry.value):
            if match[0] in ("และ", "and"):
                continue
            if (identity := self._identity(match[0], entry.start + match.start())) is not None:
                yield identity

    def _readings(self, entry: StatementLine) -> Iterator[str]:
        for match in re.finditer(r"[^\s,]+", entry.value):
            if match[0] in ("และ", "and"):
                continue
            word = match[0].upper().translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
            span = (entry.start + match.start(), entry.start + match.end())
            if not _READING.fullmatch(word):
                self._fault("rule_reading_form", span, found=match[0])
            else:
                yield word

    def _texts(self, entry: StatementLine, least: int = 1, most: int = 2) -> list[str]:
        """The quoted texts of a line."""
        found, at, value = [], 0, entry.value
        single: list[Edit] = []
        start, stripped = entry.start, value.strip()
        first = start + len(value) - len(value.lstrip())
        while match := _QUOTED.match(value, at):
            text = " ".join(next((group for group in match.groups() if group), "").split())
            if match[4] is not None or match[5] is not None:
                begin, end = start + match.end() - len(match[0].lstrip()), start + match.end()
                single += [Edit(begin, begin + 1, '"'), Edit(end - 1, end, '"')]
            if not text:
                self._fault("rule_text_empty", (start + match.start(), start + match.end()))
            if len(text) > LONGEST_TEXT:
                self._fault("rule_text_long", (start + match.start(), start + match.end()), most=LONGEST_TEXT)
            found.append(text)
            between = _BETWEEN.match(value, match.end())
            at = between.end() if between else match.end()
        rest = value[at:].strip()
        if single:
            span = (single[0].start, single[-1].end)
            self.faults.append(
                Fault("rule_quotes_single", span, {}, None, "warning", tuple(single), safe=True)
            )
        if not found:
            code = "rule_text_open" if stripped[:1] in '"«“' else "rule_text_quoted"
            self._fault(code, (first, first + len(stripped)), f'"{stripped[:60].strip(chr(34))}"')
        elif rest:
            place = start + at + len(value[at:]) - len(value[at:].lstrip())
            code = "rule_text_open" if rest[:1] in '"«“' else "rule_text_more"
            self._fault(code, (place, place + len(rest)), found=rest[:40])
        elif not least <= len(found) <= most:
            self._fault(
                "rule_text_count", (first, first + len(stripped)), least=least, most=most, found=len(found)
            )
        return found

    def _pair(self, entry: StatementLine, both: bool = False) -> Text | None:
        texts = self._texts(entry)
        if len(texts) == 1 and both:
            span = self._spans[key_of(entry.key) or ""]
            self._fault("rule_both_languages", span, f'"{texts[0]}" / "…"')
        return Text(texts[0], texts[-1]) if 1 <= len(texts) <= 2 else None

    def _word(self, kind: str, entry: StatementLine, *kinds: str) -> str | None:
        """The constant that a word stands for; `kinds` are the sets of words that it may be of, if not `kind`."""
        written = " ".join(entry.value.split()).casefold()
        known = {identity: words for of in kinds or (kind,) for identity, words in WORDS[of].items()}
        for identity, words in known.items():
            if written in words:
                return identity
        words_ = [words[self._statement.language == "en"] for words in known.values()]
        near = [
            words[self._statement.language == "en"]
            for identity, words in known.items()
            if written in _SYNONYMS.get(identity, ()) and kind == "verdict"
        ] or get_close_matches(written, words_, n=1, cutoff=0.5)
        span = self._spans[key_of(entry.key) or ""]
        self._fault("rule_choice", span, near[0] if near else None, found=written[:40], choices=tuple(words_))
        return None

    def _asked(self, entry: StatementLine) -> dict[str, object]:
        """What is asked of an organisation: a class of municipality, or a post with its level."""
        written = entry.value.strip().strip('"«»“”')
        class_ = self._resolve("municipal_class", written)
        if isinstance(class_, str):
            return {"class_": class_}
        post = self._resolve("post", written)
        if isinstance(post, str):
            return {"post": post}
        near = post[0] if post else None
        self._fault("rule_post_unknown", self._spans["position"], near, found=written[:60], nearest=post)
        return {}

    def _number(self, entry: StatementLine) -> int | None:
        written = entry.value.strip().translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
        if not re.fullmatch(r"[0-9]{1,6}", written):
            self._fault("rule_number", self._spans[key_of(entry.key) or ""], found=written[:40])
            return None
        return int(written)

    def _names(self, category: str, entry: StatementLine, one: bool = False) -> Iterator[str]:
        """The ids of names that a line lists, each of them quoted or all of them apart by semicolons."""
        for match in re.finditer(r"[^;]+", entry.value):
            written = match[0].strip()
            if not written:
                continue
            at = entry.start + match.start() + len(match[0]) - len(match[0].lstrip())
            span = (at, at + len(written))
            found = self._resolve(category, written.strip('"«»“”'))
            if isinstance(found, str):
                yield found
                if one and entry.value.strip() != written:
                    self._fault("rule_one_only", self._spans[key_of(entry.key) or ""], key=entry.key)
                    return
            else:
                code = "rule_name_unknown" if category != "position" else "rule_position_unknown"
                self._fault(code, span, found[0] if found else None, found=written[:60], nearest=found)

    def _period(self, entry: StatementLine) -> tuple[date | None, date | None]:
        value = entry.value
        begin = _FROM.match(value)
        at = begin.end() if begin else 0
        parts = [(match.start(), match.end()) for match in _UNTIL.finditer(value, at)]
        parts = [(s, e) for s, e in parts if value[at:s].strip()]
        if not parts:
            return self._day(value[at:], entry.start + at), None
        s, e = parts[-1]
        since, until = self._day(value[at:s], entry.start + at), self._day(value[e:], entry.start + e)
        if since and until and until < since:
            args = {"since": since, "until": until}
            self.faults.append(Fault("rule_dates_reversed", self._spans["in_force"], args))
            return since, None
        return since, until

    def _day(self, text: str, start: int) -> date | None:
        stripped = text.strip()
        at = start + len(text) - len(text.lstrip())
        day = parse_date(stripped)
        if isinstance(day, DateProblem):
            self.faults.append(Fault(day.code, (at, at + max(1, len(stripped))), dict(day.args)))
            return None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            args = {"found": day, "first": FIRST_YEAR, "last": LAST_YEAR}
            self.faults.append(Fault("rule_date_range", (at, at + max(1, len(stripped))), args))
            return None
        year = _COMMON_YEAR.search(stripped)
        if year and any(is_thai(sign) for sign in stripped) and "ค.ศ." not in stripped:
            span = (at + year.start(), at + year.end())
            better = str(int(year[0]) + BUDDHIST_OFFSET)
            args = {"found": year[0], "better": better}
            edits = (Edit(*span, better),)
            self.faults.append(Fault("rule_year_common", span, args, better, "warning", edits, safe=True))
        return day

    def _sentence(self, entry: StatementLine) -> Node | Amending | None:
        said = self._say(entry.value, entry.start)
        if isinstance(said, tuple):
            self.faults += said
            return None
        return said
