"""The kinds of texts that are recognised, and the categories of terms that each may name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

Kind = Literal["post", "degree", "field", "work", "level", "date", "unit", "organisation", "status"]
KINDS: tuple[Kind, ...] = get_args(Kind)
CATEGORIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **{"post": ("position",), "degree": ("degree",), "field": ("field",), "work": ("work",)},
        **{"level": ("position_type", "level"), "unit": ("unit_kind",)},
        **{"organisation": ("organisation_type",)},
        "status": ("municipal_class", "municipal_status", "sao_size"),
    }
)
