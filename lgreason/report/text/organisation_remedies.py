"""What would have to change for an organisation, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lgreason.files.organisation.organisation import Organisation
from lgreason.reasoning.organisations.change import PostChange
from lgreason.reasoning.organisations.remedies import PostPaths, PostRemedies, PostRemedy, PostStep
from lgreason.report.line import Line
from lgreason.report.text.amounts import value_document, value_words
from lgreason.report.text.organisation import OrganisationText
from lgreason.report.wording import Wording
from lgreason.rules.model import LANGUAGES, Language
from lgreason.words.vocabulary import Vocabulary

Document = dict[str, Any]


class OrganisationRemedyText:
    """Writes remedies and paths of one organisation in one language."""

    def __init__(
        self, organisation: Organisation, text: OrganisationText, vocabulary: Vocabulary, wording: Wording
    ) -> None:
        """Take the organisation, and the words to write in."""
        self._organisation = organisation
        self._text = text
        self._vocabulary = vocabulary
        self._wording = wording
        self._say = wording.say

    def _name(self, category: str, identity: str) -> str:
        return self._vocabulary.name(category, identity).into(self._wording.language)

    def change(self, change: PostChange) -> str:
        """A change as a sentence."""
        about = self._text.about(change.about)
        match change.kind:
            case "establish":
                return self._say("orghow.establish", about=tuple(map(self._text.about, change.choices)))
            case "pass":
                return self._say("orghow.pass", about=about)
            case "become":
                return self._say("orghow.become", choices=self._choices("municipal_status", change))
            case "set_up_as":
                return self._say("orghow.set_up_as", about=about, choices=self._choices("unit_kind", change))
            case "bring":
                return self._text.facts.change(change)
            case "delegate" | "screen":
                return self._delegate(change)
            case "fill" if change.by is None:
                return self._say(
                    "orghow.fill_posts", posts=self._wording.either(map(self._post, change.choices))
                )
        assert change.before is not None and change.after is not None and change.by is not None
        amounts = {
            key: value_words(value, change.unit, self._wording)
            for key, value in (("before", change.before), ("after", change.after), ("by", change.by))
        }
        return self._say(f"orghow.{change.kind}", about=about, **amounts)

    def _choices(self, category: str, change: PostChange) -> str:
        return self._wording.either(self._name(category, each) for each in change.choices)

    def _delegate(self, change: PostChange) -> str:
        whose = self._text.about(change.about.removesuffix(".delegated_units"))
        units = self._wording.either(self._text.unit(each) for each in change.choices)
        assert change.after is not None
        args = {"whose": whose, "n": int(change.after), "units": units}
        if change.kind == "screen":
            args["post"] = self._post(str(dict(change.value)["post"]))
        return self._say(f"orghow.{change.kind}", **args)

    def _post(self, named: str) -> str:
        post, _, level = named.partition(".")
        return self._text.post_name(post, level) if level else self._text.post(post)

    def of(self, remedy: PostRemedy) -> str:
        """For which unit or deputy a remedy is asked; nothing where it is for none."""
        if remedy.subject.unit is not None:
            return self._say("posts.of_unit", unit=remedy.subject.unit.name)
        if remedy.subject.deputy is not None:
            return self._say("posts.of_deputy", n=remedy.subject.deputy.number)
        return ""

    def lines(
        self,
        remedies: PostRemedies,
        title: str,
        most: int,
        before: Sequence[Sequence[PostStep]] = (),
        money: bool = False,
    ) -> Iterator[Line]:
        """Every remedy with its changes, and the posts that have to be there first (`before`, by remedy).

        `money`: amounts of money alone are told besides.
        """
        yield from self._text.title()
        yield Line()
        if remedies.truth:
            yield Line(self._say("orghow.already"), style="eligible")
            return
        if not remedies.found:
            if money and remedies.complete:
                yield Line(self._say("orghow.money_alone"), style="open")
            else:
                yield Line(self._nothing(remedies), style="ineligible" if remedies.complete else "open")
            return
        yield Line(title, style="heading")
        for number, remedy in enumerate(remedies.found[:most], 1):
            yield Line(self._say("orghow.numbered", n=number, of=self.of(remedy)).rstrip(), 1)
            steps = before[number - 1] if number <= len(before) else ()
            yield from self._steps(steps, 2)
            if steps:
                yield Line(self._say("orghow.then", n=len(steps) + 1), 2)
            yield from self._changes(remedy, 3 if steps else 2)
        yield Line()
        if most < len(remedies.found):
            yield Line(self._say("how.more", n=most, all=len(remedies.found)), style="note")
        if not remedies.complete:
            yield Line(self._say("orghow.incomplete"), style="open")
        yield Line(self._say("orghow.assumed"), style="note")

    def _steps(self, steps: Sequence[PostStep], indent: int) -> Iterator[Line]:
        for at, step in enumerate(steps, 1):
            words = self._text.post_name(step.post, step.level)
            yield Line(self._say("orghow.step", n=at, post=words), indent)
            if of := self.of(step.remedy):
                yield Line(of, indent + 1)
            yield from self._changes(step.remedy, indent + 1)
            if not step.remedy.changes:
                yield Line(self._say("orghow.step_free"), indent + 1)

    def _changes(self, remedy: PostRemedy, indent: int) -> Iterator[Line]:
        for change in remedy.changes:
            sort = self._say(f"orghow.sort_{change.sort}")
            yield Line(self._say("orghow.change", text=self.change(change), sort=sort), indent)

    def _nothing(self, remedies: PostRemedies) -> str:
        if remedies.elsewhere:
            kinds = self._wording.either(map(self._text.kind_name, remedies.elsewhere))
            here = self._text.kind_name(self._organisation.kind or "")
            return self._say("orghow.elsewhere", here=here, kinds=kinds)
        if not remedies.complete:
            return self._say("orghow.none_of_many")
        return self._say("orghow.nowhere" if remedies.refused else "orghow.none")

    def paths(self, found: PostPaths, post: str, level: str, most: int) -> Iterator[Line]:
        """Every way step by step."""
        yield from self._text.title()
        yield Line()
        paths = found.found
        if not paths:
            none = self._say("orghow.none" if found.complete else "orghow.none_of_many")
            yield Line(none, style="ineligible" if found.complete else "open")
            return
        title = self._say("orghow.path_title", post=self._text.post_name(post, level), n=len(paths))
        yield Line(title, style="heading")
        for number, steps in enumerate(paths[:most], 1):
            yield Line(self._say("orghow.numbered", n=number, of="").rstrip(), 1)
            yield from self._steps(steps, 2)
        yield Line()
        if not found.complete:
            yield Line(self._say("orghow.incomplete"), style="open")
        yield Line(self._say("orghow.assumed"), style="note")


Texts = Mapping[Language, OrganisationRemedyText]


def remedies_document(
    headed: Document,
    remedies: PostRemedies,
    texts: Texts,
    most: int,
    before: Sequence[Sequence[PostStep]] = (),
) -> Document:
    """`lgreason.remedies/1` of an organisation; `before` are the posts that each remedy needs first."""
    verdict = {True: "allowed", False: "forbidden", None: "undetermined"}[remedies.truth]
    return headed | {
        "verdict": verdict,
        "count": len(remedies.found),
        "complete": remedies.complete,
        "remedies": [
            _of_document(remedy)
            | {"changes": _changes(remedy, texts), "earliest": None}
            | (
                {"before": [_step(step, texts) for step in before[at]]}
                if at < len(before) and before[at]
                else {}
            )
            for at, remedy in enumerate(remedies.found[:most])
        ],
        "elsewhere": list(remedies.elsewhere),
    }


def paths_document(headed: Document, paths: PostPaths, texts: Texts, most: int) -> Document:
    """`lgreason.paths/1` of an organisation: steps without dates, for how long each takes no text says."""
    return headed | {
        "count": len(paths.found),
        "complete": paths.complete,
        "paths": [
            {
                "arrives": None,
                "steps": [_step(step, texts) for step in steps],
            }
            for steps in paths.found[:most]
        ],
    }


def _step(step: PostStep, texts: Texts) -> Document:
    changes = {"changes": _changes(step.remedy, texts)}
    return {"post": step.post, "level": step.level} | _of_document(step.remedy) | changes


def _of_document(remedy: PostRemedy) -> Document:
    if remedy.subject.unit is not None:
        return {"unit": remedy.subject.unit.id}
    if remedy.subject.deputy is not None:
        return {"deputy": remedy.subject.deputy.number}
    return {}


def _changes(remedy: PostRemedy, texts: Texts) -> list[Document]:
    return [_change_document(change, texts) for change in remedy.changes]


def _change_document(change: PostChange, texts: Texts) -> Document:
    document: Document = {"kind": change.kind, "class": change.sort, "about": change.about}
    for key, value in (("from", change.before), ("to", change.after), ("by", change.by)):
        if value is not None:
            document[key] = value_document(value, change.unit)
    if change.value:
        from lgreason.files.facts.written import written

        values = dict(change.value)
        document["value"] = written(values.get("", values))
    if change.choices:
        document["choices"] = list(change.choices)
    return document | {"text": {language: texts[language].change(change) for language in LANGUAGES}}
