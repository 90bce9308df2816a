"""The commands of a conversation: what is shown, who is loaded, and under which settings it goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from lgreason.answers import persons as replies
from lgreason.answers.persons import Document, Reply
from lgreason.files.person.person import Person
from lgreason.files.writing import write_whole
from lgreason.repl.asked import Ask, Question
from lgreason.repl.learned import Learned, learned_document
from lgreason.repl.memory import Memory
from lgreason.repl.suppositions import Supposal, change_document, change_words
from lgreason.report.documents.persons import missing_document
from lgreason.report.line import Line
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.model import Language
from lgreason.words.dates import DateProblem, parse_date

if TYPE_CHECKING:
    from lgreason.answers.shelf import Shelf
    from lgreason.reasoning.structures.space import Narrowing
    from lgreason.report.documents.comments import Anchor


class Commands:
    """Carries out commands on what a conversation remembers."""

    def __init__(self, memory: Memory) -> None:
        """Take what the conversation remembers."""
        self._memory = memory
        self._refused: str | None = None
        self._over: str | None = None
        self.answers: Mapping[Ask, Callable[[Question], Reply]] = {
            "undo": self._undo,
            "save": self._save,
            "show": self._show,
            "list": self._list,
            "load": self._load,
            "as_of": self._as_of,
            "lang": self._lang,
            "reading": self._reading,
            "help": self._help,
            "quit": self._quit,
        }

    def _say(self, key: str, **args: object) -> str:
        return self._memory.session.wording.say(key, **args)

    def _show(self, question: Question) -> Reply:
        session = self._memory.session
        if question.text:
            return replies.show_reading(session, question.text)
        if question.clause is not None:
            return replies.show_clauses(session, *self._bearing(question.clause.ids))
        if question.organisation is not None:
            return self._organisation(question)
        return replies.show_person(session, self._memory.whom(question))

    def _bearing(self, ids: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
        """Of clauses of one number those about what is spoken of, a person or an organisation; and the position."""
        memory = self._memory
        of_persons = memory.session.kb.described.clauses
        about = memory.about_organisation()
        found = tuple(identity for identity in ids if (identity not in of_persons) is about) or ids
        return found, None if about else memory.position

    def _organisation(self, question: Question) -> Reply:
        from lgreason.answers.organisations import show_organisation

        return show_organisation(self._memory.session, self._memory.organisation_meant(question))

    def _undo(self, question: Question) -> Reply:
        memory, session = self._memory, self._memory.session
        undone = memory.undo(question.text == "all")
        if not undone:
            raise Unusable((Finding("nothing_to_undo"),))
        lines, rows = [], []
        for identity, change in undone:
            if not isinstance(change, Supposal | Learned):
                words, row = self._unchosen(identity, change)
                lines.append(Line(words))
                rows.append({"organisation": identity, **row})
                continue
            if isinstance(change, Learned):
                missing = missing_document(change.fact)
                rows.append({"person": identity, **learned_document(change, missing, session.vocabulary)})
                lines.append(Line(self._say("interview.undone", name=memory.people[identity].name)))
                continue
            words = change_words(change, session.vocabulary, session.wording)
            lines.append(Line(self._say("suppose.undone", name=memory.people[identity].name, text=words)))
            rows.append({"person": identity, **change_document(change, session.vocabulary)})
        document: Document = {"schema": "lgreason.undone/1", "undone": rows}
        whose = {whose for whose, change in undone if not isinstance(change, Supposal | Learned)}
        if len(whose) == 1 and len(undone) == len(rows):
            document["organisation"] = whose.pop()
        return Reply(tuple(lines), document)

    def _unchosen(self, identity: str, step: Narrowing) -> tuple[str, Document]:
        """What was chosen and no longer is, in words and as a document."""
        from lgreason.answers.organisations import choice_words

        organisation = self._memory.organisations.loaded[identity]
        text = choice_words(self._memory.session, organisation).chosen(step)
        return self._say("repl.unchosen", name=organisation.name, text=text), step_document(step)

    def begin(self) -> None:
        """A new line: only the command directly before can be repeated to write over a file."""
        self._over, self._refused = self._refused, None

    def write(self, question: Question, text: str | bytes, endings: tuple[str, ...]) -> str:
        """Write a file; over one that exists only if the same command was given directly before."""
        path = _path(question.text)
        over, self._refused = self._over == path, path
        write_file(path, text, over, endings, self._memory.session.shelf)
        self._refused = None
        return path

    def _save(self, question: Question) -> Reply:
        from lgreason.report.documents.comments import with_comments
        from lgreason.report.documents.person_file import person_yaml

        memory = self._memory
        memory.whom(question)
        person = memory.people[memory.person or ""]
        text = with_comments(person_yaml(person), self._comments(person.place.file))
        path = self.write(question, text, (".yaml", ".yml"))
        lines = [Line(self._say("repl.saved", name=person.name, file=path))]
        if memory.changes(person.id):
            lines.append(Line(self._say("repl.saved_without"), 1, "note"))
        return Reply(tuple(lines), {"schema": "lgreason.saved/1", "person": person.id, "file": path})

    def _comments(self, file: str) -> dict[Anchor, list[str]]:
        """The comments of the file that a person was read from, as far as it can still be read."""
        from lgreason.files.source.read import read_text
        from lgreason.report.documents.comments import comments_of

        if self._memory.session.shelf is not None or not file.endswith((".yaml", ".yml")):
            return {}
        try:
            return comments_of(read_text(file))
        except Unusable:
            return {}

    def _list(self, question: Question) -> Reply:
        del question
        memory = self._memory
        return replies.list_people(
            memory.session, memory.people.values(), memory.loaded_organisations().values()
        )

    def _help(self, question: Question) -> Reply:
        del question
        return replies.show_help(self._memory.session)

    def _quit(self, question: Question) -> Reply:
        del question
        return Reply((Line(self._say("repl.bye")),), self._settings())

    def _settings(self) -> Document:
        session = self._memory.session
        return {
            "schema": "lgreason.settings/1",
            "lang": session.wording.language,
            "as_of": session.day.isoformat(),
            "readings": dict(self._memory.readings),
        }

    def _load(self, question: Question) -> Reply:
        path = _path(question.text)
        memory = self._memory
        loaded = memory.open(str(Path(path).expanduser()) if path.startswith("~") else path)
        if isinstance(loaded, Mapping):
            words = self._say("repl.costs_loaded", n=len(loaded), file=path)
            return Reply((Line(words),), {"schema": "lgreason.costs/1", "posts": len(loaded), "file": path})
        if isinstance(loaded, Person):
            memory.person, memory.subject = loaded.id, "person"
            reply = replies.list_people(memory.session, (loaded,), (), "loaded")
            finding = memory.session.wording.finding
            warnings = tuple(Line(finding(warning), 1, "note") for warning in loaded.warnings)
            return Reply((*reply.lines, *warnings), replies.with_warnings(reply.document, loaded))
        memory.organisations.spoken, memory.subject = loaded.id, "organisation"
        return replies.list_people(memory.session, (), (loaded,), "loaded")

    def _as_of(self, question: Question) -> Reply:
        day = date.today() if question.text == "today" else parse_date(question.text)
        if isinstance(day, DateProblem):
            raise Unusable((Finding(day.code, args=day.args),))
        notes = self._memory.renew(day=day)
        return Reply((Line(self._say("repl.as_of", day=day)), *notes), self._settings())

    def _lang(self, question: Question) -> Reply:
        self._memory.renew(language=cast(Language, question.text))
        return Reply((Line(self._say("repl.language")),), self._settings())

    def _reading(self, question: Question) -> Reply:
        identity, _, choice = question.text.partition("=")
        notes = self._memory.renew(readings={**self._memory.readings, identity: choice})
        kb = self._memory.session.kb
        reading = (kb.readings if identity in kb.readings else kb.whole.readings)[identity]
        words = self._say("repl.reading", id=identity, question=reading.question, chosen=reading.text)
        return Reply((Line(words), *notes), self._settings())


def _path(text: str) -> str:
    return text.strip("\"'«»“”")


def step_document(step: Narrowing) -> Document:
    """What was chosen of a structure, as JSON."""
    return {"kind": "require" if step.required else "forbid", "choice": step.choice, "value": step.value}


def write_file(
    path: str, text: str | bytes, over: bool, endings: tuple[str, ...], shelf: Shelf | None = None
) -> None:
    """Write a new file, on the shelf if there is one; over an existing one only if that is wanted.

    Raises `Unusable` where it cannot be.
    """
    file = Path(path) if shelf is not None else Path(path).expanduser()
    if file.suffix.lower() not in endings:
        args = {"found": path, "accepted": tuple(endings)}
        raise Unusable((Finding("save_ending", args=args),))
    try:
        if shelf is None:
            write_whole(file, text, over=over)
        else:
            shelf.put(path, text.encode() if isinstance(text, str) else text, over=over)
    except FileExistsError:
        raise Unusable((Finding("save_exists", args={"file": path}),)) from None
