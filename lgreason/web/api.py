"""The API: each command's own JSON document, asked for by POST with the file in the request; nothing is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jsonschema_rs import Draft202012Validator
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from lgreason.answers import persons as of_persons
from lgreason.answers.memo import about_of, memo
from lgreason.answers.persons import Reply
from lgreason.answers.session import Session
from lgreason.answers.shelf import Shelf
from lgreason.files.organisation.organisation import Organisation
from lgreason.files.person.person import Person
from lgreason.files.source.read import source_of
from lgreason.report.documents.persons import findings as findings_document
from lgreason.rules.findings import Finding, Place, Unusable
from lgreason.web.page import ANSWERING
from lgreason.web.windows import Settings, Start
from lgreason.words.dates import DateProblem, parse_date

if TYPE_CHECKING:
    from lgreason.files.organisation.costs import Costs

Body = dict[str, Any]
Schema = dict[str, Any]
Answering = Callable[[Session, Any, Body], Reply]
MOST_TEXT = 500
MOST_LISTED = 200

TEXT: Schema = {"type": "string", "minLength": 1, "maxLength": MOST_TEXT}
TEXTS: Schema = {"type": "array", "items": TEXT, "maxItems": 50}
FILE: Schema = {
    "type": "object",
    "description": "a file as a user has it: its name, whose ending tells the format, and its text",
    "additionalProperties": False,
    "required": ["name", "content"],
    "properties": {"name": TEXT, "content": {"type": "string", "maxLength": 5_000_000}},
}
SETTINGS: Mapping[str, Schema] = {
    "as_of": TEXT | {"description": "the day considered; today if absent"},
    "lang": {"enum": ["th", "en"]},
    "readings": {
        "type": "object",
        "description": 'readings other than the default, such as {"A-20": "days"}',
        "additionalProperties": TEXT,
        "maxProperties": 50,
    },
}


@dataclass(frozen=True, slots=True)
class Operation:
    """A command of the API: what it takes besides the file and the settings, and what answers."""

    summary: str
    answer: Answering
    takes: tuple[type[Person] | type[Organisation], ...] = ()
    properties: Mapping[str, Schema] = field(default_factory=dict)
    required: tuple[str, ...] = ()

    def schema(self) -> Schema:
        """The JSON Schema of a request."""
        found: Schema = {
            "type": "object",
            "additionalProperties": False,
            "properties": {**SETTINGS, **self.properties},
            "required": list(self.required),
        }
        if self.has_file:
            found["properties"] |= {"file": FILE}
            found["required"].append("file")
        return found

    @property
    def has_file(self) -> bool:
        """Whether a file is asked about."""
        return bool(self.takes)


def _check(session: Session, person: Person, body: Body) -> Reply:
    positions = tuple(dict.fromkeys(map(session.position, body.get("positions", ())))) or tuple(
        session.kb.posts
    )
    return of_persons.check(session, person, positions)


def _why(session: Session, person: Person, body: Body) -> Reply:
    return of_persons.why(session, person, session.position(body["position"]), full=True)


def _how(session: Session, subject: Person | Organisation, body: Body) -> Reply:
    most = body.get("max", 10)
    if isinstance(subject, Person):
        return of_persons.how(session, subject, session.position(body["position"]), most)
    from lgreason.answers import organisations

    return organisations.how(
        session, subject, organisations.asked_of(session, subject, body["position"]), most
    )


def _path(session: Session, person: Person, body: Body) -> Reply:
    return of_persons.path(session, person, session.position(body["position"]), body.get("max", 10))


def _posts(session: Session, organisation: Organisation, _body: Body) -> Reply:
    from lgreason.answers import organisations

    return organisations.posts(session, organisation, None, full=False)


def _validate(session: Session, organisation: Organisation, body: Body) -> Reply:
    from lgreason.answers import organisations

    return organisations.validate(session, organisation, False, _costs(session, body))


def _burden(session: Session, organisation: Organisation, _body: Body) -> Reply:
    from lgreason.answers import organisations

    return organisations.burden(session, organisation)


def _classify(session: Session, organisation: Organisation, body: Body) -> Reply:
    from lgreason.answers import organisations

    vocabulary, text = session.organisation_vocabulary, body["class"]
    class_ = vocabulary.resolve("municipal_class", text)
    if class_ is None:
        name = vocabulary.name("category", "municipal_class")
        args = {"found": text, "category": name, "nearest": vocabulary.nearest("municipal_class", text)}
        raise Unusable((Finding("term_unknown", args=args),))
    return organisations.classify(session, organisation, class_)


def _structures(session: Session, organisation: Organisation, body: Body) -> Reply:
    from lgreason.answers.structures import StructureAnswer, StructureQuery, objectives

    costs = _costs(session, body)
    few, many = body.get("minimise", []), body.get("maximise", [])
    asked = StructureQuery(
        require=tuple(body.get("require", ())),
        forbid=tuple(body.get("forbid", ())),
        objectives=objectives(few, many, [*few, *many], costs is not None),
        most=body.get("most", 2),
        limit=body.get("limit"),
    )
    return StructureAnswer(session, organisation, costs, asked).reply()


def _memo(session: Session, subject: Person | Organisation, body: Body) -> Reply:
    about = body.get("about")
    if isinstance(subject, Person):
        if about is None:
            names = tuple(session.vocabulary.name("position", post) for post in session.kb.posts)
            raise Unusable((Finding("ask_position", args={"choices": names}),))
        return memo(session, subject, session.position(about))
    return memo(session, subject, about_of(session, subject, about))


def _show(session: Session, _subject: None, body: Body) -> Reply:
    from lgreason.rules.catalogue import Catalogue

    catalogue = Catalogue(session.kb)
    if (reading := catalogue.reading(body["id"])) is not None:
        return of_persons.show_reading(session, reading.id)
    found = catalogue.find(body["id"])
    return of_persons.show_clauses(session, tuple(clause.id for clause in found), None)


def _ask(session: Session, _subject: None, body: Body) -> Reply:
    """A sentence, asked of the files that come with it."""
    from lgreason.repl.conversation import Conversation

    shelf = Shelf()
    own = Session(
        session.wording.language,
        session.wording.digits,
        session.day,
        session.readings,
        session.library,
        shelf,
    )
    conversation = Conversation(own)
    for file in body.get("files", ()):
        conversation.open(shelf.put(file["name"], file["content"].encode()))
    answer = conversation.answer(body["question"])
    return Reply(answer.lines, answer.document, answer.status)


def _costs(session: Session, body: Body) -> Costs | None:
    if "costs" not in body:
        return None
    from lgreason.files.organisation.costs import load_costs

    return load_costs(_source(body["costs"]), session.organisation_vocabulary)


_POSITION = {"position": TEXT}
_MAX = {"max": {"type": "integer", "minimum": 1, "maximum": 100}}
_COSTS = {"costs": FILE}
OPERATIONS: Mapping[str, Operation] = {
    "check": Operation("Verdicts for positions", _check, (Person,), {"positions": TEXTS}),
    "why": Operation("The verdict with its reasons", _why, (Person,), _POSITION, ("position",)),
    "how": Operation(
        "What would have to change", _how, (Person, Organisation), _POSITION | _MAX, ("position",)
    ),
    "path": Operation("Career paths", _path, (Person,), _POSITION | _MAX, ("position",)),
    "posts": Operation("Which posts may be set up", _posts, (Organisation,)),
    "validate": Operation("Whether the plan may be", _validate, (Organisation,), _COSTS),
    "burden": Operation("The personnel burden", _burden, (Organisation,)),
    "classify": Operation(
        "Re-typing of a municipality", _classify, (Organisation,), {"class": TEXT}, ("class",)
    ),
    "structures": Operation(
        "Every valid structure",
        _structures,
        (Organisation,),
        {
            **dict.fromkeys(("require", "forbid", "minimise", "maximise"), TEXTS),
            **_COSTS,
            "most": {"type": "integer", "minimum": 0, "maximum": 20},
            "limit": {"type": "integer", "minimum": 1, "maximum": MOST_LISTED},
        },
    ),
    "memo": Operation("The memorandum", _memo, (Person, Organisation), {"about": TEXT}),
    "show": Operation("A clause or a reading of the knowledge base", _show, (), {"id": TEXT}, ("id",)),
    "ask": Operation(
        "A sentence, about the files that come with it",
        _ask,
        (),
        {"question": TEXT, "files": {"type": "array", "items": FILE, "maxItems": 50}},
        ("question",),
    ),
}


class Api:
    """Answers requests to the API."""

    def __init__(self, start: Start) -> None:
        """Take the knowledge base and the settings to begin with."""
        self._start = start
        self._validators: dict[str, Draft202012Validator] = {}

    async def answer(self, request: Request) -> Response:
        """The document of a command, or findings."""
        content = await request.body()
        name = request.path_params["command"]

        def work() -> Response:
            try:
                if name not in OPERATIONS:
                    raise Unusable(
                        (Finding("api_command", args={"found": name, "known": tuple(OPERATIONS)}),)
                    )
                with ANSWERING:
                    reply = self._reply(name, self._body(name, content))
                    return written(reply.document, 200, {"lgreason-status": str(reply.status)})
            except Unusable as unusable:
                codes = {finding.code for finding in unusable.findings}
                status = 404 if "api_command" in codes else 400 if "api_json" in codes else 422
                return written(findings_document(unusable.findings), status, {"lgreason-status": "2"})

        return await run_in_threadpool(work)

    def _body(self, name: str, content: bytes) -> Body:
        try:
            body = json.loads(content.decode())
            json.dumps(body, ensure_ascii=False).encode()  # half a letter, as \ud800 is, is no text
        except (ValueError, RecursionError) as error:
            raise Unusable((Finding("api_json", args={"why": str(error)[:MOST_TEXT]}),)) from None
        if name not in self._validators:
            self._validators[name] = Draft202012Validator(json.dumps(OPERATIONS[name].schema()))
        found = [
            Finding(
                "api_body",
                Place("body", field=".".join(map(str, error.instance_path))),
                {"why": error.message[:MOST_TEXT]},
            )
            for error in self._validators[name].iter_errors(body)
        ]
        if found:
            raise Unusable(tuple(found[:100]))
        result: Body = body
        return result

    def _reply(self, name: str, body: Body) -> Reply:
        operation, session = OPERATIONS[name], self._session(body)
        if not operation.takes:
            return operation.answer(session, None, body)
        subject = session.loaded(_source(body["file"]))
        if not isinstance(subject, operation.takes):
            raise Unusable((Finding("api_kind", Place(body["file"]["name"]), {"command": name}),))
        return operation.answer(session, subject, body)

    def _session(self, body: Body) -> Session:
        own = self._start.settings
        day = own.day
        if "as_of" in body:
            read = parse_date(body["as_of"])
            if isinstance(read, DateProblem):
                raise Unusable((Finding(read.code, args=read.args),))
            day = read
        readings = tuple(sorted(body.get("readings", dict(own.readings)).items()))
        session = self._start.session(Settings(body.get("lang", own.language), own.digits, day, readings))
        session.kb  # noqa: B018 - an unusable reading is refused here
        return session


def _source(file: Mapping[str, str]) -> Any:
    return source_of(file["name"], file["content"].encode("utf-8", "surrogatepass"))


def written(document: Mapping[str, Any], status: int, headers: Mapping[str, str] | None = None) -> Response:
    """A document as the commands print it."""
    content = json.dumps(document, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"
    return Response(content, status, dict(headers or {}), "application/json")
