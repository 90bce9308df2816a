"""Remedies against the independent evaluator: what is printed works, nothing less does, nothing is left out."""

from __future__ import annotations

import copy
import io
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from lgreason.answers.session import Session
from lgreason.reasoning.persons.remedies import Remedies, Remedy
from lgreason.report.terminal import show
from lgreason.report.text.remedies import RemedyText
from lgreason.rules.knowledge import Library
from lgreason.rules.model import LANGUAGES, Language
from tests.evaluator.evaluator import LISTED_FIELDS, evaluate
from tests.evaluator.persons import random_person

LIBRARY = Library()
DAY = date(2021, 12, 31)
TOMORROW = DAY + timedelta(days=1)
PEOPLE = Path(__file__).parents[3] / "docs" / "examples" / "people"
GOLDEN = Path(__file__).parents[2] / "golden"
POSITIONS = (
    "general_admin.early.section_head",
    "general_admin.early.division_director",
    "general_admin.mid.division_director",
    "general_admin.high.office_director",
)
RANKS = {
    "general_admin.early.section_head": 1,
    "general_admin.early.division_director": 2,
    "general_admin.mid.division_director": 3,
    "general_admin.mid.part_director": 3,
    "general_admin.high.office_director": 4,
}

Person = dict[str, Any]
Act = tuple[str, ...]


def remedies(person: Person, position: str, day: date = DAY) -> Remedies:
    session = Session(as_of=day, library=LIBRARY)
    someone = session.person("-", io.BytesIO(json.dumps(person).encode()))
    return Remedies(session.judges.judge, someone, position, day)


def acts_of(remedy: Remedy) -> Iterator[Act]:
    """What a remedy asks for, in the terms of this test: one act for each change."""
    for change in remedy.changes:
        entry = str(change.entry.number) if change.entry else ""
        if change.kind in ("take_up", "work"):
            yield (change.kind, change.choices[0])
        elif change.kind == "obtain":
            yield ("obtain", str(change.degree))
        else:
            yield (change.kind, entry, *change.choices[:1])


def applied(person: Person, acts: tuple[Act, ...]) -> Person:
    person = copy.deepcopy(person)
    for act in acts:
        match act:
            case ("take_up", post):
                kind, _, level = post.partition(".")
                own = {"position": post} if post in RANKS else {"type": kind, "level": level}
                person.setdefault("postings", []).append({**own, "from": TOMORROW.isoformat()})
            case ("work", work):
                person.setdefault("experience", []).append({"work": work, "from": TOMORROW.isoformat()})
            case ("obtain", degree):
                field = {} if degree == "bachelor" else {"field": "economics"}
                person.setdefault("education", []).append({"degree": degree, **field})
            case ("equate", number, post):
                person["postings"][int(number) - 1]["equivalent_to"] = post
            case ("accept", number):
                person["education"][int(number) - 1]["approved"] = True
            case _:
                raise AssertionError(act)
    return person


def eligible(person: Person, acts: tuple[Act, ...], position: str, day: date) -> bool:
    return evaluate(applied(person, acts), day)[position] == "eligible"


def possible_acts(position: str) -> list[Act]:
    """Everything a person could do that some clause of the standard mentions, written down from the text."""
    rank = RANKS[position]
    posts = [post for post in RANKS if RANKS[post] < rank]
    posts += {
        1: ["academic.professional", "general.senior", "general.experienced"],
        3: ["academic.senior_professional"],
        4: ["academic.expert"],
    }.get(rank, [])
    return [
        *(("take_up", post) for post in posts),
        *(("obtain", degree) for degree in ("bachelor", "master", "doctorate")),
        ("work", "general_admin"),
    ]


def until_today(person: Person) -> Person:
    """The person without what the file knows of later days: an answer as of a day does not know it either."""
    for part, key in (("postings", "from"), ("experience", "from"), ("education", "obtained")):
        if person.get(part) is not None:
            person[part] = [entry for entry in person[part] if entry.get(key, "") <= DAY.isoformat()]
    return person


