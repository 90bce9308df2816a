"""Random statements of the rule language: sentences drawn from what the grammar can say, made to hold together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from lgreason.language.clauses.stating import Stating
from lgreason.language.grammar.nodes import Node, WordNode
from lgreason.language.lexicon.lexicon import RuleLexicon
from lgreason.language.lexicon.lists import CATEGORIES, NAMED_OF
from lgreason.language.reading.parsing import MOST_NESTED
from lgreason.language.statements.records import Definition, Example, Rule
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Language, Text

TIME = ("years", "months")
ALL_RIDERS = ("acting", "jointly", "days_of_365", "month_end_eve", "stretches_joined")
GATES = ("all", "any", "none", "k_of")
THAI = ("คุณสมบัติ", "ข้อ ๒", "วรรคสอง", "สิทธิ", "น้ำ", "ผู้อำนวยการกอง", "(ก)", "ก.จ.", "ร้อยละ ๔๐", "«»", "#", "ทั้งนี้")
ENGLISH = (
    "item 2",
    "paragraph",
    "the person's",
    "rule",
    "define:",
    "(1)",
    "50%",
    "x",
    "# no comment",
    "provides that",
)
MOST_WORDS = 120
SOURCE = "std.general_admin"


class RandomRules:
    """Draws statements over one vocabulary."""

    def __init__(self, kb: KnowledgeBase, lexicon: RuleLexicon, rng: Random) -> None:
        self._kb = kb
        self._rng = rng
        self._units = Stating(kb, lexicon).units
        self._ids = {terminal: [i for i in lexicon.ids(terminal) if i] for terminal in CATEGORIES}
        self._quantities = [q for q in self._ids["QUANTITY_NAME"] if self._units(q)]
        self._clauses = [clause.id for clause in kb.clauses.values() if clause.says is not None]
        self._tags = 0

    # ── sentences ─────────────────────────────────────────────────────────────────────────────────────────────

    def sentence(self, of: str | None = None) -> Node:
        """A whole sentence: about persons, about organisations, or of one of the other kinds."""
        rng = self._rng
        of = of or rng.choice(("persons", "persons", "organisations", "organisations", "other"))
        if of == "other":
            return self._other()
        shape = rng.choice(("requires",) * 3 + ("provided", "unless"))
        number = 1 if shape == "requires" else 2
        return Node(shape, tuple(self.demand(of) for _ in range(number)))

    def demand(self, of: str, depth: int = 0) -> Node:
        """A demand; lists lie in lists as deep as they may."""
        rng = self._rng
        if depth < MOST_NESTED and rng.random() < (0.55 if depth else 0.4):
            return self._gate(of, depth)
        simple = rng.random()
        if simple < 0.1:
            return self._same()
        if simple < 0.15:
            return Node(rng.choice(("any_of_ids", "all_of_ids")), self._distinct_ids(rng.randint(2, 4)))
        if simple < 0.18:
            return Node("free")
        return self._of_person(depth) if of == "persons" else self._of_organisation(depth)

    def _gate(self, of: str, depth: int) -> Node:
        rng = self._rng
        kind = rng.choice(GATES)
        number = rng.choice((1, 2, 2, 3, 3, 5)) if depth else rng.choice((1, 2, 3, 4, 12))
        items, used = [], set()
        for _ in range(number):
            inside = self.demand(of, depth + 1)
            if inside.kind == "same":
                while inside.words("CLAUSE_ID")[0] in used:
                    inside = self._same()
                used.add(inside.words("CLAUSE_ID")[0])
            tag: tuple[WordNode, ...] = ()
            if inside.kind != "same" and rng.random() < 0.15:
                self._tags += 1
                tag = (WordNode("TAG", f"tagged.t{self._tags}"),)
            items.append(Node("item", (*tag, inside)))
        needed = (WordNode("NUMERAL", str(rng.randint(1, number))),) if kind == "k_of" else ()
        return Node(kind, (*needed, *items))

    def _same(self) -> Node:
        return Node("same", self._distinct_ids(1))

    def _distinct_ids(self, number: int) -> tuple[WordNode, ...]:
        return tuple(WordNode("CLAUSE_ID", one) for one in self._rng.sample(self._clauses, number))

    def _some(self, terminal: str, most: int = 4) -> tuple[WordNode, ...]:
        known = self._ids[terminal]
        return tuple(
            WordNode(terminal, one)
            for one in self._rng.sample(known, min(len(known), self._rng.randint(1, most)))
        )

    def _one(self, terminal: str) -> WordNode:
        return WordNode(terminal, self._rng.choice(self._ids[terminal]))

    # ── persons ───────────────────────────────────────────────────────────────────────────────────────────────

    def _of_person(self, depth: int, bare: bool = False) -> Node:
        rng = self._rng
        match rng.randrange(4):
            case 0:
                riders = (Node("jointly"),) if not bare and rng.random() < 0.2 else ()
                return Node("qualification", (self._degree_in("DEGREE_NAME"), *riders))
            case 1:
                more = [self._degree_in("OR_DEGREE_NAME") for _ in range(rng.randint(1, 3))]
                more = [replace(node, kind="or_degree_in") for node in more]
                return Node("either", (self._degree_in("DEGREE_NAME"), *more))
            case 2:
                posts = tuple(self._post_served() for _ in range(rng.randint(1, 3)))
                equivalent = (Node("equivalent"),) if rng.random() < 0.3 else ()
                kind = rng.choice(("service", "service", "service_now"))
                term = self._time()
                ids = self._within()
                riders = () if bare else (*self._riders(ids), *self._changes(term, depth, "persons"))
                return Node(kind, (*posts, *equivalent, Node("at_least", (term,)), *riders))
        term = self._time()
        series = (Node("in_series", self._some("SERIES_NAME", 2)),) if rng.random() < 0.3 else ()
        riders = () if bare else (*self._riders(self._within()), *self._changes(term, depth, "persons"))
        return Node("experience", (*self._some("WORK_NAME", 3), *series, Node("at_least", (term,)), *riders))

    def _degree_in(self, terminal: str) -> Node:
        degrees = [self._one(terminal)]
        if self._rng.random() < 0.3:
            degrees.append(self._one("OR_DEGREE_NAME"))
        kind = self._rng.choice(("any_field", "fields", "fields", "fields_or_approved", "approved_field"))
        fields = self._some("FIELD_NAME", 6) if kind.startswith("fields") else ()
        return Node("degree_in", (*degrees, Node(kind, fields)))

    def _post_served(self) -> Node:
        match self._rng.randrange(4):
            case 0:
                return Node("position", (self._one("POSITION_NAME"),))
            case 1:
                return Node("not_below", (self._one("POSITION_NAME"),))
            case 2:
                return Node("level", (self._one("RANK_NAME"),))
        kind, level = self._rng.choice(self._ids["RANK_NAME"]).split(".")
        return Node("level_from", (WordNode("TYPE_NAME", kind), WordNode("LEVEL_NAME", level)))

    def _within(self) -> tuple[WordNode, ...]:
        return self._distinct_ids(self._rng.randint(1, 2)) if self._rng.random() < 0.1 else ()

    def _riders(self, within: tuple[WordNode, ...]) -> tuple[Node, ...]:
        found = [Node(name) for name in ALL_RIDERS if self._rng.random() < 0.1]
        return (*found, *((Node("within", within),) if within else ()))

    def _changes(self, term: Node, depth: int, of: str) -> tuple[Node, ...]:
        """Reductions and the like; one whose case is a list stands last: what follows a list belongs to its items."""
        found: list[Node] = []
        months = _months(term)
        while self._rng.random() < 0.25 and len(found) < 2:
            kind = self._rng.choice(("reduced", "raised", "instead"))
            case = self._case(of, depth)
            if kind == "instead":
                found.append(Node(kind, (Node("at_least", (self._time(),)), case)))
            else:
                months_after = (
                    self._rng.randint(1, max(1, months - 1))
                    if kind == "reduced"
                    else months + self._rng.randint(1, 40)
                )
                if kind == "reduced" and months < 2:
                    continue
                found.append(Node(kind, (term, _amount("months", months_after), case)))
            if case.kind in GATES:
                break
        return tuple(found)

    def _case(self, of: str, depth: int) -> Node:
        if self._rng.random() < 0.2 and depth < MOST_NESTED:
            return self._gate(of, depth)
        if self._rng.random() < 0.2:
            return self._same()
        return self._of_person(depth, bare=True) if of == "persons" else self._measured(depth, bare=True)

    def _time(self) -> Node:
        return _amount(self._rng.choice(TIME), self._rng.randint(1, 40))

    # ── organisations ─────────────────────────────────────────────────────────────────────────────────────────

    def _of_organisation(self, depth: int) -> Node:
        return self._measured(depth, bare=False)

    def _measured(self, depth: int, bare: bool) -> Node:
        rng = self._rng
        match rng.randrange(7 if bare else 9):
            case 0:
                return Node(rng.choice(("filled", "vacant")), (*self._posts(), self._bound("posts")))
            case 1:
                levels = (self._one("LEVEL_NAME"),) if rng.random() < 0.5 else ()
                return Node("delegated", (*levels, self._bound("units")))
            case 2:
                return Node("status", self._some("STATUS_NAME", 3))
            case 3:
                kind = rng.choice(("unit_kind", "former_size", "class"))
                return Node(kind, self._some(NAMED_OF[kind][1], 2))
            case 4:
                return Node("instrument", (self._one("INSTRUMENT_NAME"),))
            case 5:
                return Node(rng.choice(("workload_analysis", "section_names")))
            case 6:
                quantity = rng.choice(self._quantities)
                unit = rng.choice(self._units(quantity))
                stands = (Node("unit_stands_for_sections"),) if rng.random() < 0.1 and not bare else ()
                changes = () if bare else self._instead(unit, depth)
                return Node(
                    "quantity", (WordNode("QUANTITY_NAME", quantity), self._bound(unit), *stands, *changes)
                )
        kind = rng.choice(("planned", "planned_in_unit"))
        return Node(kind, (*self._posts(), self._bound("posts"), *self._instead("posts", depth)))

    def _instead(self, unit: str, depth: int) -> tuple[Node, ...]:
        if self._rng.random() < 0.8:
            return ()
        return (Node("instead", (self._bound(unit), self._case("organisations", depth))),)

    def _posts(self) -> tuple[Node, ...]:
        return tuple(self._post() for _ in range(self._rng.choice((1, 1, 2, 3))))

    def _post(self) -> Node:
        level = (self._one("LEVEL_NAME"),) if self._rng.random() < 0.5 else ()
        return Node("post", (self._one("POST_NAME"), *level))

    def _bound(self, unit: str) -> Node:
        most = {"percent": 100, "million_baht": 2_000}.get(unit, 60)
        amount = _amount(unit, self._rng.randint(1, most))
        return Node(self._rng.choice(("at_least", "at_most", "more_than")), (amount,))

    # ── the other sentences ───────────────────────────────────────────────────────────────────────────────────

    def _other(self) -> Node:
        rng = self._rng
        quantity = WordNode("QUANTITY_NAME", rng.choice(self._ids["QUANTITY_NAME"]))
        post, scope = self._one("POST_NAME"), self._one("SCOPE_NAME")
        match rng.randrange(12):
            case 0:
                less = (Node("less", self._some("AMOUNT_NAME", 3)),) if rng.random() < 0.5 else ()
                return Node("sum", (quantity, *self._some("AMOUNT_NAME"), *less))
            case 1:
                return Node("ratio", (quantity, self._one("AMOUNT_NAME"), self._one("AMOUNT_NAME")))
            case 2:
                return Node("mean", (quantity, *self._some("AMOUNT_NAME")))
            case 3 | 4:
                only_if = (self.demand("organisations"),) if rng.random() < 0.7 else ()
                return Node(rng.choice(("row", "opens")), (post, scope, self._one("LEVEL_NAME"), *only_if))
            case 5:
                return Node("number", (scope, self._post(), self._bound("posts")))
            case 6:
                return Node("no_post", (scope, post))
            case 7:
                return Node(rng.choice(("row_of", "sets_up")), (post, scope))
            case 8:
                return Node("limits", (scope,))
            case 9:
                return Node("retypes", (self._one("CLASS_NAME"),))
            case 10:
                return Node(rng.choice(("caveat", "follows")), self._distinct_ids(1))
        levels = tuple(
            Node("level_required", (self._one("LEVEL_NAME"), WordNode("NUMERAL", str(rng.randint(1, 5)))))
            for _ in range(rng.randint(1, 3))
        )
        order = WordNode("NUMERAL", str(rng.randint(1, 30)))
        return Node("competency", (self._one("GROUP_NAME"), order, self._one("COMPETENCY_NAME"), *levels))

    # ── statements ────────────────────────────────────────────────────────────────────────────────────────────

    def rule(self, identity: str, language: Language) -> Rule:
        """A rule with some of its lines."""
        rng = self._rng
        return Rule(
            identity,
            language,
            (0, 0),
            {"sentence": (0, 1), "table": (0, 1)},
            document=SOURCE,
            place=self._text(),
            quote=self._words(THAI) if rng.random() < 0.3 else None,
            repairs=tuple((self._words(THAI), self._words(THAI)) for _ in range(rng.choice((0, 0, 0, 1, 2)))),
            gloss=self._text() if rng.random() < 0.2 else None,
            subject=self._text() if rng.random() < 0.2 else None,
            status=rng.choice(("literal", "literal", "reconstructed", "external")),
            since=self._day() if rng.random() < 0.4 else None,
            relies=tuple(rng.sample(list(self._kb.readings), rng.choice((0, 0, 0, 1, 3)))),
            steps=tuple(
                (rng.choice(("step", "fallback") if n else ("step",)), self._text())
                for n in range(rng.choice((0, 0, 0, 2)))
            ),
            table=tuple(
                node
                for _ in range(rng.choice((0, 0, 0, 1)))
                if (node := self._other()).kind in ("row_of", "limits")
            ),
            node=self._short_sentence(),
        )

    def _short_sentence(self) -> Node:
        """One that is short enough in either language."""
        while True:
            node = self.sentence()
            if sum(isinstance(part, WordNode) for part in node.walk()) <= MOST_WORDS:
                return node

    def definition(self, number: int, language: Language) -> Definition:
        """A definition of a term with names that no other term has."""
        rng = self._rng
        category = rng.choice(("field", "work", "instrument", "quantity", "series", "position", "document"))
        name = Text(f"คำสมมุติลำดับ{_thai_letters(number)}", f"invented term {_letters(number)}")
        common = (f"invented_{number}", language, (0, 0), {})
        if category == "document":
            return Definition("document", *common, name, authority=self._text(), since=self._day())
        aliases = tuple(f"ชื่ออื่น{_thai_letters(number)}{n}" for n in range(rng.choice((0, 0, 1, 2))))
        if category == "position":
            kind, level, _ = rng.choice(list(self._kb.rows("level")))
            series = rng.choice([i for c, i in self._kb.names if c == "series"])
            placed = {"type": kind.name, "level": level.name, "series": series, "rank": rng.randint(1, 9)}  # type: ignore[union-attr]
            return Definition("position", *common, name, aliases, **placed)  # type: ignore[arg-type]
        unit = rng.choice(("baht", "percent")) if category == "quantity" else None
        return Definition(category, *common, name, () if category == "series" else aliases, unit=unit)  # type: ignore[arg-type]

    def example(self, number: int, language: Language) -> Example:
        """An example with the file of a person, or of an organisation, of a few lines."""
        rng = self._rng
        if rng.random() < 0.4:
            return self._example_of_organisation(number, language)
        position = rng.choice(list(self._kb.posts))
        person = (
            "\n    education:\n      - {degree: bachelor, field: ปริญญาโทใดๆ}  # หมายเหตุในแฟ้ม\n"
            f"    postings:\n      - {{type: academic, level: professional, from: {self._day().isoformat()}}}"
        )
        verdict = rng.choice(("eligible", "ineligible", "undetermined"))
        because = rng.choice(self._clauses) if rng.random() < 0.3 else None
        return Example(
            f"ตัวอย่างที่ {number}",
            language,
            (0, 0),
            {},
            person,
            None,
            0,
            position,
            self._day(),
            verdict,
            because,
        )

    def _example_of_organisation(self, number: int, language: Language) -> Example:
        rng = self._rng
        asked: dict[str, str] = rng.choice(
            (
                {"post": f"{rng.choice(self._ids['POST_NAME'])}.{rng.choice(('early', 'mid', 'high'))}"},
                {"class_": rng.choice(self._ids["CLASS_NAME"])},
                {},
            )
        )
        words = ("eligible", "ineligible") if "class_" in asked else ("allowed", "forbidden")
        return Example(
            f"ตัวอย่างที่ {number}",
            language,
            (0, 0),
            {},
            organisation="\n    type: เทศบาล  # หมายเหตุในแฟ้ม\n    fiscal:\n      previous: {year: 2569}",
            as_of=self._day(),
            verdict=rng.choice((*words, "undetermined")),
            because=rng.choice(self._clauses) if rng.random() < 0.3 else None,
            **asked,
        )

    def _day(self) -> date:
        return date(2020, 1, 1) + timedelta(days=self._rng.randrange(5_000))

    def _text(self) -> Text:
        return Text(self._words(THAI), self._words(ENGLISH))

    def _words(self, words: Sequence[str]) -> str:
        chosen = " ".join(self._rng.choice(words) for _ in range(self._rng.randint(1, 5)))
        return chosen if any(sign not in "«»#() " for sign in chosen) else f"{chosen} ก"


def _amount(unit: str, number: int) -> Node:
    return Node(unit, (WordNode("NUMERAL", str(number)),))


def _months(term: Node) -> int:
    return int(term.words("NUMERAL")[0]) * (12 if term.kind == "years" else 1)


def _letters(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in str(number)) + "z"


def _thai_letters(number: int) -> str:
    return "".join("กขคงจฉชซญด"[int(digit)] for digit in str(number)) + "ฮ"
