"""Items, paragraphs and further demands added to what stands."""

from __future__ import annotations

import re
from dataclasses import replace

from lgreason.language.amending.changes import (
    Add,
    DemandAdded,
    Exempt,
    Quoted,
    Target,
)
from lgreason.language.amending.paragraphs import Lowered, excused, lowered
from lgreason.language.grammar.nodes import Node, WordNode
from lgreason.language.grammar.plain import plain_text
from lgreason.language.laying.places import Provision, place_named
from lgreason.language.laying.targets import Stopped
from lgreason.language.laying.terms import amount, months_of, retimed, terms
from lgreason.language.laying.worded import LEAD, Worded
from lgreason.language.reading.faults import Fault
from lgreason.language.wording.restate import GATES

_PROVINCE = re.compile(r"จังหวัด[^\s,()]+")


def _numbered(steps: list[int], words: str) -> str:
    first, *rest = steps
    return f"{words}ข้อ{first}" + "".join(f"({step})" for step in rest)


class Additions(Worded):
    """Adds to clauses."""

    def _add(self, change: Add) -> None:
        named = place_named(change.as_.text)
        if named.paragraph is not None:
            self._paragraph(change)
            return
        parent, at = self._where(change, named)
        clause = self._clauses[parent]
        if clause.says is None or clause.says.name not in GATES:
            raise self._stop("amending_no_list", change.as_.span, clause=clause.place.into(self._language))
        new = self._demand(change.new, Target("", change.as_.span))
        if new.kind != "requires":
            raise self._stop("amending_no_item", change.new.span)
        items = [Node("item", (Node("same", (WordNode("CLAUSE_ID", part),)),)) for part in clause.parts]
        tag = f"{self._rule.id}.new" if self._number == 0 else f"{self._rule.id}.new{self._number + 1}"
        items.insert(at, Node("item", (WordNode("TAG", tag), *new.nodes())))
        lead = LEAD.match(change.new.text)
        label = named if named.steps else place_named(lead[0] if lead else "")
        if not label.steps and lead is not None and (digits := re.match(r"\s*([0-9]+)\.", lead[0])):
            label = Provision((int(digits[1]),), "")
        self._layer.labels[tag] = (label.steps[-1] if label.steps else 0, label.inserted)
        needed = (WordNode("NUMERAL", str(clause.says.args[0])),) if clause.says.name == "k_of" else ()
        self._made(parent, Node("requires", (Node(clause.says.name, (*needed, *items)),)), keeps=True)

    def _where(self, change: Add, named: Provision) -> tuple[str, int]:
        """The list to which an item is added, and how many items stand before it."""
        if change.after is not None and (place_named(change.after.text).steps or not named.steps):
            after = self._one(change.after)
            for clause in self._clauses.values():
                if after in clause.parts and (clause.document == self._clauses[after].document):
                    return clause.id, clause.parts.index(after) + 1
            return after, len(self._clauses[after].parts)
        if not named.steps:
            raise self._stop(
                "amending_place_unknown", change.as_.span, found=change.as_.text, known=self._known()
            )
        *above, last = named.steps
        if named.inserted is not None:
            # «ข้อ ๒/๑» stands after item 2, and after what was put in before it.
            after = self._one(Target(_numbered([*named.steps], named.words), change.as_.span))
            for clause in self._clauses.values():
                if after in clause.parts and clause.document == self._clauses[after].document:
                    return clause.id, clause.parts.index(after) + named.inserted
        if above:
            target = Target(_numbered(above, named.words), change.as_.span)
            parent = self._one(target)
            return parent, min(last - 1, len(self._clauses[parent].parts))
        for before in range(last, 0, -1):
            found = self._of(Provision((before,), named.words))
            for one in found:
                for clause in self._clauses.values():
                    if one in clause.parts and clause.document == self._clauses[one].document:
                        return clause.id, min(last - 1, len(clause.parts))
        raise self._stop(
            "amending_place_unknown", change.as_.span, found=change.as_.text, known=self._known()
        )

    def _paragraph(self, change: Add) -> None:
        """A further paragraph: one that lowers a term stands by itself, any other is a further demand."""
        text = re.sub(r"วรรค(?:ที่)?\S*?(?=ของ|แห่ง|ใน|ข้อ|$)(?:ของ|แห่ง|ใน)?", "", change.as_.text)
        text = re.sub(r"(?:first|second|third|last) paragraph(?: of)?", "", text).strip()
        target = Target(text or (change.after.text if change.after else ""), change.as_.span)
        identity = self._one(target)
        lead = LEAD.match(change.new.text)
        said = change.new.text[lead.end() if lead else 0 :].strip(" .")
        if (less := lowered(said)) is not None:
            self._lowered(less, target, change.new)
            return
        if (who := excused(said)) is not None:
            node = self._said(who, change.new)
            old = Node("item", (Node("same", (WordNode("CLAUSE_ID", identity),)),))
            excuse = Node("item", node.nodes())
            self._made(identity, Node("requires", (Node("any", (old, excuse)),)), keeps=True)
            return
        node = self._demand(change.new, target)
        if node.kind == "reduction":
            self._made(None, node)
            return
        if node.kind != "requires":
            raise self._stop("amending_no_item", change.new.span)
        self._besides(identity, node)

    def _said(self, text: str, within: Quoted) -> Node:
        """What a part of a quotation demands; a fault is told of the quotation as a whole."""
        said = self._read(text)
        if isinstance(said, Fault) or said.kind != "requires":
            fault = said if isinstance(said, Fault) else Fault("amending_no_item", within.span)
            self._found.faults.append(replace(fault, span=within.span, stuck=None, edits=()))
            raise Stopped
        return said

    def _lowered(self, less: Lowered, target: Target, within: Quoted) -> None:
        """A term lowered for some persons: of each clause of the provision that has it."""
        who = self._said(less.who, within)
        base = place_named(target.text)
        named = target
        if less.of is not None and not less.of.startswith("วรรค"):
            inner = place_named(less.of)
            whole = re.search(r"ข้อ[0-9]", less.of) is not None
            steps = inner.steps if whole else (*base.steps, *inner.steps)
            named = Target(_numbered(list(steps), inner.words or base.words), within.span)
        old = months_of(less.old) if less.old else None
        done = False
        for identity, node in self._leaves(named):
            for term in dict.fromkeys(terms(node)):
                to, by = (months_of(text) if text else None for text in (less.to, less.by))
                left = to if to is not None else term - by if by is not None else 0
                if (old is None or term == old) and 0 < left < term:
                    both = (amount(term), amount(left))
                    self._made(
                        None, Node("reduction", (*both, *who.nodes(), WordNode("CLAUSE_ID", identity)))
                    )
                    done = True
        if not done:
            raise self._stop("amending_term_unknown", within.span, found=less.old or less.to or less.by or "")

    def _besides(self, identity: str, node: Node) -> None:
        """A clause that goes on as it is, with a further demand beside it."""
        old = Node("item", (Node("same", (WordNode("CLAUSE_ID", identity),)),))
        new = Node("item", (WordNode("TAG", f"{self._rule.id}.new"), *node.nodes()))
        self._made(identity, Node("requires", (Node("all", (old, new)),)), keeps=True)

    def _further(self, change: DemandAdded) -> None:
        words = self._sentences.lexicon.words("POSITION_NAME")
        key = plain_text(change.position)
        ids = words[key].ids if key in words else ()
        opened = [root for one in ids if (root := self._layer.opened(one))]
        if not opened:
            raise self._stop("amending_position", change.span, found=change.position)
        said = self._retimed(change) if change.term else self._read(change.demand)
        if isinstance(said, Fault):
            start, end = (at + change.span[0] for at in said.span)
            self._found.faults.append(replace(said, span=(start, end), stuck=None))
            raise Stopped
        if change.instead_of is not None:
            self._compared(change, said)
        if change.scope:
            outside = Node("none", tuple(Node("item", (one,)) for one in self._scope(change)))
            said = Node("requires", (Node("any", (Node("item", (outside,)), Node("item", said.nodes()))),))
        for root in opened:
            self._besides(root, said)

    def _exempt(self, change: Exempt) -> None:
        """A provision need not be met where the post is in a scope; a lower body cannot say so."""
        if plain_text(change.position) not in self._sentences.lexicon.words("POSITION_NAME"):
            raise self._stop("amending_position", change.span, found=change.position)
        identity = self._one(change.target)
        scope = self._scope(change)
        if not scope:
            raise self._stop("amending_scope", change.span, found=change.scope)
        announced = plain_text(self._amending.text)
        if any(plain_text(str(row[0])) in announced for row in self._layer.rows("lower_body")):
            raise self._stop("amending_loosens", change.span, place=change.target.text)
        old = Node("item", (Node("same", (WordNode("CLAUSE_ID", identity),)),))
        ways = (old, *(Node("item", (one,)) for one in scope))
        self._made(identity, Node("requires", (Node("any", ways),)), keeps=True)

    def _binding(self) -> set[str]:
        """The kinds of organisation of the lower body that announces the text, if one does."""
        announced = plain_text(self._amending.text)
        return {
            str(getattr(of, "name", of))
            for by, of in self._layer.rows("binds")
            if plain_text(str(by)) in announced
        }

    def _retimed(self, change: DemandAdded) -> Node:
        """What a provision demands with another term."""
        assert change.term is not None and change.instead_of is not None
        new = months_of(change.term)
        for _, node in self._leaves(change.instead_of):
            if new is not None and (found := terms(node)):
                return retimed(node, found[0], new)
        raise self._stop("amending_term", change.span, found=change.term)

    def _scope(self, change: DemandAdded | Exempt) -> list[Node]:
        """Where the post must be for a demand to bind; the kind of organisation only if the committee says none."""
        text = plain_text(change.scope)
        found: list[Node] = []
        rest = text
        binding = self._binding()
        for identity, names in self._layer.kinds().items():
            for name in names:
                if name in rest:
                    rest = rest.replace(name, "", 1)
                    if identity not in binding:
                        found.append(
                            Node("in_scope", (WordNode("ATTRIBUTE", "type"), WordNode("VALUE", identity)))
                        )
        if match := _PROVINCE.search(change.scope):
            found.append(Node("in_scope", (WordNode("ATTRIBUTE", "province"), WordNode("VALUE", match[0]))))
            rest = rest.replace(plain_text(match[0]), "", 1)
        if re.sub(r"ใน|เขต|พื้นที่|ของ|ท้องที่", "", rest):
            raise self._stop("amending_scope", change.span, found=change.scope)
        # A post is in the scope if it is in each of these: outside it if one of them is not so.
        if len(found) > 1:
            return [Node("all", tuple(Node("item", (one,)) for one in found))]
        return found

    def _compared(self, change: DemandAdded, said: Node) -> None:
        """Tell if a demand that was to take the place of another asks for less: the other goes on to bind."""
        assert change.instead_of is not None
        new = max(terms(said), default=0)
        for _, node in self._leaves(change.instead_of):
            old = max(terms(node), default=0)
            if old > new:
                args = {"place": change.instead_of.text}
                fault = Fault("amending_loosens", change.span, args, severity="warning")
                self._found.faults.append(fault)
