"""The sentences of the message files, as they are written there: for what needs a sentence before anything else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from lgreason.rules.kept import kept


@cache
def messages(language: str) -> Mapping[str, Mapping[str, str]]:
    """The sentences of a language, `th` or `en`, by table and key."""
    path = Path(__file__).parent / "messages" / f"{language}.toml"
    return kept(f"messages-{language}", (path,), lambda: _read(path))


def _read(path: Path) -> Mapping[str, Mapping[str, str]]:
    import tomllib

    assert __spec__ is not None and __spec__.loader is not None
    content: bytes = __spec__.loader.get_data(str(path))  # type: ignore[attr-defined]  # also from a zip
    return tomllib.loads(content.decode("utf-8"))
