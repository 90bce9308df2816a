"""The texts of a person's file as they were read: names recognised, the writer's own words kept.

What is recognised stands in the shape by its id; what is surely something else is marked so; whatever is neither is
taken out, so that it is not known, and a warning says so. What cannot be is a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from lgreason.files.person.shape import (
    FORM,
    ExperienceShape,
    PersonShape,
    PostingShape,
    QualificationShape,
)
from lgreason.files.person.words import EntryWords, Other, Within
from lgreason.files.source.read import Path, Source, excerpt
from lgreason.rules.findings import Finding, Said
from lgreason.words.dates import parse_date

if TYPE_CHECKING:
    from lgreason.files.person.case import PersonVocabulary
    from lgreason.words.recognising.outcome import Recognised
    from lgreason.words.recognising.recogniser import Kind, Recogniser

E = TypeVar("E", QualificationShape, PostingShape, ExperienceShape)
MANAGERIAL = "managerial_local"
_YEARS = range(1900, 2700)
HELD_OTHERWISE = ("doubted", "two_posts", "seconded", "other_duty", "frame")
"""Why a title leaves open whether a post of the type and level beside it was held."""


@dataclass
class RecognisedShape:
    """A person's shape with every text read, the words of its entries by path, and what was found."""

    shape: PersonShape
    words: dict[Path, EntryWords] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)


def with_years(source: Source) -> Source:
    """The file where a year that stands alone for a day (`obtained: 2560`) is text, to be read as a bound of it."""

    def of(entry: Any) -> Any:
        if not isinstance(entry, dict):
            return entry
        return {
            key: str(value) if key in FORM.days and type(value) is int and value in _YEARS else value
            for key, value in entry.items()
        }

    data = source.data
    if not isinstance(data, dict):
        return source
    lists = {key: [of(each) for each in told] for key, told in data.items() if isinstance(told, list)}
    return replace(source, data={**data, **lists})


