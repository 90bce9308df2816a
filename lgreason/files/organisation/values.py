"""The values of an organisation's file: every amount, score, year and name read, by the definitions of its schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Protocol

from lgreason.files.form.form import Form, Schema, definition
from lgreason.files.form.shape import Shaped
from lgreason.files.organisation.organisation import FACTORS, FULL_JOB_VALUE, LEVELS
from lgreason.files.source import amounts
from lgreason.files.source.read import Path, Source, excerpt
from lgreason.rules.findings import Finding
from lgreason.words.dates import DateProblem, parse_date

FORM = Form(
    "organisation",
    other_kind="organisation_other_kind",
    looks_other="organisation_looks_other",
    days=frozenset({"filed"}),
    # Where the letters alone would not lead to the key meant.
    other_words=MappingProxyType(
        {
            **{"fiscal_year": "year", "finance": "fiscal", "finances": "fiscal", "structure": "plan"},
            **{"departments": "units", "offices": "units", "divisions": "units", "code": "id"},
            **{"subsidies": "salary_subsidies", "borrowings": "loans", "marks": "scores", "grade": "level"},
            **{"analysis": "workload_analysis", "director": "head", "delegated": "delegated_units"},
        }
    ),
)
NAMED = (
    *("organisation_type", "municipal_class", "sao_size", "municipal_status", "unit_kind", "level"),
    *("outcome", "efficiency_area", "instrument", "job_factor", "benefit_item"),
)
"""The definitions of the schema that are names of the vocabulary, by category."""
MOST_PARTS = 99  # sections or parts of one unit
MOST_POSTS = 1_000_000


class OrganisationVocabulary(Protocol):
    """What reading an organisation's file needs to know of the words of the regulations."""

    def resolve(self, category: str, text: str) -> str | None:
        """The id that an id or a Thai or English name stands for; `None` when it is not known."""

    def nearest(self, category: str, text: str, n: int = 3) -> tuple[str, ...]:
        """The `n` names that come nearest to the text, to offer them."""

    def name(self, category: str, identity: str) -> object:
        """The name of an id, in a form that messages can show; that of a category, for the category `category`."""

    def ids(self, category: str) -> tuple[str, ...]:
        """The ids of a category."""


@dataclass(frozen=True, slots=True)
class Values:
    """The file with its values read, its names as ids; what is at fault is not there, and its path is in `broken`.

    `misshapen` are the paths of those of its faults that are faults of shape. `named` gives the id for the last step
    of a path that is a name: `instruments.ว 74`.
    """

    data: Mapping[str, Any]
    findings: tuple[Finding, ...]
    broken: frozenset[Path]
    misshapen: frozenset[Path]
    named: Mapping[Path, str]


def values_of(sound: Shaped, source: Source, vocabulary: OrganisationVocabulary, latest: date) -> Values:
    """The values of what has its right shape; `latest` is the last day that is not future."""
    reader = _Reader(source, vocabulary, latest, sound.broken)
    data = reader.read(sound.data, FORM.schema, ())
    broken = sound.broken | reader.broken
    return Values(data, tuple(reader.findings), broken, sound.broken, reader.named)


