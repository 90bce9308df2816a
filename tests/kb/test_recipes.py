"""The recipes of CONTRIBUTING.md, followed word for word."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from lgreason.answers.session import Session
from lgreason.rules.knowledge import Library, folder
from lgreason.rules.soundness import check
from tests import forked

ROOT = Path(__file__).parents[2]


def recipe() -> tuple[str, str]:
    """The clause and the standard of the guide."""
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    clause, standard = re.findall(r"```prolog\n(.*?)```", guide, re.S)
    return clause, standard


def with_standard(kb: Path, name: str, text: str) -> None:
    (kb / "std" / name).mkdir()
    (kb / "std" / name / "early.lp").write_text(text, encoding="utf-8")


def test_a_second_standard_needs_its_folder_alone(tmp_path: Path) -> None:
    clause, standard = recipe()
    kb = tmp_path / "kb"
    shutil.copytree(folder("kb"), kb)
    with_standard(kb, "example", standard + clause)
    for degree in ("bachelor", "diploma"):
        entry = {"degree": degree, "field": "law"}
        document = {"kind": "person", "id": degree, "name": "นายทดสอบ", "education": [entry]}
        (tmp_path / f"{degree}.json").write_text(json.dumps(document), encoding="utf-8")
    command = [
        "check",
        str(tmp_path / "bachelor.json"),
        "หัวหน้าฝ่ายตัวอย่าง ระดับต้น",
        "--kb",
        str(kb),
        "--format",
        "json",
    ]
    done = forked.run(*command)  # the command judges the base before it answers
    assert done.stderr == b""
    (verdict,) = json.loads(done.stdout)["verdicts"]
    assert verdict["verdict"] == "eligible"
    session = Session(library=Library(kb))
    case = session.judges.judge.case(session.person(str(tmp_path / "diploma.json")), session.day)
    assert case.verdict(verdict["position"]) == "ineligible"


def test_the_recipe_is_sound_and_a_forgotten_line_of_it_is_told(tmp_path: Path) -> None:
    """The standard of the guide beside another made from it without a line: that line alone is missing."""
    clause, standard = recipe()
    kb = tmp_path / "kb"
    shutil.copytree(
        folder("kb"), kb, ignore=shutil.ignore_patterns("words")
    )  # what people write is judged apart
    with_standard(kb, "example", standard + clause)
    lines = [line for line in (standard + clause).splitlines() if not line.startswith("rank(")]
    with_standard(kb, "sample", "\n".join(lines).replace("example", "sample").replace("ตัวอย่าง", "ทดลอง"))
    (finding,) = check(kb)
    assert finding.place is not None and "sample" in finding.place.file
    assert (finding.code, finding.args["missing"]) == ("kb_lacks", "rank")
