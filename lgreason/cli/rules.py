"""`rules`: rule files checked, formatted, compiled, shown as sentences, and tested by their own examples."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from lgreason.answers.persons import NO, UNUSABLE, YES
from lgreason.cli.helped import HelpedGroup
from lgreason.cli.language import help_text
from lgreason.cli.request import Request, settings
from lgreason.cli.rulesets import diff, examples, lint
from lgreason.language.reading.faults import Fault
from lgreason.language.statements.splitting import SourceText
from lgreason.report.documents.persons import findings as findings_document
from lgreason.report.line import Line
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.model import Language

if TYPE_CHECKING:
    from lgreason.answers.session import Session
    from lgreason.language.book.rulebook import Book
    from lgreason.language.examples.organisations import OrganisationAnswer
    from lgreason.language.writing.files import StatementWriter
    from lgreason.reasoning.persons.explain import Explanation

Faults = list[tuple[SourceText, Fault]]
MOST_TOLD_BACK = 40
"""How each of so many rules was read is told after a check; of more, `rules show` tells of each."""


@click.group(cls=HelpedGroup, help=help_text("rules"))
def rules() -> None:
    """Rule files."""


rules.add_command(diff)
rules.add_command(lint)
rules.add_command(examples)

_FILES = click.argument("files", metavar="FILES…", nargs=-1, required=True)


def _told(request: Request, found: Faults) -> Iterator[Line]:
    """Faults as lines: what and where, the line itself with a mark, and what to write instead."""
    from lgreason.language.checking.checking import MORE
    from lgreason.language.checking.finding import caret, finding
    from lgreason.language.checking.fixes import mended_lines

    say = request.wording.say
    for source, fault in found:
        yield Line(
            request.wording.finding(finding(source, fault)),
            style="open" if fault.severity == "warning" else "bad",
        )
        for row in caret(source, fault):
            yield Line(row, 1)
        if fault.edits:
            key = "rules.fix_safe" if fault.safe else "rules.fix"
            for row in mended_lines(source, fault):
                yield Line(say(key, text=row), 1, "note")
                key = "rules.fix_more"
        elif fault.suggestion:
            yield Line(say("rules.suggestion", text=fault.suggestion), 1, "note")
    counted = [fault for _, fault in found if fault.code != MORE]
    errors = sum(fault.severity == "error" for fault in counted)
    key = "rules.sound" if not found else "rules.counted"
    yield Line(say(key, errors=errors, warnings=len(counted) - errors) if found else say(key), style="note")


def _stop(request: Request, found: Faults) -> bool:
    """Tell the errors, if there are any; whether there were."""
    from lgreason.language.checking.finding import findings

    errors = [(source, fault) for source, fault in found if fault.severity == "error"]
    if errors:
        request.answer(_told(request, errors), lambda: findings_document(findings(errors)))
    return bool(errors)


@rules.command(help=help_text("rules_check"))
@_FILES
@click.option("--fix", is_flag=True, help=help_text("rules_check_fix"))
@click.option("--watch", is_flag=True, help=help_text("rules_check_watch"))
@settings
def check(request: Request, files: tuple[str, ...], fix: bool, watch: bool) -> int:
    """All findings of all files; what is safe to put right is put right first where that is asked for."""
    from lgreason.language.checking.files import fix_files, read_files
    from lgreason.language.checking.finding import findings
    from lgreason.language.checking.trial import trial

    if watch:
        return _watched(request, files)
    if fix:
        for file, number in fix_files(files, request.session.library):
            click.echo(request.wording.say("rules.fixed", n=number, file=file), err=True)
    book, found = read_files(files, request.session.library)
    if not any(fault.severity == "error" for _, fault in found):
        found += trial(book, request.session.day)
    lines = [*_told(request, found)]
    if not any(fault.severity == "error" for _, fault in found):
        lines += _understood(request, book)
    request.answer(lines, lambda: findings_document(findings(found)))
    return NO if any(fault.severity == "error" for _, fault in found) else YES


def _understood(request: Request, book: Book) -> Iterator[Line]:
    """How each rule was read, for files of a size that is read by eye."""
    from lgreason.cli.watch import as_understood

    if 0 < len(book.rules) <= MOST_TOLD_BACK:
        yield Line(request.wording.say("rules.understood"))
        yield from as_understood(book, request.wording.language)


def _watched(request: Request, files: tuple[str, ...]) -> int:
    """Show what becomes of the files at each save, until the user ends it."""
    from lgreason.cli.watch import as_understood, each_save, example_results
    from lgreason.language.checking.files import read_files

    def show() -> None:
        click.clear()
        try:
            book, found = read_files(files, request.session.library)
        except Unusable as unusable:
            for one in unusable.findings:
                click.echo(request.wording.finding(one))
            return
        lines = [*_told(request, found), *as_understood(book, request.wording.language)]
        if not any(fault.severity == "error" for _, fault in found):
            lines += example_results(book, request.session)
        for line in lines:
            click.echo("  " * line.indent + line.text)

    with contextlib.suppress(KeyboardInterrupt):
        each_save(files, show)
    return YES


@rules.command(help=help_text("rules_new"))
@click.argument("kind", type=click.Choice(("position", "rule", "amendment")), default="position")
@settings
def new(request: Request, kind: str) -> int:
    """A sound file to begin with."""
    from lgreason.language.writing.templates import TEMPLATES

    texts = next(texts for name, texts in TEMPLATES.items() if name == kind)
    text = texts[request.wording.language]
    document = {"schema": "lgreason.rules/1", "rules": [{"id": kind, "text": text}]}
    request.answer((Line(row) for row in text.rstrip("\n").split("\n")), lambda: document)
    return YES


@rules.command(name="format", help=help_text("rules_format"))
@_FILES
@click.option("--check", "only_check", is_flag=True, help=help_text("rules_format_check"))
@click.option("--diff", is_flag=True, help=help_text("rules_format_diff"))
@click.option("--stdout", is_flag=True, help=help_text("rules_format_stdout"))
@settings
def format_(request: Request, files: tuple[str, ...], only_check: bool, diff: bool, stdout: bool) -> int:
    """One canonical form; files with errors are left as they are."""
    from lgreason.language.checking.files import read_files
    from lgreason.language.writing.files import formatted, said

    book, found = read_files(files, request.session.library)
    damaged = {source.file for source, fault in found if fault.severity == "error" and fault.code in SYNTAX}
    changed = False
    for source in book.sources:
        if source.file in damaged:
            continue
        text = formatted(source, said(book, source), book.lexicon)
        differs = text != source.text
        changed = changed or differs
        if diff and differs:
            import difflib

            rows = difflib.unified_diff(
                source.text.splitlines(), text.splitlines(), source.file, source.file, lineterm=""
            )
            for row in rows:
                click.echo(row)
        elif only_check and differs:
            click.echo(request.wording.say("rules.would_change", file=source.file))
        elif (stdout or source.file == "-") and not only_check and not diff:
            click.echo(text, nl=False)
        elif differs and not only_check and not diff:
            from lgreason.files.writing import write_whole

            write_whole(source.file, text)
    if damaged:
        errors = [
            (source, fault) for source, fault in found if source.file in damaged and fault.severity == "error"
        ]
        for line in _told(request, errors):
            click.echo("  " * line.indent + line.text, err=True)
        return UNUSABLE
    return NO if changed and (only_check or diff) else YES


@rules.command(name="compile", help=help_text("rules_compile"))
@_FILES
@settings
def compile_(request: Request, files: tuple[str, ...]) -> int:
    """The facts that the files state on the day asked for."""
    from lgreason.language.book.facts import program
    from lgreason.language.checking.files import read_files

    book, found = read_files(files, request.session.library)
    if _stop(request, found):
        return NO
    rows = list(program(book, request.session.day))
    document = {
        "schema": "lgreason.facts/1",
        "as_of": request.session.day.isoformat(),
        "facts": [r for r in rows if r],
    }
    request.answer((Line(row) for row in rows), lambda: document)
    return YES


@rules.command(help=help_text("rules_show"))
@click.argument("identity", metavar="ID")
@click.option("--whole", is_flag=True, help=help_text("rules_show_whole"))
@settings
def show(request: Request, identity: str, whole: bool) -> int:
    """A rule, shipped or authored, as statements of the rule language."""
    from lgreason.language.lexicon.lexicon import RuleLexicon
    from lgreason.language.writing.files import StatementWriter, rule_of
    from lgreason.rules.catalogue import Catalogue
    from lgreason.rules.model import tree

    kb = request.session.kb.whole
    found = Catalogue(request.session.kb).find(identity)
    order = {identity: number for number, identity in enumerate(kb.clauses)}
    clauses = [
        clause
        for one in found
        for clause in (
            sorted(tree(kb.clauses, (one.id,)), key=lambda c: (c.id != one.id, order[c.id]))
            if whole
            else (one,)
        )
    ]
    lexicon = RuleLexicon(kb)
    writer = StatementWriter(lexicon)
    language: Language = request.wording.language
    texts: list[str] = []
    unsaid: list[Finding] = []
    for clause in dict.fromkeys(clause.id for clause in clauses):
        try:
            texts.append(writer.rule(rule_of(kb.clauses[clause], kb, lexicon, language), language))
        except ValueError as error:
            if (text := _laid(request, clause, writer, language)) is not None:
                texts.append(text)
                continue
            unsaid.append(Finding("rule_unsaid", args={"id": clause, "reason": str(error)}))
    if unsaid:
        raise Unusable(tuple(unsaid))
    document = {
        "schema": "lgreason.rules/1",
        "rules": [{"id": c.id, "text": t} for c, t in zip(clauses, texts, strict=False)],
    }
    lines = [Line(row) for text in texts for row in (*text.rstrip("\n").split("\n"), "")][:-1]
    request.answer(lines, lambda: document)
    return YES


def _laid(request: Request, identity: str, writer: StatementWriter, language: Language) -> str | None:
    """A rule of a file laid over the knowledge base, in its author's words or their like in the other language."""
    from lgreason.language.book.rulebook import Book
    from lgreason.language.writing.telling import RuleTelling

    book = request.session.library.rulebook
    ruled = [of for of in book.rules if of.rule.id == identity] if isinstance(book, Book) else []
    if not ruled or not isinstance(book, Book):
        return None
    if ruled[-1].rule.language != language and RuleTelling(book).sentence(ruled[-1], language) is None:
        return None
    return writer.rule(ruled[-1].rule, language)


