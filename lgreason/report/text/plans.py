"""Plans side by side, as text: what differs, who is affected, the money, the years, and what breaks each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from lgreason.files.organisation.organisation import Organisation, Plan
from lgreason.reasoning.cases.verdict import permission_of
from lgreason.reasoning.organisations.plans import Lost
from lgreason.reasoning.organisations.resting import NOTHING, Rests, Turn
from lgreason.reasoning.organisations.years import Ceilings, YearOfBurden
from lgreason.reasoning.structures.comparison import Compared
from lgreason.report.line import Line
from lgreason.report.text.money import MoneyText
from lgreason.report.text.organisation import OrganisationText
from lgreason.report.wording import Wording
from lgreason.words.vocabulary import Vocabulary

TODAY = "today"
CHANGES = ("new", "raised", "lowered", "converted", "given_up")
Row = Mapping[str, str]
_STYLES = {True: "good", False: "bad", None: "open"}


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of the table of a comparison: what it is about, and its cell for each structure."""

    heading: str
    cells: tuple[str, ...]


def settled(organisation: Organisation, plan: Plan | None) -> Iterator[tuple[str, str]]:
    """The posts of a plan, or of today, by what they are: `unit.finance` is a division at mid level."""
    if plan is None:
        if organisation.clerk is not None and organisation.clerk.exists and organisation.clerk.level:
            yield "clerk", organisation.clerk.level
        levels = [p.level for p in organisation.deputies or () if p.exists and p.level]
    else:
        yield "clerk", plan.clerk
        levels = [p.level for p in plan.deputies if p.level]
    for level in sorted(set(levels)):
        yield f"deputy.{level}", str(levels.count(level))
    if plan is None:
        for unit in organisation.units or ():
            if unit.exists and unit.head is not None and unit.head.level:
                yield f"unit.{unit.id}", f"{unit.kind or 'division'} {unit.head.level}"
                yield from _inside(unit.id, unit.sections, unit.parts)
        return
    for planned in plan.units:
        yield f"unit.{planned.id}", f"{planned.kind} {planned.level}"
        yield from _inside(planned.id, planned.sections, planned.parts)


def _inside(unit: str, sections: int | None, parts: int | None) -> Iterator[tuple[str, str]]:
    if sections:
        yield f"unit.{unit}.sections", str(sections)
    if parts:
        yield f"unit.{unit}.parts", str(parts)


