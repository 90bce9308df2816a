"""docs/facts.md names every term that the code knows and the knowledge base uses, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from lgreason.language.statements.factfile import CHANGES
from lgreason.reasoning.cases import folds, quantity
from lgreason.reasoning.cases.numbers import WRAPPED
from lgreason.rules.declared import NAMED, NUMBERS, OF_ENTRIES
from lgreason.rules.knowledge import Library
from lgreason.rules.terms import Fn, Value

ROOT = Path(__file__).parent.parent.parent.parent
GUIDE = (ROOT / "docs" / "facts.md").read_text(encoding="utf-8")
PLAIN_SOURCES = {"F", "this"}
ARITHMETIC = {"add", "subtract", "scale", "cap", "floor", "ratio", "share"}
ARITHMETIC |= {"round_up", "round_down", "whole_years", "whole_months", "whole_days"}
ARITHMETIC |= {f"{name}_of" for name in ("mean", "least", "greatest")}
VALUES = {"value", "age", "left", "period", "post", "qualification"}
OTHER_BOUNDS = {"one_of", "same_as", "other_than", "within", "covers", "meets", "counts"}
WINDOWS = {"day", "eve", "last", "until", "since", "between"}
WINDOWS |= {f"{of}_{many}" for of in ("fiscal", "calendar") for many in ("year", "years")}


def table(head: str) -> set[str]:
    """What the first column of the table under a head names."""
    rows = re.search(rf"\n\| {head} \|[^\n]*\n\|[-|]+\|\n((?:\|[^\n]*\n)+)", GUIDE)
    assert rows is not None, head
    cells = (row.split(" | ")[0] for row in rows[1].splitlines())
    return {name for cell in cells for name in re.findall(r"`([A-Za-z_0-9]+)[^`]*`", cell)}


@cache
def declared(subject: str) -> tuple[Fn, ...]:
    """Every shape, type and absence that the knowledge base uses for a subject."""
    found: list[Fn] = []
    whose = Library().of("persons" if subject == "person" else "organisations").under().declared
    for fact in whose.declarations(subject).facts.values():
        found += [fact.shape, fact.absent]
        for attribute in (*fact.attributes.values(), *filter(None, (fact.value,))):
            found += [attribute.type, attribute.absent, *(inner.type for inner in attribute.inner.values())]
    return tuple(found)


def named(values: Iterator[Value]) -> Iterator[str]:
    for value in values:
        if isinstance(value, Fn):
            yield value.name
            yield from named(iter(value.args))


@pytest.mark.parametrize(
    ("head", "known"),
    [
        ("bound", set(quantity.RELATIONS) | OTHER_BOUNDS),
        ("fold", set(folds.FOLDS)),
        ("value", VALUES),
        ("arithmetic", ARITHMETIC | {"number", "years"}),
        ("source", set(WRAPPED) | PLAIN_SOURCES),
        ("window", WINDOWS),
    ],
)
def test_terms_of_measures(head: str, known: set[str]) -> None:
    assert table(head) == known


def test_amounts_are_named() -> None:
    text = GUIDE[GUIDE.index("An amount is `years(N)`") :].partition("N is an integer")[0]
    assert set(re.findall(r"`([a-z_]+)\(", text)) == set(quantity.OF_TIME | quantity.OF_NUMBER)


def test_shapes_types_and_absences() -> None:
    shapes, types, absences = table("shape"), table("type"), table("absence")
    assert OF_ENTRIES | {"one", "record", "scores", "years"} == shapes
    assert NUMBERS | NAMED | {"date", "year", "yes_no", "text", "terms", "score"} <= types
    for subject in ("person", "organisation"):
        for form in declared(subject):
            if form.name != "structure":
                assert form.name in shapes | types | absences, form


def test_who_can_change_a_fact() -> None:
    (line,) = [line for line in GUIDE.splitlines() if line.startswith("| `changes(F, Who)`")]
    assert set(re.findall(r"`([a-z]+)`", line)) == set(CHANGES)


def test_what_counts_is_what_a_sound_base_may_say() -> None:
    sound = (ROOT / "kb" / "sound.lp").read_text(encoding="utf-8")
    sized = re.findall(r"(?<![a-z_])size\(\(?([a-z_0-9;]+)\)?,\(?[0-9;]+\)?\)\.", sound)
    what = {name for names in sized for name in names.split(";")}
    assert what == table("what")
    for row in re.findall(r"\n(\| `[^\n]*\|)\n?", GUIDE[GUIDE.index("## What counts") :]):
        if row.count(" | ") == 3:
            first, example = row.split(" | ")[0], row.split(" | ")[3]
            assert re.findall(r"[a-z_]+", first)[0] in example or "status" in first
