"""What is said of one fact as a measure with its bound: the algebra of docs/facts.md."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lgreason.language.lexicon.algebra import FactDemand, Test, every
from lgreason.language.lexicon.declared import Declared
from lgreason.language.meaning.listed import Listed
from lgreason.language.meaning.making import COUNT_ONE, unit_of


def made(demand: FactDemand, declared: Declared, unclear: Callable[[str], Exception]) -> Test:
    """The measure and bound of a demand; raises what `unclear` makes of a code."""
    found = Measured(demand, declared, unclear).test()
    if demand.instead:
        found = replace(found, exceptions=tuple(demand.instead))
    return found


def together(tests: list[Test]) -> list[Test]:
    """The same with what is asked of the parts of one examination asked of one and the same."""
    found: list[Test] = []
    for test in tests:
        last = found[-1] if found else None
        if last is not None and last.measures == test.measures and _scored(last) and _scored(test):
            entries = every([of for each in (last, test) for _, of in each.entries])
            assert entries is not None
            found[-1] = replace(last, entries=(("@e", entries),))
        else:
            found.append(test)
    return found


def _scored(test: Test) -> bool:
    return (
        test.says == COUNT_ONE
        and all(of.measures is not None and of.measures.name in ("least", "mean") for _, of in test.entries)
        and bool(test.entries)
    )


class Measured(Listed):
    """The measure and bound of one demand."""

    def test(self) -> Test:
        """The measure and its bound; raises what `unclear` makes of a code."""
        shape = self._fact.shape.name
        asked = [(form.name, unit_of(form)) for form in self._demand.bounds]
        if len(set(asked)) < len(asked):
            raise self._unclear(
                "rule_piece_idle"
            )  # two numbers of one kind, and one fact to hold them against
        if shape == "one":
            found = self._one()
        elif shape == "scores":
            found = self._scored()
        elif shape == "years":
            found = self._growing()
        else:
            found = self._listed()
        if self._flags:
            raise self._unclear("rule_piece_idle")
        return found
