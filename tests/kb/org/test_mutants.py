"""Mutants of the rules on organisations: every small change of meaning is noticed by a conformance case.

A mutant is a copy of the knowledge base with one fact dropped or changed. It is killed by the first case that comes
out otherwise than expected, those that are nearest to the change tried first. Mutants that survive are faults of the
cases, or stand in `EQUIVALENT` with the reason. One mutant in sixteen is tried, others every time the files change;
with LGREASON_EVERY_MUTANT set, all of them are.
"""

from __future__ import annotations

import os
import re
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from lgreason.rules.knowledge import Library
from lgreason.rules.terms import SolverError
from tests.kb.org.conformance import NotDecidedError, OrganisationCase, OrganisationCourt, cases

RULES = (
    "org/pao.lp",
    "org/sao.lp",
    "org/municipality/structure.lp",
    "org/municipality/setting_up.lp",
    "org/municipality/retyping.lp",
    "org/municipality/conversion.lp",
    "org/quantities.lp",
)
READINGS = "org/readings.lp"
OTHERS = ("org/vocabulary.lp", "org/posts.lp")
WORDS = re.compile(r"(place|quote|gloss|subject|repair|caveat|relies)\(")
FACT = re.compile(r"(?P<name>\w+)\( *(?P<arguments>.+?)\)(?P<condition> :- reading\(.+\))?\.$")
CONDITION = re.compile(r'reading\("(?P<ambiguity>[^"]+)", (?P<choices>\(?[\w; ]+\)?)\)')
CHOICE = re.compile(r'choice\("(?P<ambiguity>[^"]+)", (?P<order>\d), (?P<choice>\w+)\)\.$', re.MULTILINE)
CLAUSE = re.compile(r'"(org\.[\w.]+)"')

LEVELS = ("early", "mid", "high")
INSTEAD = {
    "burden.mean": ("burden.previous", "burden.requested", "investment.mean"),
    "investment.mean": ("investment.previous", "investment.requested"),
    "investment.previous": ("investment.mean", "investment.requested"),
    "budget.net": ("revenue.own", "burden.previous.amount"),
    "revenue.own": ("budget.net",),
    "job_value": ("section_job_value",),
    "section_job_value": ("job_value",),
    "vacancy.unit": ("vacancy.operating",),
    "vacancy.operating": ("vacancy.unit",),
    "vacancy.executive": ("areas",),
    "filled": ("vacant",),
    "vacant": ("filled",),
    "indicators": ("lpa", "workload"),
    "lpa": ("indicators", "workload"),
    "workload": ("final", "lpa", "indicators"),
    "efficiency": ("final",),
    "final": ("workload", "efficiency"),
    "workload_analysis": ("section_names",),
    "section_names": ("workload_analysis",),
    "previous.salaries_frame": ("previous.salaries_paid",),
    "previous.benefits_paid": ("previous.benefits_budgeted",),
    "previous.budget": ("requested.budget",),
    "requested.budget": ("previous.budget",),
    "previous.investment": ("requested.investment",),
    "requested.investment": ("previous.investment",),
    "previous.revenue_own": ("previous.revenue_all",),
}
ADDED = {
    "burden.previous.amount": ("previous.salaries_paid", "previous.loans"),
    "burden.requested.amount": ("requested.investment", "previous.salaries_frame"),
    "budget.net": ("previous.revenue_own",),
}
INSTRUMENTS = (
    "kt_no3_2553",
    "w74_2552",
    "w141_2550",
    "w142_2550",
    "sao_special_2555",
    "w151_2555",
    "sao_2550",
)
STATUSES = ("subdistrict", "town", "city")
POSTS = ("clerk", "deputy", "office_head", "division_head")


