"""Questions about the rules themselves: what a post requires, its duties, what counts, and the old levels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lgreason.answers.persons import NO, UNDETERMINED, YES, Document, Reply
from lgreason.answers.session import Session
from lgreason.report.line import Line
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.knowledge import KnowledgeBase, Reading
from lgreason.rules.model import Clause, Text
from lgreason.rules.terms import DEFAULT, Fn, constant, number

_COUNTS = {"yes": True, "no": False, "depends": None}


# ── what a post requires ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Required:
    """A clause as one reads it out: with what it needs, and how deep it stands."""

    clause: Clause
    depth: int
    exception: bool = False


def requirements(session: Session, position: str, full: bool = False) -> Reply:
    """What a position requires, clause by clause; with the readings relied on, and in `full` what each says."""
    kb = session.kb
    items = list(_required(kb.clauses, kb.posts[position], 0, frozenset()))
    readings = _readings(kb, (item.clause for item in items))
    document: Document = {
        "schema": "lgreason.requirements/1",
        "position": position,
        "as_of": session.day.isoformat(),
        "requirements": [_required_document(item) for item in items],
        "readings": [reading.id for reading in readings],
    }
    return Reply(
        (*_required_lines(session, position, items), *_relied_lines(session, readings, full)), document
    )


def _required(
    clauses: Mapping[str, Clause], identity: str, depth: int, seen: frozenset[str]
) -> Iterator[_Required]:
    """A clause with all that it needs; one that only points to another is that other."""
    if identity in seen:
        return
    clause, seen = clauses[identity], seen | {identity}
    if clause.op == "same":
        (same,) = clause.needs()
        yield from _required(clauses, same, depth, seen)
        return
    yield _Required(clause, depth)
    for part in clause.parts:
        yield from _required(clauses, part, depth + 1, seen)
    for exception, _ in clause.exceptions:
        yield _Required(clauses[exception], depth + 1, exception=True)


def _required_document(item: _Required) -> Document:
    clause = item.clause
    document: Document = {
        "clause": clause.id,
        "depth": item.depth,
        "op": clause.op,
        "text": clause.gloss._asdict(),
        "place": clause.place._asdict(),
        "exception": item.exception,
    }
    bounds = dict(clause.bounds())
    if DEFAULT in bounds and bounds[DEFAULT].unit:
        document["required"] = {bounds[DEFAULT].unit: bounds[DEFAULT].value}
    return document


def _readings(kb: KnowledgeBase, clauses: Iterator[Clause]) -> tuple[Reading, ...]:
    ids = sorted({reading for clause in clauses for reading in clause.relies})
    return tuple(kb.readings[identity] for identity in ids)


def _required_lines(session: Session, position: str, items: list[_Required]) -> Iterator[Line]:
    say = session.wording.say
    told: dict[tuple[str, ...], Clause] = {}
    yield Line(say("requires.title", position=session.vocabulary.name("position", position)), style="title")
    yield Line()
    for item in items:
        text = say("requires.item", text=item.clause.gloss, place=item.clause.place)
        if item.exception:
            text = say("requires.exception", text=text)
        yield Line(text, item.depth, "note" if item.exception else "")
        if (fields := listed_fields(session.kb, item.clause)) and not item.exception:
            first = told.setdefault(tuple(fields), item.clause)
            names = tuple(session.vocabulary.name("field", field) for field in fields)
            same = say("requires.same_fields", place=first.place)
            line = say("requires.fields", fields=names) if first is item.clause else same
            yield Line(line, item.depth + 1, "note")


def _relied_lines(session: Session, readings: tuple[Reading, ...], full: bool = True) -> Iterator[Line]:
    """The readings that a list relies on: in full with what each says, else which they are."""
    if not readings:
        return
    say = session.wording.say
    yield Line()
    if not full:
        ids = tuple(reading.id for reading in readings)
        yield Line(say("requires.readings", n=len(ids), ids=ids), style="note")
        yield Line(say("requires.more"), style="note")
        return
    yield Line(say("why.readings"), style="heading")
    for reading in readings:
        args = {"id": reading.id, "question": reading.question, "chosen": reading.text}
        yield Line(say("why.relied", **args), 1)


# ── duties ────────────────────────────────────────────────────────────────────────────────────────────────────────


def duties(session: Session, position: str | None, level: str | None) -> Reply:
    """The duties of a position, which are those of its level; or of a level."""
    from lgreason.report.text.catalogue import CatalogueText, duties_document
    from lgreason.rules.catalogue import Catalogue

    if position is not None:
        level = session.vocabulary.placement(position)[1]
    catalogue = Catalogue(session.kb)
    if level is None or not catalogue.duties_of(level):
        raise Unusable((Finding("no_duties_of_level", args={"found": level or ""}),))
    text = CatalogueText(catalogue, session.vocabulary, session.wording)
    document = {**duties_document(catalogue, level, False), "position": position}
    return Reply(tuple(text.duties(level)), document)


# ── what counts ───────────────────────────────────────────────────────────────────────────────────────────────────


def counts(session: Session, about: str) -> Reply:
    """Whether a kind of service, a degree or a field counts: `acting`, `field law master`, `fields_that_shorten`."""
    kind, *rest = about.split()
    if kind == "fields_that_shorten":
        return _fields_that_shorten(session)
    if kind in ("field", "degree"):
        degrees = session.vocabulary.ids("degree")
        field = next((word for word in rest if word not in degrees), None)
        degree = next((word for word in rest if word in degrees), None)
        return _qualification_counts(session, degree, field)
    return _service_counts(session, kind)


def _service_counts(session: Session, kind: str) -> Reply:
    kb, say = session.kb, session.wording.say
    found = [constant(value) for other, value in kb.rows("service_counts") if other == kind]
    if not found:
        known = tuple(identity for category, identity in kb.names if category == "service_kind")
        raise Unusable((Finding("service_kind_unknown", args={"found": kind, "known": known}),))
    (answer,) = found
    readings = tuple(kb.readings[str(a)] for other, a in kb.rows("service_rests_on") if other == kind)
    because = Text(
        **{constant(lang): str(t) for other, lang, t in kb.rows("service_because") if other == kind}
    )
    clauses = [clause for clause in kb.eligibility if clause.measures == "service"]
    lines = [
        Line(session.vocabulary.name("service_kind", kind).into(session.wording.language), style="title"),
        Line(say(f"counts.{answer}"), 1, {"yes": "good", "no": "bad"}.get(answer, "open")),
        Line(say("counts.because", text=because), 1),
        Line(say("counts.clauses", places=tuple(clause.place for clause in clauses)), 1, "note"),
        *_relied_lines(session, readings),
    ]
    document: Document = {
        "schema": "lgreason.counts/1",
        "about": kind,
        "counts": _COUNTS[answer],
        "because": because._asdict(),
        "clauses": [clause.id for clause in clauses],
        "readings": [reading.id for reading in readings],
    }
    return Reply(tuple(lines), document, {"yes": YES, "no": NO}.get(answer, UNDETERMINED))


def _conditions(clause: Clause, name: str) -> frozenset[str]:
    found = (term.args[0] for term in clause.counts if term.name == name)
    return frozenset(value.name if isinstance(value, Fn) else str(value) for value in found)


def listed_fields(kb: KnowledgeBase, clause: Clause) -> tuple[str, ...]:
    """The fields that a clause lists, in the order of the vocabulary."""
    fields = _conditions(clause, "field")
    return tuple(identity for kind, identity in kb.names if kind == "field" and identity in fields)


def _shortening(kb: KnowledgeBase) -> tuple[tuple[Clause, Clause], ...]:
    """The clauses on degrees that shorten the time of another, each with that other."""
    found = []
    for clause in kb.eligibility:
        for exception, _ in clause.exceptions:
            for part in kb.clauses[exception].parts:
                found.append((kb.clauses[part], clause))
    return tuple(found)


def _fields_that_shorten(session: Session) -> Reply:
    kb, say = session.kb, session.wording.say
    pairs = _shortening(kb)
    fields = tuple(dict.fromkeys(field for clause, _ in pairs for field in listed_fields(kb, clause)))
    names = tuple(session.vocabulary.name("field", field) for field in fields)
    lines = [
        Line(say("counts.shorten_title"), style="title"),
        *(Line(say("counts.item", text=n), 1) for n in names),
    ]
    lines += [Line(say("counts.shorten_others"), 1, "note")]
    for clause, other in pairs:
        lines.append(Line(say("requires.item", text=clause.gloss, place=clause.place), 1))
        bounds = dict(other.bounds())
        lines += [
            Line(
                say(
                    "counts.shortens",
                    place=other.place,
                    was=_amount(session, bounds[DEFAULT].unit, bounds[DEFAULT].value),
                    now=_amount(session, bounds[e].unit, bounds[e].value),
                ),
                2,
                "note",
            )
            for e, _ in other.exceptions
            if e in bounds and DEFAULT in bounds
        ]
    lines += _relied_lines(session, _readings(kb, (clause for clause, _ in pairs)))
    document: Document = {
        "schema": "lgreason.counts/1",
        "about": "fields_that_shorten",
        "fields": list(fields),
        "clauses": [clause.id for clause, _ in pairs],
        "readings": [reading.id for reading in _readings(kb, (clause for clause, _ in pairs))],
    }
    return Reply(tuple(lines), document)


def _amount(session: Session, unit: str, value: int) -> str:
    return session.wording.say(f"unit.{unit}", n=value)


def _qualification_counts(session: Session, degree: str | None, field: str | None) -> Reply:
    """For which clauses a degree in a field counts, and whether it shortens the time of another."""
    kb, say = session.kb, session.wording.say
    shortened = {clause.id: other for clause, other in _shortening(kb)}
    rows: list[tuple[Clause, bool | None]] = []
    for clause in kb.eligibility:
        if clause.measures == "qualification" and (degree is None or degree in _conditions(clause, "degree")):
            rows.append((clause, _field_counts(clause, field)))
    shortens = [truth for clause, truth in rows if clause.id in shortened]
    best = None if None in shortens else bool(shortens) and True in shortens
    best = True if True in shortens else best
    what = " ".join(
        session.vocabulary.name(kind, value).into(session.wording.language)
        for kind, value in (("degree", degree), ("field", field))
        if value is not None
    )
    key = {True: "counts.shortening", False: "counts.not_shortening", None: "counts.perhaps_shortening"}[best]
    lines = [Line(what, style="title"), Line(say(key), 1, {True: "good", False: "bad", None: "open"}[best])]
    for clause, truth in rows:
        mark = {True: "✓", False: "✗", None: "?"}[truth]
        lines.append(Line(say("why.node", mark=mark, place=clause.place, text=clause.gloss), 1))
        if truth is None:
            lines.append(Line(say("counts.if_accepted"), 2, "note"))
    relied = _readings(kb, (clause for clause, _ in rows))
    lines += _relied_lines(session, relied)
    document: Document = {
        "schema": "lgreason.counts/1",
        "about": " ".join(part for part in ("field" if field else "degree", field, degree) if part),
        "shortens": best,
        "clauses": [{"clause": clause.id, "counts": truth} for clause, truth in rows],
        "readings": [reading.id for reading in relied],
    }
    return Reply(tuple(lines), document, {True: YES, False: NO, None: UNDETERMINED}[best])


def _field_counts(clause: Clause, field: str | None) -> bool | None:
    """Whether a field is one that a clause takes; `None` where a committee may accept it, or no field is named."""
    names = {term.name for term in clause.counts}
    if "any_field" in names:
        return True
    if field is None:
        return None
    if field in _conditions(clause, "field"):
        return True
    return None if "approved_field" in names else False


# ── the old levels ────────────────────────────────────────────────────────────────────────────────────────────────


def convert(session: Session, c: int | None, kind: str | None, level: str | None) -> Reply:
    """What an old C-level became, of one type or of all; or which old levels became a level."""
    kb, say, name = session.kb, session.wording.say, session.vocabulary.name
    rows = sorted(
        (number(n), constant(k), constant(new))
        for k, n, new in kb.rows("c_level")
        if (c is None or n == c)
        and (kind is None or constant(k) == kind)
        and (level is None or constant(new) == level)
    )
    (reading,) = (kb.readings[identity] for identity in kb.bearing_on("c_levels"))
    if not rows:
        raise Unusable((Finding("c_level_unknown", args={"found": f"C{c}" if c else (level or "")}),))
    title = (
        say("convert.title", n=c)
        if c is not None
        else say("convert.of_level", level=name("level", level or ""))
    )
    lines = [Line(title, style="title")]
    for n, of, new in rows:
        args = {"n": n, "type": name("position_type", of), "level": name("level", new)}
        lines.append(Line(say("convert.row", **args), 1))
    lines += [*_relied_lines(session, (reading,)), Line(say("convert.only_before"), style="note")]
    document: Document = {
        "schema": "lgreason.convert/1",
        "c_level": c,
        "type": kind,
        "level": level,
        "levels": [{"c_level": n, "type": of, "level": new} for n, of, new in rows],
        "readings": [reading.id],
    }
    return Reply(tuple(lines), document)


# ── readings ──────────────────────────────────────────────────────────────────────────────────────────────────────


def readings(session: Session, clauses: tuple[str, ...] = ()) -> Reply:
    """Every ambiguity with the reading in force, or those that some clauses and their exceptions rely on."""
    from lgreason.report.text.catalogue import readings_document

    whole = session.kb.whole
    of = [whole.clauses[i] for i in clauses if i in whole.clauses]
    of += [whole.clauses[exception] for clause in of for exception, _ in clause.exceptions]
    relied = {identity for clause in of for identity in clause.relies}
    found = tuple(r for r in whole.readings.values() if r.id in relied) if clauses else ()
    found = found if clauses else tuple(session.kb.readings.values())
    say = session.wording.say
    lines = [Line(say("readings.title", n=len(found)), style="title")]
    for reading in found:
        args = {"id": reading.id, "question": reading.question, "chosen": reading.text}
        lines.append(Line(say("why.relied", **args), 1))
    return Reply(tuple(lines), readings_document(found))
