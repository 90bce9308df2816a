"""Words: every sentence that a user reads comes from the message file of their language, filled in here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from lgreason.reasoning.cases.counting import Duration
from lgreason.report.sentences import messages
from lgreason.rules.findings import Finding, Place, Said
from lgreason.rules.model import Language, Text
from lgreason.words.dates import format_date

Digits = Literal["arabic", "thai"]
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_SIGNS = (
    *range(9),
    *range(11, 32),
    *range(127, 160),
    0x2028,
    0x2029,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
)
_OBEYED = {sign: ascii(chr(sign))[1:-1] for sign in _SIGNS}
"""Signs that a terminal obeys, or that turn the direction of text: they are shown by their number."""


class _Number:
    """A number in a template; `{n:year|years}` writes it with the right noun."""

    def __init__(self, value: int, wording: Wording) -> None:
        self._value = value
        self._wording = wording

    def __format__(self, spec: str) -> str:
        digits = self._wording.digits_of(f"{self._value:,}" if spec == "," else str(self._value))
        if "|" not in spec:
            return digits
        one, many = spec.split("|")
        return f"{digits} {one if self._value == 1 else many}"

    def __str__(self) -> str:
        return format(self, "")


class Wording:
    """One language and one kind of digits; turns values into words."""

    def __init__(
        self, language: Language = "th", digits: Digits = "arabic", conversing: bool = False
    ) -> None:
        """Take the language asked for, and Thai or Arabic digits for numbers, dates and durations.

        While `conversing`, a hint that names an option of the command line names a sentence instead, where there is
        one: the key with `_conversing` at its end.
        """
        self.language: Language = language
        self.digits: Digits = digits
        self.conversing = conversing

    def say(self, key: str, /, **args: object) -> str:
        """The sentence `table.key` with its arguments in words."""
        table, _, name = key.partition(".")
        sentences = messages(self.language)[table]
        if self.conversing:
            name = f"{name}_conversing" if f"{name}_conversing" in sentences else name
        return sentences[name].format(**{k: self._words(v) for k, v in args.items()})

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        table, _, name = key.partition(".")
        return name in messages(self.language)[table]

    def _words(self, value: object) -> object:
        if isinstance(value, Duration):
            return self.duration(value)
        if isinstance(value, Text):
            return value.into(self.language)
        if isinstance(value, Said):
            return self.say(value.key, **value.args)
        if isinstance(value, bool) or value is None:
            return self.say(f"value.{'null' if value is None else str(value).lower()}")
        if isinstance(value, int):
            return _Number(value, self)
        if isinstance(value, date):
            return self.date(value)
        if isinstance(value, tuple | list):
            return self.listed(str(self._words(item)) for item in value)
        if isinstance(value, str) and not value.isprintable():
            return value.translate(_OBEYED)
        return value

    def digits_of(self, text: str) -> str:
        """A number's text in the digits asked for."""
        return text.translate(_TO_THAI) if self.digits == "thai" else text

    def date(self, day: date, short: bool = False) -> str:
        """A date: พ.ศ. in Thai, C.E. in English."""
        return self.digits_of(format_date(day, self.language, "short" if short else "long"))

    def duration(self, time: Duration) -> str:
        """Years, months and days, those that are zero left out."""
        units = (("years", time.years), ("months", time.months), ("days", time.days))
        parts = [self.say(f"unit.{unit}", n=n) for unit, n in units if n]
        return " ".join(parts) or self.say("unit.days", n=0)

    def listed(self, items: Iterable[str]) -> str:
        """Items as a list in a sentence."""
        words = list(items)
        if len(words) < 2:
            return "".join(words)
        return self._joined(words)

    def either(self, items: Iterable[str]) -> str:
        """Items of which one is enough, as a list in a sentence."""
        words = list(items)
        if len(words) < 2:
            return "".join(words)
        return self.say("list.either", most=self.say("list.comma").join(words[:-1]), last=words[-1])

    def _joined(self, words: list[str]) -> str:
        if any(
            "," in word for word in words
        ):  # names with commas of their own, such as «section head, early level»
            return self.say("list.semicolon").join(words)
        return self.say("list.last", most=self.say("list.comma").join(words[:-1]), last=words[-1])

    def finding(self, finding: Finding) -> str:
        """A finding as one line: where it is, and what is wrong."""
        sentence = self.say(f"finding.{finding.code}", **finding.args)
        return f"{self.place(finding.place)} {sentence}" if finding.place else sentence

    def place(self, place: Place) -> str:
        """Where something stands: file, line, column and entry."""
        words = self.say("place.stdin") if place.file == "-" else self.say("place.file", file=place.file)
        if place.line is not None:
            words += " " + self.say("place.line", line=place.line)
            if place.column is not None:
                words += " " + self.say("place.column", column=place.column)
        if place.field:
            words += f" ({place.field})"
        return f"{words}:"