@dataclass(frozen=True)
class Mutant:
    """One change: of this kind, in this file, of the line `before` to those `after`; it bears on `clause`."""

    kind: str
    file: str
    clause: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.kind}: {_plain(self.before)} → {_plain(self.after) or 'nothing'}"

    def of(self, text: str) -> str:
        """The text of the file with the change made."""
        lines = text.splitlines()
        for line in self.before:
            assert lines.count(line) >= 1, line
        place = lines.index(self.before[0])
        kept = [line for line in lines[place:] if line not in self.before]
        return "\n".join((*lines[:place], *self.after, *kept, ""))


def _plain(lines: tuple[str, ...]) -> str:
    return re.sub(r" +", " ", " ".join(lines)).replace("( ", "(")


# ── the mutants of a line ─────────────────────────────────────────────────────────────────────────────────


def mutants_of(file: str, text: str) -> Iterator[Mutant]:
    """Every mutant of the facts of a file."""
    lines = [line for line in text.splitlines() if FACT.match(line)]
    clauses = [match[1] for line in lines if line.startswith("clause(") and (match := CLAUSE.search(line))]
    seen: set[tuple[str, ...]] = set()
    for line in lines:
        match = FACT.match(line)
        assert match is not None
        name, condition = match["name"], match["condition"] or ""
        named = CLAUSE.findall(line)
        bears_on = (
            (named[-1] if name in ("row", "opens", "sets_up", "limits", "retypes") else named[0])
            if named
            else ""
        )
        for kind, before, after in _changes(name, line, lines, clauses):
            if (key := (*before, "→", *after)) not in seen:
                seen.add(key)
                yield Mutant(kind, file, bears_on, before, after)
        if condition and name not in WORDS.pattern:
            yield Mutant("reading dropped", file, bears_on, (line,), (line.replace(condition, ""),))
            for other in _other_readings(condition):
                yield Mutant("reading swapped", file, bears_on, (line,), (line.replace(condition, other),))


Change = tuple[str, tuple[str, ...], tuple[str, ...]]


def _changes(name: str, line: str, lines: list[str], clauses: list[str]) -> Iterator[Change]:
    make = {
        "says": _says,
        "part": _part,
        "counts": _counts,
        "measures": _measures,
        "opens": _opens,
        "limits": _scoped,
        "sets_up": _scoped,
        "row": _dropped,
        "retypes": _dropped,
        "adds": _term,
        "subtracts": _term,
        "ratio": _ratio,
        "mean": _mean,
    }.get(name)
    if make is not None:
        for kind, before, after in make(line, lines, clauses):
            yield f"{name} {kind}", before, after


def _one(kind: str, line: str, *after: str) -> Change:
    return kind, (line,), after


def _says(line: str, lines: list[str], _clauses: list[str]) -> Iterator[Change]:
    for number in re.findall(r"\((\d+)\)", line):
        for by in (1, -1):
            if int(number) + by >= 0:
                yield _one("bound", line, line.replace(f"({number})", f"({int(number) + by})"))
    for old, new in (
        ("at_least(", "more_than("),
        ("at_least(", "at_most("),
        ("at_most(", "at_least("),
        ("more_than(", "at_least("),
    ):
        if old in line:
            yield _one("relation", line, line.replace(old, new))
    parts = [
        each
        for each in lines
        if each.startswith("part(") and CLAUSE.findall(each)[0] == CLAUSE.findall(line)[0]
    ]
    if ", all)" in line and len(parts) != 1:  # all of one part and any of one are the same
        yield _one("gate", line, line.replace(", all)", ", any)"))


def _part(line: str, _lines: list[str], clauses: list[str]) -> Iterator[Change]:
    yield _one("dropped", line)
    whole, part = CLAUSE.findall(line)[:2]
    place = clauses.index(part) if part in clauses else 0
    for other in {clauses[place - 1], clauses[(place + 1) % len(clauses)]} - {whole}:
        yield _one("redirected", line, line.replace(f'"{part}"', f'"{other}"'))


