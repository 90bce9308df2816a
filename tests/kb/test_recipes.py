"""The recipes of CONTRIBUTING.md, followed word for word."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from lgreason.rules.knowledge import folder
from lgreason.rules.soundness import check
from tests import forked

ROOT = Path(__file__).parents[2]


def test_a_second_standard_needs_its_folder_alone(tmp_path: Path) -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    clause, standard = re.findall(r"```prolog\n(.*?)```", guide, re.S)
    kb = tmp_path / "kb"
    shutil.copytree(folder("kb"), kb)
    (kb / "std" / "example").mkdir()
    (kb / "std" / "example" / "early.lp").write_text(standard + clause, encoding="utf-8")
    assert check(kb) == ()
    verdicts = {}
    for degree in ("bachelor", "diploma"):
        person = tmp_path / f"{degree}.json"
        entry = {"degree": degree, "field": "law"}
        person.write_text(
            json.dumps({"kind": "person", "id": degree, "name": "นายทดสอบ", "education": [entry]}),
            encoding="utf-8",
        )
        command = ["check", str(person), "หัวหน้าฝ่ายตัวอย่าง ระดับต้น", "--kb", str(kb), "--format", "json"]
        done = forked.run(*command)
        assert done.stderr == b""
        verdicts[degree] = json.loads(done.stdout)["verdicts"][0]["verdict"]
    assert verdicts == {"bachelor": "eligible", "diploma": "ineligible"}


def test_a_forgotten_line_of_the_recipe_is_told(tmp_path: Path) -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    clause, standard = re.findall(r"```prolog\n(.*?)```", guide, re.S)
    kb = tmp_path / "kb"
    shutil.copytree(folder("kb"), kb)
    (kb / "std" / "example").mkdir()
    lines = [line for line in standard.splitlines() if not line.startswith("rank(")]
    (kb / "std" / "example" / "early.lp").write_text("\n".join([*lines, clause]), encoding="utf-8")
    (finding,) = check(kb)
    assert (finding.code, finding.args["missing"]) == ("kb_lacks", "rank")
