"""The command line: `main` is the entry point of the program `lgreason`."""

from __future__ import annotations

from lgreason.cli.app import main

__all__ = ["main"]
