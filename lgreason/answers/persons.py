"""What each question comes to: the lines and the document of its answer, given the person and the position meant.

What only some answers need is imported by them: `lgreason why` is asked most, and starts sooner without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.reasoning.cases.counting import ONE_DAY
from lgreason.report.line import Line
from lgreason.report.text.explanation import ExplanationText
from lgreason.report.wording import Wording
from lgreason.rules.findings import Finding, Unusable

if TYPE_CHECKING:
    from lgreason.files.organisation.organisation import Organisation

Document = dict[str, Any]
YES, NO, UNUSABLE, UNDETERMINED, LIMITED = range(5)
EXIT_OF = {"eligible": YES, "ineligible": NO, "undetermined": UNDETERMINED}


class Reply:
    """What a question comes to: its lines, the command's own document, and the exit status.

    Lines or document may be given as functions, called when first asked for: a text needs no document. `relies` are
    the readings that an answer about an organisation relies on.
    """

    def __init__(
        self,
        lines: Iterable[Line] | Callable[[], Iterable[Line]],
        document: Document | Callable[[], Document],
        status: int = YES,
        relies: tuple[str, ...] = (),
    ) -> None:
        """Take the answer in both forms."""
        self._lines = lines
        self._document = document
        self.status = status
        self.relies = relies

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The answer line by line."""
        return tuple(self._lines() if callable(self._lines) else self._lines)

    @cached_property
    def document(self) -> Document:
        """The answer as the command's own document."""
        return self._document() if callable(self._document) else self._document


class PathAsked(NamedTuple):
    """What narrows the career paths asked for, and the file in which they are drawn."""

    require: frozenset[str] = frozenset()
    avoid: frozenset[str] = frozenset()
    by: date | None = None
    start: date | None = None
    moves: int = 6
    svg: str | None = None
    stay: int = 0


def why(session: Session, person: Person, position: str, full: bool, conversing: bool = False) -> Reply:
    """The verdict with its reasons; `full` for the whole tree.

    The hints at the end name options of the command line; while `conversing`, the sentences that ask on.
    """
    say = session.wording.say
    explanation = session.explain(person, position)
    text = ExplanationText(explanation, session.kb, session.vocabulary, session.wording)
    place = next((node.clause.place for node in explanation.deciding), explanation.reason.clause.place)
    hints = {}
    if conversing:
        hints[say("why.more")] = say("repl.more", place=place)
        hints[say("why.more_readings")] = say("repl.more_readings")

    def lines() -> Iterable[Line]:
        return (Line(hints.get(line.text, line.text), line.indent, line.style) for line in text.lines(full))

    def document() -> Document:
        from lgreason.report.documents.persons import explanation as explanation_document

        return with_warnings(explanation_document(explanation, session.kb), person)

    return Reply(lines, document, EXIT_OF[explanation.verdict])


def check(session: Session, person: Person, positions: tuple[str, ...]) -> Reply:
    """The verdict for each of some positions."""
    say = session.wording.say
    judgement = session.judges.judge.case(person, session.day)
    found = {position: judgement.verdict(position) for position in positions}
    in_force = not_yet_in_force(session, positions)

    def lines() -> Iterator[Line]:
        yield Line(say("check.title", name=person.name, day=session.day), style="title")
        if in_force is not None:
            yield Line(say("why.not_yet_in_force", day=in_force), 1, "note")
        for position, verdict in found.items():
            name = session.vocabulary.name("position", position)
            held = verdict != "eligible" and holds(person, position, session.day)
            key = "check.held" if held else "check.verdict"
            yield Line(say(key, position=name, verdict=say(f"verdict.{verdict}")), 1, verdict)
            if verdict != "eligible" and not held:
                yield from _deciding_line(session, person, position)
            if not held:
                yield from _adding_line(session, person, position)

    statuses = {EXIT_OF[verdict] for verdict in found.values()}
    status = next(status for status in (NO, UNDETERMINED, YES) if status in statuses)
    from lgreason.report.documents.persons import verdicts

    document = verdicts(person.id, session.day, found)
    if in_force is not None:
        document["in_force_from"] = in_force.isoformat()
    return Reply(lines, with_warnings(document, person), status)


