"""Numbers as officials write them, read exactly: money in baht, scores, counts and years."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from lgreason.files.source.read import Fractional
from lgreason.words.dates import DateProblem, parse_year

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_INVISIBLE = re.compile("[\\s\u200b-\u200d\u2060\ufeff]+")
_NUMBER = re.compile(
    r"(?P<sign>[-+\u2212]?)"
    r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:_[0-9]+)*)?(?:\.(?P<decimals>[0-9]+))?"
    r"(?:e(?P<exponent>[-+]?[0-9]{1,3}))?"
)
_SCALES = {"": 1, "พัน": 10**3, "หมื่น": 10**4, "แสน": 10**5, "ล้าน": 10**6, "พันล้าน": 10**9, "ล้านล้าน": 10**12}
_BAHT = ("", "บาท", "บาทถ้วน", "฿", ".-", "baht", "thb")
_MILLIONS = ("ลบ", "ลบ.", "million", "millionbaht")
_UNITS = {f"{scale}{baht}": factor for scale, factor in _SCALES.items() for baht in _BAHT} | dict.fromkeys(
    _MILLIONS, 10**6
)
MOST_DIGITS = 100
NOTHING = ("none", "ไม่มี")


def money(value: object) -> Fraction | None:
    """An amount in baht: 40_000_000, «40,000,000», «40 ล้านบาท», «40 ลบ.», «๔๐ ล้าน»; `None` if it is no amount."""
    if isinstance(value, str) and _plain(value) in NOTHING:
        return Fraction(0)
    return _read(value, _UNITS)


def score(value: object) -> Fraction | None:
    """A score by its decimal digits: 60.1 is 601/10; «ร้อยละ 60» and «60%» too; `None` if it is none."""
    if isinstance(value, str):
        value = _plain(value).removeprefix("ร้อยละ")
    return _read(value, {"": 1, "%": 1, "คะแนน": 1})


def count(value: object) -> Fraction | None:
    """A number of things, or of points, in digits; `None` if it is none."""
    return _read(value, {"": 1, "คะแนน": 1, "อัตรา": 1})


def year(value: object) -> int | DateProblem | None:
    """A year of the Buddhist Era: from 2400 on as written, any other of four digits is C.E.; `None` if it is none.

    A text may say its era: «พ.ศ. 2558», «ค.ศ. 2015».
    """
    if isinstance(value, Fractional):
        return None
    return parse_year(str(value))


def _plain(text: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text).translate(_THAI_DIGITS).casefold())


def _read(value: object, units: dict[str, int]) -> Fraction | None:
    """The number that a value is, or that a text spells with one of these units."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    text = value.digits if isinstance(value, Fractional) else str(value)
    text = _plain(text)
    match = _NUMBER.match(text)
    if match is None or len(text) > MOST_DIGITS or (match["whole"] is None and match["decimals"] is None):
        return None
    factor = units.get(text[match.end() :])
    if factor is None:
        return None
    decimals, exponent = match["decimals"] or "", int(match["exponent"] or 0)
    if abs(exponent) > MOST_DIGITS:
        return None
    digits = int((match["whole"] or "").replace("_", "").replace(",", "") + decimals)
    number = digits * factor * Fraction(10) ** (exponent - len(decimals))
    return number if match["sign"] in ("", "+") else -number
