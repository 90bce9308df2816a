"""A larger knowledge base for tests and measurements: the shipped one with more position standards beside it.

Each further standard is the shipped one in another series, its posts renamed. Standards are linked in a ring: what a
standard counts of its own posts it counts of the next standard's too, so that careers may change from one to another.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from lgreason.rules.knowledge import folder

SHIPPED = "general_admin"
LINKED = {
    "early.q2.2": "early.section_head",
    "mid.q2.1": "early.division_director",
    "high.q2.1": "mid.division_director",
}


def with_standards(root: Path, count: int) -> Path:
    """A copy of the shipped knowledge base at `root`, with so many position standards in all."""
    shutil.copytree(folder("kb"), root)
    series = [SHIPPED, *(f"series_{number}" for number in range(2, count + 1))]
    for name in series[1:]:
        (root / "std" / name).mkdir()
        for level in ("early", "mid", "high"):
            text = (root / "std" / SHIPPED / f"{level}.lp").read_text(encoding="utf-8")
            (root / "std" / name / f"{level}.lp").write_text(_renamed(text, name), encoding="utf-8")
        for file in ("vocabulary.lp", "documents.lp"):
            path = root / file
            text = path.read_text(encoding="utf-8")
            wanted = r'"general_admin\.|series, "general_admin"|"std\.general_admin"'
            facts = [line for line in text.splitlines() if re.search(wanted, line) and line[:1].isalpha()]
            own = [_renamed(line, name) for line in facts if not line.startswith("alias")]
            if own:
                path.write_text("\n".join([text, *own, ""]), encoding="utf-8")
    links = []
    for name, after in zip(series, [*series[1:], series[0]], strict=True):
        for clause, post in LINKED.items() if count > 1 else ():
            links.append(f'counts("std.{name}.{clause}", position("{after}.{post}")).')
    (root / "std" / "links.lp").write_text("\n".join([*links, ""]), encoding="utf-8")
    return root


def _renamed(text: str, series: str) -> str:
    """The same facts of another series; the kind of work called general_admin stays."""
    text = re.sub(r'"(std\.)?general_admin(?=[."])', lambda match: f'"{match[1] or ""}{series}', text)
    return text.replace("series(general_admin)", f"series({series})").replace(
        ", general_admin).   rank", f", {series}).   rank"
    )
