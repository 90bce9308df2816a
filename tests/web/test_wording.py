"""The words of the pages: the same sentences in both languages, each one asked for, with the same arguments."""

from __future__ import annotations

import re
import string
from pathlib import Path

import lgreason.web
from lgreason.web.wording import page_messages

PACKAGE = Path(lgreason.web.__file__).parent
SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), PACKAGE.parent / "cli" / "serve.py")
)


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_say_the_same_things() -> None:
    thai, english = page_messages("th"), page_messages("en")
    assert thai.keys() == english.keys()
    for key, sentence in thai.items():
        assert placeholders(sentence) == placeholders(english[key]), key


def test_every_sentence_is_asked_for_and_none_is_missing() -> None:
    asked = set(re.findall(r"""["']page\.([a-z_]+)["']""", SOURCES))
    beginnings = {begun for begun in asked if begun.endswith("_")}
    known = set(page_messages("th"))
    assert not asked - beginnings - known
    for key in known - asked:
        assert any(key.startswith(begun) for begun in beginnings), key
