"""The program: its commands, and one place where whatever goes wrong becomes a sentence and an exit status."""

from __future__ import annotations

import sys
from typing import cast

import click
from click.shell_completion import CompletionItem

from lgreason import __version__
from lgreason.cli.helped import Helped, HelpedGroup
from lgreason.cli.language import help_text
from lgreason.cli.outcome import open_streams, status_of
from lgreason.rules.findings import Finding, Unusable

OF_ORGANISATIONS = ("posts", "validate", "structures", "burden", "classify")
OF_THE_TABLE = (*("service", "profile", "missing", "requirements", "counts", "convert", "upcoming"),)
COMMANDS = (
    "check",
    "why",
    "how",
    "path",
    "compare",
    "screen",
    *OF_THE_TABLE,
    *OF_ORGANISATIONS,
    "kb",
    "rules",
    "facts",
    "schema",
    "memo",
    "verify",
    "serve",
    "repl",
)


class _Program(HelpedGroup):
    """The commands, each imported when it is first needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:
        """Every command with what it does in a line; none is imported for that."""
        del ctx
        return [(name, Helped(name, help=help_text(name)).get_short_help_str(200)) for name in COMMANDS]

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands that begin so, and the options of the program."""
        found = [
            CompletionItem(name, help=does)
            for name, does in self.summaries(ctx)
            if name.startswith(incomplete)
        ]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name in ("check", "why", "how", "path"):
            from lgreason.cli import people

            return cast(click.Command, getattr(people, cmd_name))
        if cmd_name == "compare":
            from lgreason.cli.comparing import compare

            return compare
        if cmd_name in OF_THE_TABLE:
            from lgreason.cli import questions

            return cast(click.Command, getattr(questions, cmd_name))
        if cmd_name in (*OF_ORGANISATIONS, "facts"):
            from lgreason.cli import organisations

            return cast(click.Command, getattr(organisations, cmd_name))
        if cmd_name in ("kb", "schema"):
            from lgreason.cli import knowledge

            return cast(click.Command, getattr(knowledge, cmd_name))
        if cmd_name == "screen":
            from lgreason.cli.screen import screen

            return screen
        if cmd_name == "rules":
            from lgreason.cli.rules import rules

            return rules
        if cmd_name == "verify":
            from lgreason.cli.receipt import verify

            return verify
        if cmd_name == "memo":
            from lgreason.cli.memo import memo

            return memo
        if cmd_name == "serve":
            from lgreason.cli.serve import serve

            return serve
        if cmd_name == "repl":
            from lgreason.cli.repl import repl

            return repl
        return None


@click.group(cls=_Program, invoke_without_command=True, help=help_text("program"))
@click.version_option(__version__, help=help_text("version"))
@click.pass_context
def program(ctx: click.Context) -> int:
    """Open the REPL when no command is given."""
    if ctx.invoked_subcommand is None:
        command = program.get_command(ctx, "repl")
        assert command is not None
        return cast(int, ctx.invoke(command))
    return 0


def main() -> None:
    """Run the program on the command line's arguments and exit with the status of the contract."""
    open_streams()
    sys.exit(status_of(_run))


def _run() -> int:
    try:
        found = program.main(_with_command(sys.argv[1:]), prog_name="lgreason", standalone_mode=False)
    except click.UsageError as error:
        raise Unusable((_usage(error),)) from None
    except click.Abort:
        raise KeyboardInterrupt from None
    return found or 0


def _with_command(arguments: list[str]) -> list[str]:
    """The arguments with the command first: options may stand before it, and alone they are those of the REPL."""
    if not arguments or not arguments[0].startswith("-") or arguments[0] in ("--help", "--version"):
        return arguments
    at = next((index for index, argument in enumerate(arguments) if argument in COMMANDS), None)
    if at is None:
        return ["repl", *arguments]
    options, rest = arguments[:at], arguments[at:]
    words = 2 if rest[0] in ("kb", "rules") else 1
    return [*rest[:words], *options, *rest[words:]]


def _usage(error: click.UsageError) -> Finding:
    """What click found wrong with the arguments, as a finding in the user's language."""
    from difflib import get_close_matches

    if isinstance(error, click.NoSuchOption):
        return Finding(
            "cli_no_such_option", args={"found": error.option_name, "nearest": _or_help(error.possibilities)}
        )
    if isinstance(error, click.MissingParameter):
        return Finding(
            "cli_missing",
            args={"name": error.param.make_metavar(error.ctx) if error.param and error.ctx else ""},
        )
    if isinstance(error, click.BadParameter):
        name = error.param.opts[0] if error.param else ""
        choices = tuple(getattr(error.param.type, "choices", ())) if error.param else ()
        code = "cli_bad_choice" if choices else "cli_bad_value"
        return Finding(code, args={"name": name, "choices": choices} if choices else {"name": name})
    found = error.message.split("'")[1] if error.message.count("'") >= 2 else ""
    if "No such command" in error.message:
        return Finding(
            "cli_no_such_command",
            args={"found": found, "nearest": _or_help(get_close_matches(found, COMMANDS, n=1))},
        )
    return Finding("cli_usage", args={"message": error.message})


def _or_help(words: object) -> tuple[str, ...]:
    return tuple(words) if isinstance(words, list | tuple) and words else ("--help",)
