"""The qualifications for the posts of the series บริหารงานทั่วไป, stated a second time in plain Python.

Written from the text of the position standard, one function for each clause, so that the product can be
compared with it. A truth is True, False or None (not known), joined by strong Kleene logic. A key that is
absent is not known; an empty list is known to be none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .counting import Conventions, Interval, counted, enough, shared

Truth = bool | None
Facts = Mapping[str, Any]

SECTION_HEAD = "general_admin.early.section_head"
EARLY_DIRECTOR = "general_admin.early.division_director"
MID_DIRECTOR = "general_admin.mid.division_director"
MID_PART_DIRECTOR = "general_admin.mid.part_director"
HIGH_OFFICE_DIRECTOR = "general_admin.high.office_director"
SERIES = frozenset({SECTION_HEAD, EARLY_DIRECTOR, MID_DIRECTOR, MID_PART_DIRECTOR, HIGH_OFFICE_DIRECTOR})

# สังคมศาสตร์ การวางแผน การบริหาร การบริหารธุรกิจ วิจัย สถิติ รัฐศาสตร์ เศรษฐศาสตร์; รัฐประศาสนศาสตร์ is การบริหาร.
LISTED_FIELDS = frozenset(
    {
        "social_science",
        "planning",
        "administration",
        "public_administration",
        "business_administration",
        "research",
        "statistics",
        "political_science",
        "economics",
    }
)
SOCIAL_SCIENCES = frozenset({"law", "education", "communication_arts"})
FIELD_WORK = frozenset({"general_admin", "policy_planning", "civil_registration", "related"})

# The old levels (ระดับ 1-10) of posts that ended before the new types and levels came on 1 Jan 2016.
NEW_LEVELS_FROM = date(2016, 1, 1)
OLD_LEVELS: Mapping[str, Mapping[int, str]] = {
    "academic": {
        3: "practitioner",
        4: "practitioner",
        5: "practitioner",
        6: "professional",
        7: "professional",
        8: "senior_professional",
        9: "expert",
    },
    "general": {
        1: "operational",
        2: "operational",
        3: "operational",
        4: "operational",
        5: "experienced",
        6: "experienced",
        7: "senior",
        8: "senior",
    },
    "managerial_local": {6: "early", 7: "early", 8: "mid", 9: "high"},
    "executive_local": {6: "early", 7: "early", 8: "mid", 9: "high", 10: "high"},
}


@dataclass(frozen=True)
class Case:
    """A person to be judged, the day on which, and the readings taken instead of the usual ones."""

    person: Facts
    as_of: date
    readings: Mapping[str, str]

    def reads(self, ambiguity: str, reading: str) -> bool:
        """Whether the other reading of an ambiguous place has been asked for."""
        return self.readings.get(ambiguity) == reading


# ---------------------------------------------------------------- three-valued logic


def all_of(*values: Truth) -> Truth:
    """Kleene's "and": one False decides."""
    if any(value is False for value in values):
        return False
    return None if any(value is None for value in values) else True


def any_of(*values: Truth) -> Truth:
    """Kleene's "or": one True decides."""
    if any(value is True for value in values):
        return True
    return None if any(value is None for value in values) else False


def if_then_else(condition: Truth, then: Truth, otherwise: Truth) -> Truth:
    """The branch that the condition picks; not knowing which, what both branches agree on."""
    if condition is None:
        return then if then is otherwise else None
    return then if condition else otherwise


# ---------------------------------------------------------------- education


def qualifications(case: Case) -> list[Facts] | None:
    """The qualifications held on the day; None where education is not known."""
    held = case.person.get("education")
    if held is None:
        return None
    return [
        one
        for one in held
        if one.get("obtained") is None or date.fromisoformat(one["obtained"]) <= case.as_of
    ]


