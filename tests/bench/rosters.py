"""Realistic rosters of any size from a seed: careers with promotions, gaps, overlaps and missing data.

`roster` gives persons as the nested table that `screen_batch` takes; `written` the same as the sheets of a workbook,
with posts, degrees and days as officials write them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

EPOCH = date(1970, 1, 1)
MEAN_STAGES = 5

MALE = ("สมชาย", "วิชัย", "ประเสริฐ", "อนุชา", "ธีระ", "สุรเดช", "กิตติ", "ณัฐพล", "ปรีชา", "ชัยวัฒน์", "พงศกร", "เอกชัย")
FEMALE = (
    "สมหญิง",
    "พรทิพย์",
    "มณีรัตน์",
    "กาญจนา",
    "ปิยะดา",
    "สุนีย์",
    "วราภรณ์",
    "นภา",
    "จันทร์เพ็ญ",
    "ศิริพร",
    "อรทัย",
    "รัตนา",
)
FAMILY = (
    "ใจดี",
    "ศรีสุข",
    "ทองคำ",
    "บุญมี",
    "แก้วมณี",
    "สุขสวัสดิ์",
    "วงศ์ใหญ่",
    "จันทร์งาม",
    "พรหมมา",
    "ไชยวงศ์",
    "มั่นคง",
    "รักไทย",
)


@dataclass(frozen=True)
class Stage:
    """One kind of post of a career: what a register says of it, and the kind of work it is."""

    position: str | None
    type: str | None
    level: str | None
    title: str
    work: str | None
    years: float


def _academic(title: str, work: str | None) -> tuple[Stage, ...]:
    levels = (("ปฏิบัติการ", 4.5), ("ชำนาญการ", 5.5), ("ชำนาญการพิเศษ", 6.5), ("เชี่ยวชาญ", 8.0))
    return tuple(Stage(None, "วิชาการ", level, title, work, years) for level, years in levels)


def _general(title: str, work: str | None) -> tuple[Stage, ...]:
    levels = (("ปฏิบัติงาน", 6.0), ("ชำนาญงาน", 8.0), ("อาวุโส", 7.0))
    return tuple(Stage(None, "ทั่วไป", level, title, work, years) for level, years in levels)


def _series(name: str, post: str, level: str, years: float) -> Stage:
    title = f"{name} (นักบริหารงานทั่วไป ระดับ{level})"
    return Stage(post, None, None, title, "general_admin", years)


SECTION = _series("หัวหน้าฝ่ายอำนวยการ", "หัวหน้าฝ่าย (นักบริหารงานทั่วไป ระดับต้น)", "ต้น", 3.5)
DIVISION = _series("ผู้อำนวยการกอง", "ผู้อำนวยการกอง (นักบริหารงานทั่วไป ระดับต้น)", "ต้น", 3.5)
MIDDLE = _series("ผู้อำนวยการกอง", "ผู้อำนวยการกอง (นักบริหารงานทั่วไป ระดับกลาง)", "กลาง", 4.5)
PART = _series("ผู้อำนวยการส่วน", "ผู้อำนวยการส่วน (นักบริหารงานทั่วไป ระดับกลาง)", "กลาง", 4.0)
OFFICE = _series("ผู้อำนวยการสำนัก", "ผู้อำนวยการสำนัก (นักบริหารงานทั่วไป ระดับสูง)", "สูง", 5.0)

ANALYST = _academic("นักวิเคราะห์นโยบายและแผน", "policy_planning")
OFFICER = _academic("นักจัดการงานทั่วไป", "general_admin")
REGISTRAR = _academic("นักจัดการงานทะเบียนและบัตร", "civil_registration")
PERSONNEL = _academic("นักทรัพยากรบุคคล", "related")
ENGINEER = _academic("วิศวกรโยธา", None)
CLERK = _general("เจ้าพนักงานธุรการ", "general_admin")
TECHNICIAN = _general("นายช่างโยธา", None)

TRACKS: tuple[tuple[float, tuple[Stage, ...]], ...] = (
    (0.16, (*OFFICER[:2], SECTION, DIVISION, MIDDLE, OFFICE)),
    (0.12, (*ANALYST[:2], SECTION, DIVISION, MIDDLE, OFFICE)),
    (0.06, (*PERSONNEL[:2], SECTION, DIVISION, PART, OFFICE)),
    (0.10, (*ANALYST, MIDDLE)),
    (0.08, (*REGISTRAR[:3], MIDDLE)),
    (0.10, (*CLERK[:2], *OFFICER[1:2], SECTION, DIVISION, MIDDLE)),
    (0.14, (*CLERK, SECTION, DIVISION)),
    (0.14, ENGINEER),
    (0.10, TECHNICIAN),
)
STAGES = tuple(dict.fromkeys(stage for _, stages in TRACKS for stage in stages))

DEGREES = ("ปริญญาตรี", "ปริญญาโท", "ปริญญาเอก", "ปวส.")
FIELDS = (
    *("รัฐศาสตร์", "รัฐประศาสนศาสตร์", "การบริหาร", "บริหารธุรกิจ", "เศรษฐศาสตร์", "สถิติ"),
    *("นิติศาสตร์", "วิศวกรรมศาสตร์", "การบัญชี", "ศึกษาศาสตร์", "วิทยาศาสตร์"),
)


def roster(size: int, seed: int = 0, as_of: date = date(2026, 10, 1), first: int = 0) -> pa.Table:
    """`size` persons, numbered from `first`, as the nested table of persons; the same for the same arguments."""
    rng = np.random.default_rng((seed, first))
    tracks = rng.choice(len(TRACKS), size, p=[weight for weight, _ in TRACKS])
    today = (as_of - EPOCH).days
    entered = today - rng.integers(2 * 365, 34 * 365, size)
    entered = np.where(rng.random(size) < 0.3, _first_of_fiscal_year(entered), entered)
    return pa.table(
        {
            "id": pa.array([f"P{number:07d}" for number in range(first, first + size)]),
            "name": _names(rng, size),
            "education": _education(rng, size, entered, today),
            "postings": (postings := _postings(rng, size, tracks, entered, today))[0],
            "experience": _experience(rng, size, *postings[1:]),
        }
    )


def rosters(size: int, seed: int = 0, chunk: int = 50_000) -> Iterator[pa.Table]:
    """A roster of any size, piece by piece."""
    for first in range(0, size, chunk):
        yield roster(min(chunk, size - first), seed, first=first)


def _first_of_fiscal_year(days: np.ndarray) -> np.ndarray:
    years = days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    return (years * 12 + 9).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def _names(rng: np.random.Generator, size: int) -> pa.Array:
    women = rng.random(size) < 0.5
    given = [
        FEMALE[n] if woman else MALE[n] for woman, n in zip(women, rng.integers(0, 12, size), strict=True)
    ]
    titles = np.where(women, np.where(rng.random(size) < 0.5, "นาง", "นางสาว"), "นาย")
    family = rng.integers(0, len(FAMILY), size)
    return pa.array([f"{t}{g} {FAMILY[f]}" for t, g, f in zip(titles, given, family, strict=True)])


def _lists(counts: np.ndarray, missing: np.ndarray, fields: dict[str, pa.Array]) -> pa.Array:
    """Lists of so many entries each; `missing` ones are not known and must have none."""
    offsets = pa.array(np.concatenate(([0], np.cumsum(counts))), pa.int32())
    entries = pa.StructArray.from_arrays(list(fields.values()), list(fields))
    return pa.ListArray.from_arrays(offsets, entries, mask=pa.array(missing))


def _days(days: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
    return pa.array(days.astype(np.int32), pa.int32(), mask=missing).cast(pa.date32())


def _texts(words: Sequence[str | None], codes: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
    return pa.array(list(words), pa.string()).take(pa.array(codes, pa.int32(), mask=missing))


def _education(rng: np.random.Generator, size: int, entered: np.ndarray, today: int) -> pa.Array:
    missing = rng.random(size) < 0.02
    more = rng.random(size)
    counts = np.where(missing, 0, 1 + (more < 0.45) + (more < 0.04))
    owner = np.repeat(np.arange(size), counts)
    order = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    low = (order == 0) & (rng.random(len(owner)) < 0.06)
    degrees = np.where(low, 3, np.minimum(order, 2))
    public = rng.random(len(owner)) < np.where(order > 0, 0.7, 0.4)
    fields = np.where(public, rng.integers(0, 6, len(owner)), rng.integers(6, len(FIELDS), len(owner)))
    obtained = entered[owner] - 200 + order * rng.integers(900, 4000, len(owner))
    obtained = np.minimum(obtained, today - 30)
    approved = rng.random(len(owner))
    return _lists(
        counts,
        missing,
        {
            "degree": _texts(DEGREES, degrees),
            "field": _texts(FIELDS, fields, rng.random(len(owner)) < 0.03),
            "approved": pa.array(approved < 0.02, mask=approved > 0.03),
            "obtained": _days(obtained, rng.random(len(owner)) < 0.4),
        },
    )


def _postings(
    rng: np.random.Generator, size: int, tracks: np.ndarray, entered: np.ndarray, today: int
) -> tuple[Any, ...]:
    """The postings, and beside them the owner, stage, first and last day of each."""
    longest = max(len(stages) for _, stages in TRACKS)
    codes = np.array([[*map(STAGES.index, s), *[-1] * (longest - len(s))] for _, s in TRACKS])
    years = np.array([stage.years for stage in STAGES])
    of_person = codes[tracks]
    # Each stage may be served in one or two posts (a transfer), so that most careers have about five postings.
    of_person = np.repeat(of_person, 2, axis=1)
    transfer = rng.random(of_person.shape) < np.tile([1.0, 0.75], longest)
    kept = (of_person >= 0) & transfer
    served = np.where(kept, years[of_person] * 365.25 * rng.lognormal(-0.35, 0.5, kept.shape), 0)
    served = np.where(rng.random(kept.shape) < 0.35, np.round(served / 365.25 + 0.4) * 365.25, served)
    start = entered[:, None] + np.cumsum(served, axis=1) - served
    irregular = rng.random(kept.shape)
    shift = np.where(irregular < 0.04, rng.integers(20, 500, kept.shape), 0)
    shift = np.where(irregular > 0.97, -rng.integers(5, 90, kept.shape), shift)
    start = (start + shift).astype(np.int64)
    kept &= start < today - 20
    counts = kept.sum(axis=1)
    missing = (rng.random(size) < 0.01) | (counts == 0)
    kept &= ~missing[:, None]
    counts = kept.sum(axis=1)
    owner, stage, first = np.nonzero(kept)[0], of_person[kept], start[kept]
    entries = len(owner)
    last = np.append(first[1:], today + 1) - 1
    final = np.append(owner[1:] != owner[:-1], True) if entries else np.zeros(0, bool)
    untidy = rng.random(entries)
    last = last + np.where(untidy < 0.04, rng.integers(3, 60, entries), 0)
    last = last - np.where(untidy > 0.96, rng.integers(2, 200, entries), 0)
    last = np.maximum(last, first)
    retired = final & (rng.random(entries) < 0.05)
    last = np.where(retired, np.maximum(first, today - rng.integers(1, 900, entries)), last)
    held = final & ~retired
    titles = [s.title for s in STAGES]
    acting = rng.random(entries)
    unknown_level = rng.random(entries) < 0.005
    lists = _lists(
        counts,
        missing,
        {
            "position": _texts([s.position for s in STAGES], stage),
            "type": _texts([s.type for s in STAGES], stage),
            "level": _texts([s.level for s in STAGES], stage, unknown_level),
            "title": _texts(titles, stage),
            "from": _days(first, rng.random(entries) < 0.006),
            "to": _days(last, held),
            "acting": pa.array(acting < 0.03, mask=acting > 0.03),
        },
    )
    return lists, owner, stage, first, np.where(held, -1, last)


def _experience(
    rng: np.random.Generator,
    size: int,
    owner: np.ndarray,
    stage: np.ndarray,
    first: np.ndarray,
    last: np.ndarray,
) -> pa.Array:
    """Work in the field by the posts held; for one in twelve the register has no such column."""
    missing = rng.random(size) < 0.08
    works = [s.work for s in STAGES]
    of_field = np.array([work is not None for work in works])
    kept = of_field[stage] & ~missing[owner] & (rng.random(len(owner)) < 0.6)
    counts = np.bincount(owner[kept], minlength=size)
    named = sorted({work for work in works if work})
    codes = np.array([named.index(work) if work else 0 for work in works])
    unknown = rng.random(int(kept.sum())) < 0.01
    return _lists(
        counts,
        missing,
        {
            "work": _texts(named, codes[stage[kept]], unknown),
            "from": _days(first[kept]),
            "to": _days(last[kept], last[kept] < 0),
        },
    )


# ── as officials write ───────────────────────────────────────────────────────────────────────────


def thai_day(day: date | None, style: int = 0) -> str | None:
    """A day as registers write it: 1 ต.ค. 2562 or 01/10/2562."""
    if day is None:
        return None
    if style:
        return f"{day.day:02d}/{day.month:02d}/{day.year + 543}"
    months = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
    return f"{day.day} {months[day.month - 1]} {day.year + 543}"


def written(table: pa.Table) -> dict[str, list[list[Any]]]:
    """The sheets of a register: persons, postings (one a row) and qualifications, each with its headings first."""
    people: list[list[Any]] = [["เลขประจำตัว", "ชื่อ - สกุล"]]
    posts: list[list[Any]] = [["เลขประจำตัว", "ตำแหน่ง", "ประเภท", "ระดับ", "ตั้งแต่วันที่", "ถึงวันที่", "รักษาราชการแทน"]]
    degrees: list[list[Any]] = [["เลขประจำตัว", "วุฒิการศึกษา", "สาขาวิชา", "วันที่สำเร็จการศึกษา", "การรับรองวุฒิ"]]
    work: list[list[Any]] = [["เลขประจำตัว", "ลักษณะงาน", "ตั้งแต่วันที่", "ถึงวันที่"]]
    for number, row in enumerate(table.to_pylist()):
        style = number % 2
        people.append([row["id"], row["name"]])
        for sheet, name in ((posts, "postings"), (degrees, "education"), (work, "experience")):
            if row[name] == []:
                sheet.append([row["id"], "ไม่มี"])
        for p in row["postings"] or ():
            name = p["title"]
            acting = "รักษาราชการแทน" if p["acting"] else None
            days = thai_day(p["from"], style), thai_day(p["to"], style)
            kind, level = p["type"], p["level"]
            if p["position"] is not None:
                kind, level = "อำนวยการท้องถิ่น", p["position"].rpartition("ระดับ")[2].rstrip(")")
            posts.append([row["id"], name, kind, level, *days, acting])
        for e in row["education"] or ():
            approved = {True: "รับรอง", False: "ไม่รับรอง", None: None}[e["approved"]]
            degrees.append([row["id"], e["degree"], e["field"], e["obtained"], approved])
        for x in row["experience"] or ():
            work.append([row["id"], x["work"], x["from"], x["to"]])
    return {"รายชื่อ": people, "ประวัติการดำรงตำแหน่ง": posts, "วุฒิการศึกษา": degrees, "การปฏิบัติงาน": work}