def _counts(line: str, _lines: list[str], _clauses: list[str]) -> Iterator[Change]:
    yield _one("dropped", line)
    for word, others in (("instrument", INSTRUMENTS), ("status", STATUSES), ("kind", ("office", "division"))):
        if match := re.search(rf'{word}\("?(\w+)"?\)', line):
            for other in others:
                if other != match[1]:
                    yield _one("exchanged", line, line.replace(match[0], match[0].replace(match[1], other)))
    if match := re.search(r"post\((\w+)(?:, (\w+))?\)", line):
        post, level = match.groups()
        for other in POSTS:
            if other != post:
                yield _one("exchanged", line, line.replace(match[0], match[0].replace(post, other)))
        if level:
            yield _one("exchanged", line, line.replace(match[0], f"post({post})"))
            for other in LEVELS:
                if other != level:
                    yield _one("exchanged", line, line.replace(match[0], f"post({post}, {other})"))
    if "unit(mid)" in line:
        for other in ("unit", "unit(early)", "unit(high)"):
            yield _one("exchanged", line, line.replace("unit(mid)", other))
    elif line.endswith(", unit)."):
        yield _one("exchanged", line, line.replace(", unit).", ", unit(mid))."))


def _measures(line: str, _lines: list[str], _clauses: list[str]) -> Iterator[Change]:
    match = re.search(r', "([\w.]+)"\)', line)
    assert match
    for other in INSTEAD.get(match[1], ()):
        yield _one("exchanged", line, line.replace(f'"{match[1]}"', f'"{other}"'))


def _opens(line: str, lines: list[str], _clauses: list[str]) -> Iterator[Change]:
    yield _one("dropped", line)
    match = re.search(r"(?P<before>.+, )(?P<level>early|mid|high)(?P<after>, .+)", line)
    assert match
    for other in LEVELS:
        moved = f"{match['before']}{other}{match['after']}"
        head = f"{match['before']}{other}, "
        if other != match["level"] and not any(each.startswith(head) for each in lines):
            yield _one("level moved", line, moved)
    (clause,) = CLAUSE.findall(line)
    scope = line.split(",")[0]
    for other in {CLAUSE.findall(each)[0] for each in lines if each.startswith(scope + ",")} - {clause}:
        yield _one("redirected", line, line.replace(clause, other))
    yield from _scoped(line, lines, [], drop=False)


SCOPES = (
    *(("municipality(", name) for name in ("ordinary)", "ordinary_high)", "special)", "special_high)")),
    *(("sao(", name) for name in ("large)", "medium)", "small)")),
)


def _scoped(line: str, lines: list[str], _clauses: list[str], drop: bool = True) -> Iterator[Change]:
    if drop:
        yield _one("dropped", line)
    for word, kind in SCOPES:
        if f"{word}{kind}" in line:
            for other_word, other in SCOPES:
                moved = line.replace(f"{word}{kind}", f"{word}{other}")
                head = moved.rpartition(",")[0]
                if (
                    other_word == word
                    and other != kind
                    and (drop or not any(each.startswith(head) for each in lines))
                ):
                    yield _one("scope moved", line, moved)
    if pool := re.search(r"sao\((large; medium(?:; small)?)\)", line):
        sizes = pool[1].split("; ")
        for size in sizes:
            kept = "; ".join(each for each in sizes if each != size)
            yield _one("scope narrowed", line, line.replace(pool[1], kept))


def _dropped(line: str, _lines: list[str], _clauses: list[str]) -> Iterator[Change]:
    yield _one("dropped", line)


def _term(line: str, lines: list[str], _clauses: list[str]) -> Iterator[Change]:
    name, rest = line.split("(", 1)
    quantity, term = re.findall(r'"([\w.*]+)"', rest)[:2]
    same = tuple(
        each for each in lines if re.match(rf'{name}\( *"{re.escape(quantity)}", +"{re.escape(term)}"', each)
    )
    yield "dropped", same, ()
    other_name = "subtracts" if name == "adds" else "adds"
    yield "sign turned", same, tuple(each.replace(name + "(", other_name + "(", 1) for each in same)
    for other in INSTEAD.get(term, ()):
        yield "exchanged", same, tuple(each.replace(f'"{term}"', f'"{other}"') for each in same)
    for more in ADDED.get(quantity, ()):
        yield "added", (line,), (line, line.replace(f'"{term}"', f'"{more}"'))


