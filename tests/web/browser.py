"""A real browser on the real program: Debian's Chromium, driven by Playwright; without it these tests are skipped."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.web.client import EXAMPLES, ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: apt-get install chromium")
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--disable-features=Translate,OptimizationHints,MediaRouter",
)
DAY = "2026-11-27"


@contextmanager
def served(*names: str) -> Iterator[str]:
    """The address of the program itself, serving some examples."""
    files = [str(EXAMPLES / name) for name in names]
    program = subprocess.Popen(
        [sys.executable, "-m", "lgreason", "serve", *files, "--port", "0", "--as-of", DAY],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    try:
        told = program.stdout.readline()
        found = re.search(r"http://\S+", told)
        assert found, told + (program.stderr.read() if program.stderr else "")
        yield found[0]
    finally:
        program.terminate()
        program.wait(20)


def text_of_pdf(file: Path) -> str:
    """What can be read in a PDF, its spaces as one."""
    done = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    )
    return " ".join(done.stdout.split())
