"""Windows: each page in a browser has files, settings and a conversation of its own, and disturbs no other."""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lgreason.answers.session import Session
from lgreason.answers.shelf import Shelf
from lgreason.files.person.person import Person
from lgreason.report.wording import Digits
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.knowledge import Library
from lgreason.rules.model import Language
from lgreason.web.wording import PageWording

if TYPE_CHECKING:
    from lgreason.files.organisation.costs import Costs
    from lgreason.files.organisation.organisation import Organisation
    from lgreason.repl.answering import Answer
    from lgreason.repl.conversation import Conversation
    from lgreason.web.jobs import ScreeningJob

MOST_WINDOWS = 256
KEPT_SESSIONS = 32
_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_DATA = (".yaml", ".yml", ".json", ".toml")


@dataclass(frozen=True, slots=True)
class Settings:
    """Under what a window answers; a day of `None` is today."""

    language: Language = "th"
    digits: Digits = "arabic"
    day: date | None = None
    readings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Start:
    """With what every window begins: settings, the knowledge base, and the files named on the command line."""

    settings: Settings = field(default_factory=Settings)
    library: Library = field(default_factory=Library)
    files: tuple[tuple[str, bytes], ...] = ()

    @cached_property
    def _sessions(self) -> OrderedDict[tuple[Library, Settings], Session]:
        return OrderedDict()

    def session(self, settings: Settings, library: Library | None = None) -> Session:
        """The session of some settings; windows with the same settings share one, and what it has worked out."""
        library = library or self.library
        key = (library, settings)
        if key in self._sessions:
            self._sessions.move_to_end(key)
            found = self._sessions[key]
            if settings.day is not None or found.day == date.today():
                return found
        made = Session(settings.language, settings.digits, settings.day, dict(settings.readings), library)
        for (other_library, other), kept in self._sessions.items():
            if other_library is library and other.readings == settings.readings and kept.day == made.day:
                made.judges = kept.judges  # what was grounded serves every language
                break
        made.wording = PageWording(settings.language, settings.digits)
        self._sessions[key] = made
        while len(self._sessions) > KEPT_SESSIONS:
            self._sessions.popitem(last=False)
        return made


@dataclass(slots=True)
class Exchange:
    """A sentence that was asked in a window, with its answer."""

    question: str
    answer: Answer