class PlansText:
    """Writes a comparison of plans in one language."""

    def __init__(
        self,
        found: Sequence[Compared],
        most: Ceilings,
        text: OrganisationText,
        vocabulary: Vocabulary,
        wording: Wording,
    ) -> None:
        """Take the structures compared, the ceilings of the burden, and the words."""
        self._found = found
        self._most = most
        self._text = text
        self._vocabulary = vocabulary
        self._wording = wording
        self._say = wording.say
        self.money = MoneyText(text, wording)
        self.rows = {each.name: dict(settled(each.organisation, each.plan)) for each in found}

    # ── names ───────────────────────────────────────────────────────────────────────────────────

    def name(self, name: str) -> str:
        """A structure by its name: today's, the plan, an option by its number, or the plan of a file."""
        kind, _, number = name.partition(" ")
        if kind == "file":
            return self._say("plans.name_file", file=number)
        return self._say(f"plans.name_{kind}", n=int(number or 0))

    def post(self, key: str) -> str:
        """What a difference is about."""
        kind, *rest = key.split(".")
        if kind == "unit":
            inside = rest[-1] if rest[-1] in ("sections", "parts") and len(rest) > 1 else ""
            unit = self._text.unit(".".join(rest[:-1] if inside else rest))
            return self._say(f"plans.{inside}_of", unit=unit) if inside else unit
        return self._text.post_name(kind, rest[0]) if rest else self._text.post(kind)

    def value(self, value: str | None) -> str:
        """A value of a difference in words."""
        if value is None:
            return self._say("plans.none")
        if value.isdecimal():
            return self._wording.digits_of(value)
        language = self._wording.language
        categories = {"division": "unit_kind", "office": "unit_kind"}
        words = (
            self._vocabulary.name(categories.get(word, "level"), word).into(language)
            for word in value.split()
        )
        return " ".join(words)

    @property
    def differing(self) -> list[str]:
        """What is not the same in all, in the order of the structures."""
        keys = dict.fromkeys(key for row in self.rows.values() for key in row)
        return [key for key in keys if len({row.get(key, "") for row in self.rows.values()}) > 1]

    # ── as lines ────────────────────────────────────────────────────────────────────────────────

    def lines(self, facts: Sequence[str] = ()) -> Iterator[Line]:
        """The whole comparison; `facts` are entries in which the files differ besides."""
        yield from self._text.title()
        yield Line()
        for each in self._found:
            yield from self._verdict(each)
        for path in facts:
            yield Line(self._say("plans.facts_differ", field=self._text.field(path)), style="note")
        yield Line()
        if not self.differing:
            yield Line(self._say("plans.same"))
        for key in self.differing:
            yield Line(self.post(key), 1, "heading")
            for name, row in self.rows.items():
                yield self._cell(name, self.value(row.get(key)))
        yield from self._figures()
        yield from self._years()
        yield from self.withstands()
        yield from self.footer()

    def _cell(self, name: str, value: str, style: str = "") -> Line:
        words = self._say("plans.row", plan=self.name(name), value=value)
        return Line(words, 2, style) if style else Line(words, 2)

    def _verdict(self, each: Compared) -> Iterator[Line]:
        if each.plan is None:
            return
        yield Line(self.verdict(each), 1, _STYLES[each.truth])
        for clause in self.violated(each):
            yield Line(self._text.place(clause), 2, "bad")
        for path in self.missing(each):
            yield Line(self._say("org.not_known", field=self._text.field(path)), 2)

    def verdict(self, each: Compared) -> str:
        """Whether a plan may be, in words, with the readings of lost words that it rests on."""
        words = self._say(f"plans.{permission_of(each.truth)}", plan=self.name(each.name))
        return self._text.verdict(words, each.rests.readings)

    def footer(self) -> Iterator[Line]:
        """For every other reading that changes a verdict, of which plans, and to what; then what changes none."""
        rests = self.rests
        told = self.turned
        lines = [
            *(Line(self._text.otherwise(turn, words), style="note") for turn, words in told.items()),
            *self._text.harmless(rests.harmless),
            *self._text.unstated(rests.unstated),
        ]
        if lines:
            yield Line()
            yield from lines

    def resting(self) -> tuple[str, ...]:
        """What the verdicts rest on, as sentences of a document."""
        return tuple(self._text.resting(self.rests, self.turned.__getitem__))

    @property
    def turned(self) -> dict[Turn, str]:
        """Every other reading that changes a verdict: of which plans, and to what."""
        plans: dict[Turn, list[str]] = {}
        for each in self._found:
            for turn in each.rests.turns:
                plans.setdefault(turn, []).append(
                    self._say(f"plans.{permission_of(turn.truth)}", plan=self.name(each.name))
                )
        return {turn: self._say("list.semicolon").join(words) for turn, words in plans.items()}

    @property
    def rests(self) -> Rests:
        """What the verdicts rest on, as one."""
        every = NOTHING
        for each in self._found:
            every = every.joined(each.rests)
        return replace(every, turns=tuple(self.turned))

    def violated(self, each: Compared) -> list[str]:
        """The clauses that a plan violates."""
        if each.judgement is None:
            return []
        nodes = [
            n
            for post in each.judgement.posts
            if post.truth is False and post.judged
            for n in post.judged.nodes
        ]
        nodes += [number.reason for number in each.judgement.numbers]
        failing = (below for node in nodes if node.holds is False for below in node.walk())
        found = [node.clause.id for node in failing if node.is_leaf and node.holds is False]
        return list(dict.fromkeys(found))

    def missing(self, each: Compared) -> list[str]:
        """The entries of the file that are to be found out for a plan to be judged."""
        if each.judgement is None or each.truth is not None:
            return []
        nodes = [
            n
            for post in each.judgement.posts
            if post.truth is None and post.judged
            for n in post.judged.nodes
        ]
        leaves = (below for node in nodes for below in node.walk() if below.is_leaf and below.holds is None)
        paths = (path for leaf in leaves if leaf.measurement for path in leaf.measurement.missing)
        return list(dict.fromkeys(paths))

    def _figures(self) -> Iterator[Line]:
        for row in self.figures():
            yield Line()
            yield Line(row.heading, 1, "heading")
            for each, cell in zip(self._found, row.cells, strict=True):
                yield self._cell(each.name, cell)

    def figures(self, brief: bool = False) -> Iterator[TableRow]:
        """The numbers of each: posts, what changes, who is affected (`brief`: how many), cost, burden and margin."""
        yield self._row("posts", lambda each: self._number(each.posts.total()))
        yield self._row("changes", self._changes)
        yield self._row("affected", self._number_affected if brief else self._affected)
        if any(each.costs is not None for each in self._found):
            yield self._row("cost", lambda each: self._baht(each.whole))
            yield self._row("increase", self._increase)
        yield self._row("burden", self.money.burden)

    def _row(self, key: str, cell: Callable[[Compared], str]) -> TableRow:
        return TableRow(self._say(f"plans.{key}"), tuple(cell(each) for each in self._found))

    def _number_affected(self, each: Compared) -> str:
        return self._number(sum(lost.number for lost in each.lost if lost.filled))

    def _number(self, number: int) -> str:
        return self._wording.digits_of(f"{number:,}")

    def _baht(self, amount: int | None) -> str:
        return self._say("value.null") if amount is None else self.money.baht(amount)

    def _increase(self, each: Compared) -> str:
        return self._say("value.null") if each.increase is None else self.money.amount(each.increase)

    def _changes(self, each: Compared) -> str:
        counts = each.changes
        words = [self._say(f"plans.change_{key}", n=counts[key]) for key in CHANGES if counts[key]]
        return self._say("list.comma").join(words) or self._say("plans.unchanged")

    def _affected(self, each: Compared) -> str:
        """Who sits in a post that is given up, lowered or raised; those of whom it is not known whether they do."""
        filled = [lost for lost in each.lost if lost.filled]
        maybe = sum(lost.number for lost in each.lost if lost.filled is None)
        words = [self.lost(lost) for lost in filled]
        if maybe:
            words.append(self._say("plans.perhaps", n=maybe))
        return self._say("list.semicolon").join(words) or self._say("plans.nobody")

    def lost(self, lost: Lost) -> str:
        """A post of today that is lost, in words."""
        post = self._text.post_name(lost.post, lost.level)
        if lost.unit is not None:
            post = self._say("plan.in_unit", post=post, unit=self._text.unit(lost.unit))
        to = self._vocabulary.name("level", lost.to).into(self._wording.language) if lost.to else ""
        return self._say(f"plan.lost_{lost.fate}", post=post, to=to)

    def _years(self) -> Iterator[Line]:
        rows = list(self.years())
        if not any(each.organisation.years for each in self._found):
            return
        yield Line()
        yield Line(self._say("years.heading"), 1, "heading")
        for row in rows:
            yield Line(row.heading, 2)
            for each, cell in zip(self._found, row.cells, strict=True):
                yield Line(self._say("plans.row", plan=self.name(each.name), value=cell), 3)

    def years(self) -> Iterator[TableRow]:
        """The burden of each year, marked where it is over a ceiling."""
        longest = max((each.years for each in self._found), key=len)
        for at, year in enumerate(longest):
            cells = []
            for each in self._found:
                of = each.years[at] if at < len(each.years) else None
                if of is None:
                    cells.append(self._say("value.null"))
                    continue
                percent = self.money.percent(of.percent, self._most.year)
                if not of.percent.low and of.percent.exact is None:
                    cells.append(self._with_mean(self._say("value.null"), of))
                    continue
                mark = {False: "over", True: "within", None: "open"}[of.within_year]
                args = {"percent": percent, "most": self._wording.digits_of(str(self._most.year))}
                cells.append(self._with_mean(self._say(f"plans.year_{mark}", **args), of))
            yield TableRow(self.money.year_name(year), tuple(cells))

    def _with_mean(self, cell: str, year: YearOfBurden) -> str:
        """The burden of a year with its mean with the year before, which is what 35 per cent is asked of."""
        if year.mean is None:
            return cell
        key = "plans.year_mean_over" if year.within_mean is False else "plans.year_mean"
        most = self._wording.digits_of(str(self._most.mean))
        return self._say(key, cell=cell, mean=self.money.percent(year.mean, self._most.mean), most=most)

    def withstands(self) -> Iterator[Line]:
        """How far money may move before a plan that may be no longer may."""
        for each in self._found:
            if each.plan is None or each.truth is not True:
                continue
            yield Line()
            yield Line(self._say("plans.withstands", plan=self.name(each.name)), 1, "heading")
            joint, margins = each.margins
            if not joint and not margins:
                yield Line(self._say("money.no_margin"), 2, "note")
            for found in joint:
                yield Line(self.money.joint(found), 2)
            for margin in margins[:3]:
                yield Line(self.money.margin(margin), 2)

    # ── as a table ──────────────────────────────────────────────────────────────────────────────

    def table(self, brief: bool = False) -> Iterator[TableRow]:
        """The comparison as a table: verdict, posts, numbers, years, what each withstands; `brief`: short cells."""
        yield self._row("verdict", self._verdict_word)
        if any(each.rests.readings for each in self._found):
            yield self._row("rests_on", lambda each: self._say("list.comma").join(each.rests.readings))
        yield self._row("violated", lambda each: self._places(self.violated(each)))
        if any(map(self.missing, self._found)):
            yield self._row("missing", lambda each: self._say("list.semicolon").join(self.missing(each)))
        for key in dict.fromkeys(key for row in self.rows.values() for key in row):
            yield TableRow(self.post(key), tuple(self.value(row.get(key)) for row in self.rows.values()))
        yield from self.figures(brief)
        yield from self.years()
        yield self._row("income_falls", lambda each: self._joint(each, "income"))
        yield self._row("costs_rise", lambda each: self._joint(each, "costs"))

    def _places(self, clauses: Iterable[str]) -> str:
        return self._say("list.semicolon").join(map(self._text.place, clauses))

    def _verdict_word(self, each: Compared) -> str:
        if each.plan is None:
            return ""
        return self._text.verdict(self._text.permitted(each.truth), each.rests.readings)

    def _joint(self, each: Compared, what: str) -> str:
        if each.plan is None or each.truth is not True:
            return ""
        found = next((joint for joint in each.margins[0] if joint.what == what), None)
        if found is None:
            return self._say("plans.never")
        share = self.money.share(max(found.last, 1))
        return self._say("plans.up_to" if found.last else "plans.less_than", share=share)

    @property
    def names(self) -> list[str]:
        """The headings of the columns."""
        return [self.name(each.name) for each in self._found]


def margin_under(found: Compared, most: Ceilings) -> Fraction | None:
    """How far the mean burden is under its ceiling, in per cent; `None` where it is not known."""
    exact = found.burden.mean.value.exact
    return None if exact is None else most.mean - exact