class _Reader:
    """Reads values and collects what is wrong with them."""

    def __init__(
        self, source: Source, vocabulary: OrganisationVocabulary, latest: date, broken: frozenset[Path]
    ) -> None:
        self.findings: list[Finding] = []
        self.broken: set[Path] = set()
        self.named: dict[Path, str] = {}
        self._source = source
        self._vocabulary = vocabulary
        self._latest = latest
        self._misshapen = broken
        self._scalars: Mapping[str, Callable[[Any, Path], object]] = {
            **{"money": self._money, "score": self._score, "count": self._count},
            **{"job_value": self._job_value, "benefits": self._money, "year": self._year, "day": self._day},
            "rate": self._rate,
        }

    def read(self, value: Any, part: Schema, path: Path) -> Any:
        """The value that `part` of the schema describes; `None` if it is not there or at fault."""
        if value is None or path in self._misshapen:
            return {} if isinstance(value, dict) else None
        whole = FORM.resolved(part)
        if isinstance(value, dict):
            if "propertyNames" in whole:
                return self._by_name(value, whole, path)
            return {
                key: self.read(inner, whole["properties"][key], (*path, key)) for key, inner in value.items()
            }
        if isinstance(value, list):
            return [self.read(item, whole["items"], (*path, index)) for index, item in enumerate(value)]
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and not value.strip():
            self.broken.add(path)  # told with all texts
            return None
        name = definition(part) or ""
        if name in NAMED:
            return self._id(name, str(value), path)
        if name in self._scalars:
            return self._scalars[name](value, path)
        return str(value).strip()

    def _find(self, code: str, path: Path, **args: object) -> None:
        self.broken.add(path)
        self.findings.append(Finding(code, self._source.place(path), args))

    # ── names ────────────────────────────────────────────────────────────────────────────────────

    def _by_name(self, value: dict[str, Any], whole: Schema, path: Path) -> dict[str, Any]:
        """A mapping whose keys are names of the vocabulary, by their ids."""
        category = definition(whole["propertyNames"]) or ""
        found: dict[str, Any] = {}
        first: dict[str, str] = {}
        for key, inner in value.items():
            at = (*path, key)
            if not key.strip():
                self._find("shape_text_empty", at)
            elif identity := self._id(category, key, at):
                if identity in first:
                    self._find("organisation_term_twice", at, found=excerpt(key), first=first[identity])
                    continue
                first[identity] = excerpt(key)
                self.named[at] = identity
                if category == "job_factor":
                    found[identity] = None if inner is None else self._factor(inner, at, identity)
                else:
                    found[identity] = self.read(inner, whole["additionalProperties"], at)
        return found

    def _id(self, category: str, text: str, path: Path) -> str | None:
        identity = self._vocabulary.resolve(category, text.strip())
        if identity and (category != "level" or identity in LEVELS):
            return identity
        what = self._vocabulary.name("category", category)
        if category == "benefit_item":
            nearest = self._vocabulary.nearest(category, text.strip())
            self._find("organisation_unknown_item", path, what=what, found=excerpt(text), nearest=nearest)
        else:
            args = {"what": what, "found": excerpt(text), "accepted": self._offered(category)}
            self._find("organisation_unknown_term", path, **args)
        return None

    def _offered(self, category: str) -> tuple[object, ...]:
        if category == "instrument":  # their names are too long for a list
            return self._vocabulary.ids(category)
        ids = LEVELS if category == "level" else self._vocabulary.ids(category)
        return tuple(self._vocabulary.name(category, identity) for identity in ids)

    # ── numbers ──────────────────────────────────────────────────────────────────────────────────

    def _money(self, value: object, path: Path) -> int | None:
        amount = amounts.money(value)
        if amount is None:
            self._find("organisation_money_unreadable", path, found=excerpt(value))
        elif amount < 0:
            self._find("organisation_money_negative", path, found=excerpt(value))
        elif amount.denominator != 1:
            self._find("organisation_money_not_whole", path, found=excerpt(value))
        else:
            return int(amount)
        return None

    def _score(self, value: object, path: Path) -> object:
        found = amounts.score(value)
        if found is None:
            self._find("organisation_score_unreadable", path, found=excerpt(value))
        elif not 0 <= found <= 100:
            self._find("organisation_score_outside", path, found=excerpt(value))
        else:
            return found
        return None

    def _rate(self, value: object, path: Path) -> object:
        found = amounts.score(value)
        if found is None or not -100 <= found <= 1_000:
            self._find("organisation_rate_outside", path, found=excerpt(value))
            return None
        return found

    def _whole(self, code: str, value: object, path: Path, most: int, **args: object) -> int | None:
        """A whole number from nothing to `most`, or else a finding."""
        found = amounts.count(value)
        if found is None or found.denominator != 1 or not 0 <= found <= most:
            self._find(code, path, found=excerpt(value), most=most, **args)
            return None
        return int(found)

    def _job_value(self, value: object, path: Path) -> int | None:
        return self._whole("organisation_job_value_outside", value, path, FULL_JOB_VALUE)

    def _factor(self, value: object, path: Path, factor: str) -> int | None:
        name = self._vocabulary.name("job_factor", factor)
        return self._whole("organisation_factor_outside", value, path, FACTORS[factor], factor=name)

    def _count(self, value: object, path: Path) -> int | None:
        most = MOST_PARTS if path[-1] in ("sections", "parts") else MOST_POSTS
        return self._whole("shape_number_expected", value, path, most, least=0)

    # ── years and days ───────────────────────────────────────────────────────────────────────────

    def _year(self, value: object, path: Path) -> int | None:
        found = amounts.year(value)
        if isinstance(found, int):
            return found
        if isinstance(found, DateProblem):
            self._find(found.code, path, **found.args)
        else:
            self._find("organisation_year_unreadable", path, found=excerpt(value))
        return None

    def _day(self, value: str, path: Path) -> date | None:
        day = parse_date(value)
        if isinstance(day, DateProblem):
            self._find(day.code, path, **day.args)
        elif day > self._latest:
            self._find("organisation_filed_in_future", path, found=day, latest=self._latest)
        else:
            return day
        return None
