"""Files at hand by name, kept in memory: a page in a browser reads and writes these, and never the disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from lgreason.files.source.read import Source, source_of
from lgreason.rules.findings import Finding, Place, Unusable

MOST_FILES = 2_000
MOST_MEGABYTES = 64


class Shelf:
    """Files by their names; none has a folder."""

    def __init__(self) -> None:
        """Begin with none."""
        self._files: dict[str, bytes] = {}

    def __iter__(self) -> Iterator[str]:
        """The names, in the order in which they came."""
        return iter(self._files)

    def __contains__(self, name: object) -> bool:
        """Whether there is a file of that name."""
        return name in self._files

    def put(self, name: str, content: bytes, *, over: bool = True) -> str:
        """Keep a file, in place of one of the same name if `over`; returns the name without any folder.

        Raises `FileExistsError` if there is one and not `over`, `Unusable` if there is no more room.
        """
        name = bare(name)
        if name in self._files and not over:
            raise FileExistsError(name)
        size = sum(len(each) for other, each in self._files.items() if other != name) + len(content)
        if size > MOST_MEGABYTES * 1_000_000 or len(self._files) >= MOST_FILES:
            args = {"files": MOST_FILES, "most": MOST_MEGABYTES}
            raise Unusable((Finding("shelf_full", Place(name), args),))
        self._files[name] = content
        return name

    def remove(self, name: str) -> None:
        """Forget a file, if there is one of that name."""
        self._files.pop(bare(name), None)

    def content(self, name: str) -> bytes:
        """The bytes of a file; raises `Unusable` if there is none of that name."""
        found = self._files.get(bare(name))
        if found is None:
            raise Unusable((Finding("shelf_missing", Place(bare(name))),))
        return found

    def source(self, name: str) -> Source:
        """The document in a file; raises `Unusable` with all that is wrong with it."""
        return source_of(bare(name), self.content(name))


def bare(name: str) -> str:
    """A name without folders, as it can be kept: `../x.yaml` and `C:\\x.yaml` are `x.yaml`."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(sign for sign in last if sign.isprintable()).strip(" .")
    return kept[-120:] or "unnamed"