def in_the_fields(case: Case, qualification: Facts) -> Truth:
    """«ในสาขาวิชาหรือทางสังคมศาสตร์ … หรือในสาขาวิชาหรือทางอื่นที่ ก.จ. ก.ท. และ ก.อบต. กำหนด».

    A-34 "disciplines": law, education and communication arts are in the line of social science.
    """
    if qualification.get("approved") is True:
        return True
    field = qualification.get("field")
    line = SOCIAL_SCIENCES if case.reads("A-34", "disciplines") else frozenset()
    return None if field is None else field in LISTED_FIELDS | line


def of_degree(qualification: Facts, *degrees: str) -> Truth:
    """Whether a qualification is one of these degrees."""
    degree = qualification.get("degree")
    return None if degree is None else degree in degrees


def early_q1_1(case: Case) -> Truth:
    """ต้น ๑.๑: a bachelor's degree in any field that is recognised (A-33 "every_field": or not).

    A higher degree shows the lower one.
    """
    held = qualifications(case)
    if held is None:
        return None
    return any_of(
        *(
            any_of(
                all_of(
                    of_degree(one, "bachelor"),
                    one.get("approved") is not False or case.reads("A-33", "every_field"),
                ),
                of_degree(one, "master", "doctorate"),
            )
            for one in held
        )
    )


def early_q1_2(case: Case) -> Truth:
    """ต้น ๑.๒: a master's degree in a listed field, or in another that the committees allow."""
    held = qualifications(case)
    if held is None:
        return None
    return any_of(*(all_of(of_degree(one, "master"), in_the_fields(case, one)) for one in held))


def early_q1_3(case: Case) -> Truth:
    """ต้น ๑.๓: a doctorate in a listed field, or in another that the committees allow."""
    held = qualifications(case)
    if held is None:
        return None
    return any_of(*(all_of(of_degree(one, "doctorate"), in_the_fields(case, one)) for one in held))


def early_q1(case: Case) -> Truth:
    """ต้น ข้อ ๑: «ได้รับคุณวุฒิการศึกษา ดังนี้», any one of the three (A-04 "all": all three)."""
    items = early_q1_1(case), early_q1_2(case), early_q1_3(case)
    return all_of(*items) if case.reads("A-04", "all") else any_of(*items)


# ---------------------------------------------------------------- posts and how long they were held


def day(entry: Facts, key: str) -> date | None:
    """A date of a posting or a piece of experience, None where it is absent."""
    text = entry.get(key)
    return None if text is None else date.fromisoformat(text)


def level_of(posting: Facts) -> str | None:
    """The level of a posting outside the series, an old level (1-10) read as the new one it became."""
    if posting.get("level") is not None:
        return str(posting["level"])
    end = day(posting, "to")
    if posting.get("c_level") is not None and end is not None and end < NEW_LEVELS_FROM:
        return OLD_LEVELS.get(posting["type"], {}).get(posting["c_level"])
    return None


def is_one_of(posting: Facts, posts: frozenset[str]) -> Truth:
    """Whether a posting is itself one of these posts: position ids, or ``type.level``."""
    if posting.get("position") is not None:
        return posting["position"] in posts
    kind = posting.get("type")
    if kind is None:
        return None  # it may have been any post
    level = level_of(posting)
    if level is None:
        return None if any(post.startswith(f"{kind}.") for post in posts) else False
    return f"{kind}.{level}" in posts


def is_one_of_or_equivalent(posting: Facts, posts: frozenset[str]) -> Truth:
    """«หรือที่ ก.จ., ก.ท. หรือ ก.อบต. เทียบเท่า»: the post itself, or one declared equivalent to it."""
    return any_of(posting.get("equivalent_to") in posts, is_one_of(posting, posts))


def appointed(posting: Facts) -> bool:
    """A-27: acting in a post or looking after it besides another one is not ดำรงตำแหน่ง."""
    return posting.get("acting") is not True and posting.get("concurrent") is not True


@dataclass(frozen=True)
class Piece:
    """Some time that counts, surely or perhaps; ``days`` is None where its first day is not known."""

    days: Interval | None
    sure: bool


