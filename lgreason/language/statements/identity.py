"""The form of an id, and an id made of what was written where an id should be."""

from __future__ import annotations

import re

IDENTITY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*")
LONGEST_ID = 120
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
# How consonants are written in Latin at the beginning of a syllable, by the Royal Institute's system.
_THAI = "กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_LATIN = (
    "k kh kh kh ng ch ch ch s ch y d t th th th n d t th th th n b p ph f ph f ph m y r l w s s s h l o h"
)
_WRITTEN = dict(zip(_THAI, _LATIN.split(), strict=True))


def made_id(written: str) -> str:
    """An id like a text: `ก.๑` is `k.1`."""
    latin = "".join(_WRITTEN.get(sign, sign) for sign in written.casefold().translate(_DIGITS))
    made = ".".join(re.sub(r"[^a-z0-9_]+", "", part.replace("-", "_")) for part in latin.split("."))
    made = re.sub(r"\.{2,}", ".", made).strip("_.")[:LONGEST_ID].rstrip("._")
    return made if IDENTITY.fullmatch(made) else f"r.{made or 1}"
