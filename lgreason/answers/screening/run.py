"""Screening a roster from end to end: read once, screened chunk by chunk, each chunk finished for good.

Everything on the way lies in a folder of work beside the output. A run that was stopped, however it was, goes on from
the chunks that are finished; a run of other input, rules or days begins anew.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from lgreason.files.roster.loading import Roster
from lgreason.files.roster.sheets import column_batches, column_file, needed, unreadable
from lgreason.reasoning.screening.batch import Rules, screen_batch

CHUNK = 32_768
"""So many persons are screened at a time."""
FEW = 20_000
"""Up to so many persons one process is faster than several."""
Progress = Callable[[int, int], None]
"""Told how many persons of how many are finished."""


@dataclass(frozen=True)
class Work:
    """The folder of work of one run."""

    folder: Path

    @property
    def answers(self) -> Path:
        """Where the finished chunks are."""
        return self.folder / "answers"

    def chunks(self) -> list[Path]:
        """The finished chunks, in the order of the roster."""
        return sorted(self.answers.glob("*.parquet"))

    def remove(self) -> None:
        """Remove the folder: all is finished."""
        shutil.rmtree(self.folder, ignore_errors=True)


def work_for(folder: Path, key: str) -> Work:
    """The folder of work, with what is finished of a run with this key, and without what is of another."""
    told = folder / "key"
    if not told.is_file() or told.read_text(encoding="utf-8") != key:
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "answers").mkdir(parents=True)
        told.write_text(key, encoding="utf-8")
    (folder / "answers").mkdir(exist_ok=True)
    return Work(folder)


def screen_roster(roster: Roster, rules: Rules, as_of: date, work: Work, progress: Progress) -> None:
    """Screen everyone of a roster; afterwards every chunk of the work is there."""
    doubled = _doubled(roster.files)
    done = _Done(progress, roster.persons)
    waiting = done.left(enumerate(_tables(roster.files)), work)
    workers = os.cpu_count() or 1
    if roster.persons <= FEW or workers == 1:
        for number, table in waiting:
            done.add(_finish(_once(table, doubled), rules, as_of, _chunk(work, number)))
        if not work.chunks():  # everybody was set aside while the roster was read
            nobody = column_file(str(roster.files[0])).schema_arrow.empty_table()
            _finish(nobody, rules, as_of, _chunk(work, 0))
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_alone) as pool:
        running: set[Future[int]] = set()
        try:
            for number, table in waiting:
                if len(running) > workers:
                    finished, running = wait(running, return_when=FIRST_COMPLETED)
                    done.add(*(each.result() for each in finished))
                task = (_once(table, doubled), rules, as_of, _chunk(work, number))
                running.add(pool.submit(_finish, *task))
            for each in running:
                done.add(each.result())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


class _Done:
    """How many persons are finished."""

    def __init__(self, progress: Progress, persons: int) -> None:
        self._progress = progress
        self._persons = persons
        self.count = 0

    def left(self, tables: Iterable[tuple[int, Any]], work: Work) -> Iterator[tuple[int, Any]]:
        """The chunks that are not finished yet; those that are count as done."""
        for number, table in tables:
            if _chunk(work, number).is_file():
                self.add(table.num_rows)
            else:
                yield number, table

    def add(self, *counts: int) -> None:
        self.count += sum(counts)
        self._progress(min(self.count, self._persons), self._persons)


def _alone() -> None:
    needed("pyarrow").set_cpu_count(1)


def _chunk(work: Work, number: int) -> Path:
    return work.answers / f"{number:06d}.parquet"


def _tables(files: Sequence[Path]) -> Iterator[Any]:
    pa = needed("pyarrow")
    for file in files:
        source = column_file(str(file))
        names = [name for name in source.schema_arrow.names if name != "name"]
        for batch in column_batches(str(file), CHUNK, names):
            yield pa.Table.from_batches([batch])


def _doubled(files: Sequence[Path]) -> Any:
    """The ids that stand in the column files more than once."""
    duckdb = needed("duckdb")
    listed = "[" + ", ".join("'" + str(file).replace("'", "''") + "'" for file in files) + "]"
    ids = f"SELECT CAST(id AS VARCHAR) AS id FROM read_parquet({listed})"
    query = f"{ids} GROUP BY id HAVING count(*) > 1 OR id IS NULL"
    try:
        found = duckdb.connect().sql(query).to_arrow_table()
    except duckdb.Error as error:  # a part of a file is broken, or it has no ids
        raise unreadable(", ".join(map(str, files)), error) from None
    return found["id"].combine_chunks() if found.num_rows else None


def _once(table: Any, doubled: Any) -> Any:
    """The table without the persons whose id is not theirs alone."""
    if doubled is None:
        return table
    compute = needed("pyarrow.compute")
    ids = table["id"].cast(needed("pyarrow").string())
    return table.filter(compute.invert(compute.is_in(ids, value_set=doubled)))


def _finish(table: Any, rules: Rules, as_of: date, path: Path) -> int:
    """Screen a chunk and write its answers; a chunk that is there is whole."""
    answers = screen_batch(table, rules, as_of, with_warnings=True)
    partial = path.with_name(f".{path.name}.tmp")
    needed("pyarrow.parquet").write_table(answers, partial, compression="zstd", compression_level=1)
    partial.replace(path)
    return int(table.num_rows)


def doubled_ids(files: Sequence[Path]) -> list[str | None]:
    """The ids that stand in the column files more than once, or are missing."""
    found = _doubled(files)
    return [] if found is None else list(found.to_pylist())
