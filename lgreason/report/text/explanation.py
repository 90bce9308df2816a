"""Answers as text: what an official reads, line by line; laying it out on a terminal is left to `terminal`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from lgreason.reasoning.cases.counting import Duration
from lgreason.reasoning.persons.explain import Explanation, Gap, Node, Relied
from lgreason.reasoning.persons.measure import Entry, Missing
from lgreason.report.line import Line
from lgreason.report.text.added import added_words, says_how
from lgreason.report.text.entry import entry_words, missing_words
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Bound, Clause, demand_of
from lgreason.words.vocabulary import Vocabulary

MARKS = {True: "✓", False: "✗", None: "?"}
STYLES = {True: "good", False: "bad", None: "open"}
MOST_ALTERNATIVES = 3


class ExplanationText:
    """Writes an explanation in one language."""

    def __init__(
        self, answer: Explanation, kb: KnowledgeBase, vocabulary: Vocabulary, wording: Wording
    ) -> None:
        """Take what is to be written, and the words to write it in."""
        self._answer = answer
        self._kb = kb
        self._vocabulary = vocabulary
        self._wording = wording
        self._say = wording.say

    def lines(self, full: bool = False) -> Iterator[Line]:
        """The answer: the verdict, what decides it, what it rests on; with `full` the whole reason tree."""
        answer = self._answer
        yield Line(answer.person.name, style="title")
        position = self._vocabulary.name("position", answer.position)
        yield Line(self._say("why.asked", position=position, day=answer.day))
        yield Line()
        yield Line(self._say(f"why.{answer.verdict}"), style=answer.verdict)
        if answer.not_yet_in_force:
            yield Line(self._say("why.not_yet_in_force", day=answer.not_yet_in_force), style="note")
        yield Line()
        yield from self._deciding()
        if not full:
            yield from self._not_held()
        yield from self.questions()
        yield from self.earliest()
        yield from self._readings()
        yield from self._gaps()
        if full:
            yield Line()
            yield Line(self._say("why.tree"), style="heading")
            yield from self._tree(answer.reason, 1)
            yield from self._beside()
        else:
            yield Line()
            yield Line(self._say("why.more"), style="note")

    # ── what decides ─────────────────────────────────────────────────────────────────────────────

    def _deciding(self) -> Iterator[Line]:
        answer = self._answer
        if not answer.deciding:
            return
        yield Line(self._say(f"why.because_{answer.verdict}"), style="heading")
        for number, node in enumerate(answer.deciding, 1):
            yield from self.condition(number, node)
        if answer.alternatives:
            yield Line()
            yield Line(self._say("why.alternatives"), style="heading")
            for node in answer.alternatives[:MOST_ALTERNATIVES]:
                yield Line(self._alternative(node), 1)
                yield from self._added(node, 2)

    def _not_held(self) -> Iterator[Line]:
        """The posts stood in for that no condition counts, where no condition that decides says so."""
        answer = self._answer
        said = {looked.entry for node in answer.deciding for looked in answer.looked_at(node)}
        left = [looked for looked in answer.not_held if looked.entry not in said]
        if left:
            yield Line()
        for looked in left:
            yield Line(self._say(f"why.looked_{looked.why}", entry=self._entry(looked.entry)), style="note")

    def condition(self, number: int, node: Node, quoted: bool = True) -> Iterator[Line]:
        """One numbered condition: what is measured, what counted, and the clause."""
        text = self._say("why.numbered", n=number, text=node.clause.subject or node.clause.gloss)
        if self._excludes(node):
            yield Line(text, 1, STYLES[not node.holds])
            yield Line(self._say("why.excluded" if node.holds else "why.not_excluded"), 2)
        else:
            yield Line(text, 1, STYLES[node.holds])
        if node.holds is not False or not self._excludes(node):
            yield from self.measured(node, 2)
            yield from self._excepted(node, 2)
            if node.clause.expression is not None and node.measurement is not None and not node.holds:
                from lgreason.report.text.facts import FactText

                words = FactText(self._vocabulary, self._wording)
                yield from words.nearest(cast("Any", node.measurement), self._entry, 3)
        yield Line(
            self.quoted(node.clause) if quoted else self._say("why.place_only", place=node.clause.place),
            2,
            "quote",
        )

    def _excludes(self, node: Node) -> bool:
        """Whether a condition that decides is one of those of which none may be met."""
        return node.holds is not None and node.holds is (self._answer.verdict == "ineligible")

    def brief(self, node: Node) -> str:
        """A condition in one line: what is measured and how much of it is short."""
        text = (node.clause.subject or node.clause.gloss).into(self._wording.language)
        if self._excludes(node):
            return self._say("why.brief_excluded", text=text)
        if node.measurement is None or node.bound is None:
            return text
        if isinstance(node.measurement.low, Duration):
            return self._say("why.brief", text=text, comparison=self.comparison(node))
        return text

    def measured(self, node: Node, indent: int) -> Iterator[Line]:
        """What was required and measured, and what counted."""
        if node.measurement is None or node.bound is None:
            return
        measured = node.measurement
        if node.clause.expression is not None:
            yield from self._of_facts(node, indent)
        elif isinstance(measured.low, Duration):
            yield Line(self.comparison(node), indent)
            yield from self._added(node, indent)
            for child in node.children:
                if child.defeats:
                    yield Line(self.exception(node, child), indent, "note")
                    for leaf in (
                        () if child.holds else {each.clause.id: each for each in child.walk()}.values()
                    ):
                        yield from self._looked(leaf, indent + 1)
            if measured.lapsed:
                yield Line(self._say("why.lapsed"), indent)
        elif node.holds is False and not self._answer.looked_at(node):
            yield Line(self._say("why.no_such_qualification"), indent)
        yield from self._looked(node, indent)
        of_time = isinstance(measured.low, Duration) or node.clause.expression is not None
        if measured.entries:
            key = "why.counted" if of_time else "why.qualified"
            yield Line(self._say(key, entries=self.entries(measured.entries)), indent)
        if measured.maybe:
            key = "why.may_count" if of_time else "why.may_qualify"
            yield Line(self._say(key, entries=self.entries(measured.maybe)), indent)
        if node.holds is None:
            for fact in measured.missing:
                yield Line(self._say("why.not_known", fact=self.missing(fact)), indent)

    def _excepted(self, node: Node, indent: int) -> Iterator[Line]:
        """What brought about the exceptions that changed the bound of a condition, and their words."""
        for child in node.children if node.measurement is not None else ():
            if child.defeats and child.holds:
                for leaf in {each.clause.id: each for each in child.walk()}.values():
                    if leaf.holds and leaf.measurement is not None and leaf.measurement.entries:
                        entries = self.entries(leaf.measurement.entries)
                        yield Line(self._say("why.qualified", entries=entries), indent)
                yield Line(self.quoted(child.clause), indent, "quote")

    def _added(self, node: Node, indent: int) -> Iterator[Line]:
        """How what is short is added to other stretches, where that bears on it."""
        if node.measurement is None or node.bound is None or not node.shortfall:
            return
        if says_how(self._kb) and (added := node.measurement.added(node.bound)) is not None:
            yield Line(added_words(added, self._kb, self._wording), indent, "note")

    def _looked(self, node: Node, indent: int) -> Iterator[Line]:
        """The entries that were looked at in vain, each with the reason."""
        for looked in self._answer.looked_at(node):
            yield Line(self._say(f"why.looked_{looked.why}", entry=self._entry(looked.entry)), indent)

    def _of_facts(self, node: Node, indent: int) -> Iterator[Line]:
        """What was required and found of declared facts."""
        yield Line(self.comparison(node), indent)
        bounds = dict(node.clause.bounds())
        for child in node.children:
            if child.defeats and child.clause.id in bounds and "default" in bounds:
                yield Line(self.exception(node, child), indent, "note")

    def comparison(self, node: Node) -> str:
        """What was required, measured and short, in one line."""
        if node.clause.expression is not None:
            from lgreason.report.text.facts import FactText

            return FactText(self._vocabulary, self._wording).comparison(cast("Any", node))
        assert node.measurement is not None and node.bound is not None
        required = self._bound(node.bound)
        low, high = node.measurement.low, node.measurement.high
        if node.holds is None or (high != low and not node.holds):
            if high == low:
                return self._say("why.required_undecided", required=required, measured=low)
            most = self._say("why.no_limit") if high is None else self._say("why.at_most", time=high)
            return self._say("why.required_open", required=required, measured=low, most=most)
        if node.shortfall and low == Duration():
            return self._say("why.required_nothing", required=required, short=node.shortfall)
        if node.shortfall:
            return self._say("why.required_short", required=required, measured=low, short=node.shortfall)
        return self._say("why.required_met", required=required, measured=low)

    def _bound(self, bound: Bound, clause: Clause | None = None) -> str:
        if clause is not None and clause.expression is not None:
            from lgreason.report.text.facts import FactText

            return FactText(self._vocabulary, self._wording).required(demand_of(bound))
        return self._say(f"unit.{bound.unit}", n=bound.value)

    def exception(self, node: Node, exception: Node) -> str:
        """What an exception makes of the time that a condition demands."""
        assert node.bound is not None
        bounds = dict(node.clause.bounds())
        args = {
            "default": self._bound(bounds["default"], node.clause),
            "instead": self._bound(bounds[exception.clause.id], node.clause),
            "place": exception.clause.place,
        }
        state = {True: "applies", False: "does_not_apply", None: "may_apply"}[exception.holds]
        return self._say(f"why.exception_{state}", **args)

    def _alternative(self, node: Node) -> str:
        text = self._say(
            "why.alternative", place=node.clause.place, text=node.clause.subject or node.clause.gloss
        )
        if node.shortfall and node.bound:
            return f"{text}: {self.comparison(node)}"
        return text

    def quoted(self, clause: Clause) -> str:
        """Where a clause stands, and its words."""
        if clause.quote is None:
            return self._say("why.place_only", place=clause.place)
        quoted = self._say("why.quoted", place=clause.place, quote=clause.quote, gloss=clause.gloss)
        if clause.repairs:
            pairs = tuple(
                self._say("why.repair", wrong=wrong, right=right) for wrong, right in clause.repairs
            )
            quoted += " " + self._say("why.repaired", repairs=pairs)
        return quoted

    # ── entries and facts of the file ────────────────────────────────────────────────────────────

    def entries(self, entries: tuple[Entry, ...]) -> str:
        """Entries of the file in words."""
        return self._say("list.semicolon").join(self._entry(entry) for entry in entries)

    def _entry(self, entry: Entry) -> str:
        return entry_words(self._answer.person, entry, self._vocabulary, self._wording)

    def missing(self, fact: Missing) -> str:
        """A fact that is not known, in words."""
        return missing_words(self._answer.person, fact, self._vocabulary, self._wording)

    # ── what is not known, when, and on what readings ────────────────────────────────────────────

    def questions(self) -> Iterator[Line]:
        """The facts to find out."""
        questions = self._answer.questions
        if not questions:
            return
        yield Line()
        yield Line(self._say("why.find_out"), style="heading")
        for number, question in enumerate(questions, 1):
            key = "why.numbered" if question.settles == 0 else f"why.settles_{question.settles}"
            yield Line(self._say(key, n=number, text=self.missing(question.fact)), 1)

    def earliest(self) -> Iterator[Line]:
        """The first day of eligibility, or that there is none."""
        answer = self._answer
        since = answer.eligible_since
        yield Line()
        if answer.verdict == "eligible":
            if since is not None:
                yield Line(self._say("why.eligible_since", day=since), style="earliest")
                yield from self.first_day(1)
                if since < answer.reason.clause.in_force:
                    in_force = answer.reason.clause.in_force
                    yield Line(self._say("why.before_in_force", day=in_force), 1, "note")
            if answer.until is not None:
                yield Line(self._say("why.until", day=answer.until), style="earliest")
        elif since is not None:
            yield Line(self._say("why.earliest", day=since), style="earliest")
            yield from self.first_day(1)
            if answer.until is not None:
                yield Line(self._say("why.until", day=answer.until), style="earliest")
        elif answer.verdict == "ineligible" and answer.possible is not None:
            yield Line(self._say("why.possible", day=answer.possible), style="earliest")
        elif answer.verdict == "ineligible":
            yield Line(self._say("why.never"), style="earliest")
        else:
            yield Line(self._say("why.earliest_unknown"), style="earliest")

    def first_day(self, indent: int) -> Iterator[Line]:
        """What came to be complete on the first day of eligibility, where the conditions shown do not tell."""
        if (then := self._answer.on_first_day) is not None and self._answer.first_day_by:
            from lgreason.report.text.first_day import first_day_lines

            text = ExplanationText(then, self._kb, self._vocabulary, self._wording)
            yield from first_day_lines(self._answer.first_day_by, then.person, text, self._say, indent)

    def _readings(self) -> Iterator[Line]:
        if not self._answer.readings:
            return
        yield Line()
        yield Line(self._say("why.readings"), style="heading")
        named: dict[str, list[str]] = {"firm": [], "firm_day": [], "harmless": []}
        for relied in self._answer.readings:
            if relied.unsettles or not relied.otherwise:
                yield from self._relied(relied)
            else:
                kind = "firm" if relied.matters else "firm_day" if relied.days else "harmless"
                named[kind].append(relied.reading.id)
        for kind, ids in named.items():
            if ids:
                yield Line(self._say(f"why.{kind}_readings", ids=self._say("list.comma").join(ids)), 1)
        yield Line(self._say("why.more_readings"), 1, "note")

    def _relied(self, relied: Relied) -> Iterator[Line]:
        reading = relied.reading
        yield Line(self._say("why.relied", id=reading.id, question=reading.question, chosen=reading.text), 1)
        texts = dict(reading.choices)
        for choice, verdict in relied.otherwise:
            if verdict != relied.verdict:
                verdict_words = self._say(f"verdict.{verdict}")
                args = {"choice": texts[choice], "verdict": verdict_words, "option": f"{reading.id}={choice}"}
                yield Line(self._say("why.otherwise", **args), 2, "note")
        for choice, day in relied.days:
            told = {"choice": texts[choice], "option": f"{reading.id}={choice}"}
            key = "why.otherwise_never" if day is None else "why.otherwise_day"
            yield Line(self._say(key, **told, **({"day": day} if day else {})), 2, "note")

    def otherwise(self, relied: Relied) -> Iterator[str]:
        """What comes of each other reading: another verdict, another first day, or the same."""
        texts, days = dict(relied.reading.choices), dict(relied.days)
        for choice, verdict in relied.otherwise:
            key, args = "reason.otherwise_same", dict[str, object](choice=texts[choice])
            if verdict != relied.verdict:
                key, args["verdict"] = "reason.otherwise", self._say(f"verdict.{verdict}")
            elif choice in days and (day := days[choice]) is not None:
                key, args["day"] = "reason.otherwise_day", day
            elif choice in days:
                key = "reason.otherwise_never"
            yield self._say(key, **args)

    def _gaps(self) -> Iterator[Line]:
        if not self._answer.person.competencies:
            return
        below = [gap for gap in self._answer.gaps if gap.assessed is not None]
        unknown = len(self._answer.gaps) - len(below)
        yield Line()
        yield Line(self._say("why.gaps"), style="heading")
        for gap in below:
            yield Line(self._gap(gap), 1)
        if not below:
            yield Line(self._say("why.no_gaps"), 1)
        if unknown:
            yield Line(self._say("why.not_assessed", n=unknown), 1, "note")

    def _gap(self, gap: Gap) -> str:
        name = self._vocabulary.name("competency", gap.key)
        return self._say("why.gap", name=name, required=gap.required, assessed=gap.assessed)

    # ── the whole tree ───────────────────────────────────────────────────────────────────────────

    def _beside(self) -> Iterator[Line]:
        """The entries of the file that no condition counted, asked about or looked at."""
        if beside := self._answer.beside:
            yield Line()
            yield Line(self._say("why.beside"), style="heading")
            for entry in beside:
                yield Line(self._entry(entry), 1)

    def _tree(self, node: Node, indent: int) -> Iterator[Line]:
        text = self._say("why.node", mark=MARKS[node.holds], place=node.clause.place, text=node.clause.gloss)
        if node.defeats:
            text = self._say("why.exception_node", text=text)
        yield Line(text, indent, STYLES[node.holds])
        yield from self.measured(node, indent + 2)
        if node.clause.expression is not None and node.measurement is not None:
            from lgreason.report.text.facts import FactText

            words = FactText(self._vocabulary, self._wording)
            yield from words.reasons(cast("Any", node.measurement), self._entry, indent + 2)
        if node.clause.quote:
            yield Line(self._say("why.quote", quote=node.clause.quote), indent + 2, "quote")
        for child in node.children:
            yield from self._tree(child, indent + 2)
