"""Checks of what a person's file means: names that are known, levels that exist, dates in order.

Each check is a function from the case to its findings; the list at the end of the module is all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lgreason.files.form.shape import texts_at_fault
from lgreason.files.person.case import Part, PersonFile
from lgreason.files.person.shape import ExperienceShape, PostingShape, QualificationShape
from lgreason.files.source.read import Path, excerpt
from lgreason.rules.findings import Finding
from lgreason.words.dates import DateProblem, parse_date

_UNKNOWN = {
    "position": "person_unknown_position",
    "position_type": "person_unknown_position_type",
    "level": "person_unknown_level",
    "degree": "person_unknown_degree",
    "work": "person_unknown_work",
    "committee": "person_unknown_committee",
    "competency": "person_unknown_competency",
    "rank": "person_unknown_rank",
}
FARTHEST = 40
"""Years after the day of assessment: a first day beyond is a slip of the pen; what begins earlier is left out."""
# Of these there are so few that all can be offered; of the others, the three nearest.
_OFFERED = {"position_type": 10, "level": 15, "degree": 10, "work": 10, "committee": 10}


def findings_of(case: PersonFile) -> tuple[Finding, ...]:
    """Everything that the checks find."""
    return tuple(finding for check in CHECKS for finding in check(case))


# ── text ────────────────────────────────────────────────────────────────────────────────────────


def _texts(case: PersonFile) -> Iterator[Finding]:
    """No text is empty, and none holds what cannot be printed on one line."""
    yield from texts_at_fault(case.source, case.broken)


# ── names ───────────────────────────────────────────────────────────────────────────────────────

_NAMED: Mapping[type[Part], Mapping[str, str]] = {
    QualificationShape: {"degree": "degree", "approved_by": "committee"},
    PostingShape: {
        **{"position": "position", "type": "position_type"},
        **{"equivalent_to": "rank", "equivalent_by": "committee"},
    },
    ExperienceShape: {"work": "work"},
}


def _names(case: PersonFile) -> Iterator[Finding]:
    """Every name that must be of the vocabulary is; a field of study need not be."""
    for path, part in case.parts():
        for key, category in _NAMED[type(part)].items():
            value: str | list[str] | None = getattr(part, key)
            if isinstance(value, list):
                for index, name in enumerate(value):
                    yield from _name(case, (*path, key, index), category, name)
            elif value is not None:
                yield from _name(case, (*path, key), category, value)


def _name(case: PersonFile, path: Path, category: str, name: str) -> Iterator[Finding]:
    if not name.strip() or case.identity(category, name):
        return
    nearest = case.vocabulary.nearest(category, name.strip(), _OFFERED.get(category, 3))
    if nearest:
        yield case.find(_UNKNOWN[category], path, found=excerpt(name), nearest=nearest)
    else:
        yield case.find("person_unknown_name", path, found=excerpt(name))


def _degrees(case: PersonFile) -> Iterator[Finding]:
    """A qualification says its degree: without it, it counts for nothing."""
    for index, qualification in enumerate(case.shape.education or ()):
        path: Path = ("education", index)
        glued = any(at[:2] == path and str(at[-1]).startswith("degree:") for at in case.broken)
        if path not in case.broken and not glued and not case.given((*path, "degree"), qualification.degree):
            yield case.find("person_degree_missing", (*path, "degree"))


def _committees(case: PersonFile) -> Iterator[Finding]:
    """Committees are named for a decision that there is."""
    for index, qualification in enumerate(case.shape.education or ()):
        if qualification.approved is False and qualification.approved_by:
            yield case.find("person_approved_by_no_one", ("education", index, "approved_by"))
    for path, posting in case.postings():
        if posting.equivalent_by and not case.given((*path, "equivalent_to"), posting.equivalent_to):
            yield case.find("person_equivalent_to_missing", (*path, "equivalent_by"))


def _competencies(case: PersonFile) -> Iterator[Finding]:
    """Every competency is known, and stands there once, whichever of its names is used."""
    first: dict[str, str] = {}
    for name in case.shape.competencies or ():
        path: Path = ("competencies", name)
        if identity := case.identity("competency", name):
            if identity in first:
                yield case.find("person_competency_twice", path, found=excerpt(name), first=first[identity])
            first.setdefault(identity, excerpt(name))
        elif name.strip():
            yield from _name(case, path, "competency", name)
        else:
            yield case.find("shape_text_empty", path)


# ── types and levels ────────────────────────────────────────────────────────────────────────────


def _ranks(case: PersonFile) -> Iterator[Finding]:
    """The type and the level agree with the position; without a position, the level is one of the type's."""
    for path, posting in case.postings():
        has_position = case.given((*path, "position"), posting.position)
        kind = None if has_position else case.identity("position_type", posting.type)
        if kind:
            yield from _level_of_type(case, (*path, "level"), posting, kind)
        elif posting.level is not None:
            yield from _name(case, (*path, "level"), "level", posting.level)
        if position := case.identity("position", posting.position):
            yield from _against_position(case, path, posting, position)
        elif posting.level is not None and not has_position and not case.given((*path, "type"), posting.type):
            yield case.find("person_level_without_type", (*path, "level"), found=excerpt(posting.level))


