"""One person of a roster, as if the row were a person's file: `ROSTER#ID` stands wherever a file is named."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from lgreason.files.roster.decisions import beside, read_decisions
from lgreason.files.roster.headings import Headings
from lgreason.files.roster.loading import Roster, load
from lgreason.files.roster.mapping_file import mapping_beside
from lgreason.files.roster.record import document, source_of
from lgreason.files.roster.sheets import ENDINGS, column_batches, needed
from lgreason.files.roster.staging import Aside
from lgreason.files.source.read import Source, excerpt
from lgreason.rules.findings import Finding, Place, Unusable
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.words.recognising.recogniser import Recogniser
from lgreason.words.vocabulary import Vocabulary


def in_roster(path: str) -> bool:
    """Whether a path names a person in a roster: `ROSTER#ID`."""
    file, mark, identity = path.rpartition("#")
    return bool(mark and identity) and Path(file).suffix.lower() in ENDINGS and not Path(path).exists()


def source_in_roster(path: str, kb: KnowledgeBase, vocabulary: Vocabulary, latest: date) -> Source:
    """The document of a person in a roster, read as `screen` reads it: by the mapping and the decisions beside it.

    Raises `Unusable` where the roster cannot be read, has no such person, or has set the person aside.
    """
    file, _, identity = path.rpartition("#")
    headings = Headings(kb.library.words, vocabulary)
    decisions = read_decisions(beside(file), headings.stated)
    with tempfile.TemporaryDirectory(prefix="lgreason-") as folder:
        recogniser = Recogniser(kb, latest)
        mapping = mapping_beside(file)
        roster = load((file,), Path(folder), vocabulary, recogniser, headings, decisions, latest, mapping)
        return _found(roster, file, identity, path)


def _found(roster: Roster, file: str, identity: str, path: str) -> Source:
    pa, compute = needed("pyarrow"), needed("pyarrow.compute")
    known: list[str] = []
    for table_file in roster.files:
        for batch in column_batches(str(table_file), 50_000):
            table = pa.Table.from_batches([batch])
            ids = table["id"].cast(pa.string())
            found = table.filter(compute.equal(ids, identity)).to_pylist()
            if found:
                return source_of(document({**found[0], "id": identity}), path)
            known += [each for each in ids.to_pylist() if each is not None]
    if aside := tuple(finding_of(each) for each in roster.aside if each.person == identity):
        raise Unusable(aside)
    nearest = tuple(get_close_matches(identity, known, n=3)) or tuple(known[:3])
    args: dict[str, object] = {"found": excerpt(identity), "nearest": nearest}
    raise Unusable((Finding("roster_person_unknown", Place(file), args),))


def finding_of(aside: Aside) -> Finding:
    """What is wrong with a row that is set aside, as a finding; what could not be read is named, not explained."""
    place = Place(aside.file, aside.line or None, field=aside.sheet) if aside.file else None
    if aside.code.startswith("recognised."):
        return Finding("roster_not_read", place, {"found": aside.args.get("text", "")})
    return Finding(aside.code, place, arguments(aside))


def arguments(aside: Aside) -> Mapping[str, object]:
    """The arguments of what is wrong with a row, days and lists as they were."""

    def value(told: object) -> object:
        if isinstance(told, dict) and set(told) == {"day"}:
            return date.fromisoformat(told["day"])
        return tuple(told) if isinstance(told, list) else told

    return {key: value(told) for key, told in aside.args.items()}
