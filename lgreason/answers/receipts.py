"""Receipts: what an answer was computed from, so that it can be computed again and compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from lgreason import __version__
from lgreason.files.source.read import read_text
from lgreason.report.line import Line
from lgreason.report.wording import Wording
from lgreason.rules.findings import Finding, Place, Unusable
from lgreason.rules.knowledge import folder

Document = dict[str, Any]
SCHEMA = "lgreason.receipt/1"
_SEAL = "sha256"

MOST_MEGABYTES = 64
"""A receipt holds its whole answer: a list of a thousand structures is larger than any file of a case."""


def digest(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _canonical(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def knowledge_base_digest(root: Path | None = None) -> str:
    """The SHA-256 of all files of the knowledge base, their names included."""
    base = root or folder("kb")
    found = hashlib.sha256()
    for path in sorted(base.rglob("*.lp")):
        content = path.read_bytes()
        found.update(f"{path.relative_to(base).as_posix()}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()


def files_of(options: Mapping[str, Any]) -> list[str]:
    """The files that the arguments of a command name."""
    values = [
        v for value in options.values() for v in (value if isinstance(value, list | tuple) else [value])
    ]
    return list(dict.fromkeys(file for v in values if isinstance(v, str) for file in _named(v)))


def _named(value: str) -> Iterator[str]:
    """The files of an argument: itself, those joined by `+`, before a `@DATE`, and a roster before its `#ID`."""
    if _is_file(value):
        yield value
        return
    bare = value.rpartition("@")[0] or value
    for part in (*bare.split("+"), value.rpartition("#")[0]):
        if part and _is_file(part):
            yield part


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except OSError:
        return False


def receipt(
    command: Sequence[str],
    options: Mapping[str, Any],
    rules: Sequence[str],
    day: date,
    readings: Mapping[str, str],
    answer: Document,
    kb: str | None = None,
) -> Document:
    """`lgreason.receipt/1` of an answer: the command with its options, what it read, and what it found."""
    told = {key: list(value) if isinstance(value, tuple) else value for key, value in options.items()}
    document: Document = {
        "schema": SCHEMA,
        "program": __version__,
        "command": list(command),
        "options": told,
        "as_of": day.isoformat(),
        "readings": dict(sorted(readings.items())),
        "files": [{"file": file, "sha256": digest(Path(file).read_bytes())} for file in files_of(options)],
        "rules": [{"file": file, "sha256": digest(Path(file).read_bytes())} for file in rules],
        "knowledge_base": {"folder": kb, "sha256": knowledge_base_digest(Path(kb) if kb else None)},
        "answer": answer,
    }
    return {**document, _SEAL: digest(_canonical(document))}


def text_of(document: Document) -> str:
    """A receipt as the text of its file."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def read_receipt(path: str) -> Document:
    """The receipt in a file; raises `Unusable` if it is none."""
    try:
        found = json.loads(read_text(path, most=MOST_MEGABYTES))
    except ValueError:
        found = None
    parts = {"command": list, "options": dict, "as_of": str, "readings": dict}
    parts |= {"files": list, "rules": list, "knowledge_base": dict}
    sound = isinstance(found, dict) and found.get("schema") == SCHEMA and _SEAL in found and "answer" in found
    if not sound or any(not isinstance(found.get(key), kind) for key, kind in parts.items()):
        raise Unusable((Finding("receipt_unreadable", Place(path)),))
    assert isinstance(found, dict)
    return found


def changes(found: Document, text: str | None = None) -> Iterator[Document]:
    """What is no longer as a receipt says, without its answer: the receipt itself, files, the knowledge base.

    `text` is what its file holds: as written, to the byte.
    """
    bare = {key: value for key, value in found.items() if key != _SEAL}
    if digest(_canonical(bare)) != found[_SEAL] or text not in (None, text_of(found)):
        yield {"what": "receipt"}
    for kind in ("files", "rules"):
        for each in found[kind]:
            path = Path(str(each.get("file")))
            if not _is_file(str(path)):
                yield {"what": "missing", "file": str(path)}
            elif digest(path.read_bytes()) != each.get("sha256"):
                yield {"what": kind, "file": str(path)}
    base = found["knowledge_base"]
    root = Path(str(base["folder"])) if base.get("folder") else None
    if base.get("sha256") != knowledge_base_digest(root):
        yield {"what": "knowledge_base"}
    if found.get("program") != __version__:
        yield {"what": "program", "was": str(found.get("program")), "is": __version__}


def differing(was: Any, now: Any, path: str = "") -> Iterator[Document]:
    """Where two answers differ: the path of each entry, with both values."""
    if isinstance(was, dict) and isinstance(now, dict):
        for key in {**was, **now}:
            yield from differing(was.get(key), now.get(key), f"{path}.{key}" if path else str(key))
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for number, (one, other) in enumerate(zip(was, now, strict=True), 1):
            yield from differing(one, other, f"{path}[{number}]")
    elif was != now:
        yield {"what": "answer", "field": path, "was": was, "is": now}


def verification(found: Document, now: Document | None, text: str | None = None) -> Document:
    """`lgreason.verification/1`: whether the answer of a receipt still holds, and what has changed.

    `now` is the answer computed again, `None` where it could not be; `text` what the file of the receipt holds.
    """
    changed = list(changes(found, text))
    again = None if now is None else json.loads(_canonical(now))
    if again is None:
        changed.append({"what": "not_computed"})
    else:
        changed += differing(found["answer"], again)
    same = again is not None and again == found["answer"]
    return {
        "schema": "lgreason.verification/1",
        "holds": same and not changed,
        "same_answer": same,
        "changed": changed,
    }


MOST_SHOWN = 12


def verification_lines(document: Document, wording: Wording) -> Iterator[Line]:
    """The same in words."""
    say, holds = wording.say, document["holds"]
    key = "holds" if holds else "same" if document["same_answer"] else "differs"
    yield Line(say(f"receipt.{key}"), style="good" if holds else "bad")
    for each in document["changed"][:MOST_SHOWN]:
        args = {name: _short(value) for name, value in each.items() if name != "what"}
        yield Line(say(f"receipt.changed_{each['what']}", **args), 1)
    if (more := len(document["changed"]) - MOST_SHOWN) > 0:
        yield Line(say("receipt.more", n=more), 1, "note")


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:59]}…"
