"""The words of the pages: a message file of their own, so that commands need not read it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from lgreason.report.wording import Wording
from lgreason.rules.model import Language


@cache
def page_messages(language: Language) -> Mapping[str, str]:
    """The sentences of the pages in a language, by key."""
    path = Path(__file__).parent / "messages" / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


class PageWording(Wording):
    """The words of answers, and those of the pages under the table `page`."""

    def say(self, key: str, /, **args: object) -> str:
        """The sentence of that key with its arguments in words."""
        if not key.startswith("page."):
            return super().say(key, **args)
        sentence = page_messages(self.language)[key.removeprefix("page.")]
        return sentence.format(**{name: self._words(value) for name, value in args.items()})