def not_yet_in_force(session: Session, positions: Iterable[str]) -> date | None:
    """The day from which the standard of some positions is in force, where the day of assessment is before it."""
    days = (session.kb.clauses[session.kb.posts[position]].in_force for position in positions)
    return max((day for day in days if session.day < day), default=None)


def _deciding_line(session: Session, person: Person, position: str) -> Iterator[Line]:
    """What decides a verdict and the first day of eligibility, in one line."""
    from lgreason.report.text.explanation import ExplanationText

    answer, say = session.explain(person, position), session.wording.say
    text = ExplanationText(answer, session.kb, session.vocabulary, session.wording)
    reason = next((text.brief(node) for node in answer.deciding), None)
    if reason is not None:
        since = answer.eligible_since
        key, args = "check.because", dict[str, object]()
        if since is not None:
            key, args = "check.because_until", {"day": since}
            if answer.first_day_by:
                key = "check.because_until_by"
                args["places"] = tuple(node.clause.place for node in answer.first_day_by)
        yield Line(say(key, reason=reason, **args), 3, "note")


def _adding_line(session: Session, person: Person, position: str) -> Iterator[Line]:
    """That the verdict or the first day hangs on how stretches of time are added, where it does."""
    if len(person.postings or ()) + len(person.experience or ()) < 2:
        return
    answer, say = session.explain(person, position), session.wording.say
    for identity in session.kb.bearing_on("adding"):
        if (relied := answer.relied(identity)) is None:
            continue
        for verdict in dict.fromkeys(other for _, other in relied.otherwise if other != relied.verdict):
            yield Line(say("check.rests_on", id=identity, verdict=say(f"verdict.{verdict}")), 3, "note")
        for _, day in relied.days:
            key, args = ("check.rests_on_never", {}) if day is None else ("check.rests_on_day", {"day": day})
            yield Line(say(key, id=identity, **args), 3, "note")


def holds(person: Person, position: str, day: date) -> bool:
    """Whether the person surely holds a position on a day, and not merely stands in for it."""
    return any(
        held.position == position and not held.acting and not held.concurrent
        for held in person.postings or ()
        if held.start is not None
        and held.start <= day
        and (held.end is None or held.end >= day)
        and held.words.within.get("to", (day, day))[0] >= day
    )


def with_warnings(document: Document, person: Person) -> Document:
    """A document about a person with the warnings of their file, where there are any."""
    if person.warnings:
        from lgreason.report.documents.persons import findings as findings_document

        document["warnings"] = findings_document(person.warnings)["findings"]
    return document


def how(session: Session, person: Person, position: str, most: int) -> Reply:
    """The ways to become eligible; the status is NO where there is none, LIMITED where not all were looked at."""
    from lgreason.reasoning.persons.remedies import Remedies
    from lgreason.report.documents.remedies import remedies_document
    from lgreason.report.text.remedies import RemedyText

    remedies = Remedies(session.judges.judge, person, position, session.day)
    text = RemedyText(remedies, session.vocabulary, session.wording)
    status = YES if remedies.verdict == "eligible" or remedies.found else NO
    status = status if remedies.complete else LIMITED
    document = remedies_document(remedies, session.vocabulary, most)
    return Reply(tuple(text.lines(most)), document, status)


def program_of_path(session: Session, person: Person, position: str, number: int) -> str:
    """The steps of one of the career paths (numbered from 1) as a program for clingo; raises `Unusable`."""
    from lgreason.reasoning.persons.path import Paths
    from lgreason.reasoning.persons.path_search import Aim
    from lgreason.reasoning.persons.program import program_of_steps

    judge = session.judges.judge
    paths = Paths(judge, person, session.day, Aim(position))
    if number > len(paths.found):
        args = {"found": number, "most": len(paths.found)}
        raise Unusable((Finding("path_beyond", args=args),))
    return program_of_steps(judge, paths.asked(number))