def pieces(entries: Iterable[tuple[Facts, Truth]], as_of: date) -> list[Piece]:
    """The time of the entries that count (True: surely, None: perhaps), up to the day."""
    found = []
    for entry, counts in entries:
        start = day(entry, "from")
        if counts is False:
            continue
        if start is None:
            found.append(Piece(None, False))  # nothing of it is sure, and any amount may be
            continue
        interval = counted(start, day(entry, "to"), as_of)
        if interval is not None:
            found.append(Piece(interval, counts is True))
    return found


def degree_since(case: Case) -> tuple[date, date]:
    """The first day on which a bachelor's or a higher degree was surely held, and may have been held (A-36)."""
    sure, possible = date.max, date.max
    held = case.person.get("education")
    if held is None:
        return sure, date.min
    for one in held:
        if one.get("degree") in (None, "bachelor", "master", "doctorate"):
            obtained = day(one, "obtained")
            possible = min(possible, obtained or date.min)
            if one.get("degree") is not None and obtained is not None:
                sure = min(sure, obtained)
    return sure, possible


def after_the_degree(case: Case, found: Iterable[Piece]) -> list[Piece]:
    """A-36 "after": only time from the first degree on; time before it in doubt where its day is not known."""
    sure, possible = degree_since(case)
    kept = []
    for piece in found:
        if piece.days is None:
            kept.append(piece)
            continue
        start, end = piece.days
        if max(start, sure) <= end:
            kept.append(Piece((max(start, sure), end), piece.sure))
        if max(start, possible) <= end:
            kept.append(Piece((max(start, possible), end), False))
    return kept


def long_enough(case: Case, found: Iterable[Piece], years: int, may_be_more: bool = False) -> Truth:
    """Whether the time that counts makes up so many years.

    True on what is sure; False if all that is thinkable would not do either; else not known.
    """
    how = Conventions(case.reads("A-20", "days"), case.reads("A-20B", "eve"), case.reads("A-20C", "joined"))
    time = after_the_degree(case, found) if case.reads("A-36", "after") else list(found)
    if enough((piece.days for piece in time if piece.sure and piece.days), years, how):
        return True
    unbounded = may_be_more or any(piece.days is None for piece in time)
    return None if unbounded or enough((p.days for p in time if p.days), years, how) else False


Matches = Callable[[Facts, frozenset[str]], Truth]


def has_held(case: Case, posts: frozenset[str], years: int, matches: Matches) -> Truth:
    """«ดำรงตำแหน่งหรือเคยดำรงตำแหน่ง … มาแล้วไม่น้อยกว่า … ปี»: now or formerly."""
    postings = case.person.get("postings")
    if postings is None:
        return None
    held = ((posting, matches(posting, posts)) for posting in postings if appointed(posting))
    return long_enough(case, pieces(held, case.as_of), years)


def holds(case: Case, posts: frozenset[str], years: int, matches: Matches) -> Truth:
    """«ดำรงตำแหน่ง … มาแล้วไม่น้อยกว่า … ปี», without "or has held": past time counts all the same.

    A-03 "present": besides, one of the posts must be held on the day itself.
    """
    enough = has_held(case, posts, years, matches)
    postings = case.person.get("postings")
    if postings is None or not case.reads("A-03", "present"):
        return enough
    now = any_of(
        *(
            all_of(matches(posting, posts), held_on(posting, case.as_of))
            for posting in postings
            if appointed(posting)
        )
    )
    return all_of(enough, now)


def held_on(posting: Facts, as_of: date) -> Truth:
    """Whether a posting covers the day; not known where only its start is not known."""
    start, end = day(posting, "from"), day(posting, "to")
    if end is not None and end < as_of:
        return False
    return None if start is None else start <= as_of


