"""Whether a municipality may be re-typed: the basic, workload, efficiency and final criteria as one reason tree."""

from __future__ import annotations

from dataclasses import dataclass

from lgreason.files.organisation.organisation import Organisation
from lgreason.reasoning.cases.verdict import Verdict, verdict_of
from lgreason.reasoning.organisations.circumstances import Subject
from lgreason.reasoning.organisations.establishment import Establishment, Node
from lgreason.rules.findings import Finding as Fault
from lgreason.rules.findings import Unusable

NOBODY = Subject("", "")
"""The criteria are about the municipality, not about one of its posts."""


@dataclass(frozen=True, slots=True)
class Classification:
    """What the re-typing of a municipality comes to."""

    organisation: Organisation
    class_: str
    reason: Node

    @property
    def verdict(self) -> Verdict:
        """Whether it may be re-typed."""
        return verdict_of(self.reason.holds)


def classify(establishment: Establishment, class_: str) -> Classification:
    """Hold a municipality up to the criteria of a class; `Unusable` if it is no municipality."""
    organisation = establishment.organisation
    if organisation.type != "municipality":
        raise Unusable((Fault("org_not_a_municipality", organisation.place),))
    root = establishment.tables.classes[class_]
    return Classification(organisation, class_, establishment.decide(root, NOBODY))
