"""Posts as orders and records write them: what follows from their text and from what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lgreason.rules.terms import constant
from lgreason.words.plain import plain_text
from lgreason.words.recognising.levels import Level, Levels
from lgreason.words.recognising.lexicon import WordFacts, key
from lgreason.words.recognising.outcome import Reading, Recognised, mapping
from lgreason.words.recognising.places import Places
from lgreason.words.recognising.post_text import BRACKET, PostParts, PostText, Series

OPERATING = ("academic", "general")
"""The position types of the operating line, of which the standards count time by type and level."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the text in a record: type, level, days, unit, organisation; each where it is told."""

    type: str | None = None
    level: Level | None = None
    day: tuple[date, date] | None = None
    organisation: str | None = None
    problem: Recognised | None = None
    service: str | None = None
    status: str = ""


class Posts:
    """Recognises posts."""

    def __init__(self, lexicon: WordFacts, levels: Levels, places: Places) -> None:
        """Take the words, and who recognises levels and organisations."""
        self._lexicon = lexicon
        self._levels = levels
        self._places = places
        self._text = PostText(lexicon, levels, places)
        self._placed = {
            str(position): (constant(kind), constant(level), constant(series))
            for position, kind, level, series in lexicon.kb.rows("position")
        }
        self._positions: dict[str, list[str]] = {}
        for position, kind in lexicon.rows("of_kind"):
            if position in self._placed:
                self._positions.setdefault(kind, []).append(position)

    def recognise(self, text: str, beside: Beside) -> Recognised:
        """A post, with what stands beside it."""
        plain = self._text.written_out(plain_text(text))
        if not key(plain):
            return Recognised("post", text, "unrecognised", why="empty")
        if text.strip() in self._placed:
            return self._placed_at(text, [text.strip()], beside, None)
        held, other = self._text.manner(plain)
        if held is None:
            return self._stood_in(text, other, beside)
        if manner := self._text.manner(plain_text(beside.status))[1][0]:  # as a column of its own says
            return self._stood_in(text, (manner, held), beside)
        found = self._told(text, held, beside)
        if found.outcome == "this" and beside.organisation and self._places.is_apart(beside.organisation):
            return Recognised("post", text, "several", choices=(found.reading,), why="organisation_apart")
        return found

    def kind_of(self, text: str) -> str | None:
        """The kind of post that a text names by the words it begins with."""
        return self._text.parts(self._text.written_out(plain_text(text))).kind

    # ── how it is held ───────────────────────────────────────────────────────────────────────────

    def _stood_in(self, text: str, other: tuple[str, str], beside: Beside) -> Recognised:
        """A post that is stood in for, or worked at, and not held (A-27)."""
        manner, rest = other
        found = self._told(text, rest, beside) if key(rest) else None
        if found is None or not found.decides or manner != "acting":
            reading = mapping(**{manner: True})
            return Recognised("post", text, "unrecognised", reading, _of(found), why=manner)
        if found.outcome == "another":
            return Recognised("post", text, "another", {**found.reading, "acting": True}, why=found.why)
        return Recognised("post", text, "this", {**found.reading, "acting": True}, why="acting")

    # ── what the text says ───────────────────────────────────────────────────────────────────────

    def _told(self, text: str, plain: str, beside: Beside) -> Recognised:
        if beside.problem is not None and beside.problem.outcome == "impossible":
            return Recognised("post", text, "impossible", why=beside.problem.why, args=beside.problem.args)
        if (service := self._service(plain, beside)) is not None:
            return Recognised("post", text, "another", mapping(service=service), why="service")
        if self._text.names_two(text):
            return Recognised("post", text, "several", why="two_posts")
        parts = self._text.parts(plain)
        if parts.vacant:
            return Recognised("post", text, "impossible", why="vacant")
        if (row := self._lexicon.begins("beside", key(plain))) and (parts.series is None or parts.series.own):
            if parts.series is not None:
                return Recognised("post", text, "unrecognised", why="post_of_no_kind")
            return Recognised("post", text, "another", mapping(post=row[0][0]), why="beside")
        if parts.series is None and parts.kind is None:
            return self._without_kind(text, plain, parts, beside)
        level = self._level(text, parts, beside)
        if isinstance(level, Recognised):
            return level
        if parts.series is not None and not parts.series.own:
            return self._other_series(text, parts, parts.series, level, beside)
        if parts.kind is None:
            return self._series_alone(text, parts, level, beside)
        return self._of_kind(text, parts, level, beside)

    def _service(self, plain: str, beside: Beside) -> str | None:
        """The other service that the text or the organisation beside it speaks of."""
        if beside.service is not None:
            return beside.service
        if beside.organisation and (service := self._places.service_of(beside.organisation)) is not None:
            return service
        return self._places.service(plain)

    def _level(self, text: str, parts: PostParts, beside: Beside) -> Level | Recognised | None:
        """The level by the text and by what stands beside it; the two must agree."""
        told, other = parts.level, beside.level
        for one in (told, other):
            if one is not None and one.frame:
                return Recognised("post", text, "several", why="frame")
        if told and other and told.level and other.level and told.level != other.level:
            return Recognised("post", text, "impossible", why="levels_differ")
        level = told or other
        if told and other and told.c is None and other.c is not None:
            level = Level(told.level, other.c, told.type)
        elif told and other and told.level is None and other.level is not None:
            level = Level(other.level, told.c, told.type)
        if level is not None and level.c is not None:
            if not 1 <= level.c <= 10:
                return Recognised("post", text, "impossible", why="no_such_c", args={"c": level.c})
            if beside.day is not None and beside.day[0] > self._levels.c_ends:
                args = {"c": level.c, "last": self._levels.c_ends}
                return Recognised("post", text, "impossible", why="c_too_late", args=args)
        return level

    def _other_series(
        self, text: str, parts: PostParts, series: Series, level: Level | None, beside: Beside
    ) -> Recognised:
        """A post of another series: its type and level, as far as they are told."""
        kind = series.type or parts.type or beside.type or (level.type if level else None)
        told = level.level if level else None
        if told is not None:
            kinds = [each for each, levels in self._levels.of_type.items() if told in levels]
            if series.type is None and len(kinds) == 1:
                kind = kinds[0]
            if kind in OPERATING and kind not in kinds and series.type is not None:
                return Recognised("post", text, "impossible", why="level_not_of_type", args={"type": kind})
        c = level.c if level else None
        if c is not None and kind is not None:
            told = told or self._levels.level_of_c(kind, c)
        reading = mapping(series=series.name, type=kind, level=told, c_level=c)
        if kind in OPERATING and told is None:
            return Recognised("post", text, "several", reading, why="level_not_told")
        if kind is None:  # a title of the operating line that is of no type by itself
            choices = tuple(
                mapping(
                    series=series.name, type=each, level=told or self._levels.level_of_c(each, c), c_level=c
                )
                for each in OPERATING
                if c is not None and self._levels.level_of_c(each, c) is not None
            )
            return Recognised("post", text, "several", reading, choices, why="type_not_told")
        return Recognised("post", text, "another", reading, why="other_series")

    def _series_alone(self, text: str, parts: PostParts, level: Level | None, beside: Beside) -> Recognised:
        """The title of the series without a post: several posts may be meant."""
        # mypy: a series, as it was asked
        every = [position for position, (_, _, series) in self._placed.items() if series == parts.series.name]  # type: ignore[union-attr]
        wanted = self._level_wanted(level, "managerial_local")
        fitting = [position for position in every if wanted in (None, self._placed[position][1])]
        if len(fitting) == 1:
            return self._placed_at(text, fitting, beside, level)
        return self._which(text, fitting, level)

    def _level_wanted(self, level: Level | None, kind: str) -> str | None:
        if level is None:
            return None
        return level.level or (self._levels.level_of_c(kind, level.c) if level.c is not None else None)

    def _of_kind(self, text: str, parts: PostParts, level: Level | None, beside: Beside) -> Recognised:
        kind = parts.kind or ""
        fixed = {each: (name, of) for each, name, of in self._lexicon.rows("series_of_kind")}
        if kind in fixed:
            name, of = fixed[kind]
            return self._other_series(text, parts, Series(name, of, False), level, beside)
        stated = parts.type or beside.type or (level.type if level else None)
        if stated not in (None, "managerial_local"):
            return Recognised("post", text, "impossible", why="type_not_of_post", args={"type": stated})
        known = self._positions.get(kind, [])
        own = parts.series is not None
        if not known:
            if own and kind in ("agency_head", "unit_head", "general_director"):
                return self._series_alone(text, parts, level, beside)
            return Recognised("post", text, "unrecognised", choices=(), why="post_of_no_kind")
        wanted = self._level_wanted(level, "managerial_local")
        fitting = [position for position in known if wanted in (None, self._placed[position][1])]
        if not fitting:
            levels = tuple(dict.fromkeys(self._placed[position][1] for position in known))
            args: dict[str, object] = {"levels": levels}
            return Recognised("post", text, "impossible", why="level_not_of_post", args=args)
        if not own and parts.unit:
            choices = tuple(self._reading(position, level) for position in fitting)
            told = mapping(level=wanted)  # whatever its series
            return Recognised("post", text, "several", told, choices, why="series_not_told")
        if level is not None and level.c is not None and wanted is None:
            args = {"c": level.c, "type": "managerial_local"}
            return Recognised("post", text, "impossible", why="c_not_of_type", args=args)
        if parts.unread:
            choices = tuple(self._reading(position, level) for position in fitting)
            return Recognised("post", text, "several", choices=choices, why="bracket")
        if len(fitting) > 1:
            return self._which(text, fitting, level)
        return self._placed_at(text, fitting, beside, level)

    def _which(self, text: str, positions: list[str], level: Level | None) -> Recognised:
        choices = tuple(self._reading(position, level) for position in positions)
        why = "which_post" if len({self._placed[p][1] for p in positions}) == 1 else "which_level"
        return Recognised("post", text, "several" if choices else "impossible", choices=choices, why=why)

    def _reading(self, position: str, level: Level | None) -> Reading:
        return mapping(position=position, c_level=level.c if level else None)

    def _placed_at(self, text: str, positions: list[str], beside: Beside, level: Level | None) -> Recognised:
        """One position, if what stands beside it agrees."""
        (position,) = positions
        kind, its, _ = self._placed[position]
        level = level or beside.level
        wanted = self._level_wanted(level, kind)
        if wanted not in (None, its) or beside.type not in (None, kind):
            return Recognised("post", text, "impossible", why="levels_differ")
        return Recognised("post", text, "this", self._reading(position, level))

    def _without_kind(self, text: str, plain: str, parts: PostParts, beside: Beside) -> Recognised:
        """A text that names neither a kind of post nor a series: perhaps one of them with a slip, or by id."""
        names = self._lexicon.names("position")
        if len(ids := names.get(key(plain), ())) == 1:
            return self._placed_at(text, list(ids), beside, parts.level)
        outside = key(BRACKET.sub(" ", plain))
        starts = {key(word): kind for kind, word in self._lexicon.rows("post_words")}
        near = [word for word in starts if self._lexicon.near(outside[: len(word)], [word]) and len(word) > 5]
        choices = [
            self._reading(p, parts.level) for word in near for p in self._positions.get(starts[word], ())
        ]
        unique = tuple({tuple(c.items()): c for c in choices}.values())
        return Recognised(
            "post", text, "unrecognised", choices=unique, why="near" if unique else "no_such_name"
        )

    # ── written short ────────────────────────────────────────────────────────────────────────────


def _of(found: Recognised | None) -> tuple[Reading, ...]:
    """What may be meant, by a recognition that did not decide or did."""
    if found is None:
        return ()
    return found.choices or ((found.reading,) if found.reading else ())
