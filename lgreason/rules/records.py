"""Frozen records: what `dataclasses.dataclass(frozen=True, slots=True)` makes, made in a fraction of the time.

A run of the program makes a hundred of these classes before it can answer, and the standard decorator compiles half a
dozen functions for each: a third of what `lgreason why` took. Here one is compiled, and the others are shared.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, **rest):
        """The decorator of the standard library; classes that are `frozen` with `slots` are made here.

        They behave as those of the standard library, also towards `dataclasses.replace`, `fields` and pickling.
        """
        make = _record if frozen and slots and not rest else None

        def decorate(cls):
            found = None if make is None else make(cls)
            if found is not None:
                return found
            return dataclasses.dataclass(cls, frozen=frozen, slots=slots, **rest)

        return decorate if cls is None else decorate(cls)


def _record(cls: Any) -> Any:
    """A class as a frozen record with slots; nothing where it asks for what only the standard library does."""
    own = cls.__dict__
    inherited: dict[str, Any] = {}
    for base in reversed(cls.__mro__[1:]):
        if "__record__" in base.__dict__:
            inherited |= base.__dict__["__record__"]
        elif "__dataclass_fields__" in base.__dict__:
            return None
    annotated = own.get("__annotations__", {})
    stated = {name: own.get(name, _REQUIRED) for name in annotated}
    if "__post_init__" in own or any(_special(default) for default in stated.values()):
        return None
    fields = inherited | stated
    body = {name: value for name, value in own.items() if name not in (*stated, "__dict__", "__weakref__")}
    body["__slots__"] = tuple(name for name in stated if name not in inherited)
    body["__record__"], body["__match_args__"] = fields, tuple(fields)
    body |= {name: _OfStandard(name) for name in ("__dataclass_fields__", "__dataclass_params__")}
    for name, shared in _SHARED.items():
        body.setdefault(name, shared)
    made = type(cls)(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    compared = tuple(name for name, default in fields.items() if _counts(default, "compare"))
    for name, method in _comparing(made, compared).items():
        if name not in own:
            setattr(made, name, method)
    if "__init__" not in own:
        made.__init__ = _initialiser(made, fields)
    return made


_REQUIRED = dataclasses.MISSING


def _special(default: object) -> bool:
    """Whether the default of a field is one that is not made here."""
    if not isinstance(default, dataclasses.Field):
        return isinstance(default, list | dict | set)  # refused by the standard library, and rightly
    return not default.init or default.kw_only is True or default.hash is not None


def _counts(default: object, what: str) -> bool:
    """Whether a field takes part in what is done with a record."""
    return not isinstance(default, dataclasses.Field) or bool(getattr(default, what))


def _initialiser(made: Any, fields: dict[str, Any]) -> Any:
    """The function that sets each field, written out: it is what runs most often."""
    given: dict[str, Any] = {"_made": _MADE}
    heads, lines = [], []
    for name, default in fields.items():
        given[f"_set_{name}"] = getattr(made, name).__set__
        value, head = name, name
        if isinstance(default, dataclasses.Field):
            if default.default_factory is not dataclasses.MISSING:
                given[f"_new_{name}"] = default.default_factory
                head, value = f"{name}=_made", f"_new_{name}() if {name} is _made else {name}"
            elif (default := default.default) is not _REQUIRED:
                given[f"_is_{name}"], head = default, f"{name}=_is_{name}"
        elif default is not _REQUIRED:
            given[f"_is_{name}"], head = default, f"{name}=_is_{name}"
        heads.append(head)
        lines.append(f" _set_{name}(self, {value})\n")
    exec(f"def __init__(self, {', '.join(heads)}):\n{''.join(lines) or ' pass'}", given)
    return given["__init__"]


_MADE = object()
"""Stands for an argument that is not given, where the field is made anew each time."""


class _OfStandard:
    """What the standard library keeps of its own classes, worked out when it first asks."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, _instance: object, owner: Any) -> Any:
        record = next(base for base in owner.__mro__ if self._name in base.__dict__)
        fields = record.__dict__["__record__"]
        body = {name: default for name, default in fields.items() if default is not _REQUIRED}
        body |= {"__annotations__": dict.fromkeys(fields, "object"), "__module__": record.__module__}
        twin: Any = dataclasses.dataclass(frozen=True)(type(record.__name__, (), body))
        record.__dataclass_fields__ = twin.__dataclass_fields__
        record.__dataclass_params__ = twin.__dataclass_params__
        return record.__dict__[self._name]


def _comparing(made: type, compared: tuple[str, ...]) -> dict[str, Any]:
    """Equality and hash over the fields compared: of records of the same class alone."""
    values: Callable[[Any], Any] = attrgetter(*compared) if compared else lambda _: ()

    def equal(self: object, other: object) -> Any:
        if other.__class__ is made:
            return self is other or values(self) == values(other)
        return NotImplemented

    def hashed(self: object) -> int:
        return hash(values(self))

    return {"__eq__": equal, "__hash__": hashed}


def _frozen(self: object, name: str, _value: object = None) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"{name} of {type(self).__name__} is fixed")


def _shown(self: Any) -> str:
    record = type(self).__record__
    shown = (name for name, default in record.items() if _counts(default, "repr"))
    return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"


def _reduced(self: Any) -> tuple[object, ...]:
    return type(self), tuple([getattr(self, name) for name in type(self).__record__])


_SHARED = {"__setattr__": _frozen, "__delattr__": _frozen, "__repr__": _shown, "__reduce__": _reduced}
