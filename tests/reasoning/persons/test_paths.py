"""Career paths: against every career of a small standard, the judge and the independent evaluator; in words."""

from __future__ import annotations

import io
import json
import random
from datetime import date, timedelta
from itertools import product
from pathlib import Path as Path_
from typing import Any
from xml.etree import ElementTree

import pytest

from lgreason.answers import persons as replies
from lgreason.answers.session import Session
from lgreason.reasoning.persons.path import Path, Paths
from lgreason.reasoning.persons.path_search import Aim
from lgreason.report.terminal import show
from lgreason.rules.knowledge import Library
from lgreason.rules.model import LANGUAGES, Language
from tests import forked
from tests.evaluator.counting import Span, total
from tests.evaluator.evaluator import evaluate
from tests.evaluator.persons import random_person
from tests.standards import with_standards

LIBRARY = Library()
ONE_DAY = timedelta(days=1)
Person = dict[str, Any]

# ── a small standard, and every career in it ────────────────────────────────────────────────────

SMALL = """
name(series, "small", (th; en), "small").
name(position, P, (th; en), P) :- P = ("small.clerk"; "small.officer"; "small.chief"; "small.head").
position("small.clerk",   managerial_local, early, small).  rank("small.clerk", 11).
position("small.officer", managerial_local, early, small).  rank("small.officer", 12).
position("small.chief",   managerial_local, mid,   small).  rank("small.chief", 13).
position("small.head",    managerial_local, high,  small).  rank("small.head", 14).

post("small.clerk", "small.clerk.q").      post("small.officer", "small.officer.q").
post("small.chief", "small.chief.q").      post("small.head", "small.head.q").

clause(("small.clerk.q"; "small.officer.q"; "small.chief.q"; "small.chief.long"; "small.chief.short"; "small.head.q";
        "small.head.chief"; "small.head.clerk"), "small", executable, literal, "2016-06-16").

says("small.clerk.q", at_least(months(1))).     measures("small.clerk.q", service).
counts("small.clerk.q", level(academic, practitioner)).

says("small.officer.q", at_least(months(1))).   measures("small.officer.q", service).
counts("small.officer.q", position("small.clerk")).

says("small.chief.q", any).
part("small.chief.q", 1, "small.chief.long").   part("small.chief.q", 2, "small.chief.short").
says("small.chief.long", at_least(months(4))).  measures("small.chief.long", service).
counts("small.chief.long", position("small.clerk")).
says("small.chief.short", at_least(months(1))). measures("small.chief.short", service).
counts("small.chief.short", position("small.officer")).

says("small.head.q", all).
part("small.head.q", 1, "small.head.chief").    part("small.head.q", 2, "small.head.clerk").
says("small.head.chief", at_least(months(1))).  measures("small.head.chief", service).
counts("small.head.chief", position("small.chief")).
says("small.head.clerk", at_least(months(2))).  measures("small.head.clerk", service).
counts("small.head.clerk", position("small.clerk")).
"""
POSTS = ("small.clerk", "small.officer", "small.chief", "small.head")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Library:
    root = with_standards(tmp_path_factory.mktemp("small") / "kb", 1)
    (root / "std" / "small.lp").write_text(SMALL, encoding="utf-8")
    return Library(root)


Served = dict[str, list[tuple[date, date]]]


def months_of(served: Served, post: str, least: int) -> bool:
    return total(served.get(post, [])) >= Span(0, least, 0)


def allowed(served: Served, post: str) -> bool:
    """The small standard, stated a second time."""
    if post == "small.clerk":
        return months_of(served, "practitioner", 1)
    if post == "small.officer":
        return months_of(served, "small.clerk", 1)
    if post == "small.chief":
        return months_of(served, "small.clerk", 4) or months_of(served, "small.officer", 1)
    return months_of(served, "small.chief", 1) and months_of(served, "small.clerk", 2)


def first_arrival(held: tuple[str, date], day: date, target: str, moves: int, last: date) -> date | None:
    """The first day of arrival among all careers of so many moves, tried day by day."""
    best: date | None = None

    def go_on(served: Served, post: str, since: date, floor: date, ahead: int) -> None:
        nonlocal best
        moment = floor
        while moment <= last and (best is None or moment < best):
            now = {**served, post: [*served.get(post, []), (since, moment - ONE_DAY)]}
            if allowed(now, target):
                best = moment
                return
            if ahead > 1:
                for other in POSTS:
                    if other not in (post, target) and allowed(now, other):
                        go_on(now, other, moment, moment + ONE_DAY, ahead - 1)
            moment += ONE_DAY

    go_on({}, held[0], held[1], day + ONE_DAY, moves)
    return best