def _reasons(answer: Explanation | OrganisationAnswer, day: Session) -> Iterator[Line]:
    """Why an example came out as it did, in full."""
    from lgreason.reasoning.persons.explain import Explanation
    from lgreason.report.text.explanation import ExplanationText

    if isinstance(answer, Explanation):
        yield from ExplanationText(answer, day.kb, day.vocabulary, day.wording).lines(full=True)
        return
    from lgreason.answers.organisations import organisation_text
    from lgreason.reasoning.organisations.establishment import PostVerdict
    from lgreason.reasoning.organisations.resting import rests_of_class, rests_of_post
    from lgreason.reasoning.organisations.retyping import Classification
    from lgreason.reasoning.structures.resting import rests_of_plan
    from lgreason.report.text.calculation import CalculationText
    from lgreason.report.text.establishment import PostsText
    from lgreason.report.text.proposed import PlanText

    organisation, found = answer.organisation, answer.found
    text, tables = organisation_text(answer.session, organisation), answer.session.tables
    if isinstance(found, Classification):
        of_class = rests_of_class(tables, organisation, found.class_, found.reason)
        yield from CalculationText(text).classification(found, of_class)
    elif isinstance(found, PostVerdict):
        of_post = rests_of_post(tables, organisation, found)
        yield from PostsText(text, {(found.post, found.level): of_post}).reasons(found)
    else:
        truth = {"allowed": True, "forbidden": False}.get(answer.verdict)
        assert organisation.plan is not None
        of_plan = rests_of_plan(tables, organisation, organisation.plan, None, found, truth)
        yield from PlanText(text).validation(found, truth, True, of_plan)
        yield from text.footer(of_plan, text.permitted)


