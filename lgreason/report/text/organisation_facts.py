"""Declared facts of an organisation in words: what was required and found, where they stand, what would change."""

from __future__ import annotations

import re
from typing import Any, cast

from lgreason.reasoning.cases.tree import ReasonNode as TreeNode
from lgreason.reasoning.organisations.change import PostChange
from lgreason.reasoning.organisations.establishment import Node
from lgreason.reasoning.organisations.facts import FactAscertained
from lgreason.report.text.facts import FactText
from lgreason.report.wording import Wording
from lgreason.words.vocabulary import Vocabulary

_PATH = re.compile(r"(?P<fact>\w+)(?:\[(?P<number>\d+)\])?(?:\.(?P<attribute>.+))?")


class OrganisationFactText:
    """Words for the declared facts of organisations."""

    def __init__(self, vocabulary: Vocabulary, wording: Wording) -> None:
        """Take the terms of what speaks of organisations, and the language."""
        self._declared = vocabulary.of_facts.declarations_of("organisation")
        self._text = FactText(vocabulary, wording, "organisation")
        self._say = wording.say

    def comparison(self, node: Node) -> str:
        """What was required and what was found, in one line."""
        finding = node.measurement
        assert isinstance(finding, FactAscertained) and finding.of is not None and node.bound is not None
        short = None if node.holds else finding.of.shortfall(node.bound)
        of = TreeNode(node.clause, node.holds, (), node.bound, None, finding.of, short)
        return self._text.comparison(cast("Any", of))

    def place(self, path: str) -> str | None:
        """The fact, or the attribute of it, that stands at a path of the file; `None` if none does."""
        match = _PATH.fullmatch(path)
        if match is None or match["fact"] not in self._declared.facts:
            return None
        fact = self._text.fact(match["fact"])
        if match["number"] is not None:
            fact = self._say("org.fact_entry", fact=fact, n=match["number"])
        if match["attribute"] is None:
            return fact
        name = self._text.attribute(match["fact"], match["attribute"])
        return self._say("org.fact_attribute", name=name, fact=fact)

    def change(self, change: PostChange) -> str:
        """What would be brought about."""
        fact = self._text.fact(change.about)
        if change.value and change.value[0][0] == "":
            return self._say("orghow.bring", what=self._text.told(change.about, change.value[0][1]))
        what = self._text.values(change.about, change.value)
        return self._say("how.gain", fact=fact, what=what)
