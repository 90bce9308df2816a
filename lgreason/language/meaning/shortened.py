"""Bounds of time made shorter or longer."""

from __future__ import annotations

from lgreason.rules.terms import Fn

_MONTHS = {"years": 12, "months": 1}


def changed(form: Fn, by: Fn, raised: bool) -> Fn | None:
    """A bound of time with so much less, or more; none if that is no time."""
    (of,) = form.args
    if not isinstance(of, Fn) or of.name not in _MONTHS or by.name not in _MONTHS:
        return None
    months = _MONTHS[of.name] * int(str(of.args[0])) + (1 if raised else -1) * _MONTHS[by.name] * int(
        str(by.args[0])
    )
    if months <= 0:
        return None
    return Fn(form.name, (Fn("months", (months,)) if months % 12 else Fn("years", (months // 12,)),))


def shorter(form: Fn, than: Fn, by: bool) -> Fn | None:
    """A bound of time lowered to so much, or by so much; none if that is not less, or no time."""
    if by:
        return changed(form, than, raised=False)
    (of,) = form.args
    if not isinstance(of, Fn) or of.name not in _MONTHS or than.name not in _MONTHS:
        return None
    less = _MONTHS[than.name] * int(str(than.args[0])) < _MONTHS[of.name] * int(str(of.args[0]))
    return Fn(form.name, (than,)) if less else None
