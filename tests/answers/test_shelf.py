"""Files at hand: a conversation on a shelf reads and writes there, and never the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from lgreason.answers.session import Session
from lgreason.answers.shelf import MOST_FILES, Shelf, bare
from lgreason.repl.conversation import Conversation
from lgreason.rules.findings import Unusable

PERSON = Path(__file__).parents[2] / "docs" / "examples" / "people" / "one-day-short.yaml"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\สมชาย.yaml", "สมชาย.yaml"),
        ("a\0b\n.yaml", "ab.yaml"),
        ("..", "unnamed"),
        ("", "unnamed"),
    ],
)
def test_a_name_has_no_folder(name: str, kept: str) -> None:
    assert bare(name) == kept


def test_a_conversation_on_a_shelf_leaves_the_disk_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path.parent / "cache"))  # what the program keeps for itself
    (tmp_path / "private.yaml").write_text("kind: person\nid: private\n", encoding="utf-8")
    shelf = Shelf()
    shelf.put("somchai.yaml", PERSON.read_bytes())
    conversation = Conversation(Session("th", shelf=shelf))
    conversation.open("somchai.yaml")
    for refused in ("โหลด private.yaml", "โหลด ~/private.yaml", f"โหลด {tmp_path}/private.yaml"):
        assert conversation.answer(refused).status == 2
    assert conversation.answer("บันทึก ใหม่.yaml").status == 0
    conversation.answer("บันทึก ~/home.yaml")
    conversation.answer("บันทึกการสนทนา คุย.txt")
    assert conversation.answer("lang en").status == 0  # the files are read again
    assert sorted(path.name for path in tmp_path.iterdir()) == ["private.yaml"]
    assert {"ใหม่.yaml", "คุย.txt"} <= set(shelf)
    assert b"somchai" in shelf.content("ใหม่.yaml")


def test_there_is_room_for_so_many_files() -> None:
    shelf = Shelf()
    for number in range(MOST_FILES):
        shelf.put(f"{number}.yaml", b"x")
    with pytest.raises(Unusable):
        shelf.put("one-more.yaml", b"x")
