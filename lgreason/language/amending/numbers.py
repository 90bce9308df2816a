"""Whole numbers in words, as amendments write days and terms."""

from __future__ import annotations


def _numbers() -> dict[str, int]:
    ones = ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
    found = {name: n for n, name in enumerate(ones, 1)}
    for n in range(10, 100):
        tens, one = divmod(n, 10)
        ten = {1: "สิบ", 2: "ยี่สิบ"}.get(tens, f"{ones[tens - 1]}สิบ")
        found[ten + ("" if not one else "เอ็ด" if one == 1 else ones[one - 1])] = n
    below = {n: name for name, n in found.items()}
    for hundreds in range(1, 10):
        for rest in range(100):
            found[f"{ones[hundreds - 1]}ร้อย{below.get(rest, '')}"] = 100 * hundreds + rest
    english = (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen"
    )
    small = {name: n for n, name in enumerate(english.split(), 1)}
    tens_in_words = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
    tens_in_words |= {"seventy": 70, "eighty": 80}
    found |= small | tens_in_words
    for ten_word, n in tens_in_words.items():
        found |= {f"{ten_word}-{name}": n + one for name, one in small.items() if one < 10}
    return found


NUMBERS = _numbers()


def counted(written: str) -> int | None:
    """A whole number as written: in digits, or in words of either language."""
    return int(written) if written.isdigit() else NUMBERS.get(written)
