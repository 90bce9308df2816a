"""Conjunctions, told apart by what they join: และ before the next item is not the และ between two fields."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lgreason.language.grammar.grammars import Grammar
from lgreason.language.grammar.numbering import ITEM
from lgreason.language.lexicon.lexicon import RuleLexicon

_AND = {"th": "และ", "en": "and "}
_OR = {"th": "หรือ", "en": "or "}

_VERBS = {
    "th": "ต้อง|ได้รับ|ดำรง|เคย|มี|ไม่(?!ต่ำกว่า)|ปฏิบัติ|ผ่าน|อยู่ระหว่าง|เป็น|ได้เคย",
    "en": "must |hold |holds |have |has |not |never |be |is |are |possess |obtain |pass |under ",
}
"""How a demand begins: what stands after the conjunction of two demands."""

_BEFORE_FACT = {"th": "", "en": r"(?:(?!or |and )[a-z'-]+ ){0,3}?"}
"""What may stand before the name of a fact with which another demand begins: "or a lawyer licence"."""


def joins(grammar: Grammar, lexicon: RuleLexicon) -> Mapping[str, re.Pattern[str]]:
    """The terminals of a grammar that stand for a conjunction, each with what it looks like in a plain text."""
    levels = sorted(
        (re.escape(key) for key, _ in lexicon.words("LEVEL_NAME").items()), key=lambda key: -len(key)
    )
    before, either = _AND[grammar.language], _OR[grammar.language]
    begun = _BEFORE_FACT[grammar.language] + "(?:" + lexicon.declared.naming[grammar.language] + ")"
    return {
        "_AND_NEXT": re.compile(f"{before}(?= ?(?:{ITEM.pattern}))"),
        "_OR_NEXT": re.compile(f"{either}(?= ?(?:{ITEM.pattern}))"),
        "_OR_LEVEL": re.compile(f"{either}(?= ?(?:{'|'.join(levels)}))"),
        "_AND_MONTHS": re.compile(r"and (?=[a-z0-9-]+ months?\b)"),
        "_AND_DO": re.compile(f"{before}(?=(?:{_VERBS[grammar.language]}|{begun}))"),
        "_OR_DO": re.compile(f"{either}(?=(?:{_VERBS[grammar.language]}|{begun}))"),
    }
