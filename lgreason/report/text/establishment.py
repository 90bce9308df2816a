"""Which posts an organisation may have, as text: each post and level with how many, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from lgreason.files.organisation.organisation import LEVELS
from lgreason.reasoning.cases.verdict import permission_of
from lgreason.reasoning.organisations.establishment import Judged, PostVerdict
from lgreason.reasoning.organisations.resting import NOTHING, Rests, Turn
from lgreason.report.line import Line
from lgreason.report.text.calculation import CalculationText
from lgreason.report.text.explanation import MARKS
from lgreason.report.text.organisation import VERDICT_STYLES, OrganisationText
from lgreason.rules.terms import Truth

RestsOf = Mapping[tuple[str, str], Rests]
"""What the verdict on each post at each level rests on."""


class PostsText:
    """Writes verdicts on posts in the words of one organisation."""

    def __init__(self, text: OrganisationText, rests: RestsOf) -> None:
        """Take the words of the organisation, and on what the verdicts rest."""
        self._text = text
        self._rests = rests

    def posts(self, verdicts: Iterable[PostVerdict], full: bool) -> Iterator[Line]:
        """Every post and level, with how many, and for a "no" the conditions that fail."""
        yield from self._text.title()
        found = list(verdicts)
        for post, rows in groupby(found, key=lambda verdict: verdict.post):
            yield Line()
            yield Line(self._text.post(post), style="heading")
            of_post = list(rows)
            refused = [] if full else [row for row in of_post if _not_printed(row)]
            for row in sorted(of_post, key=lambda row: row in refused):
                if row not in refused:
                    yield from self._row(row, full)
            if refused:
                levels = self._text.wording.listed(self._text.name("level", row.level) for row in refused)
                clause = refused[0].best.reason.clause
                key = "posts.not_printed_any" if len(refused) == len(LEVELS) else "posts.not_printed"
                yield Line(self._text.say(key, levels=levels, place=clause.place), 1, "note")
        yield from self.footer()

    def footer(self) -> Iterator[Line]:
        """For every other reading that changes a verdict, of which posts, and to what; then what changes none."""
        told = self.turned
        every = self.rests
        lines = [
            *(Line(self._text.otherwise(turn, words), style="note") for turn, words in told.items()),
            *self._text.harmless(every.harmless),
            *self._text.unstated(every.unstated),
        ]
        if lines:
            yield Line()
            yield from lines

    @property
    def turned(self) -> dict[Turn, str]:
        """Every other reading that changes a verdict: of which posts, and to what."""
        posts: dict[Turn, list[str]] = {}
        for of, rests in self._rests.items():
            for turn in rests.turns:
                posts.setdefault(turn, []).append(self._text.post_name(*of))
        say = self._text.say
        return {
            turn: say("posts.would_be", posts=of, verdict=say(f"posts.{permission_of(turn.truth)}"))
            for turn, of in posts.items()
        }

    @property
    def rests(self) -> Rests:
        """What the verdicts rest on, as one."""
        every = NOTHING
        for each in self._rests.values():
            every = every.joined(each)
        return replace(every, turns=tuple(self.turned))

    def _row(self, row: PostVerdict, full: bool, below: bool = True) -> Iterator[Line]:
        rests = self._rests.get((row.post, row.level), NOTHING)
        number = (
            self._text.say("posts.no_number")
            if row.most is None
            else self._text.say("posts.most", n=row.most)
        )
        words = self._text.say(
            "posts.row",
            mark=MARKS[row.truth],
            level=self._text.name("level", row.level),
            verdict=self._text.verdict(
                self._text.say(f"posts.{row.verdict}"), rests.readings, "org.rests_on"
            ),
            number=number if row.truth is not False else "",
        ).rstrip()
        yield Line(words, 1, VERDICT_STYLES[row.verdict])
        if of := self._of(row.best):
            yield Line(of, 2)
        if not below:
            return
        truths: tuple[Truth, ...] = (True, False, None) if full else (False, None)
        if row.truth is not True or full:
            yield from self._text.conditions(row.best.nodes, truths, 2)
        if row.truth is False and not self._text.wording.conversing:
            yield Line(self._text.say("posts.how", asked=f"{row.post}.{row.level}"), 2, "note")

    def reasons(self, verdict: PostVerdict) -> Iterator[Line]:
        """The reason trees of one post at one level, and the number that it may have."""
        yield from self._text.title()
        yield Line()
        yield Line(self._text.post_name(verdict.post, verdict.level), style="heading")
        yield from self._row(verdict, full=False, below=False)
        for node in verdict.best.nodes:
            yield from CalculationText(self._text).tree(node, 2)
        yield from self.footer()

    def _of(self, judged: Judged) -> str:
        subject = judged.subject
        if subject.unit is not None:
            return self._text.say("posts.of_unit", unit=subject.unit.name)
        if subject.deputy is not None:
            return self._text.say("posts.of_deputy", n=subject.deputy.number)
        return ""


def _not_printed(row: PostVerdict) -> bool:
    """Whether a post is refused because the table does not have it at that level."""
    return row.truth is False and row.best.unprinted