@rules.command(help=help_text("rules_test"))
@_FILES
@settings
def test(request: Request, files: tuple[str, ...]) -> int:
    """Run the examples of the files; of one that fails show why."""
    from lgreason.answers.session import Session
    from lgreason.language.checking.files import read_files
    from lgreason.language.examples.examples import outcomes

    book, found = read_files(files, request.session.library)
    if _stop(request, found):
        return NO
    session = Session(
        request.wording.language,
        request.wording.digits,
        request.session.day,
        request.session.readings,
        request.session.library.with_rules(book),
    )
    done = list(outcomes(book, session))

    def lines() -> Iterator[Line]:
        say = request.wording.say
        for outcome in done:
            line, _ = outcome.source.place(outcome.example.span[0])
            args = {"title": outcome.example.title, "file": outcome.source.file, "line": line}
            if outcome.passed:
                yield Line(say("rules.example_passed", **args), style="good")
                continue
            yield Line(say("rules.example_failed", **args), style="bad")
            for finding in outcome.findings:
                yield Line(request.wording.finding(finding), 1, "bad")
            if outcome.answer is not None:
                of_post = outcome.example.organisation is not None and outcome.example.class_ is None
                words = "posts" if of_post else "verdict"
                expected = say(f"{words}.{outcome.example.verdict}")
                got = say(f"{words}.{outcome.answer.verdict}")
                yield Line(say("rules.example_differs", expected=expected, found=got), 1)
                if not outcome.decided:
                    yield Line(say("rules.example_decided", clause=outcome.example.because), 1)
                for row in _reasons(outcome.answer, session.altered(outcome.example.as_of)):
                    yield Line(row.text, row.indent + 2, row.style)
        passed = sum(outcome.passed for outcome in done)
        yield Line(say("rules.tested", passed=passed, failed=len(done) - passed), style="note")

    document = {
        "schema": "lgreason.tests/1",
        "examples": [
            {
                "title": outcome.example.title,
                "file": outcome.source.file,
                "line": outcome.source.place(outcome.example.span[0])[0],
                "passed": outcome.passed,
                "expected": outcome.example.verdict,
                "verdict": outcome.answer.verdict if outcome.answer else None,
            }
            for outcome in done
        ],
    }
    request.answer(lines(), lambda: document)
    return YES if all(outcome.passed for outcome in done) else NO