def of_small(library: Library, held: tuple[str, date], day: date, target: str, moves: int) -> Paths:
    own = (
        {"type": "academic", "level": "practitioner"} if held[0] == "practitioner" else {"position": held[0]}
    )
    person = {
        "id": "x",
        "education": [],
        "experience": [],
        "postings": [{**own, "from": held[1].isoformat()}],
    }
    return paths(person, target, day, library, moves=moves)


def paths(person: Person, position: str, day: date, library: Library = LIBRARY, **aim: Any) -> Paths:
    session = Session(as_of=day, library=library)
    someone = session.person("-", io.BytesIO(json.dumps(person).encode()))
    return Paths(session.judges.judge, someone, day, Aim(position, **aim))


STARTS = (
    ("practitioner", date(2024, 1, 10)),
    ("practitioner", date(2024, 1, 31)),
    ("small.clerk", date(2024, 1, 25)),
    ("small.officer", date(2024, 2, 1)),
)


@pytest.mark.parametrize(("held", "target"), list(product(STARTS, POSTS[1:])))
def test_no_career_of_a_small_standard_is_quicker(
    small: Library, held: tuple[str, date], target: str
) -> None:
    day = date(2024, 2, 5)  # in a leap year
    if held[0] == target:
        return
    last = day + timedelta(days=190)
    for moves in (1, 2, 3):
        found = of_small(small, held, day, target, moves).found
        ours = min((path.arrives for path in found), default=None)
        theirs = first_arrival(held, day, target, moves, last)
        assert ours == theirs, (held, target, moves)


def test_a_post_is_held_until_what_it_is_needed_for_is_complete(small: Library) -> None:
    """Clerk since 25 Jan: officer is open from 25 Feb, but head needs 2 months as clerk, complete on 24 Mar."""
    found = of_small(small, ("small.clerk", date(2024, 1, 25)), date(2024, 2, 5), "small.head", 4).found
    # With one move less, from clerk to chief after 4 months, it takes a month longer.
    assert [(path.arrives, len(path.steps)) for path in found] == [
        (date(2024, 5, 25), 3),
        (date(2024, 6, 25), 2),
    ]
    assert [(step.position, step.start, step.waits, step.because) for step in found[0].steps] == [
        ("small.officer", date(2024, 3, 25), True, ("small.head.clerk",)),
        ("small.chief", date(2024, 4, 25), False, ("small.chief.short",)),
        ("small.head", date(2024, 5, 25), False, ("small.head.chief",)),
    ]


# ── every step against the judge and the independent evaluator ──────────────────────────────────

POSITIONS = (
    "general_admin.early.section_head",
    "general_admin.early.division_director",
    "general_admin.mid.division_director",
    "general_admin.mid.part_director",
    "general_admin.high.office_director",
)


def after(person: Person, found: Paths, path: Path, steps: int, early: int = 0) -> Person:
    """The file with the acts of a path and so many steps; the last post held ends `early` days before the next."""
    made = json.loads(json.dumps(person))
    day, starts = found.day, [step.start for step in path.steps]
    for part, key in (("postings", "from"), ("experience", "from"), ("education", "obtained")):
        if made.get(part) is not None:
            made[part] = [one for one in made[part] if one.get(key, "") <= day.isoformat()]
    end = (starts[0] - ONE_DAY - timedelta(days=early if steps == 0 else 0)).isoformat()
    for posting in made.get("postings") or []:
        if posting.get("to", "9999") > end:
            posting["to"] = end
    for number, step in enumerate(path.steps[:steps]):
        last = path.steps[number + 1].start - ONE_DAY
        last -= timedelta(days=early if number + 1 == steps else 0)
        own = {"position": step.position, "from": step.start.isoformat(), "to": last.isoformat()}
        made.setdefault("postings", []).append(own)
    for effort in path.efforts:
        since = found.first_move.isoformat()
        if effort.act.kind == "obtain":
            field = {"field": effort.act.choices[0]} if effort.act.choices else {}
            made["education"] = [
                *(made.get("education") or []),
                {"degree": effort.act.degree, "obtained": since, **field},
            ]
        else:
            made["experience"] = [
                *(made.get("experience") or []),
                {"work": effort.act.choices[0], "from": since},
            ]
    return made


