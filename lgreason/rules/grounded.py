"""The theory grounded over clause trees, kept between runs: clingo is needed only when clauses are new."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

from lgreason.rules.decider import Ground
from lgreason.rules.kept import Store
from lgreason.rules.model import Clause, leaves, structure

_HERE = Path(__file__).parent
_MADE_BY = (
    *(_HERE / name for name in ("grounded.py", "model.py")),
    *(_HERE / "solver" / name for name in ("control.py", "deciding.py")),
)


def grounded(programs: Sequence[Path], clauses: tuple[Clause, ...], keep: bool) -> Ground:
    """The theory in `programs` grounded over clauses, from an earlier run if it was kept; raises `SolverError`.

    What comes from a user's rules may be another next time, and is not kept.
    """
    demanded = repr([(clause.id, clause.says, clause.parts, clause.exceptions) for clause in clauses])
    store = Store(f"ground-{zlib.crc32(demanded.encode()):08x}", (*programs, *_MADE_BY))
    if (found := store.read()) is not None:
        of, plain = found
        if of == demanded:
            return Ground(*plain)
    from lgreason.rules.solver.deciding import ground

    made = ground(programs, structure(clauses), leaves(clauses))
    if keep:
        store.write((demanded, tuple(made)))
    return made