class Window:
    """One window: its files, what was read from them, its settings and its conversation."""

    def __init__(self, identity: str, start: Start) -> None:
        """Begin as every window does."""
        self.id = identity
        self.start = start
        self.settings = start.settings
        self.shelf = Shelf()
        self.refused: dict[str, tuple[Finding, ...]] = {}
        self.drafts: dict[str, dict[str, object]] = {}
        self.said: list[Exchange] = []
        self.changed = False
        self.unsaved: set[str] = set()
        self.here = f"/w/{identity}/people"
        self.ruled: Library | None = None
        self._people: dict[str, Person] = {}
        self._organisations: dict[str, Organisation] = {}
        self._costs: dict[str, Costs] = {}
        self._conversation: Conversation | None = None
        self.steps: dict[str, list[tuple[bool, str]]] = {}
        self.jobs: list[ScreeningJob] = []
        self.judged: dict[str, tuple[Organisation, Session, Any]] = {}
        for name, content in start.files:
            self.put(name, content)
        self.changed = False

    # ── settings ────────────────────────────────────────────────────────────────────────────────

    @property
    def session(self) -> Session:
        """What answers in this window."""
        return self.start.session(self.settings, self.ruled)

    @property
    def wording(self) -> PageWording:
        """The words of this window."""
        wording = self.session.wording
        assert isinstance(wording, PageWording)
        return wording

    def renew(self, settings: Settings) -> None:
        """Go on under other settings; raises `Unusable`, and changes nothing, if they are impossible."""
        self.start.session(settings, self.ruled).kb  # noqa: B018 - an unusable reading or day is refused here
        before, self.settings = self.settings, settings
        self.changed = True
        if (before.day, before.readings) != (settings.day, settings.readings):
            self._read_all()
        self._conversation = None

    def apply(self, library: Library | None) -> None:
        """Lay rules over the knowledge base of this window, or none."""
        self.ruled = library
        self.changed = True
        self._read_all()
        self.judged.clear()
        self._conversation = None

    # ── files ───────────────────────────────────────────────────────────────────────────────────

    @property
    def people(self) -> dict[str, Person]:
        """Everyone read, by id."""
        return self._people

    @property
    def organisations(self) -> dict[str, Organisation]:
        """Every organisation read, by id."""
        return self._organisations

    @property
    def costs(self) -> Costs | None:
        """What posts cost, by the last file of costs that was taken."""
        return next(reversed(self._costs.values()), None)

    def person(self, identity: str) -> Person:
        """The person of an id; raises `KeyError`."""
        return self._people[identity]

    def put(self, name: str, content: bytes) -> str:
        """Take a file; what is wrong with it is kept under its name."""
        name = self.shelf.put(name, content)
        self.changed = True
        self._read_all()
        self._conversation = None
        return name

    def put_all(self, files: Iterable[tuple[str, bytes]]) -> list[str]:
        """Take several files."""
        names = [self.shelf.put(name, content) for name, content in files]
        self.changed = True
        self._read_all()
        self._conversation = None
        return names

    def remove(self, name: str) -> None:
        """Forget a file."""
        self.shelf.remove(name)
        self.unsaved.discard(name)
        self.changed = True
        self._read_all()
        self._conversation = None

    def _read_all(self) -> None:
        """Read every file; of two with the same id the later one is refused."""
        self._people, self._organisations, self._costs, self.refused = {}, {}, {}, {}
        for name in self.shelf:
            if not name.lower().endswith(_DATA):
                if not name.lower().endswith((".rules", ".svg", ".xlsx", ".txt", ".md", ".docx")):
                    self.refused[name] = self._unread(name)
                continue
            try:
                loaded = self.session.loaded(self.shelf.source(name))
            except Unusable as unusable:
                self.refused[name] = unusable.findings
                continue
            if isinstance(loaded, Mapping):
                self._costs[name] = loaded
                continue
            known = self._people.get(loaded.id) or self._organisations.get(loaded.id)
            if known is not None:
                args = {"id": loaded.id, "first": known.place.file, "second": name}
                self.refused[name] = (Finding("id_twice", loaded.place, args),)
            elif isinstance(loaded, Person):
                self._people[loaded.id] = loaded
            else:
                self._organisations[loaded.id] = loaded

    def _unread(self, name: str) -> tuple[Finding, ...]:
        try:
            self.shelf.source(name)
        except Unusable as unusable:
            return unusable.findings
        return ()

    # ── the conversation ────────────────────────────────────────────────────────────────────────

    @property
    def conversation(self) -> Conversation:
        """The conversation of this window, with all that is loaded in it."""
        from lgreason.repl.conversation import Conversation

        if self._conversation is None:
            own = self.settings
            session = Session(
                own.language,
                own.digits,
                own.day,
                dict(own.readings),
                self.ruled or self.start.library,
                self.shelf,
            )
            shared = self.session
            session.__dict__ |= {"kb": shared.kb, "judges": shared.judges}
            self._conversation = Conversation(session)
            loaded: list[Person | Organisation] = [*self._people.values(), *self._organisations.values()]
            for name in (*(each.place.file for each in loaded), *self._costs):
                self._conversation.open(name)
        return self._conversation

    def ask(self, line: str) -> Answer:
        """The answer to a sentence; files that it writes come onto the shelf, settings that it changes are taken."""
        conversation, before = self.conversation, list(self.shelf)
        answer = conversation.answer(line)
        self.said.append(Exchange(line, answer))
        self.changed = True
        session = conversation.session
        day = None if session.day == session.today and self.settings.day is None else session.day
        own = self._own(tuple(sorted(session.readings.items())))
        settings = replace(self.settings, language=session.wording.language, day=day, readings=own)
        self.unsaved |= {name for name in self.shelf if name not in before}
        if list(self.shelf) != before or settings != self.settings:
            self.settings = settings
            self._read_all()
        return answer

    def _own(self, readings: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        """Of the readings in force those that are not the default's."""
        default = self.start.library.under().chosen
        return tuple((identity, choice) for identity, choice in readings if default.get(identity) != choice)


class Windows:
    """The windows by their ids; an id that nobody knows begins a new one, and cannot be guessed."""

    def __init__(self, start: Start) -> None:
        """Take what every window begins with."""
        self._start = start
        self._windows: OrderedDict[str, Window] = OrderedDict()

    @staticmethod
    def is_id(text: str) -> bool:
        """Whether a text may be the id of a window."""
        return _ID.fullmatch(text) is not None

    @staticmethod
    def new_id() -> str:
        """An id that nobody has."""
        return secrets.token_urlsafe(16)

    def get(self, identity: str) -> Window | None:
        """The window of an id; none if there are too many in which something was changed."""
        found = self._windows.get(identity)
        if found is None:
            if not self._make_room():
                return None
            found = self._windows[identity] = Window(identity, self._start)
        self._windows.move_to_end(identity)
        return found

    def _make_room(self) -> bool:
        """Let go of the window not used for longest in which nothing was changed; whether there is room."""
        if len(self._windows) < MOST_WINDOWS:
            return True
        oldest = next((key for key, window in self._windows.items() if not window.changed), None)
        if oldest is not None:
            del self._windows[oldest]
        return oldest is not None
