"""The structures of an organisation as text, as JSON, and as the rows of a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lgreason.reasoning.organisations.establishment import INSIDE
from lgreason.reasoning.organisations.plans import Lost
from lgreason.reasoning.organisations.resting import Turn
from lgreason.reasoning.structures.against_today import lost_in
from lgreason.reasoning.structures.choices import Structures, plan_of
from lgreason.reasoning.structures.conflicts import Conflict
from lgreason.reasoning.structures.groups import StructureGroup
from lgreason.reasoning.structures.optimum import Point
from lgreason.reasoning.structures.resting import Otherwise
from lgreason.reasoning.structures.space import Facet, Status, Structure
from lgreason.reasoning.structures.sums import LimitReached
from lgreason.report.line import Line
from lgreason.report.text.choices import ChoicesText
from lgreason.report.text.organisation import OrganisationText
from lgreason.report.text.proposed import PlanText
from lgreason.report.wording import Wording
from lgreason.words.vocabulary import Vocabulary

MEASURES = ("cost", "increase", "posts", "levels", "changes")
EVERY_STATUS: tuple[Status, ...] = ("must", "may", "cannot")


@dataclass(frozen=True, slots=True)
class FoundStructures:
    """What was found: counts, facets, the structures listed, whether these are all, and a front if one was asked."""

    structures: Structures
    count: int | None
    conditional: int | None
    facets: tuple[Facet, ...]
    options: tuple[Structure, ...]
    complete: bool
    front: tuple[Point, ...] = ()
    front_measures: tuple[str, str] | None = None
    conflict: Conflict | None = None
    groups: tuple[StructureGroup, ...] = ()
    lost: tuple[Lost, ...] = ()
    """What every structure that is left gives up or lowers, or leaves without its holder."""
    every_group: bool = True
    """Whether `groups` are all there are, if groups were asked for."""
    otherwise: tuple[Otherwise, ...] = ()
    """The structures under other readings of words that the copy lost, where they are others."""
    beyond: LimitReached | None = None
    """Why the structures, or those that have each choice, were not counted."""

    @property
    def turned(self) -> tuple[str, ...]:
        """The readings of lost words under another choice of which there are more structures, or fewer."""
        return tuple(dict.fromkeys(other.reading for other in self.otherwise))

    def resting(self, structure: Structure) -> tuple[str, ...]:
        """The readings of lost words under another choice of which a structure is not what it is here."""
        truth = True if structure.sure else None
        turned = (other.reading for other in self.otherwise if other.truth(structure) is not truth)
        return tuple(dict.fromkeys(turned))

    def facet_rests(self, facet: Facet) -> tuple[str, ...]:
        """The readings of lost words under another choice of which a choice is not open, or not closed, as here.

        Where nothing at all may be under another reading, that is said of the whole, not of each choice.
        """
        key, closed = (facet.choice, facet.value), facet.status == "cannot"
        turned = (
            other.reading
            for other in self.otherwise
            if (other.count or other.conditional)
            and (other.statuses.get(key, "cannot") == "cannot") is not closed
        )
        return tuple(dict.fromkeys(turned))


@dataclass(frozen=True, slots=True)
class Shown:
    """What of the structures is shown: the facets of some statuses, or of one unit, and how many structures."""

    options: int
    statuses: tuple[Status, ...] = EVERY_STATUS
    unit: str | None = None
    lost_before: tuple[Lost, ...] = ()
    """What of all that is given up was told with the choice before."""

    def shows(self, facet: Facet) -> bool:
        """Whether a facet is shown."""
        of_unit = self.unit is None or facet.choice.startswith(f"units.{self.unit}.")
        return of_unit and facet.status in self.statuses


class StructuresText(ChoicesText):
    """Writes structures in one language."""

    def __init__(
        self, found: FoundStructures, text: OrganisationText, vocabulary: Vocabulary, wording: Wording
    ) -> None:
        """Take what was found, and the words to write it in."""
        super().__init__(text, vocabulary, wording)
        self._found = found

    # ── as lines ────────────────────────────────────────────────────────────────────────────────

    def lines(self, shown: Shown) -> Iterator[Line]:
        """The counts, the facets, and the first structures."""
        found = self._found
        facets = [facet for facet in found.facets if shown.shows(facet)]
        if not found.count and not found.conditional:  # what was narrowed away says nothing where all is
            facets = [facet for facet in facets if facet.because != "narrowed"]
        yield from self._text.title()
        yield Line()
        yield Line(self._text.verdict(self._counted(), found.turned), style="earliest")
        yield from self._beyond()
        for words in self.otherwise:
            yield Line(words, 1, "note")
        if found.conflict is not None:
            yield from self._conflict(found.conflict)
            return
        if found.conditional:
            yield Line(self._say("structures.conditional", n=self._number(found.conditional)), style="note")
        plans = PlanText(self._text)
        again = Counter(found.lost) & Counter(shown.lost_before)
        yield from plans.lost(tuple((Counter(found.lost) - again).elements()), "structures.lost")
        if again:
            yield Line(self._say("structures.lost_as_before", n=again.total()), style="note")
        if found.lost:
            yield Line()
        yield Line(self._say("structures.assumed", n=found.structures.most), style="note")
        if found.structures.costs is None:
            yield Line(self._say("structures.no_costs"), style="note")
        if shown.statuses and (facets or found.beyond is None):
            yield from self._facets(facets, shown.statuses)
        if found.front_measures is not None:
            yield from self._front()
        yield from self._groups()
        options = () if found.groups else found.options[: shown.options]
        if options:
            yield Line()
            yield Line(self._say("structures.options"), style="heading")
        for number, structure in enumerate(options, 1):
            yield Line(self._option(number, structure), 1)
            yield from self._given_up(structure)
        further = list(plans.recruitment(each for of in options for each in self._further(of)))
        if further:
            yield Line()
            yield from further
        if options and (not found.complete or len(options) < len(found.options)):
            yield Line()
            yield Line(self._say("structures.incomplete", n=len(options)), style="note")

    @property
    def otherwise(self) -> tuple[str, ...]:
        """How many structures there are under other readings of words that the copy lost, where that differs."""
        return tuple(map(self._otherwise, self._found.otherwise))

    def _otherwise(self, other: Otherwise) -> str:
        """How many structures there are under another reading."""
        key = "structures.count_if" if other.conditional else "structures.count"
        numbers = {"n": self._number(other.count), "m": self._number(other.conditional)}
        words = (
            self._say(key, **numbers)
            if other.count or other.conditional
            else self._say("structures.no_other")
        )
        return self._text.otherwise(Turn(other.reading, other.choice, None), words)

    def _further(self, structure: Structure) -> Iterator[Lost]:
        """What a structure gives up or lowers besides what all do."""
        yield from (Counter(lost_in(structure)) - Counter(self._found.lost)).elements()

    def _given_up(self, structure: Structure) -> Iterator[Line]:
        """What a structure gives up or lowers, or leaves without its holder: filled posts, sections and parts."""
        plans = PlanText(self._text)
        for each in self._further(structure):
            if each.filled or each.post in INSIDE:
                yield Line(plans.loss(each), 2, "bad" if each.filled else "note")

    def _groups(self) -> Iterator[Line]:
        """Groups by what a committee decides, each with its best structure and how many variants there are."""
        if not self._found.groups:
            return
        yield Line()
        yield Line(self._say("structures.groups"), style="heading")
        for number, group in enumerate(self._found.groups, 1):
            yield Line(self._option(number, group.best), 1)
            args = {"n": self._number(group.sure), "m": self._number(group.conditional)}
            key = "structures.variants_if" if group.conditional else "structures.variants"
            yield Line(self._say(key, **args), 2, "note")
        if not self._found.every_group:
            yield Line()
            yield Line(self._say("structures.incomplete_groups", n=len(self._found.groups)), style="note")

    def _conflict(self, conflict: Conflict) -> Iterator[Line]:
        """Requirements that exclude each other, alone, with the conditions that they break together."""
        key = "structures.conflict_one" if len(conflict.steps) == 1 else "structures.conflict"
        yield Line(self._say(key), style="bad")
        for step in conflict.steps:
            yield Line(self.chosen(step), 1)
            refused = self._found.structures.refused.get((step.choice, step.value)) if step.required else None
            if refused is not None:
                node = next(
                    (each for each in refused.walk() if each.is_leaf and each.holds is False), refused
                )
                args = {"place": node.clause.place, "text": self._text.comparison(node)}
                yield Line(self._say("structures.because", **args), 2)
        if conflict.clauses:
            places = self._say("list.semicolon").join(map(self._text.place, conflict.clauses))
            yield Line(self._say("structures.conflict_by", places=places), 1)

    def _number(self, number: int) -> str:
        return self._wording.digits_of(f"{number:,}")

    def _counted(self) -> str:
        count = self._found.count
        if count is None:
            return self._say("structures.not_counted")
        if count:
            return self._say("structures.count", n=self._number(count))
        return self._say("structures.none" if self._found.conditional else "structures.none_at_all")

    def _beyond(self) -> Iterator[Line]:
        """Why something was not counted, and what to narrow for it to be."""
        if self._found.beyond is None:
            return
        if self._found.count is not None:
            yield Line(self._say("structures.choices_not_counted"), style="note")
        if (size := self._found.beyond.size) is not None and size.steps:
            told = {name: self._number(value) for name, value in size._asdict().items()}
            yield Line(self._say("structures.beyond", **told), 1, "note")
        yield Line(self._say("structures.narrow"), 1, "note")

    def _facets(self, shown: Sequence[Facet], statuses: Sequence[Status]) -> Iterator[Line]:
        yield Line()
        key = f"structures.facets_{statuses[0]}" if len(statuses) == 1 else "structures.facets"
        yield Line(self._say(key), style="heading")
        if not shown:
            yield Line(self._say("structures.no_facet"), 1)
        opened = {facet.choice for facet in self._found.facets if facet.status != "cannot"}
        for choice, facets in groupby(shown, key=lambda facet: facet.choice):
            of = list(facets)
            open_ = [self._open(facet) for facet in of if facet.status != "cannot"]
            if open_:
                values = self._say("list.semicolon").join(open_)
                yield Line(self._say("structures.facet", choice=self.choice(choice), values=values), 1)
            elif choice in opened:
                yield Line(self.choice(choice), 1)
            else:
                none = [facet for facet in of if facet.value != 0]
                only = len(none) == len(of) and all(isinstance(facet.value, int) for facet in of)
                closed = self._say("structures.must", value="0") if only else self._say("structures.no_value")
                yield Line(self._say("structures.facet", choice=self.choice(choice), values=closed), 1)
            shut = [facet for facet in of if facet.status == "cannot"]
            for why, same in groupby(shut, key=self.why):
                refused = self._wording.either(map(self.resting, same))
                yield Line(self._say("structures.cannot", value=refused, why=why), 2, "bad")

    def resting(self, facet: Facet) -> str:
        """A value of a choice in words, with the readings of lost words that it is open, or closed, by."""
        return self._rests(self.value(facet.choice, facet.value), self._found.facet_rests(facet))

    def _rests(self, words: str, readings: Sequence[str]) -> str:
        return self._text.verdict(words, readings, "org.rests_on")

    def _open(self, facet: Facet) -> str:
        value = self.resting(facet)
        args = {"value": value, "n": self._number(facet.remaining)}
        if facet.conditional and facet.status == "may":
            return self._say("structures.may_if", m=self._number(facet.conditional), **args)
        return self._say(f"structures.{facet.status}", **args)

    def why(self, facet: Facet) -> str:
        """Why a choice cannot be: the clause, or what was required, or the bound on the burden."""
        reason = self._found.structures.refused.get((facet.choice, facet.value))
        if facet.because == "refused" and reason is not None:
            node = next((below for below in reason.walk() if below.is_leaf and below.holds is False), reason)
            args = {"place": node.clause.place, "text": self._text.comparison(node)}
            return self._say("structures.because", **args)
        if facet.because == "coupled":
            if not facet.clauses:
                return self._say("structures.because_coupled_any")
            places = self._say("list.semicolon").join(self._text.place(clause) for clause in facet.clauses)
            return self._say("structures.because_coupled", places=places)
        return self._say(f"structures.because_{facet.because or 'narrowed'}")

    def _front(self) -> Iterator[Line]:
        assert self._found.front_measures is not None
        first, second = (self._say(f"structures.measure_{name}") for name in self._found.front_measures)
        yield Line()
        yield Line(self._say("structures.front", first=first, second=second), style="heading")
        for point in self._found.front:
            one, other = (self._number(value) for value in point.values)
            yield Line(self._say("structures.point", first=first, one=one, second=second, other=other), 1)
            for structure in point.structures():
                yield Line(self.plan(plan_of(structure)), 2)
                break

    def _option(self, number: int, structure: Structure) -> str:
        words = self._say("structures.option", n=number, plan=self.plan(plan_of(structure)))
        measures = [
            self._say(
                "structures.measured",
                measure=self._say(f"structures.measure_{name}"),
                n=self._number(structure.total(name)),
            )
            for name in self.measures()
        ]
        words = self._say(
            "structures.with_measures", option=words, measures=self._say("list.comma").join(measures)
        )
        words = words if structure.sure else self._say("structures.if_known", option=words)
        return self._rests(words, self._found.resting(structure))

    def measures(self) -> Sequence[str]:
        """The measures by which structures are compared here."""
        return MEASURES if self._found.structures.costs is not None else MEASURES[2:]
