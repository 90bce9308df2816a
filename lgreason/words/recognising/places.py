"""Units, organisations and statuses as people write them."""

from __future__ import annotations

import re

from lgreason.words.plain import plain_text
from lgreason.words.recognising.lexicon import WordFacts, key
from lgreason.words.recognising.outcome import Recognised, mapping

NONE = "none"
_BECOMES = ("ยกฐานะเป็น", "เปลี่ยนเป็น", "ปัจจุบันเป็น", "ปัจจุบัน")
"""Words before the name of an organisation that another has become."""
_YEAR = re.compile(r"[คพ]\.?\s?ศ\.?\s?[0-9]{4}")
"""A year with its era, of which ค.ศ. is no grade of teachers (คศ.)."""


class Places:
    """Recognises units, organisations, and statuses of organisations and posts."""

    def __init__(self, lexicon: WordFacts) -> None:
        """Take the words."""
        self._lexicon = lexicon

    def service(self, text: str) -> str | None:
        """The service beside that of local officials of which a text speaks, if it does."""
        told = key(_YEAR.sub(" ", plain_text(text)))
        for word in self._lexicon.by_text("no_service"):
            told = told.replace(word, "")
        row = self._lexicon.holds("service", told)
        if row is None and (begun := self._lexicon.begins("service_begins", told)):
            row = begun[0]
        return row[0] if row else None

    def service_of(self, organisation: str) -> str | None:
        """The service beside that of local officials to which an organisation belongs, if it does."""
        return None if self._organisation(organisation) else self.service(organisation)

    def is_apart(self, organisation: str) -> bool:
        """Whether what stands as the name of an organisation is that of a school, a hospital and the like."""
        found = (
            None
            if self._organisation(organisation)
            else self._lexicon.begins("unit_words", key(organisation))
        )
        return found is not None and found[0][0] == "apart"

    def is_place(self, text: str) -> bool:
        """Whether a text names a unit or an organisation."""
        return (
            self._organisation(text) is not None
            or self._lexicon.begins("unit_words", key(text)) is not None
            or self._begins_a_place(text)
        )

    def _begins_a_place(self, text: str) -> bool:
        """Whether a text begins with a word before the name of a place; a letter with a dot is one with it alone."""
        plain = plain_text(text)
        words = (plain_text(row[0]) for row in self._lexicon.rows("place_words"))
        return any(plain.startswith(word) for word in words)

    def vacant(self, text: str) -> bool:
        """Whether a text says that nobody sits in a post."""
        row = self._lexicon.by_text("status_words").get(key(text))
        return row is not None and row[0] == "vacant"

    def organisation_type(self, text: str) -> str | None:
        """The type of local organisation with whose name a text begins."""
        found = self._organisation(text)
        return found[0][0] if found else None

    def _organisation(self, text: str) -> tuple[tuple[str, ...], str] | None:
        """The words of an organisation with which a text begins; a short form has its dot, or stands alone."""
        found = self._lexicon.begins("organisation_words", key(text))
        if found is None or not found[1] or not found[0][2].endswith("."):
            return found
        return found if plain_text(text).startswith(plain_text(found[0][2])) else None

    def unit(self, text: str) -> Recognised:
        """The kind of a unit by how its name begins."""
        told = key(text)
        if len(ids := self._lexicon.names("unit_kind").get(told, ())) == 1:
            return Recognised("unit", text, "this", mapping(unit_kind=next(iter(ids))))
        found = self._lexicon.begins("unit_words", told)
        if found is None:
            return Recognised("unit", text, "unrecognised", why="no_such_name" if told else "empty")
        kind = found[0][0]
        longer = [
            word
            for word, row in self._lexicon.by_text("unit_words").items()
            if len(word) > len(key(found[0][1])) + 2
        ]
        if any(self._near_beyond(told, word, key(found[0][1])) for word in longer):
            return Recognised(
                "unit", text, "unrecognised", choices=(mapping(unit_kind="division"),), why="near"
            )
        if kind in ("division", "office"):
            kinds = [kind, *self._first_line_kinds(self._lexicon.pieces(text)[1:])]
            if len(kinds) > 1:
                choices = tuple(mapping(unit_kind=each) for each in dict.fromkeys(kinds))
                return Recognised("unit", text, "several", choices=choices, why="two_places")
            return Recognised("unit", text, "this", mapping(unit_kind=kind))
        if kind == "open":
            choices = (mapping(unit_kind="office"), mapping(unit_kind="division"))
            return Recognised("unit", text, "several", choices=choices, why="unit_open")
        return Recognised("unit", text, "another", mapping(unit=kind), why=f"unit_{kind}")

    def _near_beyond(self, told: str, word: str, common: str) -> bool:
        """Whether a text may be a longer word with a slip; what both begin with counts for neither (สำนักคลัง)."""
        start = len(common) if word.startswith(common) else 0
        ends = (len(word), len(word) - 1, len(word) + 1)
        return any(self._lexicon.near(told[start:end], [word[start:]]) for end in ends)

    def _first_line_kinds(self, pieces: list[str]) -> list[str]:
        """The kinds of the units of the first line whose names pieces of a text are."""
        begun = [self._lexicon.begins("unit_words", key(piece)) for piece in pieces]
        return [found[0][0] for found in begun if found and found[0][0] in ("division", "office")]

    def _organisations(self, text: str) -> list[tuple[str, ...]]:
        """The organisations that a text names, also behind what joins two names and in brackets."""
        pieces = [part for piece in self._lexicon.pieces(text) for part in re.split(r"[()]", piece)]
        begun = [
            self._organisation(re.sub(f"^({'|'.join(_BECOMES)})", "", piece.strip())) for piece in pieces
        ]
        return list(dict.fromkeys(found[0][:2] for found in begun if found))

    def organisation(self, text: str) -> Recognised:
        """The type of a local organisation, and the status of a municipality, by how its name begins."""
        told = key(text)
        found = self._organisation(text)
        if found is not None:
            kind, status, _ = found[0]
            if len(named := self._organisations(text)) > 1:
                either = tuple(
                    mapping(organisation_type=each, municipal_status=None if its == NONE else its)
                    for each, its in named
                )
                return Recognised("organisation", text, "several", choices=either, why="two_places")
            reading = mapping(organisation_type=kind, municipal_status=None if status == NONE else status)
            return Recognised("organisation", text, "this", reading)
        if len(ids := self._lexicon.names("organisation_type").get(told, ())) == 1:
            return Recognised("organisation", text, "this", mapping(organisation_type=next(iter(ids))))
        if (service := self.service(text)) is not None:
            return Recognised("organisation", text, "another", mapping(service=service), why="service")
        every = [*self._lexicon.by_text("organisation_words")]
        starts = [word for word in every if self._lexicon.near(told[: len(word)], [word])]
        choices = {self._lexicon.by_text("organisation_words")[word][0]: None for word in starts}
        if choices:
            readings = tuple(mapping(organisation_type=kind) for kind in choices)
            return Recognised("organisation", text, "unrecognised", choices=readings, why="near")
        return Recognised("organisation", text, "unrecognised", why="no_such_name")

    def status(self, text: str, organisation: str | None) -> Recognised:
        """The class, size or status of an organisation, or whether somebody sits in a post."""
        told = key(text)
        if (begun := self._organisation(text)) and key(begun[1]):
            rest, organisation = begun[1], organisation or text
            told = told if begun[0][1] != NONE else rest
        kind = self.organisation_type(organisation) if organisation else None
        categories = {
            "municipality": ("municipal_class", "municipal_status"),
            "sao": ("sao_size",),
            "pao": (),
            None: ("municipal_class", "municipal_status", "sao_size"),
        }[kind]
        readings = [
            mapping(**{category: identity})
            for category in categories
            for form in (told, key("ประเภท") + told, key("ขนาด") + told)
            for identity in self._lexicon.names(category).get(form, ())
        ]
        readings = list({tuple(reading.items()): reading for reading in readings}.values())
        if len(readings) == 1:
            return Recognised("status", text, "this", readings[0])
        if readings:
            return Recognised("status", text, "several", choices=tuple(readings), why="several")
        if row := self._lexicon.by_text("status_words").get(told):
            return Recognised(
                "status", text, "unrecognised", mapping(filled=row[0] == "filled"), why="filled"
            )
        if (service := self.service(text)) is not None:
            return Recognised("status", text, "another", mapping(service=service), why="service")
        elsewhere = [c for c in ("municipal_class", "municipal_status", "sao_size") if c not in categories]
        if any(told in self._lexicon.names(category) for category in elsewhere):
            return Recognised("status", text, "impossible", why="status_not_of_type")
        return Recognised("status", text, "unrecognised", why="no_such_name" if plain_text(text) else "empty")