def in_government(case: Case, time: Iterable[Piece]) -> list[Piece]:
    """A-35 "official": only work done while holding a post, whichever and however held."""
    posts = pieces(((posting, True) for posting in case.person.get("postings") or []), case.as_of)
    days = [post.days for post in posts if post.days]
    boundless = any(post.days is None for post in posts)
    kept = []
    for piece in time:
        if boundless:
            kept.append(Piece(piece.days, False))
        elif piece.days is None:
            kept += [Piece(each, False) for each in days]
        else:
            kept += [Piece(each, False) for each in shared(piece.days, days)]
        if piece.days is not None:
            kept += [Piece(each, piece.sure) for each in shared(piece.days, days)]
    return kept


def a_year_in_the_field(case: Case, official: bool = False) -> Truth:
    """«ปฏิบัติงานบริหารงานทั่วไป งานนโยบายและแผน งานทะเบียนราษฎรฯ หรืองานอื่นที่เกี่ยวข้อง … ๑ ปี».

    Work in any post at any time (A-06); whoever holds a post of this series does its work.
    """
    entries: list[tuple[Facts, Truth]] = []
    experience, postings = case.person.get("experience"), case.person.get("postings")
    for entry in experience or []:
        work = entry.get("work")
        entries.append((entry, None if work is None else work in FIELD_WORK))
    for posting in postings or []:
        if appointed(posting):
            entries.append((posting, is_one_of(posting, SERIES)))
    time = pieces(entries, case.as_of)
    if official and case.reads("A-35", "official"):
        time = in_government(case, time)
    return long_enough(case, time, 1, may_be_more=experience is None or postings is None)


# ---------------------------------------------------------------- ระดับต้น, ข้อ ๒: division director, early


def early_q2_1(case: Case) -> Truth:
    """ต้น ๒.๑: ข้อ ๑."""
    return early_q1(case)


def early_q2_2(case: Case) -> Truth:
    """ต้น ๒.๒: section head, or equivalent, now or formerly, 2 years."""
    return has_held(case, frozenset({SECTION_HEAD}), 2, is_one_of_or_equivalent)


def early_q2_2_field(case: Case) -> Truth:
    """ต้น ๒.๒, proviso: «ปฏิบัติราชการ» for a year in the field."""
    return a_year_in_the_field(case, official=True)


def early_q2(case: Case) -> Truth:
    """ต้น ข้อ ๒ (A-02 "holder": «ตามข้อ ๓» asks the holder to meet ข้อ ๓ as well)."""
    own = all_of(early_q2_1(case), early_q2_2(case), early_q2_2_field(case))
    return all_of(own, early_q3(case)) if case.reads("A-02", "holder") else own


# ---------------------------------------------------------------- ระดับต้น, ข้อ ๓: section head


def early_q3_1(case: Case) -> Truth:
    """ต้น ๓.๑: ข้อ ๑."""
    return early_q1(case)


def early_q3_2_1(case: Case) -> Truth:
    """ต้น ๓.๒ (๑): academic, professional level, 4 years (A-07 "at_least": or a higher level)."""
    posts = {"academic.professional"}
    if case.reads("A-07", "at_least"):
        posts |= {"academic.senior_professional", "academic.expert"}
    return holds(case, frozenset(posts), 4, is_one_of)


def early_q3_2_2(case: Case) -> Truth:
    """ต้น ๓.๒ (๒): general, senior level, 4 years."""
    return holds(case, frozenset({"general.senior"}), 4, is_one_of)


def early_q3_2_3(case: Case) -> Truth:
    """ต้น ๓.๒ (๓): general, not below experienced level, 10 years."""
    return holds(case, frozenset({"general.experienced", "general.senior"}), 10, is_one_of)


def early_q3_2(case: Case) -> Truth:
    """ต้น ๓.๒: any one of (๑)-(๓)."""
    return any_of(early_q3_2_1(case), early_q3_2_2(case), early_q3_2_3(case))


def early_q3_3(case: Case) -> Truth:
    """ต้น ๓.๓: a year of work in the field."""
    return a_year_in_the_field(case)


