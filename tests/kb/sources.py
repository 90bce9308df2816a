"""The clause register and the source documents that the knowledge base is held against."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def register(part: str) -> dict[str, tuple[str, str]]:
    """The quotation and the kind of every clause of a part of the register, `std` or `org`."""
    lines = (HERE / f"register_{part}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {identity: (quotation, kind) for identity, quotation, kind in rows}


def source_document(name: str) -> str:
    """The text of a source document; the test is skipped where it is not at hand.

    The documents are not ours to carry along. Whoever changes a quotation has them: in `LGREASON_DOCUMENTS`, or
    beside the checkout.
    """
    path = Path(os.environ.get("LGREASON_DOCUMENTS", HERE.parents[2] / "shared" / "seeds")) / name
    if not path.is_file():
        pytest.skip(f"the source document {name} is not at hand; set LGREASON_DOCUMENTS to its folder")
    return path.read_text(encoding="utf-8")


def squeezed(text: str) -> str:
    """A text without its white space, which the documents set as the page needs it."""
    return re.sub(r"\s+", "", text)
