"""A comparison of plans as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from lgreason.reasoning.cases.verdict import permission_of
from lgreason.reasoning.organisations.years import Ceilings
from lgreason.reasoning.structures.comparison import Compared
from lgreason.report.documents.money import margins_document, years_document
from lgreason.report.documents.organisations import OrganisationDocuments
from lgreason.report.documents.structures import plan_document
from lgreason.report.text.amounts import fraction, percent, short_percent
from lgreason.report.text.plans import CHANGES, PlansText, margin_under

Document = dict[str, Any]


def comparison_document(
    headed: Document,
    found: Sequence[Compared],
    most: Ceilings,
    words: Mapping[str, PlansText],
    documents: Callable[[Compared], OrganisationDocuments],
    facts: Sequence[str],
) -> Document:
    """`lgreason.compare/1` of plans; `words` write names in each language, `documents` what of each is judged."""
    text = next(iter(words.values()))
    return headed | {
        "plans": [each.name for each in found],
        "verdicts": {each.name: permission_of(each.truth) for each in found if each.plan is not None},
        "differences": [
            {"post": key, **{name: row.get(key) for name, row in text.rows.items()}} for key in text.differing
        ],
        "compared": [_compared(each, most, words, documents(each)) for each in found],
        "facts_differ": list(facts),
    }


def _compared(
    found: Compared, most: Ceilings, words: Mapping[str, PlansText], documents: OrganisationDocuments
) -> Document:
    text = next(iter(words.values()))
    judgement = found.judgement
    burden = documents.burden(found.burden)
    margin = margin_under(found, most)
    document: Document = {
        "name": found.name,
        "label": {language: each.name(found.name) for language, each in words.items()},
        "verdict": None if found.plan is None else permission_of(found.truth),
        "plan": None if found.plan is None else plan_document(found.plan),
        "posts": dict(found.posts),
        "changes": {key: found.changes[key] for key in CHANGES},
        "lost": [documents.lost(each) for each in found.lost],
        "affected": sum(each.number for each in found.lost if each.filled),
        "violations": text.violated(found),
        "missing": [{"field": path} for path in text.missing(found)],
        "cost": found.whole,
        "increase": None
        if found.increase is None or found.increase.exact is None
        else int(found.increase.exact),
        "burden": {
            key: burden[key] for key in ("previous", "requested", "mean", "mean_exact", "limit", "within")
        },
        "margin": None if margin is None else _points(margin),
        "margin_exact": None if margin is None else fraction(margin),
        **years_document(found.years, most),
        "readings": sorted({*(judgement.readings if judgement else ())}),
        **documents.rests(found.rests),
    }
    if found.plan is not None:
        document["withstands"] = margins_document(*found.margins)
    return document


def _points(margin: Fraction) -> str:
    return short_percent(margin, Fraction(0)) if margin else percent(margin)
