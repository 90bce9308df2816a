"""`screen`: a roster held against positions; its summary, and the files that hold every answer."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from lgreason import __version__
from lgreason.answers.persons import NO, YES, Reply
from lgreason.answers.screening.aside import AsideFile, records_of, sentence
from lgreason.answers.screening.run import Progress, Work, doubled_ids, screen_roster, work_for
from lgreason.answers.session import Session
from lgreason.files.roster.decisions import DecisionFile, beside, read_decisions
from lgreason.files.roster.headings import Headings
from lgreason.files.roster.loading import Roster, fingerprint, load, mappings_of
from lgreason.files.roster.mapping import SheetMapping
from lgreason.files.roster.mapping_file import mapping_beside
from lgreason.files.roster.recognised import Texts
from lgreason.files.roster.record import person_of
from lgreason.files.roster.results import Results, Sources
from lgreason.files.roster.statements import Statements
from lgreason.files.roster.tally import Tally, tally
from lgreason.reasoning.screening.batch import Rules
from lgreason.report.documents import screening as documents
from lgreason.report.line import Line
from lgreason.report.text.recognised import RecognisedText
from lgreason.report.text.screening import AnswerWords, ScreeningText
from lgreason.rules.findings import Finding, Place, Unusable
from lgreason.words.recognising.recogniser import Recogniser

MOST_WORDED = 1_000
"""Of so many persons set aside it is said in words what is wrong; of more, which would be a fault of all, by code."""
OUTPUTS = (".duckdb", ".xlsx", ".csv", ".parquet", ".html")


@dataclass(frozen=True)
class RosterQuery:
    """What is asked of a roster."""

    paths: tuple[str, ...]
    positions: tuple[str, ...] = ()
    by: date | None = None
    out: tuple[str, ...] = ()
    mapping: str | None = None
    decisions: str | None = None
    pseudonyms: bool = False


class Screening:
    """Answers what is asked of a roster."""

    def __init__(self, session: Session, asked: RosterQuery) -> None:
        """Take the session that knows the rules and the day; raises `Unusable` for outputs of no known form."""
        self._session = session
        self._asked = asked
        wrong = [out for out in asked.out if Path(out).suffix.lower() not in OUTPUTS]
        if wrong:
            args = {"accepted": OUTPUTS}
            raise Unusable(tuple(Finding("screen_output", Place(out), args) for out in wrong))
        wrong = [out for out in asked.out if not Path(out).absolute().parent.is_dir()]
        if wrong:
            raise Unusable(tuple(Finding("screen_no_folder", Place(out)) for out in wrong))
        if asked.by is not None and asked.by < session.day:
            raise Unusable((Finding("screen_by_before", args={"by": asked.by, "day": session.day}),))

    # ── the columns ──────────────────────────────────────────────────────────────────────────────

    def mappings(self) -> tuple[SheetMapping, ...]:
        """Which column of each sheet holds what."""
        texts = Texts(self._session.vocabulary, self._recogniser, self._decisions)
        latest = max(self._session.today, self._session.day)
        statements = Statements(self._headings.stated, texts, latest)
        return mappings_of(self._asked.paths, self._headings, statements, self._mapping)

    @property
    def _mapping(self) -> str | None:
        return self._asked.mapping or mapping_beside(self._asked.paths[0])

    @cached_property
    def _recogniser(self) -> Recogniser:
        return Recogniser(self._session.kb, max(self._session.today, self._session.day))

    @cached_property
    def _headings(self) -> Headings:
        return Headings(self._session.library.words, self._session.vocabulary)

    @cached_property
    def _decisions(self) -> DecisionFile:
        told = self._asked.decisions
        path = Path(told) if told else beside(self._asked.paths[0])
        return read_decisions(path, self._headings.stated)

    # ── the answers ──────────────────────────────────────────────────────────────────────────────

    @cached_property
    def rules(self) -> Rules:
        """Under which rules the roster is screened."""
        session = self._session
        library = session.library.on(session.day)
        return Rules(
            library.root,
            library.layer,
            tuple(sorted(session.readings.items())),
            self._asked.positions,
            max(session.today, session.day),
        )

    def roster(self, work: Work) -> Roster:
        """The roster as read."""
        return load(
            self._asked.paths,
            work.folder,
            self._session.vocabulary,
            self._recogniser,
            self._headings,
            self._decisions,
            max(self._session.today, self._session.day),
            self._mapping,
        )

    @contextmanager
    def work(self) -> Iterator[Work]:
        """The folder of work: beside the first output, kept when the run is stopped; without an output, passing."""
        if self._asked.out:
            out = Path(self._asked.out[0])
            work = work_for(out.with_name(f".{out.name}.working"), self._key())
            try:
                yield work
            except Unusable:
                if not work.chunks():  # there is nothing to go on from
                    work.remove()
                raise
            work.remove()
        else:
            with tempfile.TemporaryDirectory(prefix="lgreason-") as folder:
                yield work_for(Path(folder), "")

    def _key(self) -> str:
        asked = self._asked
        files = [*asked.paths, *([self._mapping] if self._mapping else [])]
        kb = sorted(self.rules.root.rglob("*.lp")) if self.rules.root else []
        rules = fingerprint([str(path) for path in kb], repr(self.rules.layer))
        more = (__version__, rules, repr(self.rules.readings), repr(self.rules.positions))
        settled = repr(sorted(self._decisions.settled.items()))
        return fingerprint(files, *more, settled, str(self._session.day), str(self._session.today))

    def answer(self, progress: Progress) -> Reply:
        """Screen the roster, write every output asked for, and sum up; the status tells of rows set aside."""
        for path in self._asked.paths:
            if not Path(path).is_file():
                raise Unusable((Finding("roster_not_there", Place(path)),))
        with self.work() as work:
            roster = self.roster(work)
            if not roster.persons and not roster.aside:
                raise Unusable(tuple(Finding("roster_empty", Place(path)) for path in self._asked.paths))
            screen_roster(roster, self.rules, self._session.day, work, progress)
            return self._finish(roster, work)

    def _finish(self, roster: Roster, work: Work) -> Reply:
        session, asked = self._session, self._asked
        positions = asked.positions or tuple(session.kb.posts)
        results = Results(self._sources(roster, work, positions), session.day, asked.by)
        try:
            of_persons = self._set_aside(results, roster)
            say = session.wording.say
            for identity in doubled_ids(roster.files):
                if identity is not None:
                    of_persons.setdefault(identity, []).append(say("finding.roster_id_twice"))
            read = RecognisedText(session.kb, session.wording)
            aside = AsideFile(roster, asked.paths, of_persons, session.wording, read)
            sums = tally(results, roster, positions, aside.count)
            words = AnswerWords(session.kb, session.vocabulary, session.wording)
            made = self._write(results, sums, words, aside, roster)
        finally:
            results.close()
        lines = [*ScreeningText(sums, words, session.wording).lines()]
        lines += [Line(session.wording.say("screen.written", file=file), style="note") for file in made]
        document = documents.screening(sums, session.kb, session.vocabulary, made)
        return Reply(tuple(lines), document, NO if sums.set_aside else YES)

    def _set_aside(self, results: Results, roster: Roster) -> dict[str, list[str]]:
        """The persons whose records cannot be used, with what is wrong in words."""
        session, found = self._session, dict(results.set_aside())
        terms = session.vocabulary.of_facts
        latest = max(session.today, session.day)
        wrong: dict[str, list[str]] = {}
        for record in records_of(roster.files, list(found)[:MOST_WORDED]):
            try:
                person_of(record, session.vocabulary, latest, lambda: (terms.declarations, terms))
            except Unusable as unusable:
                wrong[str(record["id"])] = [sentence(each, session.wording) for each in unusable.findings]
        return {person: wrong.get(person, codes.split("; ")) for person, codes in found.items()}

    def _sources(self, roster: Roster, work: Work, positions: Sequence[str]) -> Sources:
        kb, vocabulary = self._session.kb, self._session.vocabulary
        about = [
            ("as_of", self._session.day.isoformat()),
            ("by", self._asked.by.isoformat() if self._asked.by else None),
            ("version", __version__),
            ("readings", " ".join(f"{key}={value}" for key, value in self.rules.readings)),
        ]
        names = [(p, *vocabulary.name("position", p)) for p in positions]
        clauses = [(c.id, *c.place, *c.gloss, c.quote) for c in kb.eligibility]
        texts = [(kind, text, str(count)) for (kind, text), count in roster.unrecognised.items()]
        aside = [(a.person, a.file, a.sheet, str(a.line), a.code) for a in roster.aside]
        return Sources(
            answers=work.chunks(),
            persons=roster.files,
            small={
                "about": (("key", "value"), about),
                "positions": (("position", "name_th", "name_en"), names),
                "clauses": (("clause", "place_th", "place_en", "text_th", "text_en", "quote"), clauses),
                "unrecognised": (("kind", "text", "count"), texts),
                "aside": (
                    ("person", "file", "sheet", "line", "code"),
                    [] if self._asked.pseudonyms else aside,
                ),
            },
            pseudonyms=self._asked.pseudonyms,
        )

    # ── the files ────────────────────────────────────────────────────────────────────────────────

    def _write(
        self, results: Results, sums: Tally, words: AnswerWords, aside: AsideFile, roster: Roster
    ) -> list[str]:
        asked, made = self._asked, []
        for out in map(Path, asked.out):
            self._output(out, results, sums, words)
            made.append(str(out))
        if not asked.out:
            return made
        first = Path(asked.out[0])
        if asked.pseudonyms:
            keys = first.with_name(f"{first.stem}.keys.csv")
            results.write_keys(keys)
            made.append(str(keys))
        if aside.count:
            made += map(str, aside.write(_unused(first.with_name(f"{first.stem}.aside"), asked.paths)))
        if roster.unrecognised or self._decisions.path.exists():
            self._decisions.write(roster.unrecognised)
            made.append(str(self._decisions.path))
        return made

    def _output(self, out: Path, results: Results, sums: Tally, words: AnswerWords) -> None:
        session, ending = self._session, out.suffix.lower()
        try:
            if ending == ".xlsx":
                from lgreason.report.workbook.screening import MOST_ROWS, ScreeningWorkbook

                if sums.persons > MOST_ROWS:
                    args = {"n": sums.persons, "most": MOST_ROWS}
                    raise Unusable((Finding("screen_workbook_too_large", Place(str(out)), args),))
                ScreeningWorkbook(results, sums, words, session.kb, session.wording).write(out)
            elif ending == ".html":
                from lgreason.report.page.screening import ScreeningPage

                ScreeningPage(sums, words, session.wording).write(out)
            else:
                results.write(out)
        except OSError as error:
            told = {"file": str(out), "reason": error.strerror or str(error)}
            raise Unusable((Finding("screen_failed", args=told),)) from None


def _unused(stem: Path, given: Sequence[str]) -> Path:
    """A name for the rows set aside that no file given has: what was corrected there is not written over."""
    names = {Path(path).resolve() for path in given}
    found, number = stem, 1
    while any(found.with_name(f"{found.name}{ending}").resolve() in names for ending in (".xlsx", ".jsonl")):
        number += 1
        found = stem.with_name(f"{stem.name}-{number}")
    return found
