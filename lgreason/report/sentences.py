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
    import pkgutil
    import tomllib

    content = pkgutil.get_data(__name__, f"messages/{path.name}")  # also from a zip
    assert content is not None
    return tomllib.loads(content.decode("utf-8"))