def early_q3(case: Case) -> Truth:
    """ต้น ข้อ ๓."""
    return all_of(early_q3_1(case), early_q3_2(case), early_q3_3(case))


# ---------------------------------------------------------------- ระดับกลาง: division or part director, mid


def mid_q1(case: Case) -> Truth:
    """กลาง ข้อ ๑: ต้น ข้อ ๑."""
    return early_q1(case)


def mid_q2_1(case: Case) -> Truth:
    """กลาง ๒.๑: division director (early), or equivalent, now or formerly, 2 years."""
    return has_held(case, frozenset({EARLY_DIRECTOR}), 2, is_one_of_or_equivalent)


def mid_q2_2_reduce(case: Case) -> Truth:
    """กลาง ๒.๒, second sentence: 4 years become 3 for «ข้อ ๑.๒ และข้อ ๑.๓», either (A-01 "both": both)."""
    items = early_q1_2(case), early_q1_3(case)
    return all_of(*items) if case.reads("A-01", "both") else any_of(*items)


def mid_q2_2(case: Case) -> Truth:
    """กลาง ๒.๒: a post not below section head, or equivalent, now or formerly, 4 years, reduced to 3.

    A-05 "title": only the post of section head itself.
    """
    posts = frozenset({SECTION_HEAD}) if case.reads("A-05", "title") else SERIES
    three = has_held(case, posts, 3, is_one_of_or_equivalent)
    four = has_held(case, posts, 4, is_one_of_or_equivalent)
    return if_then_else(mid_q2_2_reduce(case), three, four)


def mid_q2_3(case: Case) -> Truth:
    """กลาง ๒.๓: academic, senior professional, or equivalent, 6 years (A-07 "at_least": or higher)."""
    posts = {"academic.senior_professional"}
    if case.reads("A-07", "at_least"):
        posts |= {"academic.expert"}
    return holds(case, frozenset(posts), 6, is_one_of_or_equivalent)


def mid_q2(case: Case) -> Truth:
    """กลาง ข้อ ๒: any one of ๒.๑-๒.๓."""
    return any_of(mid_q2_1(case), mid_q2_2(case), mid_q2_3(case))


def mid_q2_field(case: Case) -> Truth:
    """กลาง ข้อ ๒, proviso over all its alternatives: a year of work in the field."""
    return a_year_in_the_field(case)


def mid_q(case: Case) -> Truth:
    """กลาง, the whole."""
    return all_of(mid_q1(case), mid_q2(case), mid_q2_field(case))


# ---------------------------------------------------------------- ระดับสูง: office director


def high_q1(case: Case) -> Truth:
    """สูง ข้อ ๑: ต้น ข้อ ๑."""
    return early_q1(case)


def high_q2_1(case: Case) -> Truth:
    """สูง ๒.๑: division director (mid), or equivalent, now or formerly, 4 years.

    The part director is not named (A-08 "counts": part director time counts as well).
    """
    posts = {MID_DIRECTOR}
    if case.reads("A-08", "counts"):
        posts |= {MID_PART_DIRECTOR}
    return has_held(case, frozenset(posts), 4, is_one_of_or_equivalent)


def high_q2_2(case: Case) -> Truth:
    """สูง ๒.๒: academic, expert level, or equivalent, 8 years."""
    return holds(case, frozenset({"academic.expert"}), 8, is_one_of_or_equivalent)


def high_q2(case: Case) -> Truth:
    """สูง ข้อ ๒: any one of ๒.๑ and ๒.๒."""
    return any_of(high_q2_1(case), high_q2_2(case))


def high_q2_field(case: Case) -> Truth:
    """สูง ข้อ ๒, proviso over both alternatives: a year of work in the field."""
    return a_year_in_the_field(case)


def high_q(case: Case) -> Truth:
    """สูง, the whole."""
    return all_of(high_q1(case), high_q2(case), high_q2_field(case))


# ---------------------------------------------------------------- what may be asked