@pytest.mark.parametrize("part", range(4))
def test_each_step_is_allowed_on_its_day_and_none_a_day_earlier(part: int) -> None:
    day, seen, exact = date(2021, 12, 31), 0, 0
    session = Session(as_of=day, library=LIBRARY)
    for seed in range(part, 240, 4):
        rng = random.Random(seed)
        person = random_person(rng, day)
        found = paths(person, rng.choice(POSITIONS), day)
        for path in found.found:
            for number, step in enumerate(path.steps):
                made = after(person, found, path, number)
                assert evaluate(made, step.start)[step.position] == "eligible", (seed, path, number)
                someone = session.altered(step.start).person("-", io.BytesIO(json.dumps(made).encode()))
                judged = session.judges.judge.case(someone, step.start)
                assert judged.verdict(step.position) == "eligible", (seed, path, number)
                seen += 1
                floor = path.steps[number - 1].start + ONE_DAY if number else found.first_move
                if step.start > floor and not step.waits:
                    before = after(person, found, path, number, early=1)
                    assert evaluate(before, step.start - ONE_DAY)[step.position] != "eligible", (seed, path)
                    exact += 1
    assert seen > 40
    assert exact > 10


# ── by hand ─────────────────────────────────────────────────────────────────────────────────────

MID = "general_admin.mid.division_director"
HIGH = "general_admin.high.office_director"
HEAD = "general_admin.early.section_head"
DIRECTOR = "general_admin.early.division_director"


def told(found: Paths) -> list[tuple[str, int, int, list[str]]]:
    return [
        (path.arrives.isoformat(), len(path.steps), path.degrees, [step.position for step in path.steps])
        for path in found.found
    ]


def of_head(since: str, **more: Any) -> Person:
    return {
        "id": "x",
        "education": [{"degree": "bachelor", "field": "law"}],
        "postings": [{"position": HEAD, "from": since}],
        "experience": [],
        **more,
    }


def test_a_master_s_on_the_way_reduces_the_term() -> None:
    """Section head since 1 Jan 2020: 4 years are complete on 31 Dec 2023, 3 on 31 Dec 2022; post the day after.

    As director from 1 Jan 2022 on (2 years as head complete on 31 Dec 2021), 2 years as director take as long.
    """
    found = paths(of_head("2020-01-01"), MID, date(2021, 6, 15))
    assert told(found) == [("2023-01-01", 1, 1, [MID]), ("2024-01-01", 1, 0, [MID])]
    (effort,) = found.found[0].efforts
    assert (effort.act.degree, effort.step, [act.degree for act in effort.instead]) == (
        "master",
        0,
        ["doctorate"],
    )
    (step,) = found.found[1].steps
    assert step.because == ("std.general_admin.mid.q2.2",)
    assert (step.complete, step.until, step.waits) == (date(2023, 12, 31), None, False)
    assert [(one.what.degree, one.day) for one in step.sooner] == [
        ("master", date(2023, 1, 1)),
        ("doctorate", date(2023, 1, 1)),
    ]


def test_a_committee_s_equivalence_would_shorten_the_path() -> None:
    """Part director since 1 Oct 2017 is no division director (A-08); deemed equivalent, 4 years are long complete."""
    person = of_head(
        "2000-01-01", postings=[{"position": "general_admin.mid.part_director", "from": "2017-10-01"}]
    )
    (path,) = paths(person, HIGH, date(2022, 6, 15)).found
    assert [(step.position, step.start) for step in path.steps] == [
        (MID, date(2022, 6, 16)),
        (HIGH, date(2026, 6, 16)),
    ]
    # As after the first move: by then 4 years as part director, and the day after it a post.
    assert [(one.what.kind, one.day) for one in path.steps[1].sooner] == [("equate", date(2022, 6, 17))]


