"""The choices of a structure in words: what is settled, how, and what a repair makes of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lgreason.files.organisation.organisation import LEVELS, Plan, PlannedUnit
from lgreason.reasoning.structures.choices import NONE
from lgreason.reasoning.structures.repairs import ChoiceChanged
from lgreason.reasoning.structures.space import FeatureValue, Narrowing
from lgreason.report.text.organisation import OrganisationText
from lgreason.report.wording import Wording
from lgreason.words.vocabulary import Vocabulary

DEPUTIES = "deputies."


class ChoicesText:
    """Writes choices in one language."""

    def __init__(self, text: OrganisationText, vocabulary: Vocabulary, wording: Wording) -> None:
        """Take the words to write them in."""
        self._text = text
        self._vocabulary = vocabulary
        self._wording = wording
        self._say = wording.say

    def choice(self, choice: str) -> str:
        """A choice in words: the clerk, deputies at high level, the sections of a unit."""
        if choice == "clerk":
            return self._text.post("clerk")
        if choice == "deputies":
            return self._say("structures.deputies", post=self._text.post("deputy"))
        if choice.startswith("deputies."):
            return self._text.post_name("deputy", choice.partition(".")[2])
        unit, _, what = choice.removeprefix("units.").rpartition(".")
        return self._say(f"structures.unit_{what}", unit=self._text.unit(unit))

    def value(self, choice: str, value: FeatureValue) -> str:
        """A value of a choice in words."""
        if isinstance(value, int):
            return self._wording.digits_of(str(value))
        if value == NONE:
            unit = self._text.organisation.unit(choice.removeprefix("units.").rpartition(".")[0])
            return self._say("chart.given_up" if unit and unit.exists else "structures.not_there")
        category = "unit_kind" if choice.endswith(".kind") else "level"
        return self._vocabulary.name(category, value).into(self._wording.language)

    def chosen(self, step: Narrowing) -> str:
        """What was required or forbidden, in words."""
        key = "structures.required" if step.required else "structures.excluded"
        return self._say(key, choice=self.choice(step.choice), value=self.value(step.choice, step.value))

    def difference(self, difference: ChoiceChanged) -> str:
        """What a repair changes, in words."""
        return self._say(
            "structures.difference",
            choice=self.choice(difference.choice),
            before=self.value(difference.choice, difference.before),
            after=self.value(difference.choice, difference.after),
        )

    def plan(self, plan: Plan) -> str:
        """A structure in one line."""
        level = self._vocabulary.name("level", plan.clerk)
        parts = [self._say("structures.clerk", level=level)]
        levels = [deputy.level for deputy in plan.deputies]
        several = [
            self._say("structures.of_level", n=levels.count(each), level=self._vocabulary.name("level", each))
            for each in reversed(LEVELS)
            if each in levels
        ]
        parts.append(
            self._say("structures.with_deputies", deputies=" ".join(several))
            if several
            else self._say("structures.no_deputies")
        )
        parts += [self._unit(unit) for unit in plan.units]
        return self._say("structures.joint").join(parts)

    def _unit(self, unit: PlannedUnit) -> str:
        kind = self._vocabulary.name("unit_kind", unit.kind)
        words = self._say(
            "structures.unit",
            unit=self._text.unit(unit.id),
            kind=kind,
            level=self._vocabulary.name("level", unit.level),
        )
        for post in ("sections", "parts"):
            if number := getattr(unit, post):
                words += self._say(f"structures.with_{post}", n=number)
        return words

    # ── what a repair changes ───────────────────────────────────────────────────────────────────

    def repaired(self, differences: Iterable[ChoiceChanged]) -> Iterator[str]:
        """What a repair makes of a plan: what it keeps as it is today, deputies from level to level, and the rest."""
        deputies: list[ChoiceChanged] = []
        for each in differences:
            if each.choice.startswith(DEPUTIES):
                deputies.append(each)
            elif each.after == self._today(each.choice):
                yield self._say("structures.kept", choice=self.choice(each.choice), **self._values(each))
            else:
                yield self.difference(each)
        yield from self._deputies(deputies)

    def listed(self, differences: Iterable[ChoiceChanged]) -> str:
        """What a repair makes of a plan, as one text."""
        return self._wording.listed(self.repaired(differences))

    def _values(self, difference: ChoiceChanged) -> dict[str, str]:
        return {
            "before": self.value(difference.choice, difference.before),
            "after": self.value(difference.choice, difference.after),
        }

    def _deputies(self, differences: Iterable[ChoiceChanged]) -> Iterator[str]:
        """Deputies of the plan who come to another level, then those who are fewer or more."""
        left: list[tuple[str, int]] = []
        more: list[tuple[str, int]] = []
        for each in differences:
            level, by = each.choice.removeprefix(DEPUTIES), int(each.after) - int(each.before)
            (more if by > 0 else left).append((level, abs(by)))
        while left and more:
            (source, n), (target, m) = left.pop(0), more.pop(0)
            moved = min(n, m)
            key = (
                "structures.deputies_kept"
                if self._today(f"{DEPUTIES}{target}")
                else "structures.deputies_moved"
            )
            levels = {"before": self.level(source), "after": self.level(target)}
            yield self._say(key, post=self._text.post("deputy"), n=moved, **levels)
            left[:0] = [(source, n - moved)] if n > moved else []
            more[:0] = [(target, m - moved)] if m > moved else []
        for key, rest in (("structures.deputies_fewer", left), ("structures.deputies_more", more)):
            for level, n in rest:
                yield self._say(key, post=self._text.post_name("deputy", level), n=n)

    def level(self, level: str) -> str:
        """A level in words."""
        return self._vocabulary.name("level", level).into(self._wording.language)

    def _today(self, choice: str) -> FeatureValue | None:
        """How a choice stands today; `None` where that is not known, or there is no such thing."""
        organisation = self._text.organisation
        if choice == "clerk":
            return organisation.clerk.level if organisation.clerk is not None else None
        if choice.startswith(DEPUTIES):
            levels = [post.level for post in organisation.deputies or () if post.exists]
            # mypy: every level is known
            return levels.count(choice.removeprefix(DEPUTIES)) if None not in levels else None  # type: ignore[arg-type]
        identity, _, what = choice.removeprefix("units.").rpartition(".")
        unit = organisation.unit(identity)
        if unit is None or not unit.exists:
            return None
        if what == "level":
            return unit.head.level if unit.head is not None else None
        found: FeatureValue | None = getattr(unit, what)
        return found