def _ratio(line: str, lines: list[str], _clauses: list[str]) -> Iterator[Change]:
    quantity, numerator, denominator = re.findall(r'"([\w.*]+)"', line)[:3]
    same = tuple(
        each
        for each in lines
        if re.match(rf'ratio\( *"{re.escape(quantity)}", +"{re.escape(numerator)}"', each)
    )
    yield "dropped", same, ()
    for old in (numerator, denominator):
        for other in INSTEAD.get(old, ()):
            yield "exchanged", same, tuple(each.replace(f'"{old}"', f'"{other}"') for each in same)


def _mean(line: str, _lines: list[str], _clauses: list[str]) -> Iterator[Change]:
    yield _one("dropped", line)
    part = re.findall(r'"([\w.*]+)"', line)[1]
    for other in {"indicators": ("lpa",), "lpa": ("indicators",)}.get(part, ()):
        yield _one("exchanged", line, line.replace(f'"{part}"', f'"{other}"'))


# ── readings ──────────────────────────────────────────────────────────────────────────────────────────────


def _choices() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for choice in CHOICE.finditer((Library().root / READINGS).read_text(encoding="utf-8")):
        found.setdefault(choice["ambiguity"], []).append(choice["choice"])
    return found


CHOICES = _choices()


def _other_readings(condition: str) -> Iterator[str]:
    match = CONDITION.search(condition)
    assert match
    taken = re.findall(r"\w+", match["choices"])
    for other in CHOICES[match["ambiguity"]]:
        if other not in taken:
            yield f' :- reading("{match["ambiguity"]}", {other})'


def mutants_of_readings(text: str) -> Iterator[Mutant]:
    """Every default exchanged for each other choice."""
    lines = {(found["ambiguity"], found["order"]): found[0] for found in CHOICE.finditer(text)}
    for ambiguity, choices in CHOICES.items():
        for order in range(2, len(choices) + 1):
            before = lines[ambiguity, "1"], lines[ambiguity, str(order)]
            after = before[0].replace(", 1,", f", {order},"), before[1].replace(f", {order},", ", 1,")
            yield Mutant("default exchanged", READINGS, "", before, after)


# What the product may raise instead of working with rules that make no sense.
REFUSED = (
    SolverError,
    KeyError,
    ValueError,
    StopIteration,
    AssertionError,
    ZeroDivisionError,
    RecursionError,
)

# Mutants that no organisation can tell from the original: a pattern of the name, and why.
EQUIVALENT: dict[str, str] = {
    r'part redirected: .*"org\.pao\.s13\.fill_first"\)\. → .*"org\.pao\.s13\.vacancy"\)': "it demands just that",
    r'part redirected: .*"org\.mun\.s17\.personnel"\)\. → .*"org\.mun\.s18\.personnel"\)': "it refers to just that",
    r'part redirected: .*"org\.mun\.s17\.invest"\)\. → .*"org\.mun\.s18\.invest"\)': "it refers to just that",
    r'part dropped: part\("org\.mun\.s25\.scope\.class", 2': "it holds whatever the burden",
    r'part redirected: part\("org\.mun\.s15\.sph.* → .*"org\.mun\.s15\.sp\.section\.part"\)': "it demands just that",
    r'part dropped: part\("org\.mun\.s25\.scope\.clerk"': "none of its parts is demanded",
    r'part redirected: part\("org\.mun\.s25\.scope\.clerk".* → .*35"\)\.': "none of its parts is demanded",
    r'reading dropped: mean\("burden\.mean"': "where there is a ratio as well, it is the ratio that is taken",
    r'reading dropped: counts\("org\.mun\.s17\.vac\.exec"': "the number of the file names no posts",
}


