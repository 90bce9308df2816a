"""What a conversation goes on from: the question before, what was offered, and what was asked back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from lgreason.repl.answering import OF_ONE_PERSON, OF_ONE_POSITION, SHORT
from lgreason.repl.asked import Mention, Question, Wanted

if TYPE_CHECKING:
    from lgreason.repl.interview import Interview

Slot = Literal["person", "position", "organisation"]
PASSING = frozenset(
    {
        *("thanks", "greet", "help", "quit", "list", "undo", "yes", "no", "unsure", "other", "lang", "as_of"),
        *("load", "save", "transcript", "reading", "draw", "export", "interview", "again"),
    }
)
"""Questions that leave what was spoken of as it was."""
_OF_A_PERSON = OF_ONE_PERSON - {"save", "readings"}
"""Questions that a name alone may go on with."""


_OF_NO_POST = frozenset({"burden", "validate", "classify", "compare_plans"})
"""Questions about an organisation as a whole, which no post or unit is a part of."""
_SEVERAL = ("both", "they")
OF_EACH = frozenset(
    {"service", "profile", "positions", "how", "path", "gaps", "missing", "whatif", "memo", "readings"}
)
"""Questions of one person; of several they are asked of each."""


def of_each(question: Question) -> tuple[Question, ...]:
    """A question about several persons as one about each of them; one that lists or compares them stays one."""
    if question.ask not in OF_EACH or len(question.persons) < 2 or question.text:
        return (question,)
    return tuple(replace(question, persons=(mention,)) for mention in question.persons)


@dataclass(frozen=True, slots=True)
class Choosing:
    """A question that waits for one of several: of which of its parts, and the ids that may be meant."""

    question: Question
    slot: Slot
    ids: tuple[str, ...]


@dataclass
class Discourse:
    """The state of a conversation between one line and the next."""

    last: Question | None = None
    offered: Question | None = None
    choosing: Choosing | None = None
    several: tuple[str, ...] = ()
    """The persons that were spoken of together."""
    sure: bool = True
    """Whether the line before was understood; after one that was not, what goes on from it is only offered."""
    waiting: Question | None = None
    """What was offered last and neither taken nor refused: what goes on from it may be about this."""
    listing: Question | None = None
    """The question that listed persons last."""
    interview: Interview | None = None
    """What asks for the facts that are missing."""

    def begin(self) -> tuple[Question | None, Choosing | None]:
        """A new line: what was offered and what was asked back are heard once."""
        found = self.offered, self.choosing
        self.offered = self.choosing = None
        return found

    def doubt(self, offered: Question | None = None) -> None:
        """A line was not understood, or `offered` was not taken: what goes on from here may be about that."""
        self.waiting, self.sure = offered or self.waiting, False

    def refused(self) -> None:
        """What was offered was not meant: the question before is gone on from."""
        self.waiting, self.sure = None, True

    def done(self, question: Question) -> None:
        """Remember a question that was answered."""
        if question.ask not in SHORT:
            self.sure, self.waiting = True, None
        if question.ask not in PASSING:
            self.last = question
        if question.ask in ("people", "upcoming"):
            self.listing = question
        ids = tuple(mention.ids[0] for mention in question.persons if len(mention.ids) == 1)
        if len(ids) > 1:
            self.several = ids
        elif ids and ids[0] not in self.several:
            self.several = (*self.several[-1:], *ids)

    def listed(self, ids: tuple[str, ...]) -> None:
        """Remember whom an answer listed, in its order: «the second one» is one of them."""
        self.several = ids or self.several

    # ── what a line goes on with ──────────────────────────────────────────────────────────────────────────────

    def chosen(self, part: Question, choosing: Choosing) -> Question | None:
        """The question that waited, with what a line chooses; `None` if it chooses none of the ids."""
        if part.whom == "nth":
            number = part.option or len(choosing.ids)
            named = choosing.ids[number - 1 : number]
        elif choosing.slot == "person":
            named = tuple(i for mention in part.persons for i in mention.ids)
        elif choosing.slot == "organisation":
            named = part.organisation.ids if part.organisation else ()
        else:
            named = part.position.ids if part.position else ()
            if not named and part.levels:
                named = tuple(i for i in choosing.ids if set(i.split(".")) & set(part.levels))
        kept = tuple(i for i in choosing.ids if i in named)
        if part.whom == "both" and choosing.slot == "position":
            first, *others = (replace(choosing.question, position=Mention((i,))) for i in choosing.ids)
            return replace(first, also=tuple(others))
        if choosing.slot == "person" and len(part.persons) > 1 and len(kept) == len(part.persons):
            return replace(choosing.question, persons=part.persons)
        if len(kept) != 1:
            return None
        mention = Mention(kept)
        if choosing.slot == "person":
            asked = replace(choosing.question, position=part.position or choosing.question.position)
            return replace(asked, on=part.on or asked.on, persons=(mention, *asked.persons[1:]))
        if choosing.slot == "organisation":
            return replace(choosing.question, organisation=mention)
        return replace(choosing.question, position=mention)

    def doubtful(self, question: Question) -> Question | None:
        """After a line that was not understood, the question with what goes on from it; `None` if nothing does."""
        if self.sure or question.ask in PASSING or question.whom:
            return None
        found, waiting = question, self.waiting or Question("again")
        goes_on = False
        if question.ask in OF_ONE_PERSON and not question.persons:
            found, goes_on = replace(found, persons=waiting.persons[:1]), True
        if question.ask in OF_ONE_POSITION and question.position is None:
            found, goes_on = replace(found, position=waiting.position), True
        if question.ask in ("why_post", "how_post", "posts") and question.post is None:
            found, goes_on = replace(found, post=waiting.post, organisation=waiting.organisation), True
        return found if goes_on else None

    def again(self, part: Question) -> Question | None:
        """The question before with what a line names instead; `None` where nothing was asked before."""
        if (self.waiting or self.last) is None:
            return _alone(part)
        before = self.waiting or self.last
        assert before is not None
        last = replace(before, also=())
        if last.ask in _OF_NO_POST and (part.post or part.position or part.wanted):
            return None  # what is not a part of the question before is another question
        if part.whom == "nth":
            return self._nth(last, part.option or 0)
        if part.whom == "other" and not part.persons and len(self.several) > 1:
            part = replace(part, persons=(self._other(),), whom="")
        if part.whom in _SEVERAL and not part.persons and len(self.several) > 1:
            part = replace(part, persons=tuple(Mention((i,)) for i in self.several))
        found = last
        if part.persons:
            found = self._of_others(last, part)
        if part.position is not None and not (last.organisation or last.post or last.wanted):
            found = replace(found, position=part.position)
        elif part.post is not None:
            found = replace(found, post=part.post, position=None)
        if part.levels and part.position is None:
            found = _at_level(found, part.levels)
        if part.on is not None:
            found = replace(found, by=part.on) if found.ask == "upcoming" else replace(found, on=part.on)
        if part.by is not None and found.ask in ("people", "upcoming"):
            found = replace(found, by=part.by, on=None, ask="upcoming")
        elif part.by is not None:  # whether by then is whether then
            found = replace(found, on=part.by)
        if part.organisation is not None:
            found = replace(found, organisation=part.organisation, wanted=None)
        if part.kind is not None:
            found = replace(found, ask="classify", kind=part.kind)
        if part.clause is not None and found.ask == "show":
            found = replace(found, clause=part.clause, text="")
        if part.wanted is not None:
            value = last.wanted.value if last.wanted else ""
            found = replace(found, wanted=Wanted("unit", part.wanted.what, part.wanted.value or value))
        if part.suppose is not None:
            found = self._supposing(found, part)
        if part.about:
            found = replace(found, about=part.about)
        if part.full:
            found = replace(found, full=True)
        return None if found == last else found

    def _of_others(self, last: Question, part: Question) -> Question:
        ask = last.ask if last.ask in _OF_A_PERSON else "check"
        if ask == "compare" and len(part.persons) == 1:
            return replace(last, persons=(*last.persons[:1], *part.persons))
        return replace(
            last, ask=ask, persons=part.persons, whom="", suppose=None if ask != "whatif" else last.suppose
        )

    @staticmethod
    def _supposing(found: Question, part: Question) -> Question:
        if found.ask == "counts" and part.suppose is not None:
            field = part.suppose.field
            ids = (*(field.ids[:1] if field else ()), *part.suppose.what.ids[:1])
            return replace(found, about=" ".join(("field" if field else "degree", *ids)))
        return replace(found, ask="whatif", suppose=part.suppose, more=part.more)

    def _nth(self, last: Question, number: int) -> Question | None:
        people = tuple(m.ids[0] for m in last.persons)
        people = people if len(people) > 1 else self.several or people
        chosen = people[number - 1 : number] if number else people[-1:]
        if not chosen:
            return None
        ask = "check" if last.ask in ("compare", "people", "upcoming") else last.ask
        return replace(last, ask=ask, persons=(Mention(chosen),), by=None)

    def _other(self) -> Mention:
        """Of those spoken of together the one who was not spoken of last."""
        spoken = self.last.persons[0].ids if self.last and self.last.persons else ()
        return Mention((next(i for i in self.several if i not in spoken),))

    def _same(self, question: Question) -> Question:
        """A question of how many, or of the post that was spoken of, with that post; or the list asked for before."""
        last = self.last
        if last is not None and last.post is not None:
            organisation = question.organisation or last.organisation
            return replace(
                question, post=last.post, unit=question.unit or last.unit, organisation=organisation, whom=""
            )
        if last is not None and last.ask in ("people", "upcoming") and question.ask == "posts":
            return replace(last, also=())
        return question

    def whom(self, question: Question) -> Question:
        """A question about both, about the other one, or of several whom it does not name, with who that is."""
        if question.whom == "same":
            return self._same(question)
        if (
            self.last is not None
            and self.last.ask == "validate"
            and question in (Question("how"), Question("why"))
        ):
            return self.last  # how it is to be put right, and why it is wrong, stands with what is wrong
        if question.whom in _SEVERAL and question.ask != "compare" and len(self.several) > 1:
            several = tuple(Mention((i,)) for i in self.several)
            question = replace(question, persons=question.persons or several, whom="")
        ids = tuple(mention.ids[0] for mention in question.persons)
        before = (
            tuple(m.ids[0] for m in self.last.persons) if self.last and self.last.ask == "compare" else ()
        )
        if question.ask == "compare" and (not ids or question.whom == "added") and len(before) > 1:
            return replace(
                question, persons=tuple(Mention((i,)) for i in dict.fromkeys((*before, *ids))), whom=""
            )
        if question.whom == "added" and question.ask in ("people", "upcoming"):
            before_that = self.listing.position if self.listing else None
            return replace(question, whom="", position=question.position or before_that)
        goes_on = question.ask in ("how_post", "why_post") and not (question.kind or question.wanted)
        if goes_on and question.post is None and self.last is not None and self.last.post is not None:
            return replace(question, post=self.last.post, unit=question.unit or self.last.unit)
        if question.ask == "compare" and not ids:
            if len(self.several) < 2:
                return replace(question, ask="people")
            return replace(question, persons=tuple(Mention((i,)) for i in self.several), whom="")
        if question.ask in ("check", "when", "why") and len(ids) > 1:
            return replace(question, ask="compare", whom="")
        if question.whom in _SEVERAL and len(self.several) > 1 and not question.persons:
            return replace(question, persons=tuple(Mention((i,)) for i in self.several), whom="")
        if question.whom == "nth" and not question.persons:
            people = before or self.several
            chosen = people[question.option - 1 : question.option] if question.option else people[-1:]
            if chosen:
                return replace(question, persons=(Mention(chosen),), whom="", option=None)
        if question.whom == "other" and len(self.several) > 1:
            return replace(question, persons=(self._other(),), whom="")
        return question


def _alone(part: Question) -> Question | None:
    """What names alone may ask, where nothing was asked before."""
    if part.persons and part.position is not None:
        return replace(part, ask="check")
    if part.clause is not None or part.text:
        return replace(part, ask="show")
    if part.on is not None and part == Question("again", on=part.on):
        return None
    return None


def offer_alone(part: Question) -> Question | None:
    """What may be offered for names alone."""
    if part.persons:
        return Question("profile", part.persons)
    if part.position is not None:
        return Question("requirements", position=part.position)
    return None


def _at_level(question: Question, levels: tuple[str, ...]) -> Question:
    """A question about the same post at another level, or the post of an organisation at one."""
    level = levels[0].rpartition(".")[2]
    if question.position is not None and len(question.position.ids) == 1:
        series, _, rest = question.position.ids[0].partition(".")
        return replace(question, position=Mention((f"{series}.{level}.{rest.partition('.')[2]}",)))
    if question.post is not None:
        return replace(question, post=Mention((f"{question.post.ids[0].partition('.')[0]}.{level}",)))
    if question.wanted is not None:
        return replace(question, wanted=replace(question.wanted, value=level))
    return replace(question, levels=levels)
