"""Questions about organisations: each answered in the light of what was asked and chosen before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from lgreason.answers import organisations as replies
from lgreason.answers.choices import ChoiceAnswer
from lgreason.answers.persons import NO, Reply
from lgreason.answers.plans import compare_plans
from lgreason.answers.session import Session
from lgreason.answers.structures import StructureAnswer, StructureQuery, objectives
from lgreason.files.organisation.organisation import LEVELS, Organisation, Plan
from lgreason.reasoning.structures.against_today import lost_by_all
from lgreason.reasoning.structures.choices import plan_of
from lgreason.reasoning.structures.optimum import Objective
from lgreason.reasoning.structures.space import Narrowing, Space
from lgreason.reasoning.structures.sums import LimitReached
from lgreason.repl.again import Again, Followed
from lgreason.repl.asked import Ask, Question, Wanted, Which
from lgreason.repl.memory import Memory
from lgreason.repl.organisations import choice_of
from lgreason.report.line import Line
from lgreason.report.text.structures import EVERY_STATUS, Shown
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.knowledge import Reading

MOST_WAYS = 5
"""So many ways to a post are shown in a conversation."""
LISTED = 5
"""So many structures are shown in a conversation."""
OBJECTIVES: Mapping[Which, Objective] = {
    "fewest_changes": Objective("changes"),
    "fewest_posts": Objective("posts"),
    "most_posts": Objective("posts", "maximise"),
    "lowest_levels": Objective("levels"),
    "highest_levels": Objective("levels", "maximise"),
    "lowest_cost": Objective("cost"),
    "lowest_increase": Objective("increase"),
}
FACETS: Mapping[Which, Shown] = {
    "": Shown(0, ("must",)),
    "every_choice": Shown(0),
    "must_be": Shown(0, ("must",)),
    "may_be": Shown(0, ("may",)),
    "cannot_be": Shown(0, ("cannot",)),
}
AS_COMMANDED: Mapping[Ask, Ask] = {
    "require": "structures",
    "forbid": "structures",
}
"""What was asked in effect, where the question has a name of its own."""


class AskingOrganisations:
    """Answers questions about the organisations that a conversation remembers."""

    def __init__(self, memory: Memory, followed: Followed) -> None:
        """Take what the conversation remembers, and the answers that a line may follow."""
        self._memory = memory
        self._here = memory.organisations
        self._followed = followed
        self.answers: Mapping[Ask, Callable[[Question], Reply]] = {
            "posts": self._posts,
            "choice": self._choice,
            "refused": self._refused,
            "why_post": self._refused,
            "how_post": self._how,
            "compare_plans": self._compare_plans,
            "validate": self._validate,
            "burden": self._burden,
            "classify": self._classify,
            "structures": self._structures,
            "require": self._narrow,
            "forbid": self._narrow,
        }

    def _answered(self, ask: Ask, question: Question, answer: Callable[[Session], Reply]) -> Reply:
        """Give an answer, which then can be followed under another reading."""
        session = self._memory.session_of(question)
        reply = answer(session)

        def relied(session: Session) -> Iterator[Reading]:
            known = session.organisation_kb.readings
            return (known[identity] for identity in reply.relies)

        self._followed.now = Again(AS_COMMANDED.get(ask, ask), session, answer, relied)
        return reply

    # ── posts, the plan, the burden, re-typing ────────────────────────────────────────────────────────────────

    def _posts(self, question: Question) -> Reply:
        organisation = self._memory.organisation_meant(question)
        self._here.post, self._here.wanted = (question.post.ids[0] if question.post else None), None
        only = _levels(self._here.post)
        return self._answered(
            "posts", question, lambda session: replies.posts(session, organisation, only, question.full)
        )

    def _validate(self, question: Question) -> Reply:
        organisation, costs = self._memory.organisation_meant(question), self._here.costs
        return self._answered(
            "validate",
            question,
            lambda session: replies.validate(session, organisation, question.full, costs),
        )

    def _burden(self, question: Question) -> Reply:
        organisation = self._memory.organisation_meant(question)
        return self._answered("burden", question, lambda session: replies.burden(session, organisation))

    def _classify(self, question: Question) -> Reply:
        organisation = self._memory.organisation_meant(question)
        assert question.kind is not None
        (class_,) = question.kind.ids
        return self._answered(
            "classify", question, lambda session: replies.classify(session, organisation, class_)
        )

    def _how(self, question: Question) -> Reply:
        """What would have to change so that a post may be set up; or the municipality be of a class."""
        organisation = self._memory.organisation_meant(question)
        if question.kind is not None:
            about: tuple[str, str] | str = question.kind.ids[0]
        else:
            post = question.post.ids[0] if question.post is not None else self._here.post
            if post is None:
                raise Unusable((Finding("ask_post"),))
            self._here.post = post
            name, _, level = post.partition(".")
            about = (name, level or self._lowest(organisation, name))
        return self._answered(
            "how_post", question, lambda session: replies.how(session, organisation, about, MOST_WAYS)
        )

    def what_if(self, question: Question) -> Reply:
        """What a sum, or a part of the plan that is otherwise, would change."""
        from lgreason.answers.supposed_organisations import altered_amount, altered_plan, what_if

        organisation = self._memory.organisation_meant(question)
        wanted = question.wanted
        if question.amount is not None:
            after = altered_amount(organisation, *question.amount)
        else:
            assert wanted is not None
            name = wanted.what.ids[0].rpartition("/")[2]
            after = altered_plan(organisation, wanted.of, name, wanted.inside, wanted.value)
        return self._answered(
            "whatif", question, lambda session: what_if(session, organisation, after, question.amount is None)
        )

    def _lowest(self, organisation: Organisation, post: str) -> str:
        """The lowest level of a post that may not be set up yet, or else its lowest."""
        rows = replies.posts(self._memory.session, organisation, _levels(post), False).document["posts"]
        refused = [str(row["level"]) for row in rows if row["verdict"] != "allowed"]
        return refused[0] if refused else str(rows[0]["level"])

    def _compare_plans(self, question: Question) -> Reply:
        organisation = self._memory.organisation_meant(question)
        names = list(question.plans) or ["plan"]
        if len(names) == 1:
            names.append("today" if names[0] != "today" else "plan")
        plans: dict[str, Plan | None] = {}
        for name in names:
            kind, _, number = name.partition(" ")
            if kind == "plan" and organisation.plan is None:
                raise Unusable((Finding("org_no_plan", organisation.place),))
            plans[name] = {"today": None, "plan": organisation.plan}.get(kind) or self._option(
                number, organisation
            )
        return self._answered(
            "compare_plans", question, lambda within: compare_plans(within, organisation, plans)
        )

    def _option(self, number: str, organisation: Organisation) -> Plan | None:
        """A structure by its number in the list shown last; none is today's."""
        if not number:
            return None
        session, n = self._memory.session, int(number)
        found = self.structures(session, organisation, self._here.listed, max(1, n)).found.options
        if not 1 <= n <= len(found):
            raise Unusable((Finding("no_such_option", args={"n": n, "most": len(found)}),))
        return plan_of(found[n - 1])

    # ── why not ───────────────────────────────────────────────────────────────────────────────────────────────

    def why(self, question: Question) -> Reply:
        """Why, of what was answered before: the same answer in full."""
        before = self._followed.before
        if before is not None and before.ask in ("validate", "burden", "classify"):
            organisation = self._memory.organisation_meant(question)
            if before.ask != "validate":
                return self._answered("why", question, before.answer)
            costs = self._here.costs
            return self._answered(
                "why", question, lambda session: replies.validate(session, organisation, True, costs)
            )
        if before is not None and before.ask == "structures":
            return self._structures(Question("structures", which="cannot_be", on=question.on))
        return self._refused(question)

    def _refused(self, question: Question) -> Reply:
        """Why a choice, or a post, may not be; without either, those asked about last, or all that may not."""
        organisation = self._memory.organisation_meant(question)
        here = self._here
        wanted = question.wanted or (None if question.post else here.wanted)
        if wanted is not None:
            return self._of_choice("refused", question, organisation, wanted, True)
        if question.post is not None:
            here.post, here.wanted = question.post.ids[0], None
        post = here.post

        def answer(session: Session) -> Reply:
            return replies.posts(session, organisation, _levels(post), full=post is not None)

        return self._answered("why_post", question, answer)

    def _choice(self, question: Question) -> Reply:
        assert question.wanted is not None
        organisation = self._memory.organisation_meant(question)
        return self._of_choice("choice", question, organisation, question.wanted, question.full)

    def _of_choice(
        self, ask: Ask, question: Question, organisation: Organisation, wanted: Wanted, full: bool
    ) -> Reply:
        self._here.wanted = wanted

        def answer(session: Session) -> Reply:
            structures = self.structures(session, organisation)
            _, choice = choice_of(wanted, organisation)
            return ChoiceAnswer(session, organisation, structures, structures.feature(choice)).reply(full)

        return self._answered(ask, question, answer)

    # ── structures ────────────────────────────────────────────────────────────────────────────────────────────

    def structures(
        self,
        session: Session,
        organisation: Organisation,
        which: Which = "",
        listed: int = 1,
        more: tuple[Narrowing, ...] = (),
    ) -> StructureAnswer:
        """The structures left after what was chosen, and `more`; the best ones if so many are to be listed."""
        steps = (*(step for _, step in self._memory.steps(organisation.id)), *more)
        asked = StructureQuery(objectives=self._objectives(which), limit=listed, steps=steps)
        judged = self._here.structures(session, organisation)
        return StructureAnswer(session, organisation, self._here.costs, asked, judged)

    def _objectives(self, which: Which) -> tuple[Objective, ...]:
        if which not in OBJECTIVES:
            return ()
        objective, costed = OBJECTIVES[which], self._here.costs is not None
        few = (objective.measure,) if objective.sense == "minimise" else ()
        many = (objective.measure,) if objective.sense == "maximise" else ()
        return objectives(few, many, (objective.measure,), costed)

    def _structures(self, question: Question) -> Reply:
        organisation = self._memory.organisation_meant(question)
        shown = FACETS.get(question.which, Shown(LISTED, ()))
        if question.wanted is not None:
            unit = choice_of(replace(question.wanted, value="mid"), organisation)[1].partition("=")[0]
            shown = Shown(0, EVERY_STATUS, unit)
        self._here.post = self._here.wanted = None
        reply = self._answered(
            "structures",
            question,
            lambda session: self.structures(session, organisation, question.which, LISTED).reply(shown),
        )
        if question.which in OBJECTIVES:
            self._here.listed = question.which
        return reply if question.which or question.wanted else self._going_on(reply, self._memory.session)

    def _narrow(self, question: Question) -> Reply:
        """Keep one more choice, unless no structure would be left."""
        assert question.wanted is not None
        organisation, session = self._memory.organisation_meant(question), self._memory.session
        same, choice = choice_of(question.wanted, organisation)
        before = self.structures(session, organisation)
        feature = before.feature(choice)
        step = Narrowing(same is (question.ask == "require"), *feature)
        if _is_empty(self.structures(session, organisation, more=(step,)).space):
            self._here.wanted = question.wanted
            return self._not_left(question, organisation, before, feature)
        told = lost_by_all(before.space) if before.space.steps and not _is_empty(before.space) else ()
        self._memory.choose(organisation.id, step)
        self._here.post = self._here.wanted = None
        reply = self._answered(
            question.ask,
            question,
            lambda session: self.structures(session, organisation, "", LISTED).reply(
                replace(FACETS[""], lost_before=told)
            ),
        )
        return self._going_on(reply, session)

    def _going_on(self, reply: Reply, session: Session) -> Reply:
        """The same with how to go on choosing."""
        on = Line(session.wording.say("repl.choose_on"), style="note")
        return Reply((*reply.lines, on), reply.document, reply.status, reply.relies)

    def _not_left(
        self,
        question: Question,
        organisation: Organisation,
        before: StructureAnswer,
        feature: tuple[str, str | int],
    ) -> Reply:
        session = self._memory.session_of(question)
        note = Line(session.wording.say("repl.not_chosen"), style="open")
        reply = ChoiceAnswer(session, organisation, before, feature).reply(False)
        return Reply((note, Line(), *reply.lines), reply.document, NO)


def _is_empty(space: Space) -> bool:
    """Whether no structure is left, not even one that depends on what is not known."""
    if not all(space.open):
        return True
    with suppress(LimitReached):  # where they cannot be counted there may be some
        return not space.count() and not space.conditional()
    return False


def _levels(post: str | None) -> tuple[tuple[str, str], ...] | None:
    """A post with its level, or with each; `None` for every post."""
    if post is None:
        return None
    name, _, level = post.partition(".")
    return tuple((name, each) for each in LEVELS if level in ("", each))
