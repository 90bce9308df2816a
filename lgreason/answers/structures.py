"""What the question for structures comes to: narrowed, counted, optimised and listed; also as chart and workbook."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from io import BytesIO
from itertools import islice

from lgreason.answers.organisations import (
    choice_words,
    contradicting,
    documents_of,
    idle_in,
    naming_missing_costs,
    organisation_text,
)
from lgreason.answers.persons import LIMITED, NO, UNDETERMINED, YES, Reply
from lgreason.answers.session import Session
from lgreason.files.organisation.costs import post_named
from lgreason.files.organisation.organisation import LEVELS, Organisation
from lgreason.reasoning.organisations.burden import burden
from lgreason.reasoning.organisations.contradictions import contradictions
from lgreason.reasoning.organisations.establishment import Establishment
from lgreason.reasoning.structures.against_today import lost_by_all
from lgreason.reasoning.structures.choices import KINDS, NONE, Costs, Structures, plan_of
from lgreason.reasoning.structures.conflicts import Conflict, conflict
from lgreason.reasoning.structures.groups import StructureGroup, groups
from lgreason.reasoning.structures.optimum import Objective, Point, best, first, front
from lgreason.reasoning.structures.resting import otherwise
from lgreason.reasoning.structures.space import Facet, FeatureValue, Narrowing, Structure
from lgreason.reasoning.structures.sums import LimitReached
from lgreason.report.documents.structures import structures_document
from lgreason.report.line import Line
from lgreason.report.text.organisation import OrganisationText
from lgreason.report.text.structures import MEASURES, FoundStructures, Shown, StructuresText
from lgreason.report.wording import Wording
from lgreason.report.workbook.structures import StructuresWorkbook
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.model import LANGUAGES

UNIT_CHOICES = ("kind", "level", "sections", "parts")
SHOWN = 10
"""Structures that a text shows unless more are asked for."""
LISTED = 1_000
FOR_COMMITTEE = 20
"""Structures on the workbook's sheet for a committee, unless groups are asked for."""


@dataclass(frozen=True, slots=True)
class StructureQuery:
    """What is asked of the structures: choices required and forbidden, objectives in order, a front, and how many.

    `steps` are choices that were looked up before.
    """

    require: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    objectives: tuple[Objective, ...] = ()
    pareto: tuple[Objective, ...] = ()
    most: int = 2
    limit: int | None = None
    steps: tuple[Narrowing, ...] = ()
    nearest: int | None = None
    """How many of the best, by the objectives or (without any) by what is nearest to today."""
    groups: int | None = None
    """How many groups by what a committee decides, the one with the best structure first."""