def known_persons(count: int) -> Iterator[tuple[int, Person, str]]:
    """Random persons of whom everything is known and who are not eligible."""
    found = 0
    for seed in range(100_000):
        rng = random.Random(seed)
        person = until_today(random_person(rng, DAY))
        position = rng.choice(POSITIONS)
        if evaluate(person, DAY)[position] == "ineligible" and all(
            person.get(key) is not None for key in ("education", "postings", "experience")
        ):
            yield seed, person, position
            found += 1
            if found == count:
                return


@pytest.mark.parametrize("part", range(2))
def test_each_remedy_works_and_no_part_of_it_works_as_early(part: int) -> None:
    seen = 0
    for seed, person, position in list(known_persons(40))[part::2]:
        for remedy in remedies(person, position).found:
            if any(change.kind == "establish" for change in remedy.changes):
                continue
            acts = tuple(acts_of(remedy))
            assert eligible(person, acts, position, remedy.day), (seed, position, remedy)
            before = remedy.day - timedelta(days=1)
            if before > DAY:
                assert not eligible(person, acts, position, before), (seed, position, remedy)
            for size in range(len(acts)):
                for fewer in combinations(acts, size):
                    assert not eligible(person, fewer, position, remedy.day), (seed, position, remedy, fewer)
            seen += 1
    assert seen > 30


@pytest.mark.parametrize("part", range(2))
def test_whatever_helps_is_found(part: int) -> None:
    """Whatever set of up to two acts makes the person eligible by some day, a remedy of that day covers it."""
    helped = 0
    days = [TOMORROW + timedelta(days=n) for n in (0, 200, 364, 365, 731, 1096, 1461, 2192, 2922, 3653)]
    for seed, person, position in list(known_persons(20))[part::2]:
        found = [(set(acts_of(remedy)), remedy.day) for remedy in remedies(person, position).found]
        for size in range(3):
            for acts in combinations(possible_acts(position), size):
                first = next((day for day in days if eligible(person, acts, position, day)), None)
                if first is not None:
                    helped += 1
                    covered = any(
                        day <= first and all(_is_among(asked, acts) for asked in wanted)
                        for wanted, day in found
                    )
                    assert covered, (seed, position, acts, first, found)
    assert helped > 100


def decisions(person: Person) -> Iterator[Act]:
    """The decisions of others that could be taken on what the file holds, written down from the text."""
    for number, held in enumerate(person["education"], 1):
        unlisted = held.get("field") is not None and held["field"] not in LISTED_FIELDS
        if held["degree"] in ("master", "doctorate") and unlisted and not held.get("approved"):
            yield ("accept", str(number))
    for number, posting in enumerate(person["postings"], 1):
        if posting.get("acting") or posting.get("concurrent"):
            continue
        if posting.get("position") == "general_admin.mid.part_director":
            yield ("equate", str(number), "general_admin.mid.division_director")


@pytest.mark.parametrize("part", range(2))
def test_the_smallest_sets_are_exactly_those_printed(part: int) -> None:
    """All sets of acts up to the size found, on every day printed: whichever works is covered by a remedy.

    With the test that each remedy works and no part of it does, the minimal ones are exactly those printed.
    """
    helped = larger = 0
    for number, (seed, person, position) in enumerate(list(known_persons(120))[part::2]):
        found = [(set(acts_of(remedy)), remedy.day) for remedy in remedies(person, position).found]
        if number >= 15 and max(map(len, (wanted for wanted, _ in found)), default=0) < 3:
            continue  # of those who need three acts there are few
        days = sorted({day for _, day in found} | {day - timedelta(days=1) for _, day in found} - {DAY})
        size = max((len(wanted) for wanted, _ in found), default=1)
        larger += size > 2
        acts = [*possible_acts(position), *decisions(person)]
        for chosen in (some for n in range(size + 1) for some in combinations(acts, n)):
            first = next((day for day in days if eligible(person, chosen, position, day)), None)
            if first is not None:
                helped += 1
                assert any(
                    day <= first and all(_is_among(asked, chosen) for asked in wanted)
                    for wanted, day in found
                ), (seed, position, chosen, first, found)
    assert helped > 50
    assert larger


