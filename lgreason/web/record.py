"""The record on the page: a form, read as typed, with what is wrong beside its field, kept when it is sound."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from starlette.responses import JSONResponse, Response

from lgreason.answers.session import Session
from lgreason.files.organisation.organisation import Organisation
from lgreason.files.person.person import Person
from lgreason.files.source.read import source_of
from lgreason.report.wording import Wording
from lgreason.rules.findings import Finding, Unusable
from lgreason.web.form import Data, FormGroup, Input, RecordForm, by_input, fields_of, names_in
from lgreason.web.page import WindowRequest, back_to, finding_words, rendered
from lgreason.web.windows import Window
from lgreason.words.vocabulary import Vocabulary

Subject = Person | Organisation


@dataclass(frozen=True, slots=True)
class Records:
    """What one kind of record takes: its desk, its form, its terms, and what is told while one types.

    `document` is what was read, as JSON in the shape of the file as far as it goes.
    """

    desk: str
    kind: type[Person] | type[Organisation]
    form: Callable[[Session], RecordForm]
    vocabulary: Callable[[Session], Vocabulary]
    document: Callable[[Any], Mapping[str, Any]]
    live: Callable[[Session, Any], Mapping[str, Any]]
    empty: Callable[[], Data]

    # ── addresses ───────────────────────────────────────────────────────────────────────────────

    def show(self, asked: WindowRequest) -> Response:
        """The record as a form; of somebody new, an empty one."""
        window = asked.window
        identity = asked.path.get("id")
        if identity is None:
            return self._shown(window, None, self.empty())
        found = self._known(window)[identity]
        data = window.shelf.source(found.place.file).data
        assert isinstance(data, dict)
        return self._shown(window, found, data, read=found)

    def save(self, asked: WindowRequest) -> Response:
        """Take what was filled in: keep it if it is sound, and otherwise say beside each field what is wrong."""
        return self._kept(asked, asked.form)

    def tell(self, asked: WindowRequest) -> Response:
        """Take what was told of a part of a record that is kept, as far as it is filled in, and keep it."""
        window = asked.window
        form = self.form(window.session)
        data = window.shelf.source(self._known(window)[asked.path["id"]].place.file).data
        assert isinstance(data, dict)
        return self._kept(asked, (*fields_of(form.group(data)), *asked.form))

    def _kept(self, asked: WindowRequest, fields: tuple[tuple[str, str], ...]) -> Response:
        window, session = asked.window, asked.window.session
        before = self._known(window).get(asked.path.get("id", ""))
        data = self.form(session).data(fields)
        if add := asked.value("add"):
            return self._shown(window, before, data, extra=add)
        content = content_of(data)
        name = _as_json(before.place.file if before else str(data.get("id") or self._free_name(window)))
        try:
            read = session.loaded(source_of(name, content))
        except Unusable as unusable:
            return self._shown(window, before, data, unusable.findings, status=422)
        assert isinstance(read, self.kind)
        other = window.people.get(read.id) or window.organisations.get(read.id)
        taken = other is not None and (before is None or other.id != before.id)
        if taken or (name in window.shelf and (before is None or before.place.file != name)):
            args = {"id": read.id, "first": other.place.file if other else name, "second": name}
            return self._shown(window, before, data, (Finding("id_twice", args=args),), status=422)
        if before is not None and name != before.place.file:
            window.remove(before.place.file)
        window.unsaved.add(window.put(name, content))
        about = f"/why/{asked.path['position']}" if "position" in asked.path else ""
        return back_to(f"/w/{window.id}/{self.desk}/{quote(read.id, safe='')}{about}")

    def check(self, asked: WindowRequest) -> Response:
        """What is wrong with what is filled in, what was read of it, and what follows: as JSON, while one types."""
        session = asked.window.session
        maker = self.form(session)
        data = maker.data(asked.form)
        group = maker.group(data)
        try:
            read = session.loaded(source_of("record.json", content_of(data)))
        except Unusable as unusable:
            beside = by_input(unusable.findings, names_in(group))
            say = session.wording
            return JSONResponse({"findings": told(beside, say)})
        warned = told(by_input(_warnings(read), names_in(group)), session.wording)
        return JSONResponse(
            {"findings": warned, "read": as_read(self, read, session, group), **self.live(session, read)}
        )

    # ── showing ─────────────────────────────────────────────────────────────────────────────────

    def _known(self, window: Window) -> Mapping[str, Subject]:
        return window.people if self.kind is Person else window.organisations

    def _shown(
        self,
        window: Window,
        subject: Subject | None,
        data: Mapping[str, Any],
        findings: tuple[Finding, ...] = (),
        read: Subject | None = None,
        extra: str = "",
        status: int = 200,
    ) -> Response:
        session = window.session
        group = self.form(session).group(data, (extra,) if extra else ())
        return rendered(
            window,
            "record.html",
            status,
            desk=self.desk,
            subject=subject,
            group=group,
            beside=by_input((*findings, *_warnings(read)), names_in(group)),
            read={} if read is None else as_read(self, read, session, group),
            terms=dict(terms_of(self, session, group)),
            focus=new_row(group, extra),
            check=f"check/{self.desk}",
            action=f"{self.desk}/{subject.id}/record" if subject else f"new/{self.desk}",
        )

    def _free_name(self, window: Window) -> str:
        number = 1
        while f"{self.desk}-{number}.json" in window.shelf:
            number += 1
        return f"{self.desk}-{number}"


def terms_of(records: Records, session: Session, group: FormGroup) -> Iterator[tuple[str, list[str]]]:
    """The names to complete from, by category."""
    vocabulary, language = records.vocabulary(session), session.wording.language
    for category in dict.fromkeys(each.terms for each in _inputs(group) if each.terms):
        names = (vocabulary.name(category, identity).into(language) for identity in vocabulary.ids(category))
        yield category, list(dict.fromkeys(names))


def as_read(records: Records, subject: Any, session: Session, group: FormGroup) -> dict[str, str]:
    """What was read of every input, in words: where that is more than the same words again."""
    document, vocabulary = records.document(subject), records.vocabulary(session)
    found: dict[str, str] = {}
    for each in _inputs(group):
        value = _at(document, each.name)
        if isinstance(value, str) and each.value:
            text = _in_words(value, each.terms, vocabulary, session.wording)
            if text != each.value:
                found[each.name] = session.wording.say("page.read_as", text=text)
    return found


def _in_words(value: str, category: str, vocabulary: Vocabulary, wording: Wording) -> str:
    if category:
        name = vocabulary.name(category, value).into(wording.language)
        return name if value in vocabulary.ids(category) else wording.say("page.unlisted", text=value)
    try:
        return wording.date(date.fromisoformat(value))
    except ValueError:
        return value


def new_row(group: FormGroup, name: str) -> str:
    """The name of the first input of the last row of a list, which was just added; nothing if there is none."""
    for part in (*group.parts, *group.rows):
        if isinstance(part, FormGroup):
            if part.name == name and part.rows:
                return next((each.name for each in _inputs(part.rows[-1])), "")
            if found := new_row(part, name):
                return found
    return ""


def _warnings(subject: object) -> tuple[Finding, ...]:
    """What is likely a slip, or was not recognised, in a record that can be used all the same."""
    found: tuple[Finding, ...] = getattr(subject, "warnings", ())
    return found


def told(beside: Mapping[str, list[Finding]], wording: Wording) -> dict[str, list[dict[str, str]]]:
    """Findings beside their inputs, in words."""
    return {
        name: [{"text": finding_words(each, wording), "severity": each.severity} for each in found]
        for name, found in beside.items()
    }


def content_of(data: Data) -> bytes:
    """What was filled in, as the content of a file."""
    return json.dumps(data, ensure_ascii=False, indent=2).encode("utf-8", "replace")


def _as_json(name: str) -> str:
    return f"{PurePosixPath(name).stem}.json"


def _at(document: Any, path: str) -> Any:
    for step in path.split("."):
        if isinstance(document, list):
            document = document[int(step)] if step.isdecimal() and int(step) < len(document) else None
        else:
            document = document.get(step) if isinstance(document, Mapping) else None
    return document


def _inputs(group: FormGroup) -> Iterator[Input]:
    for part in (*group.parts, *group.rows):
        if isinstance(part, FormGroup):
            yield from _inputs(part)
        else:
            yield part
