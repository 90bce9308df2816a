"""What a change of rules comes to: `lgreason.diff/1`, and the same in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from lgreason.answers.movement import Moved, Movement, in_order
from lgreason.files.person.person import Person
from lgreason.reasoning.persons.eligibility import Judges
from lgreason.reasoning.persons.explain import Explanation
from lgreason.reasoning.rulesets.difference import Affected, Changed, Difference, PositionDifference
from lgreason.reasoning.rulesets.lint import Lint
from lgreason.reasoning.rulesets.posts import PostDifference, PostDifferences
from lgreason.reasoning.rulesets.sides import Side
from lgreason.report.documents.person_file import file_yaml
from lgreason.report.documents.persons import findings
from lgreason.report.line import Line
from lgreason.report.wording import Wording
from lgreason.rules.model import Clause, Text
from lgreason.rules.terms import constant

Document = dict[str, Any]


class Later(NamedTuple):
    """What a change of rules changes on one day."""

    difference: Difference
    posts: PostDifferences

    @property
    def same(self) -> bool:
        """Whether nothing is touched, what is not known included."""
        alike = all(each.alike for each in self.difference.positions)
        return alike and not self.difference.clauses and self.posts.alike


def moved(persons: Iterable[tuple[Person, Person]], old: Side, new: Side) -> Movement:
    """Of persons, each as either side reads the file, those whose eligibility for some position changes."""
    found: list[Moved] = []
    number = 0
    for before, after in persons:
        number += 1
        cases = old.judge.case(before, old.day), new.judge.case(after, new.day)
        for position in old.kb.posts.keys() | new.kb.posts.keys():
            was, now = (
                case.verdict(position) if position in side.kb.posts else "ineligible"
                for case, side in zip(cases, (old, new), strict=True)
            )
            if was == now or "eligible" not in (was, now):
                continue
            side, person = (old, before) if now == "eligible" else (new, after)
            why: tuple[str, ...] = ()
            if position in side.kb.posts:
                explanation = Explanation(Judges(side.kb), person, position, side.day)
                why = tuple(dict.fromkeys(node.clause.id for node in explanation.deciding))
            found.append(Moved(after.id, after.name, position, was, now, why))
    return Movement(in_order(found), number)


def diff_document(
    difference: Difference,
    roster: Movement | None,
    posts: PostDifferences | None = None,
    later: Sequence[Later] = (),
    days: Sequence[date] = (),
) -> Document:
    """`lgreason.diff/1`: the clauses that change, and for every position whom that touches; also on later days.

    `days` are all later days on which the rules of a side change, `later` what is so on the first of them.
    """
    document: Document = {
        "schema": "lgreason.diff/1",
        "as_of": difference.new.day.isoformat(),
        "clauses": [_changed(each) for each in difference.clauses],
        "reworded": list(difference.reworded),
        "positions": [
            {
                "position": each.id,
                "gains": _affected(each.gains),
                "losses": _affected(each.losses),
                "same_where_not_known": each.alike,
            }
            for each in difference.positions
        ],
    }
    if posts is not None and not posts.same:
        document["posts"] = [_post(each) for each in posts.found if _differs(each)]
    if roster is not None:
        document["roster"] = {
            "gain": roster.gain,
            "lose": roster.lose,
            "of": roster.persons,
            "aside": roster.aside,
            "persons": [
                {
                    "id": each.id,
                    "name": each.name,
                    "position": each.position,
                    "old": each.old,
                    "new": each.new,
                    "clauses": list(each.clauses),
                }
                for each in roster.moved
            ],
        }
    if days:
        document["changes_later"] = [day.isoformat() for day in days]
        document["later"] = [diff_document(each.difference, None, each.posts) for each in later]
    return document


def _changed(each: Changed) -> Document:
    return {"id": each.id, "change": each.change, "was": _said(each.was), "is": _said(each.is_)}


def _said(clause: Clause | None) -> Document | None:
    if clause is None:
        return None
    return {"place": clause.place._asdict(), "text": clause.gloss._asdict()}


def _differs(each: PostDifference) -> bool:
    same = each.gains.proved and each.losses.proved and each.numbers[0] == each.numbers[1]
    return not same


def _post(each: PostDifference) -> Document:
    scope = {"type": each.scope.name, "kind": constant(each.scope.args[0]) if each.scope.args else None}
    found: Document = {
        **scope,
        **({"post": each.post, "level": each.level} if each.post else {"class": each.level}),
    }
    found |= {"gains": _affected(each.gains), "losses": _affected(each.losses)}
    if each.numbers[0] != each.numbers[1]:
        found["most"] = {"old": each.numbers[0], "new": each.numbers[1]}
        gained, lost = each.plans
        found["plans"] = {"gains": _affected(gained), "losses": _affected(lost)}
    return found


def _affected(each: Affected) -> Document:
    return {
        "witness": dict(each.witness) if each.witness is not None else None,
        "proved": each.proved,
        **({"old": each.before, "new": each.after} if each.witness is not None else {}),
        **({} if each.decided else {"decided": False}),
    }


def lint_document(found: Sequence[Lint]) -> Document:
    """`lgreason.findings/1`: what is wrong with rules, each with the clauses, and a witness or that it is proved."""
    document = findings(tuple(each.finding for each in found))
    document["findings"] = [
        {
            **told,
            "clauses": list(each.clauses),
            "witness": dict(each.witness) if each.witness is not None else None,
            "proved": each.proved,
        }
        for told, each in zip(document["findings"], found, strict=True)
    ]
    return document


def lint_lines(found: Sequence[Lint], wording: Wording) -> Iterator[Line]:
    """The same in words."""
    for each in found:
        yield Line(wording.finding(each.finding), style="bad" if each.finding.severity == "error" else "open")
        if each.witness is not None:
            yield Line(wording.say("diff.lint_witness"), 1, "note")
            for row in file_yaml(each.witness).rstrip("\n").split("\n"):
                yield Line(row, 2)
    yield Line(
        wording.say("diff.lint_counted", n=len(found)) if found else wording.say("diff.lint_none"),
        style="note",
    )


Boundary = tuple[str, str, str | None, str | None]
"""A condition, the position that it is a condition of, and examples inside and outside it, if any were found."""


def examples_document(found: Sequence[Boundary]) -> Document:
    """`lgreason.examples/1`: the examples on either side of every condition."""
    rows = [
        {"clause": clause, "position": position, "inside": inside, "outside": outside}
        for clause, position, inside, outside in found
    ]
    return {"schema": "lgreason.examples/1", "examples": rows}


def examples_lines(found: Sequence[Boundary], wording: Wording) -> Iterator[Line]:
    """The same as text that may stand in a rule file: what was not found is a comment."""
    for clause, _, *texts in found:
        if None in texts:
            yield Line(f"# {wording.say('diff.example_none', clause=clause)}", style="note")
            yield Line("")
        for text in texts:
            if text is not None:
                yield from (Line(row) for row in (*text.rstrip("\n").split("\n"), ""))


def diff_lines(
    difference: Difference,
    roster: Movement | None,
    wording: Wording,
    posts: PostDifferences | None = None,
) -> Iterator[Line]:
    """The same in words."""
    say, language = wording.say, wording.language
    yield Line(say("diff.clauses") if difference.clauses else say("diff.no_clauses"), style="heading")
    for each in difference.clauses:
        clause = each.is_ or each.was
        assert clause is not None
        yield Line(say(f"diff.{each.change}", id=each.id, place=clause.place), 1)
        if each.was is not None:
            yield Line(f"− {each.was.gloss.into(language)}", 2, "bad")
        if each.is_ is not None:
            yield Line(f"+ {each.is_.gloss.into(language)}", 2, "good")
    if difference.reworded:
        yield Line(say("diff.reworded", ids=difference.reworded), 1, "note")
    same = [each for each in difference.positions if each.gains.proved and each.losses.proved]
    for each_position in difference.positions:
        if each_position not in same:
            yield from _position(each_position, difference, wording)
    if same:
        key = "diff.same" if all(each.alike for each in same) else "diff.same_known"
        yield Line(say(key, n=len(same)), style="note")
    if posts is not None:
        yield from _posts(posts, wording)
    if roster is not None:
        yield from _roster(roster, difference.new, wording)


def later_lines(later: Sequence[Later], days: Sequence[date], wording: Wording) -> Iterator[Line]:
    """The days after the one asked for on which something changes, and what is so on each."""
    if not days:
        return
    yield Line("")
    yield Line(wording.say("diff.later", days=tuple(days)), style="heading")
    told: list[tuple[str, ...]] = []
    for each in later:
        day = each.difference.new.day
        lines = [*diff_lines(each.difference, None, wording, each.posts)]
        if (same := tuple(line.text for line in lines)) in told:
            yield Line(wording.say("diff.later_same", day=day), style="note")
            continue
        told.append(same)
        yield Line(wording.say("diff.later_day", day=day), style="heading")
        yield from (replace(line, indent=line.indent + 1) for line in lines)
    if len(later) < len(days):
        yield Line(wording.say("diff.later_more", days=tuple(days[len(later) :])), style="note")


def _posts(posts: PostDifferences, wording: Wording) -> Iterator[Line]:
    """For organisations: every post that differs, and how many do not."""
    if posts.same:
        yield Line(wording.say("diff.posts_alike"), style="note")
        return
    name = posts.new.vocabulary.name
    for each in posts.found:
        if not _differs(each):
            continue
        kind = name("organisation_type", each.scope.name)
        if each.scope.args:
            category = posts.new.kb.kinds.category(each.scope.name)
            kind = Text(
                *(f"{a} {b}" for a, b in zip(kind, name(category, constant(each.scope.args[0])), strict=True))
            )
        if each.post:
            of = {"post": name("establishment", each.post), "level": name("level", each.level), "kind": kind}
            yield Line(wording.say("diff.post", **of), style="heading")
        else:
            of = {"kind": kind, "class_": name("municipal_class", each.level)}
            yield Line(wording.say("diff.class", **of), style="heading")
        for way, affected in (("gains", each.gains), ("losses", each.losses)):
            if affected.witness is not None:
                yield Line(wording.say(f"diff.post_{way}"), 1, "good" if way == "gains" else "bad")
                yield from (Line(row, 2) for row in file_yaml(affected.witness).rstrip("\n").split("\n"))
            else:
                key = f"diff.post_no_{way}" if affected.proved else f"diff.open_{way}"
                yield Line(wording.say(key), 1, "note")
        if each.numbers[0] != each.numbers[1]:
            was, now = (wording.say("diff.unlimited") if n is None else str(n) for n in each.numbers)
            yield Line(wording.say("diff.most", was=was, now=now), 1)
            for way, affected in zip(("gains", "losses"), each.plans, strict=True):
                if affected.witness is not None:
                    yield Line(wording.say(f"diff.plan_{way}"), 1, "good" if way == "gains" else "bad")
                    yield from (Line(row, 2) for row in file_yaml(affected.witness).rstrip("\n").split("\n"))
                elif not affected.decided:
                    yield Line(wording.say(f"diff.open_{way}"), 1, "note")
    same = [each for each in posts.found if not _differs(each)]
    if same:
        yield Line(wording.say("diff.posts_same", n=len(same)), style="note")


def _name(identity: str, difference: Difference) -> Text:
    side = difference.new if identity in difference.new.kb.posts else difference.old
    return side.vocabulary.name("position", identity)


def _position(each: PositionDifference, difference: Difference, wording: Wording) -> Iterator[Line]:
    yield Line(_name(each.id, difference).into(wording.language), style="heading")
    for way, affected in (("gains", each.gains), ("losses", each.losses)):
        if affected.witness is not None:
            yield Line(wording.say(f"diff.{way}"), 1, "good" if way == "gains" else "bad")
            written = file_yaml(affected.witness)
            for row in written.rstrip("\n").split("\n"):
                yield Line(row, 2)
        else:
            yield Line(wording.say(f"diff.no_{way}" if affected.proved else f"diff.open_{way}"), 1, "note")


def _roster(roster: Movement, side: Side, wording: Wording) -> Iterator[Line]:
    yield Line(wording.say("diff.roster", gain=roster.gain, lose=roster.lose), style="heading")
    if roster.aside:
        yield Line(wording.say("diff.roster_aside", n=roster.aside), 1, "note")
    for each in roster.moved:
        key = "diff.gained" if each.gained else "diff.lost"
        args = {"name": each.name, "position": _called(each.position, side), "clauses": each.clauses}
        yield Line(wording.say(key, **args), 1, "good" if each.gained else "bad")


def _called(position: str, side: Side) -> Text:
    return side.vocabulary.name("position", position)


def moved_workbook(path: Path, roster: Movement, old: Side, new: Side, wording: Wording) -> None:
    """Write who gains and who loses as a spreadsheet, with the clauses and where they stand."""
    from lgreason.report.workbook.moved import write_moved

    say, language = wording.say, wording.language

    def rows() -> Iterator[Sequence[str]]:
        for each in roster.moved:
            side = old if each.gained else new
            places = [
                f"{c} ({side.kb.clauses[c].place.into(language)})" if c in side.kb.clauses else c
                for c in each.clauses
            ]
            verdicts = [say(f"verdict.{verdict}") for verdict in (each.old, each.new)]
            sign = "+" if each.gained else "−"
            name = _called(each.position, new if each.position in new.kb.posts else old).into(language)
            yield (sign, each.id, each.name, name, *verdicts, "\n".join(places))

    headings = say("diff.roster_headings").split(" | ")
    write_moved(path, say("diff.roster", gain=roster.gain, lose=roster.lose), headings, rows())