def _is_among(asked: Act, acts: tuple[Act, ...]) -> bool:
    """Whether an act is among some acts, or one that serves as well, such as a higher post."""
    if asked in acts:
        return True
    if asked[0] == "take_up" and asked[1] in RANKS:
        return any(act[0] == "take_up" and RANKS.get(act[1], 0) >= RANKS[asked[1]] for act in acts)
    if asked == ("take_up", "general.experienced"):
        return ("take_up", "general.senior") in acts
    if asked[0] == "work":
        return any(act[0] == "take_up" and act[1] in RANKS for act in acts)
    if asked == ("obtain", "bachelor"):
        return any(act[0] == "obtain" for act in acts)
    return False


def test_of_very_many_ways_the_first_are_looked_at_and_it_is_said(tmp_path: Path) -> None:
    """Of 14 lengths of service 7 are needed: 3,432 minimal sets, of which 1,000 are looked at."""
    from lgreason.answers.persons import LIMITED, how
    from lgreason.language.checking.files import library_with

    works = ("general administration", "policy and planning")
    head = 'document: std.general_admin\n  place: "x" / "x"\n  provides that'
    parts = [
        f"rule t.c{n}\n  {head} the person must have done {works[n % 2]} for not less than {n // 2 + 1} years\n"
        for n in range(14)
    ]
    items = "\n".join(f"    ({n + 1}) meet clause t.c{n}" for n in range(14))
    whole = f"rule t.q\n  {head} the person must meet at least 7 of the following:\n{items}\n"
    opened = whole.replace("  provides", "  qualifies for: general_admin.early.x\n  provides")
    post = 'define position general_admin.early.x\n  name: "เอ็กซ์" / "x"\n  type: local managerial\n'
    post += "  level: early\n  series: general administration\n  rank: 1\n"
    file = tmp_path / "x.rules"
    file.write_text("\n".join([post, *parts, opened]), encoding="utf-8")
    session = Session("en", as_of=DAY, library=library_with([str(file)], LIBRARY, DAY))
    someone = {"id": "x", "education": [], "postings": [], "experience": []}
    person = session.person("-", io.BytesIO(json.dumps(someone).encode()))
    reply = how(session, person, "general_admin.early.x", 1)
    assert (reply.status, reply.document["complete"]) == (LIMITED, False)
    assert any("Only the first" in line.text for line in reply.lines)
    plain = how(session, person, "general_admin.mid.part_director", 1)
    assert (plain.status, plain.document["complete"]) == (0, True)


def test_minimal_sets_of_leaves_are_those_of_brute_force() -> None:
    kb = LIBRARY.under()
    flipper, decider = kb.library.flipper(kb.eligibility), kb.decider
    rng = random.Random(6)
    for _ in range(150):
        root = rng.choice(list(kb.posts.values()))
        truths = [rng.choice((True, False, False, None)) for _ in flipper.leaves]
        open_ = [at for at, truth in enumerate(truths) if not truth and rng.random() < 0.7][:9]
        smallest: list[frozenset[int]] = []
        for size in range(len(open_) + 1):
            for chosen in map(frozenset, combinations(open_, size)):
                if not any(other <= chosen for other in smallest):
                    met = [True if at in chosen else truth for at, truth in enumerate(truths)]
                    if decider.decide(met)[root]:
                        smallest.append(chosen)
        assert set(flipper.minimal(root, truths, open_, 1_000)) == set(smallest), (root, truths, open_)


STILL_HELD: Person = {
    "id": "x",
    "education": [{"degree": "bachelor", "field": "law"}],
    "postings": [{"position": "general_admin.early.section_head", "from": "2020-01-01"}],
    "experience": [],
}


