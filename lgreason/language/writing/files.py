"""From rules, definitions and examples to statements as text: one canonical form in each language."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from datetime import date

from lgreason.language.book.rulebook import Book, post_name
from lgreason.language.clauses.stating import Stating
from lgreason.language.grammar.nodes import Node, bare
from lgreason.language.lexicon.lexicon import RuleLexicon
from lgreason.language.lexicon.lists import CATEGORIES as TERMINALS
from lgreason.language.statements.factfile import ABSENT, CHANGES, SUBJECTS, held_words, shape_words
from lgreason.language.statements.keys import KEYS, key_of
from lgreason.language.statements.records import CATEGORIES, WORDS, Definition, Example, Rule
from lgreason.language.statements.splitting import HEADS, SourceText, WrittenStatement, split
from lgreason.language.wording.restate import restate
from lgreason.language.wording.writer import Writer
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import LANGUAGES, Clause, Language, Text
from lgreason.words.dates import format_date

INDENT = "  "
_QUOTES = (('"', '"'), ("«", "»"), ("“", "”"))
_PERIOD: Mapping[Language, tuple[str, str]] = {"th": ("ตั้งแต่", "ถึง"), "en": ("from", "until")}
_REPAIRED: Mapping[Language, str] = {"th": "เป็น", "en": "to"}
_TERMINAL_OF = {
    category: terminal for terminal, category in TERMINALS.items() if not terminal.startswith("OR_")
}
Comments = Mapping[str, list[tuple[str, ...]]]
"""The comments above the lines of a statement, by key, a group for each line of that key."""


class StatementWriter:
    """Writes statements with one vocabulary."""

    def __init__(self, lexicon: RuleLexicon) -> None:
        """Take the words to write with."""
        self._lexicon = lexicon
        self._writers = {language: Writer(language, lexicon) for language in LANGUAGES}

    def rule(self, rule: Rule, language: Language, comments: Comments | None = None) -> str:
        """A rule as a statement."""
        lines: list[tuple[str, str]] = []
        if rule.document:
            lines.append(("document", rule.document))
        for key, text in (("place", rule.place), ("gloss", rule.gloss), ("subject", rule.subject)):
            if text is not None:
                lines.append((key, _pair(text)))
        if rule.quote is not None:
            lines.append(("quote", _quoted(rule.quote)))
        lines += [
            ("repair", f"{_quoted(wrong)} {_REPAIRED[language]} {_quoted(right)}")
            for wrong, right in rule.repairs
        ]
        if rule.status != "literal":
            lines.append(("status", self._word("status", rule.status, language)))
        if rule.treatment is not None:
            lines.append(("treatment", self._word("treatment", rule.treatment, language)))
        if rule.since is not None:
            lines.append(("in_force", _period(rule.since, rule.until, language)))
        if rule.amends is not None:
            lines.append(("amends", rule.amends))
        if rule.repeals:
            lines.append(("repeals", ", ".join(rule.repeals)))
        if rule.relies:
            lines.append(("relies", ", ".join(rule.relies)))
        if rule.posts:
            names = (self._lexicon.name("POSITION_NAME", post, language) for post in rule.posts)
            lines.append(("posts", "; ".join(names)))
        lines += [(key, _pair(step)) for key, step in rule.steps]
        own = language == rule.language
        lines += [("table", self.sentence(node, language, own)) for node in rule.table]
        if rule.amending is not None:
            rows = [" ".join(row.split()) for row in rule.amending.text.split("\n") if row.strip()]
            lines.append(("sentence", "\n  ".join(rows)))
        elif rule.node is not None:
            lines.append(("sentence", self.sentence(rule.node, language, own)))
        return self._statement("rule", rule.id, lines, language, comments)

    def sentence(self, node: Node, language: Language, own: bool = False) -> str:
        """What a node says, as a sentence; `own` keeps the digits and numbers of items that its author wrote."""
        return self._writers[language].sentence(node if own else bare(node), own)

    def definition(self, defined: Definition, language: Language, comments: Comments | None = None) -> str:
        """A definition as a statement."""
        lines: list[tuple[str, str]] = []
        if defined.name is not None:
            lines.append(("name", _pair(defined.name, both=True)))
        if defined.aliases:
            lines.append(("alias", ", ".join(map(_quoted, defined.aliases))))
        for key, category, value in (
            ("type", "position_type", defined.type),
            ("level", "level", defined.level),
            ("series", "series", defined.series),
        ):
            if value is not None:
                lines.append((key, self._lexicon.name(_TERMINAL_OF[category], value, language)))
        if defined.rank is not None:
            lines.append(("rank", str(defined.rank)))
        if defined.unit is not None:
            lines.append(("unit", self._word("unit", defined.unit, language)))
        if defined.shape is not None:
            at = language == "en"
            if defined.subject != "person":
                lines.append(("subject", SUBJECTS[defined.subject][at]))
            lines.append(("shape", shape_words(defined.shape, language)))
            lines += [("attribute", held_words(each, language)) for each in defined.held]
            if defined.absent != "not_known":
                lines.append(("absent", ABSENT[defined.absent][at]))
            lines.append(("changes", CHANGES[defined.changes][at]))
        if defined.authority is not None:
            lines.append(("authority", _pair(defined.authority)))
        if defined.since is not None:
            lines.append(("in_force", _period(defined.since, None, language)))
        head = f"{CATEGORIES[defined.category][language == 'en']} {defined.id}"
        return self._statement("define", head, lines, language, comments)

    def example(self, example: Example, language: Language, comments: Comments | None = None) -> str:
        """An example as a statement."""
        lines: list[tuple[str, str]] = []
        if example.position is not None:
            lines.append(("position", self._lexicon.name("POSITION_NAME", example.position, language)))
        if example.post is not None:
            lines.append(("position", post_name(self._lexicon, example.post, language)))
        if example.class_ is not None:
            lines.append(("position", self._lexicon.name("CLASS_NAME", example.class_, language)))
        if example.as_of is not None:
            lines.append(("as_of", format_date(example.as_of, language)))
        for key, text in (("person", example.person), ("organisation", example.organisation)):
            if text is not None:
                # Where a comment stood there are as many empty lines as it had characters.
                rows = [row for row in textwrap.dedent(text.lstrip("\n")).split("\n") if row.strip()]
                lines.append((key, "\n".join(["", *rows])))
        if example.verdict is not None:
            of_posts = example.organisation is not None and example.class_ is None
            kind = "permission" if of_posts else "verdict"
            lines.append(("verdict", self._word(kind, example.verdict, language)))
        if example.because is not None:
            lines.append(("because", example.because))
        title = _quoted(example.title) if example.title else ""
        return self._statement("example", title, lines, language, comments)

    def _word(self, kind: str, identity: str, language: Language) -> str:
        return WORDS[kind][identity][language == "en"]

    def _statement(
        self,
        head: str,
        rest: str,
        lines: list[tuple[str, str]],
        language: Language,
        comments: Comments | None,
    ) -> str:
        word = next(w for w, (h, of) in HEADS.items() if h == head and of == language)
        written = [f"{word} {rest}".rstrip()]
        order = {key: number for number, key in enumerate(KEYS)}
        order["fallback"] = order["step"]
        left = {key: list(groups) for key, groups in (comments or {}).items()}
        for key, value in sorted(lines, key=lambda line: order[line[0]]):
            group = left.get(key, [])
            written += [f"{INDENT}{comment}" for comment in (group.pop(0) if group else ())]
            name = KEYS[key][language == "en"]
            first, *more = value.split("\n")
            separator = " " if key == "sentence" else ": "
            written.append(f"{INDENT}{name}{separator}{first}".rstrip())
            below = INDENT if key in ("sentence", "table") else INDENT * 2
            written += [f"{below}{line}".rstrip() for line in more]
        written += [f"{INDENT}{c}" for groups in left.values() for group in groups for c in group]
        return "\n".join(written) + "\n"


def _quoted(text: str) -> str:
    opening, closing = next(((o, c) for o, c in _QUOTES if o not in text and c not in text), _QUOTES[0])
    return f"{opening}{text}{closing}"


def _pair(text: Text, both: bool = False) -> str:
    return _quoted(text.th) if text.th == text.en and not both else f"{_quoted(text.th)} / {_quoted(text.en)}"


def _period(since: date, until: date | None, language: Language) -> str:
    start, end = _PERIOD[language]
    words = f"{start} {format_date(since, language)}"
    return words if until is None else f"{words} {end} {format_date(until, language)}"


def rule_of(clause: Clause, kb: KnowledgeBase, lexicon: RuleLexicon, language: Language = "th") -> Rule:
    """A clause of a knowledge base as a rule: everything that its facts say, under the readings in force."""
    node, table = restate(clause, kb)
    posts = tuple(post for post, root in kb.posts.items() if root == clause.id)
    rule = Rule(
        id=clause.id,
        language=language,
        span=(0, 0),
        spans={"sentence": (0, 1), "table": (0, 1)},
        document=clause.document,
        place=clause.place,
        quote=clause.quote,
        repairs=clause.repairs,
        subject=clause.subject,
        status=clause.status,
        since=clause.in_force,
        relies=clause.relies,
        posts=posts,
        table=table,
        node=node,
    )
    (made, *_) = Stating(kb, lexicon).ruled(rule, SourceText("", "")).clauses
    return Rule(
        **{name: getattr(rule, name) for name in Rule.__slots__ if name not in ("gloss", "treatment")},
        gloss=clause.gloss if clause.gloss != made.gloss else None,
        treatment=clause.treatment if clause.treatment != made.treatment else None,
    )


def said(book: Book, source: SourceText) -> Mapping[int, Rule | Definition | Example]:
    """What the statements of a file of a book say, by where each begins."""
    found: dict[int, Rule | Definition | Example] = {}
    for ruled in book.rules:
        if ruled.source is source:
            found[ruled.rule.span[0]] = ruled.rule
    found |= {of.span[0]: of for of, where in book.definitions if where is source}
    found |= {of.span[0]: of for of, where in book.amendments if where is source}
    found |= {of.span[0]: of for of, where in book.examples if where is source}
    return found


# ── formatting ────────────────────────────────────────────────────────────────────────────────────────────────


def formatted(source: SourceText, of: Mapping[int, Rule | Definition | Example], lexicon: RuleLexicon) -> str:
    """A sound file in canonical form, its comments kept; `of` gives what each statement says, by where it begins."""
    writer = StatementWriter(lexicon)
    parts = split(source)
    written = []
    for statement in parts.statements:
        said = of[statement.span[0]]
        comments = _comments(statement)
        if isinstance(said, Rule):
            text = writer.rule(said, statement.language, comments)
        elif isinstance(said, Definition):
            text = writer.definition(said, statement.language, comments)
        else:
            text = writer.example(said, statement.language, comments)
        above = "".join(f"{comment}\n" for comment in statement.comments)
        written.append(above + text)
    last = "".join(f"{comment}\n" for comment in _lines(parts.comments))
    return "\n".join([*written, *([last] if last else [])])


def _lines(comments: tuple[str, ...]) -> Iterator[str]:
    yield from (comment for comment in comments if comment)


def _comments(statement: WrittenStatement) -> Comments:
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in statement.entries:
        found.setdefault(key_of(entry.key) or "", []).append(entry.comments)
    return found