class TextReader:
    """Reads the texts of one file; the recogniser is asked for when a text is no plain name."""

    def __init__(
        self, source: Source, vocabulary: PersonVocabulary, recogniser: Callable[[], Recogniser]
    ) -> None:
        """Take the file, the plain names, and whoever recognises other texts."""
        self._source = source
        self._vocabulary = vocabulary
        self._recogniser = recogniser
        self._found = RecognisedShape(PersonShape())
        self._said: dict[str, str] = {}
        self._within: dict[str, Within] = {}
        self._other: Other | None = None
        self._unlisted: str | None = None
        self._unsure = False
        self._posts: tuple[str, ...] = ()

    def read(self, shape: PersonShape) -> RecognisedShape:
        """The shape with its texts read."""
        self._found.shape = replace(
            shape,
            education=self._each("education", shape.education, self._qualification),
            postings=self._each("postings", shape.postings, self._posting),
            experience=self._each("experience", shape.experience, self._experience),
        )
        return self._found

    def _each(self, name: str, entries: list[E] | None, read: Callable[[Path, E], E]) -> list[E] | None:
        if entries is None:
            return None
        done = []
        for index, entry in enumerate(entries):
            self._said, self._within, self._other, self._unlisted, self._unsure = {}, {}, None, None, False
            self._posts = ()
            path: Path = (name, index)
            done.append(read(path, entry))
            if self._said or self._within or self._other or self._unlisted:
                told = (self._said, self._other, self._unlisted, self._unsure, self._within, self._posts)
                self._found.words[path] = EntryWords(*told)
        return done

    # ── entries ──────────────────────────────────────────────────────────────────────────────────

    def _qualification(self, path: Path, entry: QualificationShape) -> QualificationShape:
        entry = self._days(path, entry, ("obtained",))
        degree, name = entry.degree, entry.field
        if degree and degree.strip() and not self._is_name("degree", degree):
            alone = self._recogniser().recognise("degree", degree.strip())
            only = alone.outcome == "this" and "field" not in alone.reading  # its field stands apart
            found = self._ask((*path, "degree"), "degree", degree, field="" if only else name or "")
            degree = str(found.reading["degree"]) if "degree" in found.reading else ""
            if not only and (found.decides or found.reading):
                told = found.reading.get("field")
                own = name if name and name.strip() else self._said.get("degree")
                return replace(entry, degree=degree, field=own if told == "unlisted" else _text(told))
            entry = replace(entry, degree=degree)
        if name and name.strip() and self._plain("field", name) is None:
            found = self._ask((*path, "field"), "field", name, degree=degree or "")
            if found.outcome != "another":
                entry = replace(entry, field=_text(found.reading.get("field")))
        return entry

    def _posting(self, path: Path, entry: PostingShape) -> PostingShape:
        entry = self._days(path, entry, ("from", "to"))
        beside = {
            "type": entry.type or "",
            "level": entry.level or ("" if entry.c_level is None else f"ระดับ {entry.c_level}"),
            "date": entry.start or "",
            "organisation": self._organisation(path),
        }
        if beside["organisation"] and self._recogniser().places.service_of(beside["organisation"]):
            self._other = "service"
        entry = self._rank(path, entry)
        told = entry.position or ""
        if told.strip():
            if self._is_name("position", told):
                return entry
            return self._post(path, entry, "position", told, beside)
        title = (entry.title or "").strip()
        kind = self._vocabulary.resolve("position_type", entry.type.strip()) if entry.type else None
        if title and entry.position is None and self._other is None and kind in (None, MANAGERIAL):
            return self._post(path, entry, "title", title, beside)
        if title and entry.position is None and self._other is None:
            return self._titled(path, entry, title, beside)
        return entry

    def _titled(self, path: Path, entry: PostingShape, title: str, beside: Mapping[str, str]) -> PostingShape:
        """A posting known by its type and level, of the operating line: what its title says against them."""
        context = {key: text for key, text in beside.items() if text.strip()}
        found = self._recogniser().recognise("post", title, context)
        if found.outcome == "impossible":
            args = {"found": excerpt(title), "why": self._why(found)}
            self._found.findings.append(
                Finding("person_impossible", self._source.place((*path, "title")), args)
            )
        elif found.outcome == "another" and "series" not in found.reading:
            self._said["title"], self._other = title, "service"
        elif found.why in HELD_OTHERWISE or self._recogniser().lexicon.doubt(title, "post"):
            self._said["title"], self._unsure = title, True
            self._warn((*path, "title"), title, self._why(found), self._nearest(found))
            return replace(entry, type=None, level=None, c_level=None)
        return replace(entry, acting=entry.acting or bool(found.reading.get("acting")))

    def _organisation(self, path: Path) -> str:
        """The name of the organisation in which a posting was held, where it is told."""
        told: Any = self._source.data
        for step in (*path, "organisation"):
            if isinstance(told, list) and isinstance(step, int):
                told = told[step]
            else:
                told = told.get(step) if isinstance(told, dict) else None
        told = told.get("id") if isinstance(told, dict) else told
        return told.strip() if isinstance(told, str) else ""

    def _post(
        self, path: Path, entry: PostingShape, name: str, text: str, beside: Mapping[str, str]
    ) -> PostingShape:
        """A posting with the post that a text of it names."""
        found = self._ask((*path, name), "post", text, **beside)
        reading = found.reading
        acting = entry.acting or bool(reading.get("acting") or reading.get("other_duty"))
        if found.outcome == "this":
            if self._plain("position", text) == reading["position"] and self._called_so(text, reading):
                del self._said[name]  # one of its names, only written otherwise
            c_level = reading.get("c_level", entry.c_level)
            kept = entry.level if entry.c_level is None and "c_level" not in reading else None
            return replace(
                entry,
                position=str(reading["position"]),
                level=kept,
                c_level=int(c_level) if c_level is not None else None,
                acting=acting,
            )
        if found.outcome == "another":
            self._other = "series" if "series" in reading else "service"
        if found.outcome == "another" or "series" in reading:
            self._other = self._other or "series"
            kind = _text(reading.get("type")) or entry.type
            c = reading.get("c_level", entry.c_level)
            level = _text(reading.get("level")) if c is None else None
            return replace(
                entry,
                position=None,
                type=kind,
                level=(level or entry.level) if kind else None,
                c_level=int(c) if c is not None and kind else None,
                title=entry.title or text,
                acting=acting,
            )
        # A post of the standards themselves needs no equivalence.
        self._unsure = self._other is None and not entry.equivalent_to
        posts = tuple(str(choice["position"]) for choice in found.choices if "position" in choice)
        if (
            self._unsure and found.outcome == "several"
        ):  # its title and level are understood: no other may be meant
            self._posts = posts
        kind = entry.type or next((self._vocabulary.placement(post)[0] for post in posts), None)
        entry = replace(entry, position=None, type=kind, title=entry.title or text, acting=acting)
        if "level" in reading and entry.level is None and entry.c_level is None:
            entry = replace(entry, level=str(reading["level"]))
        if kind is not None:
            return entry
        # A level says nothing without its type; it is kept to be saved back.
        if entry.level:
            self._said["level"] = entry.level.strip()
        return replace(entry, level=None, c_level=None)

    def _called_so(self, text: str, reading: Mapping[str, object]) -> bool:
        """Whether a text calls a post as its name does, and not the head of the clerk's office a director."""
        posts, named = self._recogniser().posts, self._vocabulary.name("position", str(reading["position"]))
        return posts.kind_of(text) in (posts.kind_of(str(getattr(named, "th", named))), None)

    def _rank(self, path: Path, entry: PostingShape) -> PostingShape:
        """The type and level of a posting where they are no plain names."""
        if entry.type and entry.type.strip() and self._plain("position_type", entry.type) is None:
            kind = self._recogniser().levels.type_named(entry.type)
            self._said["type"] = entry.type.strip()
            if kind is None and self._recogniser().places.service(entry.type) is not None:
                self._other = "service"
            elif kind is None:
                self._warn((*path, "type"), entry.type, Said("recognised.no_such_name"), ())
            entry = replace(entry, type=kind)
        if entry.level and entry.level.strip() and self._plain("level", entry.level) is None:
            level = self._recogniser().levels.read(entry.level)
            self._said["level"] = entry.level.strip()
            if level is None or level.frame:
                found = self._ask((*path, "level"), "level", entry.level, type=entry.type or "")
                entry = replace(entry, level=_text(found.reading.get("level")))
            else:
                c_level = level.c if entry.c_level is None else entry.c_level
                entry = replace(entry, level=level.level, c_level=c_level, type=entry.type or level.type)
        return entry

    def _experience(self, path: Path, entry: ExperienceShape) -> ExperienceShape:
        entry = self._days(path, entry, ("from", "to"))
        if entry.work and entry.work.strip() and self._plain("work", entry.work) is None:
            found = self._ask((*path, "work"), "work", entry.work)
            self._unlisted = entry.work.strip() if found.outcome == "another" else None
            listed = found.reading.get("work") if found.outcome == "this" else None
            return replace(entry, work=_text(listed))
        return entry

    # ── days ─────────────────────────────────────────────────────────────────────────────────────

    def _days(self, path: Path, entry: E, names: tuple[str, ...]) -> E:
        for name in names:
            key = {"from": "start", "to": "end"}.get(name, name)
            text: str | None = getattr(entry, key)
            if not text or not text.strip() or isinstance(parse_date(text), date):
                continue
            found = self._recogniser().recognise("date", text, {"column": name})
            if found.outcome == "this":
                self._said[name] = text.strip()
                told = str(found.reading["date"])
                entry = _with(entry, key, None if told == "open" else told)
            elif "earliest" in found.reading:
                self._said[name] = text.strip()
                first, last = (date.fromisoformat(str(found.reading[end])) for end in ("earliest", "latest"))
                self._within[name] = (first, last)
                self._warn((*path, name), text, Said(f"recognised.{found.why}"), ())
                entry = _with(entry, key, None)
            elif found.why == "no_date":
                self._said[name] = text.strip()
                if name == "to":
                    self._within[name] = (date.min, date.max)
                entry = _with(entry, key, None)
        return entry

    # ── asking ───────────────────────────────────────────────────────────────────────────────────

    def _plain(self, category: str, text: str) -> str | None:
        return self._vocabulary.resolve(category, text.strip())

    def _is_name(self, category: str, text: str) -> bool:
        """Whether a text is an id or the very name of a term; whatever else it is like, the recogniser says."""
        identity = self._plain(category, text)
        if identity is None:
            return False
        name = self._vocabulary.name(category, identity)
        return text.strip() in (identity, getattr(name, "th", name), getattr(name, "en", name))

    def _ask(self, path: Path, kind: Kind, text: str, **beside: str) -> Recognised:
        """What a text is read as; with its words kept, and a warning or a finding where it does not decide."""
        context = {name: value for name, value in beside.items() if value.strip()}
        found = self._recogniser().recognise(kind, text.strip(), context)
        self._said[str(path[-1])] = text.strip()
        if found.outcome == "impossible":
            args = {"found": excerpt(text), "why": self._why(found)}
            self._found.findings.append(Finding("person_impossible", self._source.place(path), args))
        elif not found.decides and not (path[-1] == "title" and found.outcome == "unrecognised"):
            self._warn(path, text, self._why(found), self._nearest(found))
        return found

    def _warn(self, path: Path, text: str, why: Said, nearest: tuple[object, ...]) -> None:
        code = "person_not_recognised_near" if nearest else "person_not_recognised"
        args = {"found": excerpt(text), "why": why, "nearest": nearest}
        self._found.warnings.append(Finding(code, self._source.place(path), args, "warning"))

    def _why(self, found: Recognised) -> Said:
        args = dict(found.args)
        if "type" in args:
            args["type"] = self._vocabulary.name("position_type", str(args["type"]))
        if isinstance(levels := args.get("levels"), tuple):
            args["levels"] = tuple(self._vocabulary.name("level", str(level)) for level in levels)
        if found.why.startswith("date_"):
            return Said(f"finding.{found.why}", {"found": found.text, **args})
        return Said(f"recognised.{found.why}", args)

    def _nearest(self, found: Recognised) -> tuple[object, ...]:
        """The names of what may be meant."""
        names = [
            self._vocabulary.name(key, str(choice[key]))
            for choice in found.choices
            for key in ("position", "field", "work", "level", "degree")
            if key in choice and not (key == "degree" and "field" in choice)
        ]
        return tuple(dict.fromkeys(names))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _with(entry: E, key: str, value: str | None) -> E:
    changed: dict[str, Any] = {key: value}
    return replace(entry, **changed)
