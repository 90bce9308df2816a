"""What is kept between runs is what would be made, or is made anew; nothing depends on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lgreason.rules import kept as cache
from lgreason.rules.kept import kept


class Source:
    """A file, and how often it was read."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "source"
        self.path.write_text("one", encoding="utf-8")
        self.read = 0

    def value(self) -> dict[str, str]:
        def make() -> dict[str, str]:
            self.read += 1
            return {"text": self.path.read_text(encoding="utf-8")}

        return kept("source", (self.path,), make)


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Source:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "_RESTED", -60.0)
    return Source(tmp_path)


def kept_file(source: Source) -> Path:
    (file,) = (source.path.parent / "cache" / "lgreason").iterdir()
    return file


def test_a_file_is_read_once(source: Source) -> None:
    assert [source.value(), source.value(), source.read] == [{"text": "one"}, {"text": "one"}, 1]
    assert kept_file(source).stat().st_mode & 0o777 == 0o600


def test_a_file_that_has_only_just_changed_is_not_kept(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within one tick of the clock it could change again, and nobody would see."""
    monkeypatch.setattr(cache, "_RESTED", 60.0)
    assert [source.value(), source.value(), source.read] == [{"text": "one"}, {"text": "one"}, 2]


def test_only_so_many_values_are_kept(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_MOST", 2)
    for number in range(4):
        kept(f"value{number}", (source.path,), lambda: 1)
    assert len(list((source.path.parent / "cache" / "lgreason").iterdir())) == 2


def test_a_changed_file_is_read_anew(source: Source) -> None:
    source.value()
    source.path.write_text("three", encoding="utf-8")
    assert [source.value(), source.read] == [{"text": "three"}, 2]


def test_a_changed_byte_is_noticed(source: Source) -> None:
    source.value()
    file = kept_file(source)
    content = bytearray(file.read_bytes())
    content[-3] ^= 1
    file.write_bytes(bytes(content))
    assert [source.value(), source.read] == [{"text": "one"}, 2]


def test_what_others_can_write_is_not_read(source: Source) -> None:
    source.value()
    kept_file(source).chmod(0o666)
    assert [source.value(), source.read] == [{"text": "one"}, 2]


def test_where_nothing_can_be_kept_it_is_made(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    assert [source.value(), source.value(), source.read] == [{"text": "one"}, {"text": "one"}, 2]
