"""What a proposed structure comes to, as text: the verdict, what is lost, every post, every violated clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lgreason.reasoning.cases.verdict import permission_of
from lgreason.reasoning.organisations.plans import Lost, PlanJudgement, PlannedPost
from lgreason.reasoning.organisations.resting import NOTHING, Rests
from lgreason.report.line import Line
from lgreason.report.text.explanation import MARKS, STYLES
from lgreason.report.text.organisation import VERDICT_STYLES, OrganisationText
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.terms import Truth, constant


def laid_down(kb: KnowledgeBase, type_: str, posts: Iterable[str]) -> bool:
    """Whether the procedure of recruitment is laid down for all of some posts of a type of organisation."""
    rows = (tuple(map(constant, row)) for row in kb.rows("procedure_of"))
    own = {post for procedure, type_of, post in rows if (procedure, type_of) == ("recruitment", type_)}
    return own >= {*posts}


class PlanText:
    """Writes what becomes of posts in the words of one organisation."""

    def __init__(self, text: OrganisationText) -> None:
        """Take the words of the organisation."""
        self._text = text

    def validation(
        self, judgement: PlanJudgement, truth: Truth, full: bool, rests: Rests = NOTHING
    ) -> Iterator[Line]:
        """The verdict on a plan, every post of it, and every violated clause."""
        yield from self._text.title()
        yield Line()
        verdict = permission_of(truth)
        words = self._text.verdict(self._text.say(f"plan.{verdict}"), rests.readings)
        yield Line(words, style=VERDICT_STYLES[verdict])
        yield from self.lost(judgement.lost)
        yield Line()
        yield Line(self._text.say("plan.posts"), style="heading")
        for post in judgement.posts:
            yield Line(self.planned(post), 1, STYLES[post.truth])
            if post.judged is not None and (full or post.truth is not True):
                truths: tuple[Truth, ...] = (True, False, None) if full else (False, None)
                yield from self._text.conditions(post.judged.nodes, truths, 2)
        refused = [number for number in judgement.numbers if full or number.reason.holds is not True]
        if refused:
            yield Line()
            yield Line(self._text.say("plan.numbers"), style="heading")
            for number in refused:
                if number.unit is not None:
                    yield Line(self._text.say("posts.of_unit", unit=self._text.unit(number.unit)), 1)
                yield from self._text.condition(number.reason, 1)

    def lost(self, lost: Sequence[Lost], heading: str = "plan.lost") -> Iterator[Line]:
        """What of today is given up, lowered or left vacant, and what is to be done for those who sit there."""
        raised = [each for each in lost if each.fate == "vacated"]
        for key, group in (
            (heading, [each for each in lost if each not in raised]),
            (f"{heading}_raised", raised),
        ):
            if group:
                yield Line()
                yield Line(self._text.say(key), style="heading")
            for each in group:
                yield Line(self.loss(each), 1, "bad" if each.filled and each not in raised else "note")
        yield from self.recruitment(lost)

    def loss(self, lost: Lost) -> str:
        """A post of today that is given up, lowered or left vacant."""
        words = self._text.post_name(lost.post, lost.level)
        if lost.number > 1:
            words = self._text.say("plan.several", post=words, n=lost.number)
        if lost.unit is not None:
            words = self._text.say("plan.in_unit", post=words, unit=self._text.unit(lost.unit))
        to = self._text.name("level", lost.to) if lost.to else ""
        told = self._text.say(f"plan.lost_{lost.fate}", post=words, to=to)
        return self._text.say("plan.lost_filled", lost=told) if lost.filled else told

    def recruitment(self, lost: Iterable[Lost]) -> Iterator[Line]:
        """What is to be done for those who sit in posts that change, step by step (slide 26); nothing for nobody."""
        posts = {each.post for each in lost if each.filled}
        if not posts:
            return
        recruitment = [row for row in self._text.kb.rows("step") if constant(row[0]) == "recruitment"]
        own = laid_down(self._text.kb, self._text.organisation.type, posts)
        yield Line(self._text.say("plan.holders" if own else "plan.holders_by_analogy"), 1)
        for _, _, clause in sorted(recruitment, key=lambda row: str(row[1])):
            step = self._text.kb.clauses[str(clause)]
            yield Line(self._text.say("plan.step", place=step.place, text=step.gloss), 2, "note")

    def planned(self, post: PlannedPost) -> str:
        """A post of a structure, with what is changed."""
        words = self._text.post_name(post.post, post.level)
        if post.post == "deputy":
            words = self._text.say("plan.deputy", post=words, n=post.number)
        elif post.post in ("section_head", "part_head"):
            words = self._text.say("plan.several", post=words, n=post.number)
        if post.unit is not None:
            words = self._text.say("plan.in_unit", post=words, unit=self._text.unit(post.unit))
        was = self._text.name("level", post.was) if post.was else ""
        change = self._text.say(f"plan.change_{post.change}", was=was)
        if post.change == "new" and post.standing:
            change = self._text.say("plan.change_more", n=post.number - post.standing, standing=post.standing)
        return self._text.say("plan.post", mark=MARKS[post.truth], post=words, change=change)
