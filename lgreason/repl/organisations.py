"""The organisations of a conversation: which are loaded, which is meant, and what was asked of it last."""

from __future__ import annotations

from lgreason.answers.session import Session
from lgreason.files.organisation.costs import Costs
from lgreason.files.organisation.organisation import Organisation
from lgreason.reasoning.organisations.establishment import Tables
from lgreason.reasoning.structures.choices import Structures
from lgreason.repl.asked import Mention, Question, Wanted, Which
from lgreason.repl.organisation_lexicon import OrganisationWords
from lgreason.rules.findings import Finding, Unusable


class Organisations:
    """What a conversation remembers of organisations."""

    def __init__(self, words: OrganisationWords) -> None:
        """Begin with no organisation."""
        self.loaded: dict[str, Organisation] = {}
        self.words = words
        self.spoken: str | None = None
        self.post: str | None = None
        self.wanted: Wanted | None = None
        self.listed: Which = ""
        self.costs: Costs | None = None
        self._judged: dict[str, tuple[Tables, Organisation, Costs | None, Structures]] = {}

    def take(self, organisation: Organisation) -> None:
        """Take an organisation, or take it as read again."""
        self.loaded[organisation.id] = organisation
        self.words = self.words.of(self.loaded.values())

    def spoken_of(self) -> str | None:
        """The organisation spoken of last, or the only one loaded."""
        if self.spoken in self.loaded:
            return self.spoken
        return next(iter(self.loaded)) if len(self.loaded) == 1 else None

    def meant(self, question: Question) -> Organisation:
        """The organisation that a question is about; spoken of from now on. Raises `Unusable` where none is."""
        wanted = question.wanted
        owners = _owners(wanted.what) if wanted and wanted.of == "unit" else ()
        identity = self.spoken_of()
        if question.organisation is not None and question.organisation.ids:
            identity = self._one_of(question.organisation)
        elif owners and identity not in owners and len(owners) == 1:
            (identity,) = owners
        if identity is None:
            if not self.loaded:
                raise Unusable((Finding("no_organisation_loaded"),))
            choices = tuple(self.words.name(each) for each in self.loaded)
            raise Unusable((Finding("ask_organisation", args={"choices": choices}),))
        if identity != self.spoken:
            self.post = self.wanted = None
            self.listed = ""
        self.spoken = identity
        organisation = self.loaded[identity]
        if owners and identity not in owners:
            assert wanted is not None
            args = {"organisation": organisation.name, "found": wanted.what.text}
            raise Unusable((Finding("unit_elsewhere", args=args),))
        return organisation

    def _one_of(self, mention: Mention) -> str:
        if len(mention.ids) > 1:
            choices = tuple(f"{identity} ({self.loaded[identity].name})" for identity in mention.ids)
            args = {"n": len(mention.ids), "found": mention.text, "choices": choices}
            raise Unusable((Finding("ask_which_organisation", args=args),))
        return mention.ids[0]

    def structures(self, session: Session, organisation: Organisation) -> Structures:
        """Every choice of an organisation judged, once for each set of readings."""
        key = organisation.id
        known = self._judged.get(key)
        if known is None or not (
            known[0] is session.tables and known[1] is organisation and known[2] is self.costs
        ):
            judged = Structures(session.tables, organisation, self.costs)
            self._judged[key] = known = (session.tables, organisation, self.costs, judged)
        return known[3]


def _owners(mention: Mention) -> tuple[str, ...]:
    """The organisations that have a unit of that name."""
    return tuple(dict.fromkeys(identity.rpartition("/")[0] for identity in mention.ids))


def choice_of(wanted: Wanted, organisation: Organisation) -> tuple[bool, str]:
    """A choice as `structures` names it, `deputies.high=1`, and whether it is what is wanted or its opposite.

    That a post or a unit is there is the opposite of its being none.
    """
    if wanted.of == "choice":
        return True, f"{wanted.what.ids[0]}={wanted.value}"
    if wanted.of == "unit":
        return _choice_of_unit(wanted, organisation)
    post, _, level = wanted.what.ids[0].partition(".")
    if post == "clerk" and (level or wanted.value):
        return True, f"clerk={wanted.value or level}"
    if post != "deputy":
        raise Unusable((Finding("no_choice_of_post", args={"found": wanted.what.text}),))
    choice = f"deputies.{level}" if level else "deputies"
    return (True, f"{choice}={wanted.value}") if wanted.value else (False, f"{choice}=0")


def _choice_of_unit(wanted: Wanted, organisation: Organisation) -> tuple[bool, str]:
    (unit,) = (
        identity.rpartition("/")[2]
        for identity in wanted.what.ids
        if identity.rpartition("/")[0] == organisation.id
    )
    if wanted.inside:
        return True, f"units.{unit}.{wanted.inside}={wanted.value}"
    if not wanted.value:
        return False, f"units.{unit}.kind=none"
    return True, f"{unit}={wanted.value}"