def path(session: Session, person: Person, position: str, most: int, asked: PathAsked | None = None) -> Reply:
    """The career paths; the status is NO where there is none, UNDETERMINED where a missing fact stands in the way."""
    from lgreason.reasoning.persons.path import Paths, faults
    from lgreason.reasoning.persons.path_search import Aim
    from lgreason.report.documents.paths import paths_document
    from lgreason.report.text.paths import PathText

    asked = asked or PathAsked()
    aim = Aim(position, asked.require, asked.avoid, asked.by, asked.moves, asked.stay)
    if found := faults(aim, session.day, asked.start or session.day + ONE_DAY):
        raise Unusable(found)
    paths = Paths(session.judges.judge, person, session.day, aim, asked.start)
    text = PathText(paths, session.kb, session.vocabulary, session.wording)
    lines = tuple(text.lines(most))
    if asked.svg is not None:
        from lgreason.files.writing import write_whole
        from lgreason.report.drawings.timeline import drawing

        write_whole(asked.svg, drawing(paths, text, session.vocabulary, session.wording, most))
        lines = (*lines, Line(), Line(session.wording.say("path.svg_written", file=asked.svg), style="note"))
    status = YES if paths.held or paths.found else UNDETERMINED if paths.missing else NO
    return Reply(lines, paths_document(paths, session.kb, session.vocabulary, most), status)


def show_person(session: Session, person: Person) -> Reply:
    """The person as read."""
    from lgreason.report.text.person import person_document, person_lines

    return Reply(tuple(person_lines(person, session.vocabulary, session.wording)), person_document(person))


def show_reading(session: Session, identity: str) -> Reply:
    """An ambiguity with its readings."""
    from lgreason.report.text.catalogue import CatalogueText, readings_document
    from lgreason.rules.catalogue import Catalogue

    catalogue = Catalogue(session.kb)
    reading = catalogue.kb.readings[identity]
    text = CatalogueText(catalogue, session.vocabulary, session.wording)
    return Reply(tuple(text.reading(reading)), readings_document((reading,)))


def show_clauses(session: Session, ids: tuple[str, ...], position: str | None) -> Reply:
    """Clauses; of several with the same number those that bear on the position spoken of, or else decide."""
    from lgreason.report.text.catalogue import CatalogueText, clauses_document
    from lgreason.rules.catalogue import Catalogue

    catalogue = Catalogue(session.kb)
    text = CatalogueText(catalogue, session.vocabulary, session.wording)
    every = [catalogue.kb.clauses[identity] for identity in ids]
    bearing = frozenset[str]()
    if position is not None and len(every) > 1:
        bearing = session.judges.judge.clauses_under(session.kb.posts[position])
    deciding = tuple(clause for clause in every if clause.says is not None)
    clauses = tuple(clause for clause in every if clause.id in bearing) or deciding or tuple(every)
    lines: list[Line] = []
    for clause in clauses:
        lines += [*([Line()] if lines else []), *text.shown(clause)]
    if len(clauses) < len(every):
        other = next(clause for clause in every if clause not in clauses)
        lines += [Line(), Line(session.wording.say("repl.narrowed", example=other.place), style="note")]
    return Reply(tuple(lines), clauses_document(catalogue, clauses))


def list_people(
    session: Session,
    people: Iterable[Person],
    organisations: Iterable[Organisation] = (),
    key: str = "person_listed",
) -> Reply:
    """Persons and organisations with their ids and files."""
    say = session.wording.say
    found = [
        [{"id": each.id, "name": each.name, "file": each.place.file} for each in all_]
        for all_ in (people, organisations)
    ]
    lines = [Line(say(f"repl.{key}", **row)) for rows in found for row in rows]
    document: Document = {"schema": "lgreason.people/1", "people": found[0]}
    if found[1]:
        document["organisations"] = found[1]
    return Reply(tuple(lines) or (Line(say("repl.nobody")),), document)


def show_help(session: Session) -> Reply:
    """What can be asked, by example."""
    rows = session.wording.say("repl.help").strip().splitlines()
    lines = tuple(Line(row.strip(), 1) if row.startswith(" ") else Line(row, style="heading") for row in rows)
    examples = [line.text for line in lines if line.indent]
    return Reply(lines, {"schema": "lgreason.help/1", "examples": examples})


def refused(findings: tuple[Finding, ...], wording: Wording) -> Reply:
    """Why a question or a file is refused, as `lgreason.findings/1`."""
    lines = tuple(Line(wording.finding(finding), style="bad") for finding in findings)
    from lgreason.report.documents.persons import findings as findings_document

    return Reply(lines, findings_document(findings), UNUSABLE)