class StructureAnswer:
    """The structures of one organisation, as asked."""

    def __init__(
        self,
        session: Session,
        organisation: Organisation,
        costs: Costs | None,
        asked: StructureQuery,
        structures: Structures | None = None,
    ) -> None:
        """Judge every choice, unless that was done before (`structures`), and narrow the space."""
        if len(session.organisation_kb.kinds.scopes(organisation.type, organisation.kind)) > 1:
            raise Unusable((Finding(f"org_{organisation.type}_kind_needed", organisation.place),))
        self._session = session
        self._organisation = organisation
        self._asked = asked
        self._costs = costs
        with naming_missing_costs(session):
            self.structures = structures or Structures(session.tables, organisation, costs, asked.most)
            self._whole = self.structures.space
        steps = self._steps()
        going = frozenset(filter(None, (self._given_up(step.choice, step.value) for step in steps)))
        if not going <= self.structures.may_go:
            with naming_missing_costs(session):
                self.structures = Structures(
                    session.tables, organisation, costs, self.structures.most, may_go=going
                )
                self._whole = self.structures.space
        self.space = self._whole
        for required, choice, value in steps:
            narrow = self.space.require if required else self.space.forbid
            self.space = narrow(choice, value)

    @cached_property
    def found(self) -> FoundStructures:
        """What there is: counted, and the first structures listed."""
        return self._find()

    def _steps(self) -> list[Narrowing]:
        """What is required and forbidden; raises `Unusable` with everything that is no choice."""
        wrong: list[Finding] = []
        found = list(self._asked.steps)
        for required, steps in ((True, self._asked.require), (False, self._asked.forbid)):
            for step in steps:
                try:
                    found.append(Narrowing(required, *self.feature(step)))
                except Unusable as unusable:
                    wrong += unusable.findings
        if wrong:
            raise Unusable(tuple(wrong))
        return found

    def _given_up(self, choice: str, value: FeatureValue) -> str | None:
        """The unit of today that a choice gives up; none if it is no such choice."""
        identity, _, what = choice.removeprefix("units.").rpartition(".")
        unit = self._organisation.unit(identity)
        goes = value == NONE and what in ("kind", "level")
        return identity if goes and unit is not None and unit.exists and not unit.headless else None

    def feature(self, text: str) -> tuple[str, FeatureValue]:
        """The choice and value of `deputies.high=1`, or, of a unit, `kong_chang=mid`; `Unusable` if it is none."""
        named, equals, told = text.partition("=")
        named, told = named.strip(), told.strip()
        if not equals or not named or not told:
            raise Unusable((Finding("choice_form", args={"found": text}),))
        value: FeatureValue = int(told) if told.isdecimal() else self._value(told)
        choices = {
            choice: None
            for factor in self._whole.factors
            for option in factor.options
            for choice, _ in option.features
        }
        found = next((each for each in self._meant(named, value) if each in choices), None)
        found = found or self._printed(named, choices)
        if found is None:
            names = [choice.removeprefix("units.") for choice in choices]
            nearest = tuple(get_close_matches(named, names, n=3, cutoff=0.3)) or tuple(names[:5])
            raise Unusable((Finding("choice_unknown", args={"found": named, "nearest": nearest}),))
        known = {v for f in self._whole.factors for o in f.options for c, v in o.features if c == found}
        refused = {v for c, v in self.structures.refused if c == found}
        if value not in known | refused and self._given_up(found, value) is None:
            accepted = tuple(str(each) for each in sorted(known | refused, key=str))
            choice = choice_words(self._session, self._organisation).choice(found)
            raise Unusable(
                (Finding("choice_value", args={"found": told, "choice": choice, "accepted": accepted}),)
            )
        return found, value

    def _printed(self, named: str, choices: Collection[str]) -> str | None:
        """The choice that is meant by its name as it is printed, in either language, or by that of its post."""
        for language in LANGUAGES:
            words = choice_words(self._session, self._organisation, language)
            for choice in choices:
                if _squeezed(words.choice(choice)) == _squeezed(named):
                    return choice
        vocabulary = self._session.organisation_vocabulary
        single = {"clerk": "clerk", "deputy": "deputies"}.get(
            vocabulary.resolve("establishment", named) or ""
        )
        post, level = post_named(named, vocabulary) or ("", "")
        meant = single or (f"deputies.{level}" if post == "deputy" else "")
        return meant if meant in choices else None

    def _value(self, told: str) -> str:
        vocabulary = self._session.organisation_vocabulary
        found = vocabulary.resolve("level", told) or vocabulary.resolve("unit_kind", told)
        say = [Wording(language).say for language in LANGUAGES]
        nothing = {each(key) for each in say for key in ("chart.given_up", "structures.not_there")}
        return NONE if told in {NONE, "ไม่มี", *nothing} else found or told

    def _meant(self, named: str, value: FeatureValue) -> Iterator[str]:
        yield named
        unit, point, what = named.removeprefix("units.").rpartition(".")
        identity = self._unit(unit) if point and what in UNIT_CHOICES else None
        if identity is not None:
            yield f"units.{identity}.{what}"
        named = self._unit(named) or named
        yield f"units.{named}"
        if value in LEVELS:
            yield f"units.{named}.level"
        if value in (*KINDS, NONE):
            yield f"units.{named}.kind"

    def _unit(self, text: str) -> str | None:
        """The unit that is meant by its id or its name, with or without spaces."""
        units = self._organisation.units or ()
        by_name = [unit.id for unit in units if _squeezed(unit.name) == _squeezed(text)]
        if any(unit.id == text for unit in units):
            return text
        return by_name[0] if len(by_name) == 1 else None

    # ── finding ─────────────────────────────────────────────────────────────────────────────────

    def _find(self) -> FoundStructures:
        asked, space = self._asked, self.space
        count: int | None = None
        conditional: int | None = None
        facets: tuple[Facet, ...] = ()
        excluded: Conflict | None = None
        beyond: LimitReached | None = None
        try:
            count, conditional = space.count(), space.conditional()
            if not count and not conditional and space.steps:
                excluded = conflict(space)
            facets = space.facets(self.structures.refused)
        except LimitReached as error:  # then the answer says what was not counted, and why
            beyond = error
        lost = lost_by_all(space) if count or conditional else ()
        limit = asked.limit or asked.nearest or LISTED
        options = tuple(islice(self.listed(), limit + 1))
        complete = len(options) <= limit
        points: tuple[Point, ...] = ()
        measures: tuple[str, str] | None = None
        if asked.pareto:
            first, second = asked.pareto
            points, measures = front(space, first, second), (first.measure, second.measure)
        grouped: list[StructureGroup] = []
        every_group = True
        if asked.groups is not None:
            try:
                grouped.extend(groups(space, asked.objectives or self.nearest_to_today, asked.groups + 1))
            except LimitReached:  # those found so far are the best
                every_group = False
            every_group = every_group and len(grouped) <= asked.groups
        return FoundStructures(
            self.structures,
            count,
            conditional,
            facets,
            options[:limit],
            complete,
            points,
            measures,
            excluded,
            tuple(grouped[: asked.groups]),
            lost,
            every_group,
            otherwise(self.structures, space, self._lost_words) if count is not None else (),
            beyond,
        )

    @property
    def _lost_words(self) -> frozenset[str]:
        """The readings relied on that put in words which the copy lost."""
        lost = {str(identity) for (identity,) in self._session.organisation_kb.rows("reconstructs")}
        return frozenset(lost.intersection(self.structures.conditions.relied))

    @property
    def nearest_to_today(self) -> tuple[Objective, ...]:
        """Fewest filled posts given up or lowered, then fewest changes, then least added to salaries."""
        names = ("lost", "changes") if self.structures.costs is None else ("lost", "changes", "increase")
        return tuple(map(Objective, names))

    def listed(self) -> Iterator[Structure]:
        """The structures: the best ones by the objectives, or all."""
        if self._asked.nearest is not None:
            return first(self.space, self._asked.objectives or self.nearest_to_today, self._asked.nearest)
        if self._asked.objectives:
            return best(self.space, self._asked.objectives)
        return self.space.structures()

    # ── answering ───────────────────────────────────────────────────────────────────────────────

    def reply(self, shown: Shown | None = None) -> Reply:
        """The answer as lines and as a document; `shown` for a part of it, which then is all that was asked."""
        session, organisation, found = self._session, self._organisation, self.found
        documents = documents_of(session, organisation)
        against = contradictions(Establishment(session.tables, organisation))
        text = self._text()
        words = StructuresText(found, text, session.organisation_vocabulary, session.wording)
        conditions = self.structures.conditions
        refused = self.structures.refused.values()
        bearing = {*conditions.relied, *text.relied(refused)} - idle_in(session, organisation)
        relies = tuple(sorted(bearing))
        clauses = conditions.clauses | {below.clause.id for node in refused for below in node.walk()}
        unstated = [str(other) for of, other in session.organisation_kb.rows("caveat") if of in clauses]
        lines = [
            *text.contradictions(against),
            *words.lines(shown or Shown(self._asked.limit or SHOWN)),
            *self._footer(text, relies, unstated),
        ]
        document = structures_document(found, documents)
        document |= {"readings": list(relies), "caveats": documents.caveats(unstated)}
        document |= contradicting(against)
        complete = found.complete if self._asked.groups is None else found.every_group
        if found.count is None or (shown is None and not complete):
            return Reply(tuple(lines), document, LIMITED, relies)
        status = YES if found.count else UNDETERMINED if found.conditional else NO
        return Reply(tuple(lines), document, status, relies)

    def _for_committee(self) -> list[Structure]:
        """Those that a committee looks at: the best of each group, those asked for, or the nearest to today."""
        if self.found.groups:
            return [group.best for group in self.found.groups]
        if self._asked.nearest is not None or self._asked.objectives or not self._whole.factors:
            return list(self.found.options[:FOR_COMMITTEE])
        with suppress(LimitReached):
            return list(first(self.space, self.nearest_to_today, FOR_COMMITTEE))
        return list(self.found.options[:FOR_COMMITTEE])

    def _footer(
        self, text: OrganisationText, relies: Sequence[str], unstated: Sequence[str]
    ) -> Iterator[Line]:
        """The readings relied on, save those of lost words that change nothing; and what the source lacks."""
        lines = [*text.relying(relies, self.found.turned), *text.unstated(unstated)]
        yield from (Line(), *lines) if lines else ()

    def _text(self) -> OrganisationText:
        return organisation_text(self._session, self._organisation)

    def svg(self, number: int, beside_today: bool = False) -> str:
        """Today's structure (0), or the structure of that number with what it changes, as an organisation chart.

        `beside_today`: today's structure and that one side by side.

        Raises `Unusable` for a number beyond the last.
        """
        if number > len(self.found.options):
            args = {"found": number, "most": len(self.found.options)}
            raise Unusable((Finding("option_beyond", args=args),))
        from lgreason.answers.drawing import drawn

        plan = None if number == 0 else plan_of(self.found.options[number - 1])
        return drawn(self._session, self._organisation, plan, self._costs, beside_today)

    def xlsx(self) -> bytes:
        """The workbook: options, facets, the burden with live formulas, and reasons."""
        from lgreason.report.workbook.workbook import write

        session, text = self._session, self._text()
        words = StructuresText(self.found, text, session.organisation_vocabulary, session.wording)
        rows = StructuresWorkbook(self.found, words, text, session.wording)
        # With a table of costs a structure brings what it adds itself: that of the first one stands in the sheet.
        first_one = next(iter(self._for_committee()), None)
        added = first_one.cost if self._costs is not None and first_one is not None else None
        own = burden(Establishment(session.tables, self._organisation, added))
        every = self.found.options if self._asked.limit is not None else self.listed()
        contents = rows.contents(self._organisation.name, session.day, every, own, self._for_committee())
        target = BytesIO()
        write(contents, target, session.wording)
        return target.getvalue()


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def objectives(
    minimise: Sequence[str], maximise: Sequence[str], order: Sequence[str], costed: bool
) -> tuple[Objective, ...]:
    """The objectives in the order in which they stand on the command line (`order`: their measures)."""
    few = {each for measure in minimise for each in measure.split(",")}
    many = {each for measure in maximise for each in measure.split(",")}
    _check_measures((*few, *many), costed)
    if both := few & many:
        raise Unusable((Finding("measure_both_ways", args={"found": tuple(sorted(both))}),))
    return tuple(Objective(each, "maximise" if each in many else "minimise") for each in dict.fromkeys(order))


def front_asked(measures: str | None, costed: bool) -> tuple[Objective, ...]:
    """The two objectives of a front: more levels are better, of all else less is."""
    if measures is None:
        return ()
    names = tuple(name.strip() for name in measures.split(","))
    if len(set(names)) != 2:
        raise Unusable((Finding("front_of_two", args={"found": measures}),))
    _check_measures(names, costed)
    return tuple(Objective(name, "maximise" if name == "levels" else "minimise") for name in names)


def _check_measures(names: Sequence[str], costed: bool) -> None:
    known = (*(MEASURES if costed else MEASURES[2:]), "lost")
    wrong = [
        Finding(
            "measure_needs_costs" if name in MEASURES else "measure_unknown",
            args={"found": name, "known": known},
        )
        for name in names
        if name not in known
    ]
    if wrong:
        raise Unusable(tuple(wrong))