def _level_of_type(case: PersonFile, path: Path, posting: PostingShape, kind: str) -> Iterator[Finding]:
    words, told = case.vocabulary, (posting.level or "").strip()
    if told and case.identity("level", told) not in words.levels_of(kind):
        accepted = tuple(words.name("level", each) for each in words.levels_of(kind))
        kind_name = words.name("position_type", kind)
        yield case.find(
            "person_level_not_of_type", path, found=excerpt(told), type=kind_name, accepted=accepted
        )


def _against_position(
    case: PersonFile, path: Path, posting: PostingShape, position: str
) -> Iterator[Finding]:
    words, (kind, level) = case.vocabulary, case.vocabulary.placement(position)
    told = case.identity("position_type", posting.type)
    if told not in (None, kind):
        found, expected = excerpt(posting.type), words.name("position_type", kind)
        yield case.find("person_type_differs", (*path, "type"), found=found, expected=expected)
    told = case.identity("level", posting.level)
    if told not in (None, level):
        found, expected = excerpt(posting.level), words.name("level", level)
        yield case.find("person_level_differs", (*path, "level"), found=found, expected=expected)


def _c_levels(case: PersonFile) -> Iterator[Finding]:
    """A C level is one that the type had, agrees with the level, and stands for service under C levels."""
    for path, posting in case.postings():
        if posting.c_level is not None:
            yield from _c_level(case, (*path, "c_level"), posting, posting.c_level)
            yield from _c_level_ends(case, path, posting)


def _c_level(case: PersonFile, path: Path, posting: PostingShape, c: int) -> Iterator[Finding]:
    words, kind = case.vocabulary, case.type_of(posting)
    if kind is None:
        above = path[:-1]
        if not case.given((*above, "type"), posting.type) and not case.given(
            (*above, "position"), posting.position
        ):
            yield case.find("person_c_level_without_type", path, c=c)
        return
    level = words.level_of_c(kind, c)
    told = case.level_of(posting)
    if level is None:
        yield case.find("person_c_level_not_of_type", path, c=c, type=words.name("position_type", kind))
    elif told != level and told is not None:
        found, expected = words.name("level", level), words.name("level", told)
        yield case.find("person_c_level_differs", path, c=c, found=found, expected=expected)


def _c_level_ends(case: PersonFile, path: Path, posting: PostingShape) -> Iterator[Finding]:
    last, end = case.vocabulary.c_levels_end, case.day(posting.end)
    if not case.given((*path, "to"), posting.end):
        yield case.find("person_c_level_still_held", (*path, "c_level"), last=last)
    elif end and end > last:
        yield case.find("person_c_level_too_late", (*path, "to"), found=end, last=last)


# ── dates ───────────────────────────────────────────────────────────────────────────────────────


def _days(case: PersonFile) -> Iterator[Finding]:
    """Every date is one."""
    for path, part in case.parts():
        texts = {"obtained": part.obtained} if isinstance(part, QualificationShape) else _ends(part)
        for key, text in texts.items():
            day = parse_date(text) if text and text.strip() else None
            if isinstance(day, DateProblem):
                yield case.find(day.code, (*path, key), **day.args)


def _ends(stretch: PostingShape | ExperienceShape) -> dict[str, str | None]:
    return {"from": stretch.start, "to": stretch.end}


def _order(case: PersonFile) -> Iterator[Finding]:
    """Nothing ends before it begins, and nothing begins, or was obtained, in a far future."""
    for path, stretch in case.stretches():
        start, end = case.day(stretch.start), case.day(stretch.end)
        if start and end and end < start:
            yield case.find("person_ends_before_start", (*path, "to"), start=start, end=end)
        if start and start.year > case.latest.year + FARTHEST:
            yield case.find("person_starts_in_future", (*path, "from"), found=start, latest=case.latest)
    for index, qualification in enumerate(case.shape.education or ()):
        obtained = case.day(qualification.obtained)
        if obtained and obtained.year > case.latest.year + FARTHEST:
            path = ("education", index, "obtained")
            yield case.find("person_obtained_in_future", path, found=obtained, latest=case.latest)


CHECKS: tuple[Callable[[PersonFile], Iterator[Finding]], ...] = (
    _texts,
    _names,
    _degrees,
    _committees,
    _competencies,
    _ranks,
    _c_levels,
    _days,
    _order,
)
