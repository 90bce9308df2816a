"""The language of help and of errors, known before the arguments are parsed; and one document on standard output."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from lgreason.report.sentences import messages

if TYPE_CHECKING:
    from lgreason.rules.model import Language


def language_asked(arguments: list[str]) -> Language:
    """The language of help and of errors in the arguments themselves, read before they are parsed."""
    asked = os.environ.get("LGREASON_LANG", "th")
    for before, argument in zip(["", *arguments], arguments, strict=False):
        if before == "--lang":
            asked = argument
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return "en" if asked == "en" else "th"


LANGUAGE = language_asked(sys.argv[1:])


def help_text(key: str) -> str:
    """A help sentence in the language asked for."""
    return messages(LANGUAGE)["help"][key]


def print_json(document: dict[str, Any]) -> None:
    """One JSON document, Thai as it is."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