SYNTAX = frozenset(
    {
        *(
            "rule_stray",
            "rule_head",
            "rule_entry",
            "rule_too_many",
            "rule_id_missing",
            "rule_id_form",
            "rule_key",
        ),
        *("rule_key_here", "rule_key_twice", "rule_value_missing", "rule_text_open", "rule_text_quoted"),
        *(
            "rule_text_more",
            "rule_text_count",
            "rule_text_empty",
            "rule_text_long",
            "rule_choice",
            "rule_number",
        ),
        *(
            "rule_category",
            "rule_name_unknown",
            "rule_position_unknown",
            "rule_one_only",
            "rule_reading_form",
        ),
        *(
            "rule_unexpected",
            "rule_unknown_word",
            "rule_unknown_word_nearest",
            "rule_incomplete",
            "rule_item_order",
        ),
        *(
            "rule_too_deep",
            "rule_too_many_items",
            "rule_ambiguous_term",
            "rule_other_language",
            "rule_sentence_too_long",
        ),
        *("rule_definition_needs", "rule_example_needs", "rule_dates_reversed", "rule_date_range"),
        *(
            "rule_both_languages",
            "date_unreadable",
            "date_no_such_month",
            "date_no_such_day",
            "date_era_unclear",
        ),
        *("date_year_cut", "date_not_buddhist", "date_not_common"),
    }
)
"""Codes of what keeps a statement from being read, so that it cannot be written again either."""
