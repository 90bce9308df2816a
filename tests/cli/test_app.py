"""The program tells of its commands without importing them."""

from __future__ import annotations

import subprocess
import sys

import click

from lgreason.cli.app import program
from lgreason.cli.helped import HelpedGroup

LISTED = """
import sys
sys.argv = ["lgreason", "--help"]
from lgreason.cli.app import main
try:
    main()
finally:
    loaded = {"clingo", "lark", "numpy", "pyarrow", "duckdb", "lgreason.answers.session"} & set(sys.modules)
    print(*sorted(loaded), file=sys.stderr)
"""


def test_each_command_is_told_of_as_it_tells_of_itself() -> None:
    context = click.Context(program)
    assert isinstance(program, HelpedGroup)
    assert program.summaries(context) == HelpedGroup.summaries(program, context)


def test_help_imports_no_command() -> None:
    done = subprocess.run([sys.executable, "-c", LISTED], capture_output=True, text=True, check=True)
    assert "screen" in done.stdout
    assert done.stderr == "\n"


def test_commands_are_completed() -> None:
    found = program.shell_complete(click.Context(program), "sc")
    assert [item.value for item in found] == ["screen", "schema"]
