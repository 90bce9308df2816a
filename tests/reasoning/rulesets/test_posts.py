"""What a change of rules changes for organisations: an invented notice before and after its days."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

from click.testing import CliRunner

from lgreason.cli.app import program
from lgreason.language.comparing.comparing import side_of
from lgreason.reasoning.rulesets.posts import OrganisationRules, PostDifference, PostDifferences
from lgreason.rules.knowledge import Library
from lgreason.rules.terms import Fn

NOTICE = Path(__file__).parents[3] / "docs" / "examples" / "rules" / "municipality.th.rules"
DAY = date(2026, 6, 30)


@cache
def library() -> Library:
    return Library()


def of(written: str) -> OrganisationRules:
    return OrganisationRules.of(side_of(written, library(), DAY, {})[0])


@cache
def changed(old: str, new: str) -> dict[tuple[str, str, str], PostDifference]:
    found = PostDifferences(of(f"{NOTICE}@{old}"), of(f"{NOTICE}@{new}")).found
    return {
        (str(each.scope.args[0].name if each.scope.args else each.scope.name), each.post, each.level): each
        for each in found
        if not each.alike or each.numbers[0] != each.numbers[1]
    }


def test_a_condition_added_refuses_who_just_misses_it() -> None:
    """A quarter of the budget must be invested: of 100 million, or whatever it is, one unit less is refused."""
    found = changed("2026-09-30", "2026-10-01")
    assert set(found) == {("special", "deputy", "high"), ("special", "deputy", "mid")}
    assert found["special", "deputy", "mid"].numbers == (3, 2)
    high = found["special", "deputy", "high"]
    assert high.gains.proved
    witness = high.losses.witness
    assert witness is not None
    previous = witness["fiscal"]["previous"]
    assert previous["investment"] * 100 < previous["budget"] * 25
    assert (high.losses.before, high.losses.after) == ("allowed", "forbidden")


def test_an_amended_figure_refuses_who_has_the_old_one_exactly() -> None:
    """From 1 October 2027 the net budget must be 350 million: 300 to the baht was enough before."""
    found = changed("2027-09-30", "2027-10-01")
    assert set(found) == {("special", "deputy", "high")}
    witness = found["special", "deputy", "high"].losses.witness
    assert witness is not None
    previous = witness["fiscal"]["previous"]
    assert previous["budget"] - previous["loans"] - previous["salary_subsidies"] == 300_000_000


def test_rules_on_persons_alone_change_nothing_for_organisations() -> None:
    digital = NOTICE.with_name("digital.th.rules")
    assert PostDifferences(of("base"), of(str(digital))).alike


def run(*arguments: str):
    return CliRunner().invoke(program, list(arguments), standalone_mode=False)


def test_the_file_shown_is_one_that_posts_accepts(tmp_path: Path) -> None:
    sides = [f"{NOTICE}@2027-09-30", f"{NOTICE}@2027-10-01"]
    document = json.loads(run("rules", "diff", *sides, "--format", "json").stdout)
    (post,) = document["posts"]
    assert (post["kind"], post["post"], post["level"]) == ("special", "deputy", "high")
    file = tmp_path / "witness.json"
    file.write_text(json.dumps(post["losses"]["witness"]), encoding="utf-8")
    for day, verdict in (("2027-09-30", "allowed"), ("2027-10-01", "forbidden")):
        done = run("posts", str(file), "--rules", str(NOTICE), "--as-of", day, "--format", "json")
        found = {(p["post"], p["level"]): p["verdict"] for p in json.loads(done.stdout)["posts"]}
        assert found["deputy", "high"] == verdict


def ruled(tmp_path: Path, sentence: str, amends: str) -> OrganisationRules:
    file = tmp_path / "some.rules"
    rule = f'rule t.x\n  document: org\n  place: "ก" / "a"\n  in force: from 1 January 2020\n  amends: {amends}\n'
    file.write_text(f"{rule}  provides that {sentence}\n", encoding="utf-8")
    return of(str(file))


def test_a_lower_number_refuses_a_structure_that_stands_today(tmp_path: Path) -> None:
    """Three deputies of a special municipality become two: who keeps three may no longer; nobody gains."""
    new = ruled(
        tmp_path,
        "municipality, special type may have deputy clerk not more than 2 posts",
        "org.mun.s15.sp.deputy.number",
    )
    (found,) = [each for each in PostDifferences(of("base"), new).found if each.numbers[0] != each.numbers[1]]
    gained, lost = found.plans
    assert (found.post, found.level, found.numbers) == ("deputy", "mid", (3, 2))
    assert gained.proved and found.gains.proved and found.losses.proved
    assert lost.witness is not None and (lost.before, lost.after) == ("allowed", "forbidden")
    assert lost.witness["plan"]["deputies"] == [{"level": "mid"}] * 3
    assert len(lost.witness["posts"]["deputies"]) == 3


def test_an_amount_calculated_otherwise_touches_who_stands_at_the_bound(tmp_path: Path) -> None:
    """Subsidies for salaries no longer taken off: one baht of them lifts the net budget over 300 million."""
    new = ruled(tmp_path, "budget.net means previous.budget less previous.loans", "org.mun.s18.budget")
    found = PostDifferences(of("base"), new).found
    asked = (Fn("municipality", (Fn("special"),)), "deputy", "high")
    (witness,) = [each.gains.witness for each in found if (each.scope, each.post, each.level) == asked]
    assert witness is not None
    previous = witness["fiscal"]["previous"]
    assert previous["budget"] - previous["loans"] >= 300_000_000
    assert previous["budget"] - previous["loans"] - previous["salary_subsidies"] < 300_000_000


def test_a_condition_put_in_another_order_changes_nothing(tmp_path: Path) -> None:
    """The rule stands beside those of the table; both ask for two letters, in either order."""
    sides = []
    for number, (first, second) in enumerate((("w141_2550", "w142_2550"), ("w142_2550", "w141_2550"))):
        file = tmp_path / f"{number}.rules"
        file.write_text(
            'rule t.x\n  document: org\n  place: "ก" / "a"\n  in force: from 1 January 2020\n'
            "  provides that deputy clerk of municipality, special type may be set at high, only if they meet "
            f"all of the following: (1) pass {first} (2) pass {second}\n",
            encoding="utf-8",
        )
        sides.append(of(str(file)))
    assert not PostDifferences(*sides).same and PostDifferences(*sides).alike
