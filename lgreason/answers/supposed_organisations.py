"""What if an organisation were otherwise: a sum of its budget, or a part of the structure that it proposes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from lgreason.answers.organisations import STATUS, organisation_text, posts, validate
from lgreason.answers.persons import Document, Reply
from lgreason.answers.session import Session
from lgreason.files.organisation.organisation import LEVELS, Level, Organisation, Plan, PlannedUnit, Post
from lgreason.reasoning.organisations.establishment import Establishment
from lgreason.reasoning.structures.judging import PlanJudge
from lgreason.report.line import Line
from lgreason.rules.findings import Finding, Unusable


def altered_amount(organisation: Organisation, key: str, amount: int) -> Organisation:
    """The organisation with another sum, in baht, in the fiscal years of its file that give it."""
    changed: dict[str, object] = {}
    for name in ("previous", "requested"):
        year = getattr(organisation, name)
        if year is not None and (key in year.amounts or name == "previous"):
            changed[name] = replace(year, amounts=MappingProxyType({**year.amounts, key: amount}))
    if not changed:
        raise Unusable((Finding("no_fiscal_year", organisation.place),))
    return replace(organisation, **changed)  # type: ignore[arg-type]  # fiscal years, by name


def altered_plan(organisation: Organisation, of: str, name: str, inside: str, value: str) -> Organisation:
    """The organisation with another part of its plan; where it has none, of today's structure as a plan."""
    plan = organisation.plan or _today(organisation)
    if of == "post":
        return replace(organisation, plan=_with_post(plan, name, value))
    units = tuple(_with(unit, inside, value) if unit.id == name else unit for unit in plan.units)
    return replace(organisation, plan=replace(plan, units=units))


def _level(text: str) -> Level:
    found: Level | None = next((level for level in LEVELS if level == text), None)
    if found is None:
        raise Unusable((Finding("choice_form", args={"found": text}),))
    return found


def _with(unit: PlannedUnit, inside: str, value: str) -> PlannedUnit:
    if inside == "sections":
        return replace(unit, sections=int(value))
    if inside == "parts":
        return replace(unit, parts=int(value))
    if value == "office":
        return replace(unit, kind="office")
    if value == "division":
        return replace(unit, kind="division")
    return replace(unit, level=_level(value))


def _with_post(plan: Plan, name: str, value: str) -> Plan:
    post, _, level = name.partition(".")
    if post == "clerk":
        return replace(plan, clerk=_level(level or value))
    if post == "deputy" and level and value.isdecimal():
        others = tuple(each for each in plan.deputies if each.level != level)
        return replace(plan, deputies=(*others, *(Post(_level(level)) for _ in range(int(value)))))
    raise Unusable((Finding("no_choice_of_post", args={"found": name}),))


def _today(organisation: Organisation) -> Plan:
    units = tuple(
        PlannedUnit(u.id, u.kind or "division", u.head.level, u.sections or 0, u.parts or 0)
        for u in organisation.units or ()
        if u.exists and u.head is not None and u.head.level is not None
    )
    if organisation.clerk is None or organisation.clerk.level is None:
        raise Unusable((Finding("org_no_plan", organisation.place),))
    return Plan(organisation.clerk.level, organisation.deputies or (), units)


def what_if(session: Session, before: Organisation, after: Organisation, of_plan: bool) -> Reply:
    """What comes out otherwise: the verdict on the plan, or on each post."""
    if of_plan:
        judged = validate(session, after, False)
        was = None
        if before.plan is not None:
            was = PlanJudge(Establishment(session.tables, before)).truth(before.plan)
        say = session.wording.say
        lines = [Line(say("orgwhatif.title", name=after.name), style="title")]
        if before.plan is not None:
            lines.append(Line(say(f"orgwhatif.was_{_WORD[was]}"), 1, "note"))
        document: Document = {**judged.document, "schema": "lgreason.whatif/1", "before": _WORD[was]}
        return Reply((*lines, *judged.lines), document, judged.status, judged.relies)
    return _of_posts(session, before, after)


_WORD = {True: "allowed", False: "forbidden", None: "undetermined"}


def _of_posts(session: Session, before: Organisation, after: Organisation) -> Reply:
    pairs = [posts(session, each, None, False).document["posts"] for each in (before, after)]
    was = {(row["post"], row["level"]): row for row in pairs[0]}
    changed = [
        {"post": row["post"], "level": row["level"], "before": old["verdict"], "after": row["verdict"]}
        | {"max_before": old["max"], "max": row["max"]}
        for row in pairs[1]
        if (old := was.get((row["post"], row["level"]))) is not None
        and (old["verdict"], old["max"]) != (row["verdict"], row["max"])
    ]
    document: Document = {
        "schema": "lgreason.whatif/1",
        "organisation": after.id,
        "as_of": session.day.isoformat(),
        "posts": changed,
    }
    return Reply(tuple(_post_lines(session, after, changed)), document, STATUS[True])


def _post_lines(session: Session, after: Organisation, changed: list[Document]) -> Iterator[Line]:
    say, text = session.wording.say, organisation_text(session, after)
    yield Line(say("orgwhatif.title", name=after.name), style="title")
    if not changed:
        yield Line(say("orgwhatif.nothing"), 1)
    for row in changed:
        args = {"post": text.post_name(row["post"], row["level"])}
        args |= {name: say(f"orgwhatif.{row[name]}") for name in ("before", "after")}
        yield Line(
            say("orgwhatif.post", **args),
            1,
            {"allowed": "good", "forbidden": "bad"}.get(row["after"], "open"),
        )
