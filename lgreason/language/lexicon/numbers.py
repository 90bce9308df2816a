"""Numbers below a hundred, and some above, in words."""

from __future__ import annotations

from lgreason.words.forms import Words

_THAI_NUMBERS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_ENGLISH_NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    "twenty",
)
_ENGLISH_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def numbers() -> Words:
    """Numbers in words of both languages, each with its digits."""
    words = Words()
    for number in range(1, 100):
        words.add(thai_number(number), str(number))
    words.add("ยี่สิบเอ็ด", "21")
    for hundred in range(1, 4):  # terms in days and weeks: หนึ่งร้อยแปดสิบวัน, สามร้อยหกสิบห้าวัน
        for rest in range(100):
            text = f"{_THAI_NUMBERS[hundred]}ร้อย{thai_number(rest)}"
            words.add(text, str(100 * hundred + rest))
            if hundred == 1 and rest:
                words.add(text.removeprefix("หนึ่ง"), str(100 + rest))
    for number in range(1, 100):
        words.add(english_number(number), str(number))
    for hundred in range(1, 4):
        words.add(f"{english_number(hundred)} hundred", str(100 * hundred))
    for number, name in ((120, "one hundred and twenty"), (180, "one hundred and eighty")):
        words.add(name, str(number))
    words.add("three hundred and sixty-five", "365")
    return words


def english_number(number: int) -> str:
    """A number below a hundred in English words."""
    tens, ones = divmod(number, 10)
    if number <= len(_ENGLISH_NUMBERS):
        return _ENGLISH_NUMBERS[number - 1]
    ten = _ENGLISH_TENS[tens - 2]
    return ten if not ones else f"{ten}-{_ENGLISH_NUMBERS[ones - 1]}"


def thai_number(number: int) -> str:
    """A number below a hundred in Thai words."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _THAI_NUMBERS[ones]
    ten = {1: "สิบ", 2: "ยี่สิบ"}.get(tens, f"{_THAI_NUMBERS[tens]}สิบ")
    return ten + ("เอ็ด" if ones == 1 else _THAI_NUMBERS[ones])