CLAUSES: Mapping[str, Callable[[Case], Truth]] = {
    "std.general_admin.early.q1": early_q1,
    "std.general_admin.early.q1.1": early_q1_1,
    "std.general_admin.early.q1.2": early_q1_2,
    "std.general_admin.early.q1.3": early_q1_3,
    "std.general_admin.early.q2": early_q2,
    "std.general_admin.early.q2.1": early_q2_1,
    "std.general_admin.early.q2.2": early_q2_2,
    "std.general_admin.early.q2.2.field": early_q2_2_field,
    "std.general_admin.early.q3": early_q3,
    "std.general_admin.early.q3.1": early_q3_1,
    "std.general_admin.early.q3.2": early_q3_2,
    "std.general_admin.early.q3.2.1": early_q3_2_1,
    "std.general_admin.early.q3.2.2": early_q3_2_2,
    "std.general_admin.early.q3.2.3": early_q3_2_3,
    "std.general_admin.early.q3.3": early_q3_3,
    "std.general_admin.mid.q": mid_q,
    "std.general_admin.mid.q1": mid_q1,
    "std.general_admin.mid.q2": mid_q2,
    "std.general_admin.mid.q2.field": mid_q2_field,
    "std.general_admin.mid.q2.1": mid_q2_1,
    "std.general_admin.mid.q2.2": mid_q2_2,
    "std.general_admin.mid.q2.2.reduce": mid_q2_2_reduce,
    "std.general_admin.mid.q2.3": mid_q2_3,
    "std.general_admin.high.q": high_q,
    "std.general_admin.high.q1": high_q1,
    "std.general_admin.high.q2": high_q2,
    "std.general_admin.high.q2.field": high_q2_field,
    "std.general_admin.high.q2.1": high_q2_1,
    "std.general_admin.high.q2.2": high_q2_2,
}

POSITIONS: Mapping[str, Callable[[Case], Truth]] = {
    SECTION_HEAD: early_q3,
    EARLY_DIRECTOR: early_q2,
    MID_DIRECTOR: mid_q,
    MID_PART_DIRECTOR: mid_q,
    HIGH_OFFICE_DIRECTOR: high_q,
}


def truth(person: Facts, clause_id: str, as_of: date, readings: Mapping[str, str] = {}) -> Truth:
    """Whether a clause holds of a person on a day: True, False, or None where it is not known."""
    return CLAUSES[clause_id](Case(person, as_of, readings))


def evaluate(person: Facts, as_of: date, readings: Mapping[str, str] = {}) -> dict[str, str]:
    """The verdict for each of the five positions."""
    names = {True: "eligible", False: "ineligible", None: "undetermined"}
    case = Case(person, as_of, readings)
    return {position: names[qualified(case)] for position, qualified in POSITIONS.items()}


def evaluate_career(person: Facts, as_of: date) -> dict[str, str]:
    """The same where a post held alone, without a last day, that another followed may have ended the day before it.

    It may as well have been held on: what is so in one case and not in the other is not known.
    """
    went_on = evaluate(person, as_of)
    if (ended := _ended(person)) is None:
        return went_on
    found = {}
    for position, verdict in evaluate(ended, as_of).items():
        sure = verdict == "eligible" or went_on[position] == "ineligible"
        found[position] = verdict if sure else "undetermined"
    return found


def _ended(person: Facts) -> Facts | None:
    """The person with such posts ended on the day before; none where there are none."""
    posts = person.get("postings") or []
    begun = sorted(p["from"] for p in posts if "from" in p and not (p.get("acting") or p.get("concurrent")))
    made = []
    for post in posts:
        alone = not (post.get("acting") or post.get("concurrent"))
        later = [day for day in begun if alone and "to" not in post and day > post.get("from", "9999")]
        day = date.fromisoformat(later[0]) - timedelta(days=1) if later else None
        made.append(post if day is None else {**post, "to": day.isoformat()})
    return None if made == posts else {**person, "postings": made}
