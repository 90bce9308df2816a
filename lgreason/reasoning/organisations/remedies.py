"""What would have to change so that an organisation may have a post: the smallest changes, each judged again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import TypeVar

from lgreason.files.organisation.organisation import Organisation, Post
from lgreason.reasoning.cases.judge import MOST_SETS
from lgreason.reasoning.cases.remedies import EASE, smallest
from lgreason.reasoning.organisations.change import Applied, PostChange
from lgreason.reasoning.organisations.changes import PostChanges
from lgreason.reasoning.organisations.circumstances import Circumstances, Subject
from lgreason.reasoning.organisations.establishment import Establishment, Judged, Tables
from lgreason.reasoning.organisations.retyping import NOBODY
from lgreason.rules.terms import Fn, Truth

C = TypeVar("C")
ENTAILED = 3
"""How often changes may ask for further changes."""


@dataclass(frozen=True, slots=True)
class PostRemedy:
    """A set of changes after which a post may be set up or raised: for which unit or deputy it is asked."""

    subject: Subject
    changes: tuple[PostChange, ...]


@dataclass(frozen=True, slots=True)
class PostRemedies:
    """The remedies, smallest first; `elsewhere` are the other kinds of organisation that may have the post."""

    truth: Truth
    found: tuple[PostRemedy, ...]
    elsewhere: tuple[str, ...] = ()
    refused: bool = False
    """The table of this kind of organisation does not have the post at that level."""
    complete: bool = True
    """Whether every combination of conditions was looked at; otherwise there may be further remedies."""


def remedies(tables: Tables, organisation: Organisation, post: str, level: str) -> PostRemedies:
    """The minimal sets of changes for one post at one level, over all units or deputies that it may be asked of."""
    here = Establishment(tables, organisation)
    verdict = here.post(post, level)
    if verdict.truth:
        return PostRemedies(True, ())
    if len(here.scopes) > 1:
        key = tables.kb.kinds.divisions[organisation.type].key
        return PostRemedies(
            verdict.truth,
            (PostRemedy(Subject(post, level), (PostChange("establish", "fact", key, choices=(key,)),)),),
        )
    (scope,) = here.scopes
    if (scope, post, level) not in tables.opens:
        return PostRemedies(verdict.truth, (), _elsewhere(tables, organisation, post, level), True)
    looked = _Looked()
    each = (remedy for judged in verdict.candidates for remedy in _of(here, scope, judged, looked))
    return PostRemedies(verdict.truth, _smallest(each), complete=looked.complete)


def remedies_of_class(tables: Tables, organisation: Organisation, class_: str) -> PostRemedies:
    """The minimal sets of changes after which a municipality may be re-typed."""
    here = Establishment(tables, organisation)
    root = tables.classes[class_]
    truth = here.decide(root, NOBODY).holds
    if truth:
        return PostRemedies(True, ())
    looked = _Looked()

    def works(changes: list[Applied]) -> bool:
        again = Establishment(tables, _applied(organisation, changes))
        return again.decide(root, NOBODY).holds is True

    def verified() -> Iterator[PostRemedy]:
        for applied in looked.minimal(here, NOBODY, root):
            completed = _completed(tables, organisation, applied, root, looked)
            if completed is not None:
                yield PostRemedy(NOBODY, _tidy(_needed(_merged(completed), works)))

    return PostRemedies(truth, _smallest(verified()), complete=looked.complete)


def _completed(
    tables: Tables, organisation: Organisation, applied: list[Applied], root: str, looked: _Looked
) -> list[Applied] | None:
    """The changes with those that they entail: a larger budget, say, asks for more investment; none if none do."""
    for _ in range(ENTAILED):
        again = Establishment(tables, _applied(organisation, applied))
        if again.decide(root, NOBODY).holds is True:
            return applied
        more = min(looked.minimal(again, NOBODY, root), key=len, default=None)
        if more is None:
            return None
        applied = [*applied, *more]
    return None


def _merged(applied: Iterable[Applied]) -> list[Applied]:
    """The changes, several of one figure as one: from what it is today to what it is in the end."""
    found: dict[object, Applied] = {}
    for number, (change, apply) in enumerate(applied):
        key: object = number if change.before is None else (change.kind, change.about)
        before = found[key][0].before if key in found else change.before
        found[key] = replace(change, before=before), apply
    return list(found.values())


def _needed(applied: list[Applied], works: Callable[[list[Applied]], bool]) -> list[Applied]:
    """The changes without those that the others make needless: a larger budget, say, lowers the burden too."""
    for change in list(applied):
        others = [other for other in applied if other is not change]
        if others and works(others):
            applied = others
    return applied


def _smallest(remedies: Iterable[PostRemedy]) -> tuple[PostRemedy, ...]:
    """Each set of changes once, without those that contain another, smallest first."""
    kept = [remedy for _, remedy in smallest((frozenset(each.changes), each) for each in remedies)]
    return tuple(
        sorted(kept, key=lambda each: (len(each.changes), sorted(EASE[c.sort] for c in each.changes)))
    )


def _tidy(applied: Iterable[Applied]) -> tuple[PostChange, ...]:
    """The changes, all facts that are to be found out as one."""
    changes = [change for change, _ in applied]
    facts = dict.fromkeys(path for change in changes if change.kind == "establish" for path in change.choices)
    rest = tuple(change for change in changes if change.kind != "establish")
    return (
        *((PostChange("establish", "fact", next(iter(facts)), choices=tuple(facts)),) if facts else ()),
        *rest,
    )


def _applied(organisation: Organisation, changes: Iterable[Applied]) -> Organisation:
    for _, apply in changes:
        organisation = apply(organisation)
    return organisation


def _of(here: Establishment, scope: Fn, judged: Judged, looked: _Looked) -> Iterator[PostRemedy]:
    """The minimal sets for one unit or deputy, each verified by applying it and asking again."""
    subject = judged.subject
    roots = [node.clause.id for node in judged.nodes]
    by_root = [list(looked.minimal(here, subject, root)) for root in roots]
    for chosen in looked.first(product(*by_root)):
        applied = _merged({change: (change, apply) for set_ in chosen for change, apply in set_}.values())

        def works(changes: list[Applied]) -> bool:
            again = Establishment(here.tables, _applied(here.organisation, changes))
            return _judged_again(again, scope, subject, bool(judged.also)) is True

        if works(applied):
            yield PostRemedy(subject, _tidy(_needed(applied, works)))


class _Looked:
    """The combinations that are looked at, a bounded number, and whether those are all."""

    def __init__(self) -> None:
        self.complete = True

    def first(self, combinations: Iterable[C]) -> Iterator[C]:
        """At most so many of the combinations."""
        left = iter(combinations)
        yield from islice(left, MOST_SETS)
        if next(left, None) is not None:
            self.complete = False

    def minimal(self, here: Establishment, subject: Subject, root: str) -> Iterator[list[Applied]]:
        """The minimal sets of changes that make one clause hold; the first of them where they are very many."""
        tables = here.tables
        truths = here.leaf_truths(root, subject)
        under = here.clauses_under(root)
        measured = Circumstances(here.organisation, here.quantities, subject)
        changes = PostChanges(here, subject)
        ways: dict[int, Applied] = {}
        for number, (clause, bound) in enumerate(tables.demands):
            if clause.id in under and truths[number] is not True:
                way = changes.for_leaf(clause, bound, measured.measure(clause))
                if way is not None:
                    ways[number] = way
        sets, complete = tables.minimal(root, truths, ways.keys())
        self.complete = self.complete and complete
        for leaves in sets:
            yield [ways[number] for number in leaves]


def _judged_again(here: Establishment, scope: Fn, subject: Subject, sets_up: bool) -> Truth:
    """What the same post comes to in the changed organisation."""
    unit = here.organisation.unit(subject.unit.id) if subject.unit else None
    deputy: Post | None = None
    if subject.deputy is not None:
        deputy = next(d for d in here.organisation.deputies or () if d.number == subject.deputy.number)
    elif subject.post == "deputy" and here.organisation.deputies:
        deputy = here.organisation.deputies[-1]
    office = subject.office if unit is None or unit.kind is None else unit.kind == "office"
    office = subject.office if subject.post in ("office_head", "division_head") else office
    return here.judge(scope, replace(subject, unit=unit, deputy=deputy, office=office), sets_up).truth


def _elsewhere(tables: Tables, organisation: Organisation, post: str, level: str) -> tuple[str, ...]:
    """The classes or sizes of the same type of organisation whose table has the post at the level."""
    return tuple(
        argument.name
        for scope, of_post, of_level in tables.opens
        if isinstance(scope, Fn) and scope.name == organisation.type and (of_post, of_level) == (post, level)
        for argument in scope.args
        if isinstance(argument, Fn)
    )


@dataclass(frozen=True, slots=True)
class PostStep:
    """One step on the way to a post: the post that is set up or raised, and what it takes."""

    post: str
    level: str
    remedy: PostRemedy


@dataclass(frozen=True, slots=True)
class PostPaths:
    """The ways to a post, each as its steps; `complete` unless some combinations were not looked at."""

    found: tuple[tuple[PostStep, ...], ...]
    complete: bool = True


def paths(tables: Tables, organisation: Organisation, post: str, level: str) -> PostPaths:
    """The ways to a post, each step a post: one that must be filled and is not there is set up before it."""
    found = remedies(tables, organisation, post, level)
    if found.truth:
        return PostPaths(((PostStep(post, level, PostRemedy(Subject(post, level), ())),),))
    looked = _Looked()
    looked.complete = found.complete
    above = frozenset({(post, level)})
    ways = tuple(
        _each_once((*_before(tables, organisation, remedy, above, looked), PostStep(post, level, remedy)))
        for remedy in found.found
    )
    return PostPaths(ways, looked.complete)


def _each_once(steps: Iterable[PostStep]) -> tuple[PostStep, ...]:
    """The steps, each without the changes that a step before has made, and no step twice."""
    done: set[PostChange] = set()
    found: list[PostStep] = []
    for step in steps:
        if any((step.post, step.level) == (other.post, other.level) for other in found):
            continue
        left = tuple(change for change in step.remedy.changes if change not in done)
        done |= set(step.remedy.changes)
        found.append(replace(step, remedy=replace(step.remedy, changes=left)))
    return tuple(found)


def _before(
    tables: Tables,
    organisation: Organisation,
    remedy: PostRemedy,
    above: frozenset[tuple[str, str]],
    looked: _Looked,
) -> Iterator[PostStep]:
    here = Establishment(tables, organisation)
    for change in remedy.changes:
        screened = dict(change.value).get("post") if change.kind == "screen" else None
        for named in (str(screened),) if screened else change.choices if change.about == "posts" else ():
            post, _, level = named.partition(".")
            if not level or (post, level) in above or (not screened and here.today(post, level)):
                continue
            needed = remedies(tables, organisation, post, level)
            looked.complete = looked.complete and needed.complete
            first = next((each for each in needed.found if _is_of(each.subject, change)), None)
            if first is not None:
                yield from _before(tables, organisation, first, above | {(post, level)}, looked)
                yield PostStep(post, level, first)
            elif needed.truth:
                candidates = (judged.subject for judged in here.post(post, level).candidates if judged.truth)
                open_ = {each.unit.id: each for each in candidates if each.unit and _is_of(each, change)}
                named_first = (open_[unit] for unit in (*change.choices, *open_) if unit in open_)
                subject = next(named_first, Subject(post, level))
                yield PostStep(post, level, PostRemedy(subject, ()))


def _is_of(subject: Subject, change: PostChange) -> bool:
    """Whether a post is one of those that a change speaks of: of its units, where it names some."""
    return change.kind != "screen" or (subject.unit is not None and subject.unit.id in change.choices)


def steps_before(
    tables: Tables, organisation: Organisation, post: str, level: str, remedy: PostRemedy
) -> tuple[PostStep, ...]:
    """The posts that a remedy needs and that are not there, each set up or raised before, with what that takes."""
    return tuple(_before(tables, organisation, remedy, frozenset({(post, level)}), _Looked()))