# ── trying them ───────────────────────────────────────────────────────────────────────────────────────────


class Bench:
    """A copy of the rules, without their words, in which one file at a time is changed."""

    def __init__(self, folder: Path) -> None:
        source = Library().root
        self.root = folder / "kb"
        self.texts: dict[str, str] = {}
        for path in source.glob("*.lp"):
            self.root.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, self.root / path.name)
        for name in (*RULES, READINGS, *OTHERS):
            text = (source / name).read_text(encoding="utf-8")
            if name in RULES:
                text = "\n".join(line for line in text.splitlines() if not WORDS.match(line)) + "\n"
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(text, encoding="utf-8")
            self.texts[name] = text
        self.cases = cases()

    def mutants(self) -> list[Mutant]:
        found = [mutant for name in RULES for mutant in mutants_of(name, self.texts[name])]
        return list(dict.fromkeys((*found, *mutants_of_readings(self.texts[READINGS]))))

    def killer(self, mutant: Mutant) -> str | None:
        """What gives the mutant away: a case, or that the product refuses such rules; `None` if nothing does."""
        path = self.root / mutant.file
        path.write_text(mutant.of(self.texts[mutant.file]), encoding="utf-8")
        try:
            return self._killer(mutant)
        except REFUSED as error:
            return f"refused: {error!r}"
        finally:
            path.write_text(self.texts[mutant.file], encoding="utf-8")

    def _killer(self, mutant: Mutant) -> str | None:
        court = OrganisationCourt(Library(self.root, branch="organisations"))
        for case in sorted(self.cases, key=lambda case: _distance(case, mutant)):
            try:
                difference = next(court.differences(case), None)
            except NotDecidedError:
                continue  # the clause decides nothing any more: another case must notice that it is missed
            if difference:
                return f"{case.name}: {difference}"
        return None


def _distance(case: OrganisationCase, mutant: Mutant) -> int:
    """0 for cases of the changed clause, 1 for those of its slide, 2 for those of its kind, 3 for the others."""
    if case.asked == mutant.clause:
        return 0
    stem = ".".join(mutant.clause.split(".")[:3])
    if stem and case.asked.startswith(stem):
        return 1
    return 2 if case.name.startswith(mutant.clause.split(".")[1] if mutant.clause else "-") else 3


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("mutants"))


def test_the_copy_passes_every_case(bench: Bench) -> None:
    court = OrganisationCourt(Library(bench.root, branch="organisations"))
    assert [case.name for case in bench.cases if list(court.differences(case))] == []


def test_every_mutant_is_killed(bench: Bench) -> None:
    mutants = bench.mutants()
    kinds = {mutant.kind for mutant in mutants}
    assert len(mutants) > 600 and len(kinds) > 25, (len(mutants), sorted(kinds))
    if "LGREASON_EVERY_MUTANT" not in os.environ:
        share = zlib.crc32("".join(bench.texts.values()).encode()) % 16
        mutants = [mutant for mutant in mutants if zlib.crc32(mutant.name.encode()) % 16 == share]
    survivors = [mutant for mutant in mutants if not _equivalent(mutant) and bench.killer(mutant) is None]
    assert not survivors, "\n".join(("mutants that no case notices:", *(mutant.name for mutant in survivors)))


def test_what_is_called_equivalent_survives(bench: Bench) -> None:
    mutants = bench.mutants()
    for pattern in EQUIVALENT:
        matching = [mutant for mutant in mutants if re.search(pattern, mutant.name)]
        assert matching, f"no longer made; strike it from EQUIVALENT: {pattern}"
        # One of them is tried; which one changes with the files.
        mutant = matching[zlib.crc32("".join(bench.texts.values()).encode()) % len(matching)]
        assert bench.killer(mutant) is None, mutant.name


def _equivalent(mutant: Mutant) -> bool:
    return any(re.search(pattern, mutant.name) for pattern in EQUIVALENT)
