"""The second document against the clause register, the slides, and tables of posts and numbers written by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from lgreason.files.organisation.organisation import FACTORS, FULL_JOB_VALUE
from lgreason.rules.catalogue import Catalogue
from lgreason.rules.knowledge import KnowledgeBase, Library
from lgreason.rules.model import Clause, tree
from lgreason.rules.terms import Fn, Value
from tests.kb.sources import register, source_document, squeezed

DOCUMENT = "004_5ff661b56fd018ae.txt"
TREATMENTS = {
    "HI": {"historical"},
    "NN": {"descriptive"},
    "NN/lost": {"lost"},
    "SC (lost)": {"lost"},
    "DF": {"descriptive", "executable"},
    "PR": {"procedure", "outside", "executable"},
}
DECIDES = {"executable", "outside"}
"""What a clause of any other kind must be, or have below it."""


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(branch="organisations")


@pytest.fixture(scope="module")
def kb(library: Library) -> KnowledgeBase:
    """What decides, under the usual readings."""
    return library.under()


@pytest.fixture(scope="module")
def catalogue(kb: KnowledgeBase) -> Catalogue:
    return Catalogue(kb)


@pytest.fixture(scope="module")
def clauses(catalogue: Catalogue) -> Mapping[str, Clause]:
    return {clause.id: clause for clause in catalogue.listed("org.")}


@pytest.fixture(scope="module")
def document() -> str:
    return source_document(DOCUMENT)


# ── the register and the document ─────────────────────────────────────────────────────────────────


def test_the_register_has_the_rows_that_the_document_has() -> None:
    kinds = [kind for _, kind in register("org").values()]
    assert len(kinds) == 191
    assert (kinds.count("HI"), kinds.count("LR"), kinds.count("PR")) == (25, 26, 18)
    assert sum(identity.startswith(("org.s23.b", "org.s24.b")) for identity in register("org")) == 20


def test_every_row_is_a_clause_and_every_other_clause_is_below_a_row(clauses: Mapping[str, Clause]) -> None:
    rows = set(register("org"))
    assert rows <= set(clauses)
    for identity in set(clauses) - rows:
        assert any(identity.startswith(f"{row}.") for row in rows), identity


def test_every_row_is_treated_by_its_kind(clauses: Mapping[str, Clause]) -> None:
    for identity, (_, kind) in register("org").items():
        if kind in TREATMENTS:
            assert clauses[identity].treatment in TREATMENTS[kind], identity
        else:
            below = [c for i, c in clauses.items() if i == identity or i.startswith(f"{identity}.")]
            assert any(clause.treatment in DECIDES for clause in below), identity


def test_quotations_contain_those_of_the_register(clauses: Mapping[str, Clause]) -> None:
    for identity, (quotation, _) in register("org").items():
        if quotation:
            assert squeezed(quotation) in squeezed(clauses[identity].quote or ""), identity
        else:
            assert clauses[identity].quote is None, identity


def misquoted(clauses: Mapping[str, Clause], document: str) -> list[str]:
    text = squeezed(document)
    return [c.id for c in clauses.values() if c.quote and squeezed(c.quote) not in text]


def test_every_quotation_is_in_the_document(clauses: Mapping[str, Clause], document: str) -> None:
    assert misquoted(clauses, document) == []
    planted = document.replace("ตั้งแต่ 200 ลบ.ขึ้นไป", "ตั้งแต่ 100 ลบ.ขึ้นไป")
    assert misquoted(clauses, planted) == ["org.mun.s17.sp.status", "org.mun.s17.sp.status.budget"]


def test_every_quotation_is_on_the_slide_that_its_clause_names(
    clauses: Mapping[str, Clause], document: str
) -> None:
    numbered = re.split(r"^(?=\d{1,2}(?: |$))", document, flags=re.MULTILINE)[1:]
    slides = {int(re.match(r"\d+", text)[0]): squeezed(text) for text in numbered}  # type: ignore[index]
    assert sorted(slides) == list(range(1, 49))
    for clause in clauses.values():
        slide = re.match(r"slides? (\d+)", clause.place.en)
        assert slide is not None, clause.id
        named = int(slide[1])
        assert re.search(rf"\.s{named}[._]", f"{clause.id}."), clause.id
        if clause.quote:
            assert squeezed(clause.quote) in slides[named], clause.id


def test_repairs_are_of_words_in_the_quotation(clauses: Mapping[str, Clause]) -> None:
    for clause in clauses.values():
        for wrong, right in clause.repairs:
            assert wrong in (clause.quote or "") and right in (clause.corrected or ""), clause.id


def test_clauses_and_readings_have_both_languages(kb: KnowledgeBase, clauses: Mapping[str, Clause]) -> None:
    for clause in clauses.values():
        assert all(clause.place) and all(clause.gloss), clause.id
        if next(clause.bounds(), None):
            assert clause.subject is not None and all(clause.subject), clause.id
    for reading in kb.readings.values():
        assert all(reading.question) and all(reading.reason), reading.id
        assert all(all(text) for _, text in reading.choices), reading.id


def test_what_is_not_printed_and_what_is_lost_says_so(clauses: Mapping[str, Clause]) -> None:
    for clause in clauses.values():
        if clause.quote is None:
            assert clause.status in ("reconstructed", "lost") and clause.relies, clause.id
        if clause.status in ("reconstructed", "lost"):
            assert clause.relies, clause.id
    lost = {clause.id for clause in clauses.values() if clause.treatment == "lost"}
    assert lost == {"org.pao.s6_11.rubric", "org.sao.s42", "org.sao.s46.3"}


def test_a_number_demanded_stands_in_the_words_of_its_clause(clauses: Mapping[str, Clause]) -> None:
    """Except 0 («ไม่มี», «ไม่เป็นอัตราว่าง»), what A-19 reads as 1, and what is reconstructed."""
    for clause in clauses.values():
        for _, bound in clause.bounds():
            if not bound.unit or not bound.value:
                continue
            thai = f"{bound.value:,}".translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
            if clause.id not in ("org.mun.s34.3", "org.mun.s28.3.units", "org.mun.s21.sp"):
                assert thai in clause.gloss.th and f"{bound.value:,}" in clause.gloss.en, clause.id
                assert clause.quote is None or f"{bound.value:,}" in clause.quote, clause.id


# ── every reference leads somewhere ───────────────────────────────────────────────────────────────

# Facts besides those of a clause itself, with the places of the clauses in them.
CITES: Mapping[str, tuple[int, ...]] = {
    **{"row": (2,), "opens": (3,), "sets_up": (2,), "limits": (1,), "retypes": (1,), "caveat": (0, 1)},
    **{"adds": (2,), "subtracts": (2,), "ratio": (3,), "mean": (2,)},
    **{"calculates": (0,), "factor": (2,), "full": (2,), "area": (2,), "benefit": (1,)},
    **{"step": (2,), "follows": (0, 1)},
}
ROOTS = set(CITES) - {"caveat", "benefit", "step", "follows"}


def every_reading(library: Library) -> list[KnowledgeBase]:
    """The knowledge base under the usual readings, and under each other one."""
    usual = library.under()
    others = [library.under({r.id: choice}) for r in usual.readings.values() for choice in r.others]
    return [usual, *others]


def test_every_clause_referred_to_exists(library: Library) -> None:
    for kb in (under.described for under in every_reading(library)):
        assert not any(need not in kb.clauses for clause in kb.clauses.values() for need in clause.needs())
        for predicate, places in CITES.items():
            cited = {str(row[place]) for row in kb.rows(predicate) for place in places}
            assert cited and cited <= set(kb.clauses), predicate
        assert all(r in kb.readings for clause in kb.clauses.values() for r in clause.relies)


def test_no_deciding_clause_is_out_of_reach(library: Library) -> None:
    reached: set[str] = set()
    for kb in every_reading(library):
        roots = tuple(str(row[place]) for p in ROOTS for row in kb.rows(p) for place in CITES[p])
        reached |= {clause.id for clause in tree(kb.clauses, roots)}
    clauses = library.under().described.clauses
    deciding = {clause.id for clause in clauses.values() if clause.treatment == "executable"}
    assert deciding - reached == set()
    decided = {c.id for c in clauses.values() if c.treatment == "outside" and c.says is not None}
    assert decided - reached == set()
    assert {clauses[one].treatment for one in reached} == DECIDES


def test_what_a_clause_measures_can_be_measured(library: Library) -> None:
    for kb in every_reading(library):
        quantities = {str(row[0]) for row in kb.rows("quantity")}
        others = {"instrument", "workload_analysis", "section_names", "job_value", "section_job_value"}
        others |= {"vacancy.unit", "vacancy.operating", "vacancy.executive", "filled", "vacant", "delegated"}
        others |= {"status", "unit_kind", "areas", "indicators", "lpa", "planned", "planned_in_unit"}
        others |= {"former_size", "class"}
        for clause in kb.clauses.values():
            if next(clause.bounds(), None):
                assert clause.measures in quantities | others, clause.id
            else:
                assert clause.measures is None, clause.id


# ── the tables, by hand ───────────────────────────────────────────────────────────────────────────

POSTS = ("clerk", "deputy", "office_head", "division_head", "part_head", "section_head")
LEVELS = ("early", "mid", "high")
# The levels of each post in the order of POSTS: e early, m mid, h high, - none.
TABLE = {
    "pao": ("h", "mh", "h", "m", "-", "e"),
    "municipality(ordinary)": ("em", "em", "-", "em", "-", "e"),
    "municipality(ordinary_high)": ("h", "m", "-", "m", "-", "e"),
    "municipality(special)": ("h", "mh", "h", "m", "m", "e"),
    "municipality(special_high)": ("h", "mh", "h", "m", "m", "e"),
    "sao(large)": ("m", "em", "-", "em", "-", "e"),
    "sao(medium)": ("em", "e", "-", "e", "-", "e"),
    "sao(small)": ("e", "-", "-", "e", "-", "-"),
}
# Numbers: what is counted, of which at most so many.
NUMBERS = {
    "pao": {"deputy": 2},
    "municipality(ordinary)": {"deputy": 2},
    "municipality(ordinary_high)": {"deputy": 2},
    "municipality(special)": {"deputy": 3, "deputy, high": 1},
    "municipality(special_high)": {"deputy": 3, "deputy, high": 2},
    "sao(large)": {},
    "sao(medium)": {"section_head in a unit": 2},
    "sao(small)": {"deputy": 0, "section_head in a unit": 0},
}
BURDEN = "burden.mean at_most 35 percent"
PAO = {BURDEN, "investment.mean at_least 20 percent"}
SAO = {BURDEN, "investment.previous at_least 20 percent"}
VACANCY = {"vacancy.unit at_most 20 percent"}
UNIT = {"instrument passed w141_2550", "instrument passed w142_2550"}
S28 = {
    BURDEN,
    "instrument passed kt_no3_2553",
    "delegated at_least 1 units unit(mid)",
    "workload_analysis passed",
}
S29 = {BURDEN, "instrument passed kt_no3_2553", *UNIT}
S34 = {BURDEN, "instrument passed w74_2552", "filled at_least 1 posts post(clerk) post(deputy)"}
DEPUTY = {
    *SAO,
    "instrument passed sao_2550",
    "delegated at_least 1 units unit",
    "workload_analysis passed",
}
REVENUE = "revenue.own at_least 40 million_baht"
NAMES = "section_names passed"
# Every condition of every post and level that has any, whatever tree the clauses build of them.
CONDITIONS: Mapping[tuple[str, str, str], set[str]] = {
    ("pao", "deputy", "mid"): PAO | {"job_value at_least 70 percent"},
    ("pao", "deputy", "high"): PAO | {"job_value at_least 80 percent"},
    ("pao", "office_head", "high"): PAO | VACANCY | {"job_value at_least 80 percent"},
    ("pao", "division_head", "mid"): PAO | VACANCY | {"job_value at_least 70 percent"},
    ("pao", "section_head", "early"): PAO
    | {"section_job_value at_least 60 percent unit_stands_for_sections"},
    ("municipality(ordinary)", "clerk", "mid"): {BURDEN},
    ("municipality(ordinary)", "clerk", "early"): {"burden.mean more_than 35 percent"},
    ("municipality(ordinary)", "deputy", "mid"): S28,
    ("municipality(ordinary)", "division_head", "mid"): S29,
    ("municipality(special)", "deputy", "high"): S34 | {"budget.net at_least 300 million_baht"},
    ("municipality(special)", "office_head", "high"): UNIT,
    ("municipality(special)", "part_head", "mid"): {"unit_kind one_of kind(office)"},
    ("municipality(special_high)", "deputy", "high"): S34,
    ("municipality(special_high)", "office_head", "high"): UNIT,
    ("municipality(special_high)", "part_head", "mid"): {"unit_kind one_of kind(office)"},
    ("sao(large)", "clerk", "mid"): SAO,
    ("sao(large)", "deputy", "early"): DEPUTY,
    ("sao(large)", "deputy", "mid"): DEPUTY | {REVENUE, "filled at_least 1 posts post(division_head,mid)"},
    ("sao(large)", "division_head", "early"): SAO,
    ("sao(large)", "division_head", "mid"): SAO | {REVENUE, "workload_analysis passed"},
    ("sao(large)", "section_head", "early"): SAO | {NAMES, "workload_analysis passed"},
    ("sao(medium)", "clerk", "mid"): SAO
    | {"instrument passed sao_special_2555", "instrument passed w151_2555"},
    ("sao(medium)", "deputy", "early"): DEPUTY,
    ("sao(medium)", "division_head", "early"): SAO,
    ("sao(medium)", "section_head", "early"): SAO | {NAMES, "workload_analysis passed"},
    ("sao(small)", "division_head", "early"): SAO,
}
WORKLOAD = {
    *("indicators at_least 60 percent", "lpa at_least 60 percent", "workload at_least 70 percent"),
    *("areas at_least 3 areas", "efficiency at_least 60 percent"),
}
BASIC = {
    *(BURDEN, "vacancy.executive at_most 0 posts", "vacancy.operating at_most 20 percent"),
    "investment.previous at_least 20 percent",
}
CLASSES = {
    # slide 25: announced to be ordinary either way; the burden decides the clerk's level
    "ordinary": {"former_size one_of size(medium) size(small)", "class one_of class(ordinary)"},
    "ordinary_high": BASIC
    | WORKLOAD
    | {"status one_of status(town)", "budget.net at_least 80 million_baht", "final at_least 75 percent"},
    "special": BASIC
    | WORKLOAD
    | {
        "status one_of status(city) status(town)",
        "budget.net at_least 200 million_baht",
        "final at_least 75 percent",
    },
    "special_high": BASIC
    | WORKLOAD
    | {
        "status one_of status(city)",
        "budget.net at_least 1000 million_baht",
        "final at_least 80 percent",
    },
}


def written(value: Value) -> str:
    """A term as it stands in the files."""
    if not isinstance(value, Fn):
        return str(value)
    return f"{value.name}({','.join(map(written, value.args))})" if value.args else value.name


def opened(kb: KnowledgeBase) -> dict[tuple[str, str, str], str]:
    """The clause that opens each post at each level."""
    rows = [
        (written(scope), written(post), written(level), str(c)) for scope, post, level, c in kb.rows("opens")
    ]
    found = {(scope, post, level): clause for scope, post, level, clause in rows}
    assert len(found) == len(rows)
    return found


def conditions(kb: KnowledgeBase, root: str) -> set[str]:
    """The measured demands on which a clause depends, in words; every gate on the way demands all of its parts."""
    found: set[str] = set()
    clauses = tree(kb.clauses, (root,))
    # Whichever of its parts holds, none of them is demanded.
    free = {part for clause in clauses if clause.says == Fn("k_of", (0,)) for part in clause.parts}
    for clause in clauses:
        assert not clause.exceptions
        demands = [] if clause.id in free else list(clause.bounds())
        assert demands or clause.id in free or clause.op in ("all", "same", "any", "k_of"), clause.id
        for _, bound in demands:
            words = [str(clause.measures), bound.relation]
            words += [str(bound.value), bound.unit] if bound.unit else []
            counted = [str(w.args[0]) if w.name == "instrument" else written(w) for w in clause.counts]
            found.add(" ".join(words + sorted(counted)))
    return found


def numbers(kb: KnowledgeBase) -> dict[str, dict[str, int]]:
    """How many there may be at most, by scope and by what is counted."""
    found: dict[str, dict[str, int]] = {scope: {} for scope in TABLE}
    for scope, clause in kb.rows("limits"):
        limit = kb.clauses[str(clause)]
        ((_, bound),) = limit.bounds()
        assert (bound.relation, bound.unit) == ("at_most", "posts")
        (counted,) = limit.counts
        what = ", ".join(map(written, counted.args))
        what += {"planned": "", "planned_in_unit": " in a unit"}[str(limit.measures)]
        assert what not in found[written(scope)]
        found[written(scope)][what] = bound.value
    return found


def test_posts_are_open_at_the_levels_that_the_slides_print_and_at_no_other(kb: KnowledgeBase) -> None:
    found = opened(kb)
    for scope, row in TABLE.items():
        for post, printed in zip(POSTS, row, strict=True):
            for level in LEVELS:
                assert ((scope, post, level) in found) == (level[0] in printed), (scope, post, level)
    assert len(found) == 44


def test_every_post_of_every_scope_has_the_row_that_speaks_of_it(kb: KnowledgeBase) -> None:
    rows = [(written(scope), written(post)) for scope, post, _ in kb.rows("row")]
    assert sorted(rows) == sorted((scope, post) for scope in TABLE for post in POSTS)
    for scope, _, clause in kb.rows("row"):
        branch = {"pao": "org.pao.s3.", "sao": "org.sao.s38.", "municipality": "org.mun.s15."}
        assert str(clause).startswith(branch[written(scope).partition("(")[0]])


def test_numbers_are_those_that_the_slides_print(kb: KnowledgeBase) -> None:
    assert numbers(kb) == NUMBERS


def test_posts_are_open_on_the_conditions_of_the_slides(kb: KnowledgeBase) -> None:
    for case, clause in opened(kb).items():
        assert conditions(kb, clause) == CONDITIONS.get(case, set()), case


def test_units_of_municipalities_are_set_up_by_slide_35(kb: KnowledgeBase) -> None:
    rows = {(written(scope), written(post), str(clause)) for scope, post, clause in kb.rows("sets_up")}
    municipalities = [scope for scope in TABLE if scope.startswith("municipality")]
    assert rows == {(scope, "division_head", "org.mun.s35.units") for scope in municipalities}
    assert conditions(kb, "org.mun.s35.units") == UNIT


def test_a_municipality_is_retyped_on_the_criteria_of_the_slides(kb: KnowledgeBase) -> None:
    found = {written(class_): conditions(kb, str(clause)) for class_, clause in kb.rows("retypes")}
    assert found == CLASSES


def test_lost_clauses_are_said_with_what_they_bear_on(kb: KnowledgeBase) -> None:
    rubric = "org.pao.s6_11.rubric"
    assert {(str(c), str(lost)) for c, lost in kb.rows("caveat")} == {
        *((f"org.pao.s12.{level}", rubric) for level in LEVELS),
        ("org.sao.s40.scope", "org.sao.s42"),
        ("org.sao.s46.scope", "org.sao.s46.3"),
        ("org.mun.s35.units", "org.mun.s35.mutatis"),
        ("org.mun.s15.sp.dir.high", "org.mun.s15.sp.dir.high.conditions"),
        ("org.mun.s15.sph.dir.high", "org.mun.s15.sph.dir.high.conditions"),
        ("org.mun.s17.ordh.status", "org.mun.s17.ordh.status.conditions"),
    }
    for case, clause in opened(kb).items():
        if any(one.startswith("investment.previous") for one in conditions(kb, clause)):
            assert "org.sao.s40.scope" in {c.id for c in tree(kb.clauses, (clause,))}, case


# ── what else the slides state ────────────────────────────────────────────────────────────────────


def test_the_factors_of_a_job_value_are_those_of_slide_5(kb: KnowledgeBase) -> None:
    found = {str(factor): (most, str(clause)) for factor, most, clause in kb.rows("factor")}
    maxima = {"nature": 100, "management": 150, "communication": 50}
    maxima |= {"operations": 100, "thinking": 100, "impact": 100}
    assert found == {key: (most, f"org.pao.s5.f{n}") for n, (key, most) in enumerate(maxima.items(), 1)}
    assert maxima == FACTORS
    full = {str(quantity): most for quantity, most, _ in kb.rows("full")}
    assert full == {"job_value": 600, "section_job_value": 600, "workload": 100, "efficiency": 100}
    assert FULL_JOB_VALUE == sum(maxima.values()) == 600


def test_six_areas_and_twenty_benefits(kb: KnowledgeBase) -> None:
    areas = ["service_excellence", "high_performance", "professional_officer", "collaboration"]
    areas += ["integrity", "asean"]
    assert sorted((number, str(key)) for key, number, _ in kb.rows("area")) == list(enumerate(areas, 1))
    benefits = {str(key): str(clause) for key, clause in kb.described.rows("benefit")}
    assert benefits == {f"b{n:02}": f"org.s{23 if n < 9 else 24}.b{n:02}" for n in range(1, 21)}


def test_procedures_have_their_steps_in_order(catalogue: Catalogue) -> None:
    found: dict[str, dict[Value, str]] = {}
    for procedure, number, clause in catalogue.kb.rows("step"):
        found.setdefault(written(procedure), {})[number] = str(clause)
        assert catalogue.steps(str(clause)) == ((written(procedure), number),)
    assert {name: list(dict(sorted(steps.items())).values()) for name, steps in found.items()} == {
        "retyping": [
            *(f"org.mun.s21.flow.{step}" for step in ("basic", "committee", "forward", "subcommittee")),
            "org.mun.s21.end",
        ],
        "recruitment": [
            f"org.mun.s26.{step}" for step in ("first", "later", "incumbent", "support", "assign")
        ],
    }


# ── readings ──────────────────────────────────────────────────────────────────────────────────────

# The other readings of what the slides leave open, and what each changes.
SWITCHES: Mapping[str, Mapping[str, str]] = {
    "A-09": {"mid_only": "a limit of deputies at mid level"},
    "A-11": {"unlimited": "no limit of deputies for the ordinary type, high level"},
    "A-12": {"subdistrict": "one more status"},
    "A-14": {"m70_75_80": "70 for the first", "m75_80_80": "80 for the second"},
    "A-15": {"sums": "burden.mean is a ratio"},
    "A-16": {"two": "two units", "not_known": "one or two units"},
    "A-19": {"none_vacant": "no vacant post"},
    "A-25": {"possible": "deputies at mid level in medium SAOs", "one": "one deputy"},
    "A-30": {"chiefs": "the vacant posts of the file"},
    "A-32": {"every": "S28 and S29 everywhere"},
    "B-04": {"every": "read where plans are judged", "raised": "read there too"},
    "B-05": {"own": "the sections' own value"},
    "B-06": {"anywhere": "parts in divisions too"},
    "B-09": {"instrument": "the outcome of the letter"},
}
SETTLED = {"A-10", "A-13", "A-17", "A-18", "A-21", "A-22", "A-24", "A-28", "A-29", "A-31"}


def test_every_ambiguity_of_the_slides_is_a_reading(kb: KnowledgeBase) -> None:
    wanted = {f"A-{n:02}" for n in range(9, 33)} | {"B-04", "B-05", "B-06", "B-09"}
    assert wanted <= set(kb.readings)
    of_persons = {"A-20", "A-23", "A-26", "A-27"}
    assert wanted == {*SWITCHES, *SETTLED, *of_persons}
    for identity, others in SWITCHES.items():
        assert set(kb.readings[identity].others) == set(others), identity
    for identity in SETTLED:
        assert kb.readings[identity].others == (), identity


def test_every_switch_changes_what_it_says(library: Library) -> None:
    def under(identity: str, choice: str) -> KnowledgeBase:
        return library.under({identity: choice})

    assert numbers(under("A-09", "mid_only"))["pao"] == {"deputy, mid": 2}
    assert numbers(under("A-11", "unlimited"))["municipality(ordinary_high)"] == {}
    one = numbers(under("A-25", "one"))
    assert (one["sao(large)"], one["sao(medium)"]["deputy"]) == ({"deputy": 1}, 1)

    def retyping(kb: KnowledgeBase, class_: str) -> set[str]:
        return conditions(kb, f"org.mun.s36.three.{class_}")

    subdistrict = retyping(under("A-12", "subdistrict"), "ordinary_high")
    assert "status one_of status(subdistrict) status(town)" in subdistrict
    lower = under("A-14", "m70_75_80")
    assert "final at_least 70 percent" in retyping(lower, "ordinary_high")
    assert "final at_least 75 percent" in retyping(lower, "special")
    higher = under("A-14", "m75_80_80")
    assert "final at_least 75 percent" in retyping(higher, "ordinary_high")
    assert "final at_least 80 percent" in retyping(higher, "special")
    for kb in (lower, higher):
        assert "final at_least 80 percent" in retyping(kb, "special_high")
    chiefs = retyping(under("A-30", "chiefs"), "special")
    posts = ("clerk", "deputy", "division_head", "office_head")
    assert f"vacant at_most 0 posts {' '.join(f'post({post})' for post in posts)}" in chiefs

    sums = under("A-15", "sums")
    assert not [row for row in sums.rows("mean") if row[0] == "burden.mean"]
    assert [row for row in sums.rows("ratio") if row[0] == "burden.mean"]
    assert not [row for row in sums.rows("calculates") if row[1] == "burden.mean"]

    s28 = conditions(under("A-16", "two"), "org.mun.s28.scope")
    assert s28 == S28 - {"delegated at_least 1 units unit(mid)"} | {"delegated at_least 2 units unit(mid)"}
    unknown = under("A-16", "not_known").clauses["org.mun.s28.3.units"]
    assert [bound.value for _, bound in unknown.bounds()] == [1, 2]
    letter = conditions(under("B-09", "instrument"), "org.mun.s28.scope")
    assert letter == S28 - {"workload_analysis passed"} | {"instrument passed w74_2552"}
    s34 = conditions(under("A-19", "none_vacant"), "org.mun.s34.scope")
    assert "vacant at_most 0 posts post(clerk) post(deputy)" in s34 and len(s34) == len(S34)

    possible = under("A-25", "possible")
    medium = opened(possible)["sao(medium)", "deputy", "mid"]
    assert conditions(possible, medium) == CONDITIONS["sao(large)", "deputy", "mid"]
    every = under("A-32", "every")
    for class_ in ("ordinary_high", "special", "special_high"):
        scope = f"municipality({class_})"
        assert conditions(every, opened(every)[scope, "deputy", "mid"]) == S28
        assert conditions(every, opened(every)[scope, "division_head", "mid"]) == S29
    own = under("B-05", "own")
    assert "section_job_value at_least 60 percent" in conditions(own, "org.pao.s12.early")
    anywhere = under("B-06", "anywhere")
    for class_ in ("special", "special_high"):
        assert conditions(anywhere, opened(anywhere)[f"municipality({class_})", "part_head", "mid"]) == set()


# ── looking things up ─────────────────────────────────────────────────────────────────────────────


def test_a_slide_is_looked_up_by_its_number(catalogue: Catalogue) -> None:
    wanted = {"org.mun.s34.scope", "org.mun.s34.1", "org.mun.s34.2", "org.mun.s34.3"}
    for text in ("S34", "slide 34", "สไลด์ที่ ๓๔", "สไลด์ 34"):
        assert {clause.id for clause in catalogue.find(text)} == wanted, text
    assert [clause.id for clause in catalogue.find("สไลด์ที่ ๔๔ ข้อ ๒.๑")] == ["org.sao.s44.2.1"]
