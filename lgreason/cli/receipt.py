"""`verify`: the answer of a receipt computed again, and what has changed since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from lgreason.answers.persons import NO, YES
from lgreason.cli.helped import Helped
from lgreason.cli.language import help_text
from lgreason.cli.recorder import ANSWERS, WRITES, Recorder
from lgreason.cli.request import Request, settings
from lgreason.rules.findings import Unusable

Document = dict[str, Any]


def answer_again(found: Document) -> Document | None:
    """The answer of a receipt computed again, from what its files say now; `None` if that cannot be done."""
    names = tuple(map(str, found["command"]))
    if names not in ANSWERS or any(found["options"].get(option) for option in WRITES):
        return None
    context = click.get_current_context().find_root()
    command: click.Command | None = context.command
    for name in names:
        command = command.get_command(context, name) if isinstance(command, click.Group) else None
    if command is None or isinstance(command, click.Group) or command.callback is None:
        return None
    known = {parameter.name for parameter in command.params}
    options = {k: tuple(v) if isinstance(v, list) else v for k, v in found["options"].items() if k in known}
    recorder = Recorder(None, (), {}, None)
    common: dict[str, Any] = {
        "lang": "th",
        "digits": "arabic",
        "format": "json",
        "as_of": found["as_of"],
        "reading": tuple(f"{key}={value}" for key, value in found["readings"].items()),
        "rules": tuple(str(each["file"]) for each in found["rules"]),
        "kb": found["knowledge_base"].get("folder"),
        "time_limit": None,
        "receipt": recorder,
    }
    try:
        command.callback(**{**options, **common})
    except (Unusable, TypeError, KeyError, ValueError):
        return None
    return recorder.answer


@click.command(cls=Helped, help=help_text("verify"))
@click.argument("file", metavar="FILE")
@settings
def verify(request: Request, file: str) -> int:
    """Whether the answer of a receipt still holds, and what has changed."""
    from lgreason.answers.receipts import read_receipt, verification, verification_lines

    found = read_receipt(file)
    text = Path(file).read_bytes().decode("utf-8", "replace") if Path(file).is_file() else None
    document = verification(found, answer_again(found), text)
    request.answer(verification_lines(document, request.wording), lambda: document)
    return YES if document["holds"] else NO