def test_the_academic_route_needs_no_director() -> None:
    """Senior professional since 1 Oct 2017: 6 years are complete on 30 Sep 2023; then 4 years in mid to high."""
    person = of_head("2000-01-01") | {
        "postings": [{"type": "academic", "level": "senior_professional", "from": "2017-10-01"}],
        "experience": [{"work": "policy_planning", "from": "2017-10-01"}],
    }
    found = paths(person, HIGH, date(2021, 12, 31))
    assert told(found) == [("2027-10-01", 2, 0, [MID, HIGH])]
    first, last = found.found[0].steps
    assert (first.start, first.until, first.because) == (
        date(2023, 10, 1),
        date(2027, 9, 30),
        ("std.general_admin.mid.q2.3",),
    )
    assert (last.start, last.because) == (date(2027, 10, 1), ("std.general_admin.high.q2.1",))


def test_a_start_on_29_february() -> None:
    """2 years from 29 Feb 2020 are complete on 28 Feb 2022 (C3)."""
    found = paths(of_head("2020-02-29"), DIRECTOR, date(2021, 6, 15))
    assert told(found) == [("2022-03-01", 1, 0, [DIRECTOR])]


def test_stretches_are_added() -> None:
    """8 months and 15 days of 2019, then from 1 Jan 2021 on: 1 y 3 m 15 d more, complete on 15 Apr 2022 (C5)."""
    postings = [
        {"position": HEAD, "from": "2019-01-01", "to": "2019-09-15"},
        {"position": HEAD, "from": "2021-01-01"},
    ]
    found = paths(of_head("2019-01-01", postings=postings), DIRECTOR, date(2021, 6, 15))
    assert told(found) == [("2022-04-16", 1, 0, [DIRECTOR])]


def test_posts_are_required_and_avoided_and_days_bound() -> None:
    person, day = of_head("2020-01-01"), date(2021, 6, 15)
    passing = paths(person, MID, day, require=frozenset({DIRECTOR}))
    assert told(passing) == [("2023-01-01", 2, 1, [DIRECTOR, MID]), ("2024-01-01", 2, 0, [DIRECTOR, MID])]
    assert told(paths(person, HIGH, day, avoid=frozenset({MID}))) == []
    assert told(paths(person, MID, day, by=date(2023, 1, 1))) == [("2023-01-01", 1, 1, [MID])]
    assert told(paths(person, MID, day, by=date(2022, 12, 31))) == []
    session = Session(as_of=day, library=LIBRARY)
    someone = session.person("-", io.BytesIO(json.dumps(person).encode()))
    late = Paths(session.judges.judge, someone, day, Aim(MID), date(2025, 5, 5))
    assert told(late) == [("2025-05-05", 1, 0, [MID])]
    assert late.found[0].steps[0].because == ("std.general_admin.mid.q2.2",)


def test_not_known_is_never_taken_for_eligible() -> None:
    person = of_head("2020-01-01", education=None)
    found = paths(person, MID, date(2021, 6, 15))
    # The degrees that may be obtained on the way are acts of their own; without them education decides.
    assert all(path.degrees for path in found.found)
    person = {"id": "x", "education": [{"degree": "bachelor"}], "experience": []}
    found = paths(person, MID, date(2021, 6, 15))
    assert (found.found, found.verdict) == ((), "undetermined")
    assert [fact.list for fact in found.missing] == ["postings"]


def test_whoever_holds_the_post_needs_no_path() -> None:
    found = paths(of_head("2020-01-01"), HEAD, date(2021, 6, 15))
    assert (found.held, found.found) == (True, ())


def test_under_the_reading_that_a_post_be_held_it_is_asked_while_it_is() -> None:
    person = of_head("2020-01-01") | {
        "postings": [{"type": "academic", "level": "senior_professional", "from": "2017-10-01"}],
        "experience": [{"work": "policy_planning", "from": "2017-10-01"}],
    }
    session = Session(as_of=date(2021, 12, 31), readings={"A-03": "present"}, library=LIBRARY)
    someone = session.person("-", io.BytesIO(json.dumps(person).encode()))
    found = Paths(session.judges.judge, someone, session.day, Aim(MID))
    assert told(found) == [("2023-10-01", 1, 0, [MID])]


# ── many standards ──────────────────────────────────────────────────────────────────────────────


def test_a_career_may_change_between_standards(tmp_path: Path_) -> None:
    library = Library(with_standards(tmp_path / "kb", 3))
    day = date(2026, 10, 1)
    person = of_head(
        "2024-03-31", postings=[{"position": "series_2.early.section_head", "from": "2024-03-31"}]
    )
    found = paths(person, DIRECTOR, day, library)
    # 2 years as head of the next series are complete on 30 Mar 2026; the year of work in the field is not.
    assert [(path.arrives, [e.act.kind for e in path.efforts]) for path in found.found] == [
        (date(2027, 10, 1), ["work"])
    ]


