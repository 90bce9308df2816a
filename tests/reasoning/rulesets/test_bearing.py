"""What values of quantities can and cannot stand together, by how the shipped rules calculate them."""

from __future__ import annotations

from fractions import Fraction

from lgreason.reasoning.rulesets.bearing import Bearing
from lgreason.reasoning.rulesets.bounds import Stretch
from lgreason.rules.knowledge import Library


def at_least(number: int) -> Stretch:
    return Stretch(low=Fraction(number))


BEARING = Bearing(Library().of("organisations").under({}))


def test_a_mean_of_two_needs_its_half() -> None:
    """The final score is the mean of workload and efficiency: at 80 neither is below 60, at 79 each may be 58."""
    never = {*BEARING.never([("final", at_least(80)), ("efficiency", at_least(60))])}
    assert never == {((0, True), (1, False))}
    assert [*BEARING.never([("final", at_least(79)), ("efficiency", at_least(60))])] == []


def test_two_scores_together_hold_down_their_mean() -> None:
    """Workload is the mean of indicators and LPA: both below 60 leave it below 60, both at 60 bring it there."""
    asked = [("workload", at_least(60)), ("indicators", at_least(60)), ("lpa", at_least(60))]
    assert {*BEARING.never(asked)} == {
        ((0, True), (1, False), (2, False)),
        ((0, False), (1, True), (2, True)),
    }


def test_amounts_of_other_years_have_nothing_to_do_with_one_another() -> None:
    assert [*BEARING.never([("investment.previous", at_least(20)), ("budget.net", at_least(5))])] == []
