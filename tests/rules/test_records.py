"""Records behave as the frozen dataclasses of the standard library, whose decorator they stand for."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Mapping
from dataclasses import field
from typing import Generic, TypeVar

import pytest

from lgreason.rules.records import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plain:
    """With and without defaults, one made anew, one that is not compared."""

    name: str
    number: int = 3
    more: Mapping[str, int] = field(default_factory=dict)
    note: str = field(default="", compare=False, repr=False)

    @property
    def twice(self) -> int:
        """Twice the number."""
        return 2 * self.number


@dataclass(frozen=True, slots=True)
class Wider(Plain):
    """With one field more."""

    last: str = "z"


@dataclass(frozen=True, slots=True)
class Of(Generic[T]):
    """Of something."""

    what: T


@dataclasses.dataclass(frozen=True, slots=True)
class Standard:
    """The same fields by the standard library."""

    name: str
    number: int = 3
    more: Mapping[str, int] = field(default_factory=dict)
    note: str = field(default="", compare=False, repr=False)


def test_fields_are_set_by_place_and_by_name() -> None:
    assert Plain("a", 4).number == 4
    assert Plain(name="a").number == 3
    assert Plain("a").more == {} and Plain("a").more is not Plain("a").more
    assert Plain("a", 5).twice == 10
    assert Of([1]).what == [1]


@pytest.mark.parametrize("arguments", [(), ("a", 1, {}, "", 5)])
def test_wrong_arguments_are_refused(arguments: tuple[object, ...]) -> None:
    with pytest.raises(TypeError):
        Plain(*arguments)  # type: ignore[arg-type]


def test_a_record_is_fixed() -> None:
    record = Plain("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        record.name = "b"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del record.name
    with pytest.raises(AttributeError):
        record.other = 1  # type: ignore[attr-defined]
    assert not hasattr(record, "__dict__")


def test_equality_and_hash_are_those_of_the_fields_compared() -> None:
    assert Plain("a", note="x") == Plain("a", note="y")
    assert Plain("a") != Plain("b")
    assert Plain("a") != Wider("a") and Wider("a") != Plain("a")
    assert Plain("a") != Standard("a")
    assert hash(Of("x")) == hash(Of("x"))
    assert len({Of(1), Of(1), Of(2)}) == 2
    with pytest.raises(TypeError):
        hash(Plain("a"))  # its mapping has no hash


def test_it_shows_what_the_standard_library_shows() -> None:
    assert repr(Plain("a", 1, {"b": 2}, "n")) == repr(Standard("a", 1, {"b": 2}, "n")).replace(
        "Standard", "Plain"
    )


def test_fields_of_the_base_come_first() -> None:
    assert Wider("a", 1, {}, "n", "l").last == "l"
    assert Wider.__match_args__ == ("name", "number", "more", "note", "last")
    assert repr(Wider("a")) == "Wider(name='a', number=3, more={}, last='z')"


def test_the_standard_library_takes_it_for_its_own() -> None:
    assert dataclasses.is_dataclass(Plain)
    assert [each.name for each in dataclasses.fields(Wider)] == ["name", "number", "more", "note", "last"]
    assert dataclasses.replace(Plain("a"), number=9) == Plain("a", 9)
    assert dataclasses.asdict(Of("x")) == {"what": "x"}
    with pytest.raises(TypeError):
        dataclasses.replace(Plain("a"), nothing=1)  # type: ignore[call-arg]


def test_it_can_be_copied_pickled_and_matched() -> None:
    record = Wider("a", 1, {"b": 2}, "n", "l")
    for other in (copy.copy(record), copy.deepcopy(record), pickle.loads(pickle.dumps(record))):
        assert other == record and other.note == "n"
    match record:
        case Wider(name, number):
            assert (name, number) == ("a", 1)


def test_what_it_does_not_make_the_standard_library_makes() -> None:
    @dataclass(frozen=True, slots=True)
    class Checked:
        """Checks itself."""

        number: int

        def __post_init__(self) -> None:
            if self.number < 0:
                raise ValueError

    @dataclass
    class Changing:
        """Changes."""

        number: int = 0

    with pytest.raises(ValueError):
        Checked(-1)
    changing = Changing()
    changing.number = 5
    assert changing == Changing(5)
    with pytest.raises(ValueError):

        @dataclass(frozen=True, slots=True)
        class Shared:
            """Whose list all would share."""

            many: list[int] = []  # noqa: RUF012
