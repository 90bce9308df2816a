"""What a sentence names of an organisation: which one, its plans, a choice of its structure, a unit, a sum."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, cast

from lgreason.repl.asked import Mention, Wanted
from lgreason.repl.understanding.chunks import Chunk
from lgreason.repl.understanding.parts import ordinal
from lgreason.repl.understanding.supposing import Supposing
from lgreason.words.forms import Kind

_AMOUNTS = {"MONEY_OWN": "revenue_own", "MONEY_REVENUE": "revenue_all", "MONEY_BUDGET": "budget"}
_HEADS = {"SECTIONS": "section_head", "PARTS": "part_head"}


class OfOrganisations(Supposing):
    """Reads what is named of an organisation."""

    def _organisation(self) -> Mention | None:
        """The organisation that is named, by its name or by what kind it is; the one spoken of is not named."""
        if "organisation" not in self._frame.allowed:
            return None
        for chunk in self._of("organisation"):
            token = chunk.tokens[0]
            if "ORGANISATION_NAME" in token.names:
                return self._mention("ORGANISATION_NAME", token)
            if "ORG_KIND" in token.tags and self._lexicon.organisations is not None:
                ids = self._lexicon.organisations.of_kind(token.text)
                if ids:
                    return Mention(ids, token.text)
            if self._frame.ask == "show":
                return Mention(())
        return None

    def _plans(self) -> Iterator[str]:
        for chunk in self._chunks:
            if chunk.called & {"TODAY_STRUCTURE"}:
                yield "today"
            elif "NTH" in chunk.called:
                yield f"option {ordinal(chunk.tokens[0].text)}"
            elif "OPTION" in chunk.called or (
                "number" in chunk.called and chunk.label in ("NUMBER", "CLAUSE")
            ):
                if (number := chunk.tokens[0].number) is not None:
                    yield f"option {number}"
            elif "PLAN" in chunk.called:
                yield "plan"

    def _drawn(self) -> dict[str, object]:
        number = next((t.number for c in self._chunks for t in c.tokens if t.number is not None), None)
        if number is not None:
            return {"which": "option", "option": number}
        if "PLAN" in self._tags:
            return {"which": "planned"}
        return {"which": "current"} if "TODAY_STRUCTURE" in self._tags else {}

    def _wanted(self) -> Wanted | None:
        """A choice of a structure: of a unit or a post, with its value."""
        for name, kind in (("choice", "CHOICE_NAME"), ("unit", "UNIT_NAME"), ("post", "POST_NAME")):
            if (chunk := next((c for c in self._of(name) if "THIS_POST" not in c.called), None)) is None:
                continue
            what = (
                self._post("POST_NAME", chunk)
                if name == "post"
                else self._mention(cast(Kind, kind), chunk.tokens[0])
            )
            if name == "post" and what.ids[0].startswith("clerk.") and not self._value(chunk):
                return Wanted("post", Mention(("clerk",), what.text), what.ids[0].removeprefix("clerk."))
            inside = next((each for each in ("sections", "parts") if each.upper() in self._tags), "")
            inside = inside if name == "unit" else ""
            return Wanted(
                cast(Literal["post", "unit", "choice"], name),
                what,
                self._value(chunk),
                cast(Literal["", "sections", "parts"], inside),
            )
        return None

    def _within(self) -> dict[str, object]:
        """The unit in which a post would be, and how many of it are asked about."""
        unit = next((self._mention("UNIT_NAME", c.tokens[0]) for c in self._of("unit")), None)
        heads = next((_HEADS[tag] for tag in _HEADS if tag in self._tags), "")
        number = next((t.number for c in self._chunks for t in c.tokens if t.number is not None), None)
        found: dict[str, object] = {"unit": unit, "option": number}
        if unit is not None and heads and not any(self._of("post")):
            found["post"] = Mention((heads,))
        if "THIS_POST" in self._tags:
            found["whom"] = "same"
        return found

    def _amount(self) -> tuple[str, int] | None:
        """A sum of money that is supposed."""
        key = next((key for tag, key in _AMOUNTS.items() if tag in self._tags), None)
        number = next((t.number for c in self._chunks for t in c.tokens if t.number is not None), None)
        return None if key is None or number is None else (key, number)

    def _value(self, of: Chunk) -> str:
        for chunk in self._chunks:
            if chunk is of:
                continue
            token = chunk.tokens[0]
            if token.number is not None and "C_LEVEL" not in token.tags:
                return str(token.number)
            for kind in ("VALUE_NAME", "LEVEL_NAME"):
                if kind in token.names and chunk.label in ("VALUE", "LEVEL"):
                    return token.names[kind][0]
        return ""
