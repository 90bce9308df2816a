"""The bound of a leaf as a stretch of values, so that two bounds of one quantity can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lgreason.rules.model import Bound
from lgreason.rules.terms import Fn, Value

_IN: dict[str, tuple[str, int]] = {
    "years": ("months", 12),
    "months": ("months", 1),
    "weeks": ("days", 7),
    "days": ("days", 1),
    "million_baht": ("baht", 1_000_000),
    "baht": ("baht", 1),
}
"""Units that measure the same: the unit that they are compared in, and how many of it they are."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Values from `low` to `high`, `None` without a limit; `open_low` and `open_high`: without the limit itself."""

    low: Fraction | None = None
    high: Fraction | None = None
    open_low: bool = False
    open_high: bool = False

    @property
    def empty(self) -> bool:
        """Whether it holds no value."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.open_low or self.open_high))

    def meet(self, other: Stretch) -> Stretch:
        """The values that are in both."""
        low, open_low = _tighter(self.low, self.open_low, other.low, other.open_low, lowest=False)
        high, open_high = _tighter(self.high, self.open_high, other.high, other.open_high, lowest=True)
        return Stretch(low, high, open_low, open_high)

    def inside(self, other: Stretch) -> bool:
        """Whether each of its values is one of the other."""
        return self.empty or self.meet(other) == self

    def gap(self, above: Stretch) -> Stretch | None:
        """The values between this one and one above it that neither has; `None` if there are none."""
        if self.high is None or above.low is None:
            return None
        between = Stretch(self.high, above.low, not self.open_high, not above.open_low)
        return None if between.empty else between

    def middle(self) -> Fraction | None:
        """A value of it."""
        if self.empty:
            return None
        if self.low is not None and self.high is not None:
            return (self.low + self.high) / 2
        if self.low is not None:
            return self.low + 1
        return None if self.high is None else self.high - 1


def _tighter(
    one: Fraction | None, one_open: bool, other: Fraction | None, other_open: bool, lowest: bool
) -> tuple[Fraction | None, bool]:
    if one is None or other is None:
        return (other, other_open) if one is None else (one, one_open)
    if one == other:
        return one, one_open or other_open
    return (one, one_open) if (one < other) == lowest else (other, other_open)


def stretch(bound: Bound) -> tuple[str, Stretch] | None:
    """The unit in which a bound compares, and the values that meet it; `None` where it is not one of numbers."""
    found = _amount(bound)
    if found is None:
        return None
    unit, value = found
    stretches = {
        "at_least": Stretch(low=value),
        "more_than": Stretch(low=value, open_low=True),
        "at_most": Stretch(high=value),
        "less_than": Stretch(high=value, open_high=True),
        "exactly": Stretch(value, value),
    }
    return (unit, stretches[bound.relation]) if bound.relation in stretches else None


def _amount(bound: Bound) -> tuple[str, Fraction] | None:
    amount: Value = Fn(bound.unit, (bound.value,)) if bound.unit else ""
    if bound.form is not None:
        amount = bound.form.args[0] if len(bound.form.args) == 1 else ""
    if not isinstance(amount, Fn) or len(amount.args) != 1:
        return None
    (number,) = amount.args
    try:
        value = Fraction(number) if isinstance(number, int | str) else None
    except ValueError:
        value = None
    if value is None:
        return None
    unit, times = _IN.get(amount.name, (amount.name, 1))
    return unit, value * times
