"""The organisation chart: what is marked as changed, that nothing overlaps or overflows, and that it is sound XML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lgreason.answers.session import Session
from lgreason.files.organisation.organisation import Level, Organisation, Plan, PlannedUnit, Post, Unit
from lgreason.report.drawings.boxes import Box, boxes
from lgreason.report.drawings.chart import LOOKS, MARGIN, PAGE_HEIGHT, PAGE_WIDTH, chart
from lgreason.report.drawings.lines import lines, width
from lgreason.report.drawings.panel import Frame, Panel
from lgreason.report.wording import Wording
from lgreason.words.vocabulary import Vocabulary

SVG = "{http://www.w3.org/2000/svg}"
THAI, ENGLISH = Wording("th", "thai"), Wording("en")
NAMES = (
    "สำนักปลัดเทศบาล",
    "กองคลัง",
    "กองทะเบียนราษฎรและบัตรประจำตัวประชาชน",
    "กองสารสนเทศภาษีและทะเบียนทรัพย์สิน",
    "กองการศึกษา ศาสนา และวัฒนธรรม",
    "W" * 60,
    "กำ" * 60,
)


@cache
def terms() -> Vocabulary:
    return Session().vocabulary


@pytest.fixture
def vocabulary() -> Vocabulary:
    return terms()


def post(level: Level | None, filled: bool = True) -> Post:
    return Post(level=level, filled=filled)


def unit(identity: str, level: Level | None = "mid", exists: bool = True, sections: int | None = 2) -> Unit:
    head = None if level is None else post(level)
    return Unit(identity, f"กอง {identity}", exists, 1, "division", head=head, sections=sections, parts=0)


def organisation(
    *units: Unit, deputies: Sequence[Level] | None = ("mid",), clerk: Level = "mid"
) -> Organisation:
    posts = None if deputies is None else tuple(map(post, deputies))
    return Organisation("o", "เทศบาลก", "municipality", clerk=post(clerk), deputies=posts, units=units)


def plan(*units: PlannedUnit, deputies: Sequence[Level] = ("mid",), clerk: Level = "mid") -> Plan:
    return Plan(clerk, tuple(map(post, deputies)), units)


def planned(
    identity: str, level: Level = "mid", sections: int = 2, parts: int = 0, kind: str = "division"
) -> PlannedUnit:
    return PlannedUnit(identity, kind, level, sections, parts)  # type: ignore[arg-type]


# ── what changes ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_each_change_of_a_unit(vocabulary: Vocabulary) -> None:
    today = organisation(
        unit("same"), unit("raised"), unit("lowered"), unit("gone"), unit("new", None, exists=False),
        unit("more"), unit("unclear", None), unit("wanted", None, exists=False), unit("office"),
    )  # fmt: skip
    chosen = plan(
        planned("same"), planned("raised", "high"), planned("lowered", "early"), planned("new"),
        planned("more", sections=3), planned("unclear"), planned("office", "high", parts=2, kind="office"),
    )  # fmt: skip
    drawn = boxes(today, chosen, ENGLISH, vocabulary).units
    assert drawn is not None
    assert [(box.name, box.state, box.before) for box in drawn] == [
        ("กอง same", "same", ()),
        ("กอง raised", "raised", ("head at mid level",)),
        ("กอง lowered", "lowered", ("head at mid level",)),
        ("กอง gone", "given_up", ()),
        ("กอง new", "new", ()),
        ("กอง more", "changed", ("2\u00a0sections",)),
        ("กอง unclear", "unclear", ()),
        ("กอง office", "raised", ("division · head at mid level", "no\u00a0parts")),
    ]
    assert drawn[0].details == ("division · head at mid level", "2\u00a0sections")
    assert drawn[-1].details == ("office · head at high level", "2\u00a0parts · 2\u00a0sections")


def states(found: Sequence[Box] | None) -> list[tuple[str, str]]:
    assert found is not None
    return [
        (box.details[0].removeprefix("local executive, ").removesuffix(" level"), box.state) for box in found
    ]


def test_deputies_are_compared_as_a_multiset(vocabulary: Vocabulary) -> None:
    def compared(today: Sequence[Level] | None, chosen: Sequence[Level]) -> list[tuple[str, str]]:
        return states(
            boxes(organisation(deputies=today), plan(deputies=chosen), ENGLISH, vocabulary).deputies
        )

    assert compared(["mid", "early"], ["early", "mid"]) == [("mid", "same"), ("early", "same")]
    assert compared(["mid", "mid"], ["high", "mid"]) == [("high", "raised"), ("mid", "same")]
    assert compared(["mid"], ["high", "mid"]) == [("mid", "same"), ("high", "new")]
    assert compared(["high", "early"], ["mid"]) == [("mid", "lowered"), ("early", "given_up")]
    assert compared([], ["early"]) == [("early", "new")]
    assert compared(["early"], []) == [("early", "given_up")]
    assert compared(None, ["early"]) == [("early", "unclear")]


def test_a_vacant_post_says_so_and_the_clerk_is_named_by_type(vocabulary: Vocabulary) -> None:
    today = replace(organisation(), type="sao", clerk=post("mid", filled=False))
    box = boxes(today, None, THAI, vocabulary).clerk
    assert box == Box("ปลัดองค์การบริหารส่วนตำบล", ("บริหารท้องถิ่น ระดับกลาง", "(ว่าง)"))
    raised = boxes(today, plan(clerk="high"), THAI, vocabulary).clerk
    assert raised is not None and raised.state == "raised"
    assert raised.before == ("บริหารท้องถิ่น ระดับกลาง",)


# ── the drawing ───────────────────────────────────────────────────────────────────────────────────────────────────
class Rectangle(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


def drawing(svg: str) -> tuple[list[Rectangle], list[Rectangle]]:
    """The boxes and the texts in them, at their places on the page."""
    group = next(g for g in ElementTree.fromstring(svg).iter(f"{SVG}g"))
    shift, scale = group.get("transform", "").removesuffix(")").split(") scale(")
    dx, dy = map(float, shift.removeprefix("translate(").split())
    s = float(scale)

    def placed(x: float, y: float, wide: float, high: float) -> Rectangle:
        return Rectangle(dx + s * x, dy + s * y, dx + s * (x + wide), dy + s * (y + high))

    rects = [
        placed(*(float(r.get(k, 0)) for k in ("x", "y", "width", "height"))) for r in group.iter(f"{SVG}rect")
    ]
    texts = []
    for t in group.iter(f"{SVG}text"):
        size = float(t.get("font-size", 0))
        wide = width(t.text or "", size, bold=t.get("font-weight") == "bold")
        x = float(t.get("x", 0)) - (wide / 2 if t.get("text-anchor") == "middle" else 0)
        texts.append(placed(x, float(t.get("y", 0)) - size, wide, size * 1.2))
    return rects, texts


def overlap(one: Rectangle, other: Rectangle) -> bool:
    return not (
        one.right <= other.left
        or other.right <= one.left
        or one.bottom <= other.top
        or other.bottom <= one.top
    )


def inside(inner: Rectangle, outer: Rectangle) -> bool:
    return (
        outer.left - 0.2 <= inner.left
        and outer.top - 0.2 <= inner.top
        and inner.right <= outer.right + 0.2
        and inner.bottom <= outer.bottom + 0.2
    )


LEVEL = st.sampled_from(("early", "mid", "high"))


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES), LEVEL | st.none(), st.booleans(), LEVEL | st.none()), max_size=20
    ),
    st.lists(LEVEL, max_size=4),
    st.lists(LEVEL, max_size=4),
    st.booleans(),
    st.sampled_from((THAI, ENGLISH)),
)
def test_nothing_overlaps_and_no_text_leaves_its_box(
    units: list[tuple[str, Level | None, bool, Level | None]],
    deputies: list[Level],
    chosen: list[Level],
    compared: bool,
    wording: Wording,
) -> None:
    today = organisation(
        *(
            replace(unit(f"u{n}", level, exists), name=name)
            for n, (name, level, exists, _) in enumerate(units)
        ),
        deputies=deputies,
    )
    wanted = [planned(f"u{n}", level, sections=n) for n, (*_, level) in enumerate(units) if level]
    svg = chart(today, plan(*wanted, deputies=chosen) if compared else None, wording, terms())
    rects, texts = drawing(svg)
    page = Rectangle(MARGIN, MARGIN, PAGE_WIDTH - MARGIN, PAGE_HEIGHT - MARGIN)
    assert all(inside(rect, page) for rect in rects)
    assert not any(overlap(*pair) for pair in combinations(rects, 2))
    for text in texts:
        assert sum(inside(text, rect) for rect in rects) == 1
    assert not any(overlap(*pair) for pair in combinations(texts, 2))


@pytest.mark.parametrize("deputies", [2, 3, 5, 6])
@pytest.mark.parametrize("columns", [1, 2, 3])
def test_the_line_of_command_reaches_every_box_and_crosses_none(
    deputies: int, columns: int, vocabulary: Vocabulary
) -> None:
    """With deputies in several rows too, it comes down beside them to the units."""
    drawn = boxes(organisation(unit("a"), unit("b"), deputies=["mid"] * deputies), None, ENGLISH, vocabulary)
    panel = Panel(drawn, 176, Frame(0, 0, 1000, 700), ENGLISH)
    panel.columns = columns
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(panel.drawn())}</svg>'
    group = next(ElementTree.fromstring(svg).iter(f"{SVG}g"))
    places = ("x", "y", "width", "height")
    rects = [tuple(float(r.get(k, 0)) for k in places) for r in group.iter(f"{SVG}rect")]
    paths = [path.get("d", "") for path in group.iter(f"{SVG}path")]
    lines_drawn = [tuple(map(float, d[1:].replace("L", " ").split())) for d in paths if "L" in d]
    for x1, y1, x2, y2 in lines_drawn:
        for x, y, wide, high in rects:
            apart = max(x1, x2) <= x or min(x1, x2) >= x + wide or max(y1, y2) <= y + 0.2
            assert apart or min(y1, y2) >= y + high - 0.2
    # A box joins what comes to it from above with what leaves it below.
    lines_drawn += [(x + wide / 2, y, x + wide / 2, y + high) for x, y, wide, high in rects]
    reached = [lines_drawn.pop(0)]
    for line in reached:  # grows: a line is reached where one reached before touches it
        for other in [each for each in lines_drawn if touches(line, each)]:
            lines_drawn.remove(other)
            reached.append(other)
    assert not lines_drawn and len(rects) == 3 + deputies


def touches(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    (a, b, c, d), (e, f, g, h) = one, other
    across = max(min(a, c), min(e, g)) <= min(max(a, c), max(e, g)) + 0.2
    return across and max(min(b, d), min(f, h)) <= min(max(b, d), max(f, h)) + 0.2


def test_of_deputies_at_one_level_only_the_one_refused_looks_forbidden(vocabulary: Vocabulary) -> None:
    chosen = plan(deputies=("mid", "high", "mid"))
    drawn = boxes(organisation(), chosen, ENGLISH, vocabulary, {"deputy.3": ("slide 28",)}).deputies
    assert [(name, state) for name, state in states(drawn)] == [
        ("mid", "same"),
        ("high", "new"),
        ("mid", "forbidden"),
    ]


def test_changes_show_without_colour_and_the_legend_counts_them(vocabulary: Vocabulary) -> None:
    svg = chart(
        organisation(unit("a"), unit("b"), unit("c")),
        plan(planned("a", "high"), planned("b")),
        THAI,
        vocabulary,
    )
    root = ElementTree.fromstring(svg)
    said = [t.text for t in root.iter(f"{SVG}text")]
    assert said.count("ปรับระดับสูงขึ้น") == 1 and said.count("ยุบเลิก") == 1
    assert said[-3:] == ["คงเดิม (๓)", "ปรับระดับสูงขึ้น (๑)", "ยุบเลิก (๑)"]
    signs = [p.get("d") for p in root.iter(f"{SVG}path")]
    assert signs.count(LOOKS["raised"].sign) == signs.count(LOOKS["given_up"].sign) == 2
    assert len({look.sign for look in LOOKS.values()}) == len(LOOKS)


def test_todays_chart_has_no_legend_and_says_what_is_not_known(vocabulary: Vocabulary) -> None:
    svg = chart(Organisation("o", "อบต.ก", "sao"), None, THAI, vocabulary)
    said = " ".join(t.text or "" for t in ElementTree.fromstring(svg).iter(f"{SVG}text"))
    assert "ไม่ทราบตำแหน่งปลัด · ไม่ทราบตำแหน่งรองปลัด · ไม่ทราบส่วนราชการ" in said
    assert "คงเดิม" not in said


def test_what_a_user_wrote_stays_text(vocabulary: Vocabulary) -> None:
    hostile = '</text><script>alert("x")</script> & \x00\x1b\u202e'
    today = replace(organisation(replace(unit("u"), name=hostile)), name=hostile)
    svg = chart(today, None, ENGLISH, vocabulary)
    root = ElementTree.fromstring(svg)
    assert not list(root.iter(f"{SVG}script"))
    assert root.findtext(f"{SVG}title") == (
        'Organisation chart of </text><script>alert("x")</script> & \\x00\\x1b\\u202e'
    )
    assert all(ord(sign) >= 32 or sign == "\n" for sign in svg)


# ── lines ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_thai_is_broken_between_words() -> None:
    assert lines("กองการศึกษา ศาสนา และวัฒนธรรม", 12) == ["กองการศึกษา ศาสนา", "และวัฒนธรรม"]
    assert lines("กองทะเบียนราษฎรและบัตรประจำตัวประชาชน", 13) == ["กองทะเบียนราษฎรและ", "บัตรประจำตัวประชาชน"]
    assert lines("กองคลัง", 12) == ["กองคลัง"]
    assert lines("", 12) == [""]


def test_a_word_that_is_too_long_is_broken_between_letters() -> None:
    # No line may begin with a vowel or tone that belongs to the letter before, or end with one that waits for it.
    broken = lines("เก้า" * 8, 3)
    assert "".join(broken) == "เก้า" * 8
    assert all(line.startswith("เ") for line in broken)


@given(st.text(alphabet="กขเ้า่ำัab W", max_size=60), st.integers(2, 20))
def test_lines_lose_nothing_and_fit(text: str, room: int) -> None:
    broken = lines(text, room)
    assert "".join(broken).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= room or len(line) < 12 for line in broken)