# ── the command, in words and drawn ─────────────────────────────────────────────────────────────

PEOPLE = Path_(__file__).parents[3] / "docs" / "examples" / "people"
GOLDEN = Path_(__file__).parents[2] / "golden"
WRITTEN = {
    "academic-route.json": HIGH,
    "acting-only.yaml": HIGH,
    "equivalent-post.yaml": HIGH,
    "one-day-short.yaml": MID,
}


def written(example: str, language: Language) -> str:
    session = Session(language, as_of=date(2026, 10, 1), library=LIBRARY)
    reply = replies.path(session, session.person(str(PEOPLE / example)), WRITTEN[example], 10)
    stream = io.StringIO()
    show(reply.lines, stream)
    return stream.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", WRITTEN)
def test_paths_in_words(example: str, language: Language) -> None:
    golden = GOLDEN / f"path-{Path_(example).stem}.{language}.txt"
    assert written(example, language) == golden.read_text(encoding="utf-8")


def run(*arguments: str) -> tuple[int, str, str]:
    done = forked.run("path", *arguments)
    return done.status, done.stdout.decode(), done.stderr.decode()


EXAMPLE = (str(PEOPLE / "acting-only.yaml"), "office director", "--as-of", "2026-10-01")


def test_as_json_and_drawn(tmp_path: Path_) -> None:
    file = tmp_path / "path.svg"
    status, out, _ = run(*EXAMPLE, "--format", "json", "--svg", str(file), "--max", "1")
    document = json.loads(out)
    assert status == 0
    assert (document["schema"], document["count"], len(document["paths"])) == ("lgreason.paths/1", 2, 1)
    (path,) = document["paths"]
    assert path["arrives"] == path["steps"][-1]["from"] == "2033-10-02"
    assert [(step["position"], step["from"], step["until"]) for step in path["steps"]] == [
        (HEAD, "2026-10-02", "2029-10-01"),
        (MID, "2029-10-02", "2033-10-01"),
        (HIGH, "2033-10-02", None),
    ]
    assert path["steps"][1]["because"] == ["std.general_admin.mid.q2.2"]
    assert [(act["degree"], act["by"]) for act in path["acts"]] == [("master", "2029-10-02")]
    assert {row["id"] for row in document["assumptions"]} >= {"vacancy", "one_post", "degree"}
    drawn = file.read_text(encoding="utf-8")
    assert ElementTree.fromstring(drawn).tag.endswith("svg")
    assert "หัวหน้าฝ่าย ระดับต้น" in drawn and "Sarabun" in drawn


def test_what_is_drawn_is_escaped(tmp_path: Path_) -> None:
    person = tmp_path / "x.yaml"
    person.write_text(
        "id: x\nname: '<b>&\"'\neducation: []\npostings: []\nexperience: []\n", encoding="utf-8"
    )
    status, _, _ = run(str(person), "office director", "--svg", str(tmp_path / "x.svg"))
    assert status == 1
    tree = ElementTree.parse(tmp_path / "x.svg")
    assert any('<b>&"' in (text.text or "") for text in tree.iter("{http://www.w3.org/2000/svg}text"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "2026-10-01"), "--from 1 October 2026"),
        (("--by", "2026-10-01"), "--by 1 October 2026"),
        (("--avoid", "office director"), "--avoid"),
        (("--require", "section head", "--avoid", "section head"), "--require"),
        (("--require", "emperor"), "emperor"),
        (("--by", "32/1/2570"), "32/1/2570"),
        (("--moves", "0"), "--moves"),
        (("--svg", "no/such/folder/x.svg"), "no/such/folder/x.svg"),
    ],
)
def test_bad_arguments_are_told(arguments: tuple[str, ...], said: str) -> None:
    status, out, errors = run(*EXAMPLE, "--lang", "en", *arguments)
    assert (status, out) == (2, "")
    assert said in errors and "Traceback" not in errors


if __name__ == "__main__":
    for name in WRITTEN:
        for tongue in LANGUAGES:
            (GOLDEN / f"path-{Path_(name).stem}.{tongue}.txt").write_text(
                written(name, tongue), encoding="utf-8"
            )
