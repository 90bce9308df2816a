"""Career paths in words: each step and what it waits for, the acts beside them, and what is assumed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lgreason.reasoning.persons.change import Change
from lgreason.reasoning.persons.measure import Entry
from lgreason.reasoning.persons.path import Effort, Path, Paths, Step
from lgreason.reasoning.persons.path_ledger import Act
from lgreason.reasoning.persons.path_search import MOST_ALIKE
from lgreason.report.line import Line
from lgreason.report.text.entry import entry_words, missing_words
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.words.vocabulary import Vocabulary


class PathText:
    """Writes the careers of one person towards one position."""

    def __init__(self, paths: Paths, kb: KnowledgeBase, vocabulary: Vocabulary, wording: Wording) -> None:
        """Take what to write and the words to write it in."""
        self._paths = paths
        self._kb = kb
        self._vocabulary = vocabulary
        self._wording = wording
        self._say = wording.say

    def lines(self, most: int) -> Iterator[Line]:
        """The careers, quickest first; at most so many, and it is said if there are more."""
        paths = self._paths
        position = self._vocabulary.name("position", paths.aim.position)
        yield Line(paths.person.name, style="title")
        yield Line(self._say("why.asked", position=position, day=paths.day))
        yield Line()
        if paths.held:
            yield Line(self._say("path.held"), style="eligible")
            return
        if not paths.found:
            yield from self._none()
            return
        yield Line(self._say("path.title", n=len(paths.found)), style="heading")
        for number, path in enumerate(paths.found[:most], 1):
            yield Line(self.heading(number, path), 1, "earliest")
            yield from self._path(path)
        yield Line()
        if len(paths.found) > most:
            yield Line(self._say("path.more", n=most, all=len(paths.found)), style="note")
        if paths.cut:
            yield Line(self._say("path.alike", n=MOST_ALIKE), style="note")
        yield Line(self._say("path.assumed"), style="heading")
        for key in self.assumptions():
            yield Line(self._say("path.assumption", text=self.assumption(key)), 1, "note")

    def _none(self) -> Iterator[Line]:
        paths = self._paths
        by = paths.aim.by
        if paths.missing:
            yield Line(self._say("path.undetermined"), style="undetermined")
            for fact in paths.missing:
                words = missing_words(paths.person, fact, self._vocabulary, self._wording)
                yield Line(self._say("path.find_out", fact=words), 1)
        elif by is not None:
            yield Line(self._say("path.none_by", day=by, n=paths.aim.moves), style="ineligible")
        else:
            yield Line(self._say("path.none", n=paths.aim.moves), style="ineligible")

    def _path(self, path: Path) -> Iterator[Line]:
        for number, step in enumerate(path.steps):
            for effort in path.efforts:
                if effort.step == number:
                    yield Line(self._say("path.effort", text=self.effort(effort, path)), 2, "open")
            yield Line(self.step(number + 1, step), 2)
            yield Line(self.reason(step), 4)
            for sooner in self.sooner(step):
                yield Line(sooner, 4, "note")

    # ── sentences ───────────────────────────────────────────────────────────────────────────────

    def heading(self, number: int, path: Path) -> str:
        """Arrival, moves and degrees of a career."""
        key = "path.arrives_with" if path.degrees else "path.arrives"
        return self._say(key, n=number, day=path.arrives, moves=len(path.steps), degrees=path.degrees)

    def step(self, number: int, step: Step) -> str:
        """A post with its first and last day."""
        post = self.post(step.position)
        if step.until is None:
            return self._say("path.step_last", n=number, post=post, start=step.start)
        return self._say("path.step", n=number, post=post, start=step.start, until=step.until)

    def reason(self, step: Step) -> str:
        """What decided the day of a step."""
        clauses = self._say("list.semicolon").join(map(self.clause, step.because))
        if step.waits:
            return self._say("path.waits", clauses=clauses)
        if step.complete is None:
            return self._say("path.qualified_long", clauses=clauses)
        if step.qualified != step.start:
            return self._say("path.qualified", clauses=clauses, day=step.complete)
        return self._say("path.because", clauses=clauses, day=step.complete)

    def sooner(self, step: Step) -> Iterator[str]:
        """What would bring a step earlier, those that bring it to the same day together."""
        for day in sorted({sooner.day for sooner in step.sooner}):
            found = [sooner.what for sooner in step.sooner if sooner.day == day]
            acts = [what for what in found if isinstance(what, Act)]
            words = [self.acts(acts, full=False)] if acts else []
            words += [self.decision(what) for what in found if not isinstance(what, Act)]
            yield self._say("path.sooner", acts=self.either(words), day=day)

    def decision(self, change: Change) -> str:
        """A committee's decision on an entry of the file."""
        assert change.entry is not None
        entry = entry_words(self._paths.person, change.entry, self._vocabulary, self._wording)
        if change.kind == "accept":
            return self._say("how.accept", entry=entry)
        posts = self.either(self._name("rank", post) for post in change.choices)
        return self._say("how.equate", entry=entry, posts=posts)

    def effort(self, effort: Effort, path: Path, full: bool = True) -> str:
        """An act beside the posts, and when it must be done; `full` names the fields of a degree."""
        acts = self.acts([effort.act, *effort.instead], full)
        step = path.steps[effort.step]
        if effort.act.kind == "work":
            start = self._paths.first_move
            return self._say("path.work_from", acts=acts, start=start, day=step.start, n=effort.step + 1)
        return self._say("path.obtain_by", acts=acts, day=step.start, n=effort.step + 1)

    def acts(self, acts: list[Act], full: bool) -> str:
        """Acts among which one is enough; degrees in the same fields are named together."""
        found: list[str] = []
        for kind, choices in dict.fromkeys((act.kind, act.choices) for act in acts):
            names = self.either(
                self._name("degree", act.degree) for act in acts if (act.kind, act.choices) == (kind, choices)
            )
            if kind == "work":
                works = self.either(self._name("work", work) for work in choices)
                found.append(self._say("path.work", works=works))
            elif not choices:
                found.append(self._say("how.obtain_any", degree=names))
            elif full:
                fields = self.either(self._name("field", field) for field in choices)
                found.append(self._say("path.obtain", degree=names, fields=fields))
            else:
                found.append(self._say("path.obtain_listed", degree=names))
        return self.either(found)

    def clause(self, identity: str) -> str:
        """A clause by its place and what it is about."""
        clause = self._kb.clauses[identity]
        return self._say("path.clause", place=clause.place, text=clause.subject or clause.gloss)

    def post(self, position: str) -> str:
        """The name of a position."""
        return self._name("position", position)

    def held(self) -> str:
        """The posts held on the day of assessment, empty if there is none or it is not known."""
        person, day = self._paths.person, self._paths.day
        return self._say("list.semicolon").join(
            entry_words(person, Entry("postings", held.number), self._vocabulary, self._wording)
            for held in person.postings or ()
            if not (held.acting or held.concurrent)
            and held.start is not None
            and held.start <= day
            and (held.end is None or held.end > day)
        )

    def assumptions(self) -> Iterator[str]:
        """What is taken for granted in these careers, by key."""
        yield from ("vacancy", "one_post", "goes_on", "outside")
        efforts = [effort for path in self._paths.found for effort in path.efforts]
        if any(effort.act.kind == "obtain" for effort in efforts):
            yield "degree"
        if any(effort.act.kind == "work" for effort in efforts):
            yield "work"
        if any(step.until == step.start for path in self._paths.found for step in path.steps):
            yield "no_least_stay"

    def assumption(self, key: str) -> str:
        """What is taken for granted, as a sentence."""
        return self._say(f"path.assume_{key}")

    def _name(self, category: str, identity: str) -> str:
        return self._vocabulary.name(category, identity).into(self._wording.language)

    def either(self, words: Iterable[str]) -> str:
        """Choices among which one is enough."""
        choices = list(words)
        if len(choices) < 2:
            return "".join(choices)
        return self._say("list.either", most=self._say("list.comma").join(choices[:-1]), last=choices[-1])