def test_waiting_is_told_apart_from_moving() -> None:
    """Section head since 1 Jan 2020, bachelor's: 4 years are complete on 31 Dec 2023, 3 on 31 Dec 2022."""
    found = remedies(STILL_HELD, "general_admin.mid.division_director").found
    by_waiting = [remedy for remedy in found if not remedy.changes]
    assert [remedy.day for remedy in by_waiting] == [date(2023, 12, 31)]
    assert [(entry.list, entry.number) for entry in by_waiting[0].waits] == [("postings", 1)]
    masters = [r for r in found if [(c.kind, c.degree) for c in r.changes] == [("obtain", "master")]]
    assert [remedy.day for remedy in masters] == [date(2022, 12, 31)]
    assert masters[0].waits == by_waiting[0].waits


def test_equivalence_is_a_decision_of_others_between_posts_of_one_type_and_level() -> None:
    other_series: Person = {
        "id": "x",
        "education": [{"degree": "bachelor"}],
        "postings": [
            {"type": "managerial_local", "level": "early", "from": "2015-01-01", "to": "2020-12-31"}
        ],
        "experience": [{"work": "related", "from": "2015-01-01", "to": "2016-12-31"}],
    }
    found = remedies(other_series, "general_admin.early.division_director").found
    (equated, *_) = found
    assert [(c.kind, c.sort, c.entry.number if c.entry else 0) for c in equated.changes] == [
        ("equate", "decision", 1)
    ]
    assert equated.day == TOMORROW
    as_academic = {
        **other_series,
        "postings": [{"type": "academic", "level": "expert", "from": "2015-01-01"}],
    }
    later = remedies(as_academic, "general_admin.early.division_director").found
    assert all(change.kind != "equate" for remedy in later for change in remedy.changes)


def test_a_missing_fact_is_a_way_of_its_own() -> None:
    session = Session(as_of=date(2026, 10, 1), library=LIBRARY)
    someone = session.person(str(PEOPLE / "missing-facts.yaml"))
    found = Remedies(session.judges.judge, someone, "general_admin.mid.division_director", session.day).found
    firsts = [remedy.changes[0] for remedy in found[:2]]
    assert [(c.kind, c.sort) for c in firsts] == [("establish", "fact"), ("establish", "fact")]
    assert {(c.missing.list, c.missing.number, c.missing.key) for c in firsts if c.missing} == {
        ("education", 2, "field"),
        ("postings", 2, "position"),
    }


def test_whoever_is_eligible_needs_no_remedy() -> None:
    session = Session(as_of=date(2026, 10, 1), library=LIBRARY)
    someone = session.person(str(PEOPLE / "reduced-term.yaml"))
    answer = Remedies(session.judges.judge, someone, "general_admin.mid.division_director", session.day)
    assert (answer.verdict, answer.found) == ("eligible", ())


# ── words ───────────────────────────────────────────────────────────────────────────────────────

WRITTEN = {
    "missing-facts.yaml": "general_admin.mid.division_director",
    "part-director.yaml": "general_admin.high.office_director",
    "unlisted-master.yaml": "general_admin.mid.division_director",
    "equivalent-post.yaml": "general_admin.early.division_director",
}


def written(example: str, language: Language) -> str:
    session = Session(language, as_of=date(2026, 10, 1), library=LIBRARY)
    answer = Remedies(
        session.judges.judge, session.person(str(PEOPLE / example)), WRITTEN[example], session.day
    )
    stream = io.StringIO()
    show(RemedyText(answer, session.vocabulary, session.wording).lines(10), stream)
    return stream.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", WRITTEN)
def test_remedies_in_words(example: str, language: Language) -> None:
    golden = GOLDEN / f"how-{Path(example).stem}.{language}.txt"
    assert written(example, language) == golden.read_text(encoding="utf-8")


if __name__ == "__main__":
    for name in WRITTEN:
        for tongue in LANGUAGES:
            (GOLDEN / f"how-{Path(name).stem}.{tongue}.txt").write_text(
                written(name, tongue), encoding="utf-8"
            )
