"""Products of rows worked out: of all rows together, and of all but one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from math import inf, prod

from lgreason.reasoning.structures.digits import BLOCK, Digits, Table, bits_needed, factors
from lgreason.reasoning.structures.products import Degrees, OptionGroup, Part, Products, ProductSought
from lgreason.reasoning.structures.sums import MOST_EFFORT, LimitReached

OVERHEAD = 1_000
"""To shift and add a block takes as long as it takes for so many bytes besides those it has."""
NEAR = 8
"""By what part of the greatest limit tables may reach further for a row to be taken away again by division."""
FEW = 2
"""So many rows are multiplied anew rather than taken away with the rest."""
Tables = dict[Degrees, Table]
"""The coefficients of a product."""
Others = dict[Degrees, tuple[Table, int]]
"""The coefficients of the product of all rows but one, each with how many of its digits are known."""


class Worked:
    """Some products of the same rows, either all with sums of costs or all without."""

    def __init__(self, products: Products, jobs: Sequence[ProductSought], priced: bool) -> None:
        """Take the products."""
        self.jobs = jobs
        self._rows = range(len(products.rows))
        self._priced = priced
        known: dict[object, Part] = {}

        def shared(number: int, job: ProductSought) -> Part:
            part = products.part(number, job, priced)
            return known.setdefault(tuple(part.items()), part)

        # Parts that are alike are one and the same, so that what is worked out of them is found again.
        self._parts = [[shared(number, job) for number in self._rows] for job in jobs]
        self._keys = [[_key(part, job) for part in of] for job, of in zip(jobs, self._parts, strict=True)]
        costs = [_costs(row, priced) for row in products.rows]
        self._sizes = [row.total() for row in costs]
        # What is alike in all products comes first, and is worked out once; what is alike in few comes last.
        different = [len({keys[number] for keys in self._keys}) for number in self._rows]
        self._order = sorted(self._rows, key=different.__getitem__)
        self._alike = [number for number in self._order if different[number] == 1]
        self._unlike = self._order[len(self._alike) :]
        limits = [b for job in jobs for wanted in job.wanted.values() for b in wanted if b is not None]
        top = max(limits, default=0)
        self._near = top // NEAR
        further = {_further(part, job) for job, of in zip(jobs, self._parts, strict=True) for part in of}
        top += max((int(each) for each in further if each <= self._near), default=0)
        every = prod(self._sizes).bit_length()
        bits = min(every, bits_needed(costs, top // BLOCK * BLOCK + BLOCK)) if priced else every
        self.digits = Digits(top, bits)

    def effort(self, by_option: bool) -> int:
        """About how many bytes are shifted and added for all products, and for those without each row."""
        first = sum(_terms(self._parts[0][row]) for row in self._alike)
        later = [
            _size(job) * sum(_terms(parts[row]) for row in self._unlike)
            for job, parts in zip(self.jobs, self._parts, strict=True)
        ]
        steps = first + sum(later)
        if by_option:
            few = len(self._unlike) <= FEW
            steps += 2 * first + (len(self._alike) * sum(later) if few else len(self.jobs) * first)
            for job, parts in zip(self.jobs, self._parts, strict=True):
                for row in self._unlike:
                    near = _further(parts[row], job) <= self._near
                    steps += _size(job) * (2 * _terms(parts[row]) if near else sum(map(_terms, parts)))
        return steps * (self.digits.size + OVERHEAD * self.digits.number)

    # ── all rows ────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def whole(self) -> list[Tables]:
        """Every product."""
        return self._product(self._order)

    def _product(self, rows: Iterable[int]) -> list[Tables]:
        """Some rows of every product; what is the same in several products is worked out once."""
        at = [0] * len(self.jobs)
        digits, ways = self._digits(1), 1
        found: dict[int, Tables] = {0: {self._nothing: digits.one()}}
        for row in rows:
            ways *= self._sizes[row]
            digits, found = _widened(found, digits, self._digits(ways))
            further: dict[object, int] = {}
            made: dict[int, Tables] = {}
            for number, job in enumerate(self.jobs):
                key = at[number], self._keys[number][row]
                if key not in further:
                    further[key] = len(further)
                    made[further[key]] = _times(digits, found[at[number]], self._parts[number][row], job.most)
                at[number] = further[key]
            found = made
        _, found = _widened(found, digits, self.digits)
        return [found[number] for number in at]

    @property
    def _nothing(self) -> Degrees:
        return (0,) * len(self.jobs[0].most)

    def _digits(self, ways: int) -> Digits:
        """Digits wide enough for so many ways, in few different widths."""
        full, bits = self.digits.width, ways.bit_length()
        wide = next((full * n // 3 for n in (1, 2) if full * n // 3 >= bits), full) if self._priced else full
        return Digits(self.digits.top, wide) if wide + 8 < full else self.digits

    # ── all rows but one ────────────────────────────────────────────────────────────────────────

    def others(self, number: int, row: int) -> Others:
        """A product (by its number) without a row; for rows alike worked out once."""
        return self._once((number, id(self._parts[number][row])), lambda: self._others(number, row))

    def _once(self, key: tuple[int, int], make: Callable[[], Others]) -> Others:
        if key not in self._found:
            self._found[key] = make()
        return self._found[key]

    @cached_property
    def _found(self) -> dict[tuple[int, int], Others]:
        return {}

    def _others(self, number: int, row: int) -> Others:
        job, parts = self.jobs[number], self._parts[number]
        part = parts[row]
        if not part or _further(part, job) > self._near:
            tables: Tables = {self._nothing: self.digits.one()}
            for other in self._order:
                tables = tables if other == row else _times(self.digits, tables, parts[other], job.most)
            return {degrees: (table, self.digits.top + 1) for degrees, table in tables.items()}
        if row not in self._alike or len(self._unlike) > FEW:
            return self._quotient(self.whole[number], part, job.most)
        # All products without what differs among them, and without the row: then with what differs.
        most = job.most if any(any(adds) for n in self._alike for adds in parts[n]) else self._nothing
        found = self._once((-1, id(part)), lambda: self._quotient(self._of_alike, part, most))
        known = {of for _, of in found.values()}
        tables = {degrees: table for degrees, (table, _) in found.items()}
        for other in self._unlike:
            tables = _times(self.digits, tables, parts[other], job.most)
        return {degrees: (table, min(known)) for degrees, table in tables.items()}

    @cached_property
    def _of_alike(self) -> Tables:
        return self._product(self._alike)[0]

    def _quotient(self, whole: Tables, part: Part, most: Degrees) -> Others:
        """A product without one of its rows."""
        low, digits = _low(part), self.digits
        found: Others = {}
        for degrees in product(*(range(high - least + 1) for high, least in zip(most, low, strict=True))):
            table = whole.get(_plus(degrees, low))
            sums, known = list(table) if table is not None else digits.none(), digits.top + 1
            for adds, costs in part.items():
                before = tuple(d - a + b for d, a, b in zip(degrees, adds, low, strict=True))
                if adds != low and before in found:
                    other, so_far = found[before]
                    digits.add(sums, other, costs, -1)
                    known = min(known, so_far + costs[0][0])
            found[degrees] = digits.without(sums, part[low], known), known - part[low][0][0]
        return found


def _costs(row: Iterable[OptionGroup], priced: bool) -> Counter[int]:
    """The options of a row by their cost; all at none where costs are not told apart."""
    found: Counter[int] = Counter()
    for group in row:
        for cost, places in group.places.items():
            found[cost if priced else 0] += len(places)
    return found


def _key(part: Part, job: ProductSought) -> object:
    """What tells what a row does to a product from what another does to another."""
    return id(part), job.most if any(map(any, part)) else None


def _further(part: Part, job: ProductSought) -> float:
    """How many steps further tables must reach for a row to be taken away again; without end where it cannot be.

    What adds least must be dearer than other options by little: by so much less is known of what is left.
    """
    if not part:
        return 0
    low = _low(part)
    if low not in part:
        return inf
    return (part[low][0][0] - min(costs[0][0] for costs in part.values())) * (1 + sum(job.most))


def _times(digits: Digits, tables: Mapping[Degrees, Table], part: Part, most: Degrees) -> Tables:
    """Some coefficients with one more row, as far as they are wanted."""
    sums: Tables = {}
    for degrees, table in tables.items():
        for adds, costs in part.items():
            of = _plus(degrees, adds)
            if all(map(int.__le__, of, most)):
                digits.add(sums.setdefault(of, digits.none()), table, costs)
    return {of: digits.carried(table) for of, table in sums.items()}


def _widened(found: dict[int, Tables], digits: Digits, wider: Digits) -> tuple[Digits, dict[int, Tables]]:
    if wider.width <= digits.width:
        return digits, found
    return wider, {
        number: {of: wider.wider(table, digits) for of, table in tables.items()}
        for number, tables in found.items()
    }


def _plus(one: Degrees, other: Degrees) -> Degrees:
    return tuple(map(int.__add__, one, other))


def _low(part: Part) -> Degrees:
    """The least that the options of a row add, dimension by dimension."""
    return tuple(map(min, zip(*part, strict=True)))


def _terms(part: Part) -> int:
    return sum(len(factor) for costs in part.values() for factor in factors(costs))


def _size(job: ProductSought) -> int:
    return prod(most + 1 for most in job.most)


# ── answers ─────────────────────────────────────────────────────────────────────────────────────


def counted(products: Products) -> tuple[int, int]:
    """How many structures are surely valid, and how many valid. Raises `LimitReached` if that takes too much."""
    sure = valid = 0
    for worked in _worked(products, by_option=False):
        for job, tables in zip(worked.jobs, worked.whole, strict=True):
            for degrees, wanted in job.wanted.items():
                if (table := tables.get(degrees)) is None:
                    continue
                for bound, (one, other) in wanted.items():
                    ways = worked.digits.at(table, bound or 0)
                    sure, valid = sure + one * ways, valid + other * ways
    return sure, valid


def counted_by_option(products: Products, sizes: Sequence[int]) -> list[list[tuple[int, int]]]:
    """The same for each option of each row. Raises `LimitReached` if that takes too much."""
    found = [[(0, 0)] * size for size in sizes]
    for worked in _worked(products, by_option=True):
        for number in range(len(worked.jobs)):
            for row in range(len(sizes)):
                for places, sure, valid in _having(products, worked, number, row):
                    for at in places:
                        one, other = found[row][at]
                        found[row][at] = one + sure, other + valid
    return found


def _having(
    products: Products, worked: Worked, number: int, row: int
) -> Iterator[tuple[tuple[int, ...], int, int]]:
    """What a product has to say of the options of a row."""
    job, others = worked.jobs[number], worked.others(number, row)
    seen: dict[tuple[Degrees, int], tuple[int, int]] = {}
    for group in (products.rows[row][n] for n in job.allowed[row]):
        adds = products.degrees(group.counts, job.exact)
        for cost, places in group.places.items():
            if (adds, cost) not in seen:
                sure = valid = 0
                for degrees, wanted in job.wanted.items():
                    table, known = others.get(tuple(map(int.__sub__, degrees, adds)), ([], 0))
                    for bound, (one, other) in wanted.items() if table else ():
                        at = 0 if bound is None else bound - cost
                        assert at < known
                        ways = worked.digits.at(table, at) if at >= 0 else 0
                        sure, valid = sure + one * ways, valid + other * ways
                seen[adds, cost] = sure, valid
            yield places, *seen[adds, cost]


def _worked(products: Products, by_option: bool) -> list[Worked]:
    jobs = [(priced, [job for job in products.jobs if job.priced is priced]) for priced in (False, True)]
    found = [Worked(products, of, priced) for priced, of in jobs if of]
    if sum(worked.effort(by_option) for worked in found) > MOST_EFFORT:
        raise LimitReached(MOST_EFFORT)
    return found
