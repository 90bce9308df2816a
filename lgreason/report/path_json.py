"""Career paths as `lgreason.paths/1`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lgreason.reasoning.path import Effort, Path, Paths, Step
from lgreason.reasoning.path_ledger import Act
from lgreason.report.as_json import missing_document
from lgreason.report.path_text import PathText
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import LANGUAGES
from lgreason.rules.vocabulary import Vocabulary

Document = dict[str, Any]


def paths_document(paths: Paths, kb: KnowledgeBase, vocabulary: Vocabulary, most: int) -> Document:
    """`lgreason.paths/1`: the careers with every step in both languages."""
    texts = {language: PathText(paths, kb, vocabulary, Wording(language, "arabic")) for language in LANGUAGES}

    def told(say: Callable[[PathText], str]) -> Document:
        return {language: say(text) for language, text in texts.items()}

    def act_document(act: Act) -> Document:
        degree = {"degree": act.degree} if act.degree else {}
        return {"kind": act.kind, **degree, "choices": list(act.choices)}

    def effort_document(effort: Effort, path: Path) -> Document:
        return {
            **act_document(effort.act),
            "by": path.steps[effort.step].start.isoformat(),
            "step": effort.step + 1,
            "instead": [act_document(act) for act in effort.instead],
            "text": told(lambda text: text.effort(effort, path)),
        }

    def step_document(number: int, step: Step) -> Document:
        return {
            "position": step.position,
            "from": step.start.isoformat(),
            "until": step.until.isoformat() if step.until else None,
            "because": list(step.because),
            "qualified": step.qualified.isoformat() if step.qualified else None,
            "complete": step.complete.isoformat() if step.complete else None,
            "waits": step.waits,
            "sooner": [{**act_document(one.act), "from": one.day.isoformat()} for one in step.sooner],
            "text": told(lambda text: f"{text.step(number, step)} · {text.reason(step)}"),
        }

    def path_document(path: Path) -> Document:
        return {
            "arrives": path.arrives.isoformat(),
            "moves": len(path.steps),
            "degrees": path.degrees,
            "steps": [step_document(number, step) for number, step in enumerate(path.steps, 1)],
            "acts": [effort_document(effort, path) for effort in path.efforts],
        }

    by = {"by": paths.aim.by.isoformat()} if paths.aim.by else {}
    return {
        "schema": "lgreason.paths/1",
        "person": paths.person.id,
        "position": paths.aim.position,
        "as_of": paths.day.isoformat(),
        "verdict": paths.verdict,
        "held": paths.held,
        "from": paths.first_move.isoformat(),
        **by,
        "require": sorted(paths.aim.require),
        "avoid": sorted(paths.aim.avoid),
        "most_moves": paths.aim.moves,
        "count": len(paths.found),
        "paths": [path_document(path) for path in paths.found[:most]],
        "assumptions": [
            {"id": key, "text": told(lambda text, key=key: text.assumption(key))}  # type: ignore[misc]
            for key in (texts["th"].assumptions() if paths.found else ())
        ],
        "missing": [missing_document(fact) for fact in paths.missing],
    }
