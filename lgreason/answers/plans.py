"""Plans of an organisation side by side: today's structure, the plan of its file, and structures that were listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lgreason.answers.organisations import STATUS, organisation_text
from lgreason.answers.persons import Document, Reply
from lgreason.answers.session import Session
from lgreason.files.organisation.organisation import Organisation, Plan
from lgreason.reasoning.organisations.establishment import Establishment
from lgreason.reasoning.structures.judging import PlanJudge
from lgreason.report.line import Line
from lgreason.rules.findings import Finding, Unusable

TODAY = "today"
Row = Mapping[str, str]


def compare_plans(session: Session, organisation: Organisation, plans: Mapping[str, Plan | None]) -> Reply:
    """What plans (`None`: what is there today) have, post by post, and whether each may be."""
    if len(plans) < 2:
        raise Unusable((Finding("two_plans_needed", organisation.place),))
    rows = {name: dict(_posts(organisation, plan)) for name, plan in plans.items()}
    judge = PlanJudge(Establishment(session.tables, organisation))
    truths = {name: judge.truth(plan) for name, plan in plans.items() if plan is not None}
    differing = _differing(rows)
    document: Document = {
        "schema": "lgreason.compare_plans/1",
        "organisation": organisation.id,
        "plans": list(plans),
        "verdicts": {name: _VERDICT[truth] for name, truth in truths.items()},
        "differences": [
            {"post": key, **{name: found.get(key) for name, found in rows.items()}} for key in differing
        ],
    }
    names = {name: _plan_name(session, name) for name in rows}
    title = session.wording.say("plans.title", name=organisation.name)
    lines = tuple(_lines(session, (organisation,), title, names, rows, differing, truths))
    return Reply(lines, document, _worst(truths))


def compare_organisations(session: Session, organisations: Sequence[Organisation]) -> Reply:
    """The plans of several organisations side by side, each judged by what its own organisation may have.

    Of one organisation alone its plan beside what it has today. One without a plan is compared as it stands.
    """
    first, *others = organisations
    if not others:
        if first.plan is None:
            raise Unusable((Finding("org_no_plan", first.place),))
        reply = compare_plans(session, first, {"today": None, "plan": first.plan})
        return Reply(reply.lines, {**reply.document, "schema": "lgreason.compare/1"}, reply.status)
    found = {each.id: each for each in organisations}
    if len(found) < len(organisations):
        raise Unusable((Finding("compare_with_oneself", args={"name": first.name}),))
    rows = {each.id: dict(_posts(each, each.plan)) for each in organisations}
    differing = _differing(rows)
    truths = {
        each.id: PlanJudge(Establishment(session.tables, each)).truth(each.plan)
        for each in organisations
        if each.plan is not None
    }
    document: Document = {
        "schema": "lgreason.compare/1",
        "organisations": list(found),
        "compared": {each.id: "today" if each.plan is None else "plan" for each in organisations},
        "verdicts": {name: _VERDICT[truth] for name, truth in truths.items()},
        "differences": [
            {"post": key, **{name: row.get(key) for name, row in rows.items()}} for key in differing
        ],
    }
    names = {each.id: each.name for each in organisations}
    title = session.wording.say("plans.title_several", names=tuple(names.values()))
    lines = tuple(_lines(session, organisations, title, names, rows, differing, truths))
    return Reply(lines, document, _worst(truths))


def _differing(rows: Mapping[str, Row]) -> list[str]:
    """The posts that plans do not have alike."""
    keys = dict.fromkeys(key for found in rows.values() for key in found)
    return [key for key in keys if len({found.get(key, "") for found in rows.values()}) > 1]


def _worst(truths: Mapping[str, bool | None]) -> int:
    return STATUS[next((t for t in (False, None) if t in truths.values()), True)]


_VERDICT = {True: "allowed", False: "forbidden", None: "undetermined"}


def _posts(organisation: Organisation, plan: Plan | None) -> Iterator[tuple[str, str]]:
    """The posts of a plan, or of today, by what they are: `unit finance` is a division at mid level."""
    if plan is None:
        if organisation.clerk is not None and organisation.clerk.level:
            yield "clerk", organisation.clerk.level
        for level in sorted({p.level for p in organisation.deputies or () if p.level}):
            number = sum(p.number for p in organisation.deputies or () if p.level == level)
            yield f"deputy.{level}", str(number)
        for unit in organisation.units or ():
            if unit.exists and unit.head is not None and unit.head.level:
                yield f"unit.{unit.id}", f"{unit.kind or 'division'} {unit.head.level}"
                yield from _inside(unit.id, unit.sections, unit.parts)
        return
    yield "clerk", plan.clerk
    for level in sorted({p.level for p in plan.deputies if p.level}):
        yield f"deputy.{level}", str(sum(p.number for p in plan.deputies if p.level == level))
    for planned in plan.units:
        yield f"unit.{planned.id}", f"{planned.kind} {planned.level}"
        yield from _inside(planned.id, planned.sections, planned.parts)


def _inside(unit: str, sections: int | None, parts: int | None) -> Iterator[tuple[str, str]]:
    if sections is not None:
        yield f"unit.{unit}.sections", str(sections)
    if parts is not None:
        yield f"unit.{unit}.parts", str(parts)


def _lines(
    session: Session,
    organisations: Sequence[Organisation],
    title: str,
    names: Mapping[str, str],
    rows: Mapping[str, Row],
    differing: list[str],
    truths: Mapping[str, bool | None],
) -> Iterator[Line]:
    say = session.wording.say
    yield Line(title, style="title")
    for name in rows:
        if name in truths:
            style = {True: "good", False: "bad", None: "open"}[truths[name]]
            yield Line(say(f"plans.{_VERDICT[truths[name]]}", plan=names[name]), 1, style)
    yield Line()
    if not differing:
        yield Line(say("plans.same"))
    for key in differing:
        yield Line(_post_name(session, organisations, key), 1, "heading")
        for name, found in rows.items():
            value = _value(session, found[key]) if key in found else say("plans.none")
            yield Line(say("plans.row", plan=names[name], value=value), 2)


def _plan_name(session: Session, name: str) -> str:
    kind, _, number = name.partition(" ")
    return session.wording.say(f"plans.name_{kind}", n=int(number or 0))


def _post_name(session: Session, organisations: Sequence[Organisation], key: str) -> str:
    say, vocabulary = session.wording.say, session.organisation_vocabulary
    kind, *rest = key.split(".")
    if kind == "unit":
        units = (u for each in organisations for u in each.units or ())
        unit = next((u.name for u in units if u.id == rest[0]), rest[0])
        return say(f"plans.{rest[1]}_of", unit=unit) if len(rest) > 1 else unit
    text = organisation_text(session, organisations[0])
    if rest:
        return text.post_name(kind, rest[0])
    return vocabulary.name("establishment", kind).into(session.wording.language)


def _value(session: Session, value: str) -> str:
    if value.isdecimal():
        return session.wording.digits_of(value)
    names = []
    for word in value.split():
        category = "unit_kind" if word in ("division", "office") else "level"
        names.append(session.organisation_vocabulary.name(category, word).into(session.wording.language))
    return " ".join(names)
