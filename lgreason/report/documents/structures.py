"""The structures of an organisation as JSON, as the contract fixes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lgreason.files.organisation.organisation import Plan
from lgreason.reasoning.structures.against_today import lost_in
from lgreason.reasoning.structures.choices import plan_of
from lgreason.reasoning.structures.repairs import Repair
from lgreason.reasoning.structures.space import Facet, Structure
from lgreason.report.documents.organisations import OrganisationDocuments
from lgreason.report.text.choices import ChoicesText
from lgreason.report.text.structures import MEASURES, FoundStructures
from lgreason.rules.model import LANGUAGES, Language

Document = dict[str, Any]


def plan_document(plan: Plan) -> Document:
    """A structure in the form of a file's `plan`."""
    return {
        "clerk": {"level": plan.clerk},
        "deputies": [{"level": deputy.level} for deputy in plan.deputies],
        "units": [
            {"id": u.id, "kind": u.kind, "level": u.level, "sections": u.sections, "parts": u.parts}
            for u in plan.units
        ],
    }


def structures_document(found: FoundStructures, documents: OrganisationDocuments) -> Document:
    """`lgreason.structures/1`; `documents` writes what it says of the organisation."""
    costed = found.structures.costs is not None

    def option(structure: Structure) -> Document:
        """A structure with its measures, and what of today it gives up, lowers or leaves vacant."""
        names = (*(MEASURES if costed else MEASURES[2:]), "lost")
        measured = {name: structure.total(name) for name in names} | {"sure": structure.sure}
        gives_up = [documents.lost(each) for each in lost_in(structure)]
        rests = found.resting(structure)
        told = ({"gives_up": gives_up} if gives_up else {}) | ({"rests_on": list(rests)} if rests else {})
        return plan_document(plan_of(structure)) | measured | told

    def facet(each: Facet) -> Document:
        document: Document = {
            "choice": each.choice,
            "value": each.value,
            "status": each.status,
            "remaining": each.remaining,
        }
        if each.conditional:
            document["conditional"] = each.conditional
        if rests := found.facet_rests(each):
            document["rests_on"] = list(rests)
        if each.status == "cannot":
            document["because"] = each.because
            if each.clauses:
                document["clauses"] = list(each.clauses)
            reason = found.structures.refused.get((each.choice, each.value))
            if reason is not None and each.because == "refused":
                document["reason"] = documents.node(reason)
        return document

    document = documents.headed("structures") | {
        "count": {"value": found.count, "exact": found.count is not None},
        "conditional": {"value": found.conditional},
        "assumptions": {"most_where_no_number": found.structures.most},
        "facets": [facet(each) for each in found.facets],
        "options": [option(structure) for structure in found.options],
        "complete": found.complete,
    }
    if found.otherwise:
        document["otherwise"] = [
            {
                "reading": other.reading,
                "choice": other.choice,
                "count": other.count,
                "conditional": other.conditional,
            }
            for other in found.otherwise
        ]
    if found.beyond is not None:
        size = found.beyond.size
        document["not_counted"] = {} if size is None else size._asdict()
    if found.lost:
        lost = [documents.lost(each) for each in found.lost]
        document |= {"lost": lost, "procedure": documents.procedure(found.lost)}
    if found.groups:
        document["groups"] = [
            {
                "decided": dict(group.features),
                "count": group.sure,
                "conditional": group.conditional,
                "best": option(group.best),
            }
            for group in found.groups
        ]
    if found.conflict is not None:
        document["conflict"] = {
            "requirements": [
                {"required": step.required, "choice": step.choice, "value": step.value}
                for step in found.conflict.steps
            ],
            "clauses": list(found.conflict.clauses),
        }
    if found.front_measures is not None:
        document["front"] = [
            dict(zip(found.front_measures, point.values, strict=True))
            | {"option": option(next(iter(point.structures())))}
            for point in found.front
        ]
    return document


def repair_document(repair: Repair, texts: Mapping[Language, ChoicesText]) -> Document:
    """A repair with its changes in both languages."""
    document: Document = {
        "changes": [
            {
                "kind": "change",
                "choice": difference.choice,
                "from": difference.before,
                "to": difference.after,
                "text": {language: texts[language].difference(difference) for language in LANGUAGES},
            }
            for difference in repair.differences
        ],
        "text": {language: texts[language].listed(repair.differences) for language in LANGUAGES},
        "plan": plan_document(repair.plan),
    }
    if repair.increase is not None:
        document["increase"] = repair.increase
    return document
