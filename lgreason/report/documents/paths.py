"""Career paths as `lgreason.paths/1`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lgreason.reasoning.persons.path import Effort, Path, Paths, Sooner, Step
from lgreason.reasoning.persons.path_ledger import Act
from lgreason.report.documents.persons import entry_document, missing_document
from lgreason.report.text.paths import PathText
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import LANGUAGES
from lgreason.words.vocabulary import Vocabulary

Document = dict[str, Any]


def paths_document(paths: Paths, kb: KnowledgeBase, vocabulary: Vocabulary, most: int) -> Document:
    """`lgreason.paths/1`: the careers with every step in both languages."""
    texts = {language: PathText(paths, kb, vocabulary, Wording(language, "arabic")) for language in LANGUAGES}

    def told(say: Callable[[PathText], str]) -> Document:
        return {language: say(text) for language, text in texts.items()}

    def act_document(act: Act) -> Document:
        degree = {"degree": act.degree} if act.degree else {}
        return {"kind": act.kind, **degree, "choices": list(act.choices)}

    def sooner_document(sooner: Sooner) -> Document:
        if isinstance(sooner.what, Act):
            return {**act_document(sooner.what), "from": sooner.day.isoformat()}
        entry = {} if sooner.what.entry is None else {"entry": entry_document(sooner.what.entry)}
        choices = list(sooner.what.choices)
        return {"kind": sooner.what.kind, "choices": choices, **entry, "from": sooner.day.isoformat()}

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
            "sooner": [sooner_document(one) for one in step.sooner],
            "text": told(lambda text: f"{text.step(number, step)} · {text.reason(step)}"),
        }

    def assumption_document(key: str) -> Document:
        return {"id": key, "text": told(lambda text: text.assumption(key))}

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
        "complete": not paths.cut,
        "paths": [path_document(path) for path in paths.found[:most]],
        "assumptions": [
            assumption_document(key) for key in (texts["th"].assumptions() if paths.found else ())
        ],
        "missing": [missing_document(fact) for fact in paths.missing],
    }
