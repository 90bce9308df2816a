"""`repl`: questions as sentences, in a terminal with history and completion, or one a line from a pipe."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lgreason.answers.persons import LIMITED, UNUSABLE, YES
from lgreason.cli.helped import Helped
from lgreason.cli.language import help_text
from lgreason.cli.outcome import FAILED, OutputLost, TimeIsUp, fault
from lgreason.cli.request import Request, settings, warn
from lgreason.rules.findings import Finding, Unusable

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.document import Document
    from prompt_toolkit.history import History
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    from lgreason.repl.answering import Answer
    from lgreason.repl.conversation import Conversation

COMMENT = "#"


@click.command(cls=Helped, help=help_text("repl"))
@click.argument("files", metavar="[FILE]...", nargs=-1)
@settings
def repl(request: Request, files: tuple[str, ...] = ()) -> int:
    """Answer questions until there are no more."""
    from lgreason.repl.conversation import Conversation

    conversation = Conversation(request.session)
    findings = _opened(conversation, files)
    for person in conversation.people.values():
        warn(request, person.warnings)
    printer = _Printer(conversation, request.format, request.time_limit)
    if sys.stdin.isatty() and sys.stdout.isatty():
        printer.refuse(findings)
        return _converse(conversation, printer)
    if findings:
        printer.refuse(findings)
        return UNUSABLE
    return _read_on(conversation, printer)


def _opened(conversation: Conversation, files: Iterable[str]) -> tuple[Finding, ...]:
    """Load every file; whatever is wrong with any of them."""
    found: list[Finding] = []
    for path in files:
        try:
            conversation.open(path)
        except Unusable as unusable:
            found += unusable.findings
    return tuple(found)


class _Printer:
    """Answers lines and prints the answers, each within the time limit; remembers the last exit status."""

    def __init__(self, conversation: Conversation, form: str, limit: float | None) -> None:
        self._conversation = conversation
        self._form = form
        self._limit = limit if hasattr(signal, "setitimer") else None
        self.status = YES
        self.ended = False
        self._printed = False

    def answer(self, line: str) -> None:
        """Answer one line; a limit that is reached ends the answer and not the conversation."""
        try:
            answer = self._within_limit(lambda: self._conversation.answer(line))
        except TimeIsUp:
            self.status = LIMITED
            self._unanswered(line, "cli.time_is_up")
            return
        except (KeyboardInterrupt, OutputLost):
            raise
        except Exception as error:  # one bad answer does not end a conversation
            self.status = FAILED
            self._unanswered(line, "cli.failed", **fault(error))
            return
        self.ended = answer.ends
        if not answer.ends:
            self.status = answer.status
        if not answer.ends or self._form == "json":
            self._print(answer)

    def refuse(self, findings: tuple[Finding, ...]) -> None:
        """Print what is wrong with the files given at the start, on standard error."""
        if not findings:
            return
        from lgreason.answers.persons import refused
        from lgreason.report.terminal import show

        reply = refused(findings, self._conversation.wording)
        if self._form == "json":
            click.echo(json.dumps(reply.document, ensure_ascii=False))
        show(reply.lines, sys.stderr)

    def _print(self, answer: Answer) -> None:
        if self._form == "json":
            click.echo(json.dumps(answer.document, ensure_ascii=False))
        else:
            from lgreason.report.terminal import paged, show

            if self._printed:
                click.echo()
            if sys.stdin.isatty() and (text := paged(answer.lines)) is not None:
                click.echo_via_pager(text)
                show(answer.asks)  # what is asked stays in sight
            else:
                show(answer.lines)
        self._printed = True
        sys.stdout.flush()

    def _unanswered(self, line: str, why: str, **arguments: object) -> None:
        click.echo(self._conversation.wording.say(why, **arguments), err=True)
        if self._form == "json":
            document = {"schema": "lgreason.answer/1", "question": line.strip(), "complete": False}
            click.echo(json.dumps(document, ensure_ascii=False))

    def _within_limit(self, answer: Callable[[], Answer]) -> Answer:
        from lgreason.rules.solver.control import interrupt

        if self._limit is None:
            return answer()
        signal.signal(signal.SIGALRM, lambda *_: interrupt(TimeIsUp()))
        signal.setitimer(signal.ITIMER_REAL, self._limit)
        try:
            return answer()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


# ── from a pipe ───────────────────────────────────────────────────────────────────────────────────────────────────


def _read_on(conversation: Conversation, printer: _Printer) -> int:
    """Answer one question a line; the exit status is that of the last answer."""
    del conversation
    for line in _lines():
        if line.strip() and not line.lstrip().startswith(COMMENT):
            printer.answer(line)
            if printer.ended:
                break
    return printer.status


def _lines() -> Iterator[str]:
    for line in sys.stdin.buffer:
        yield line.decode("utf-8-sig", "replace").rstrip("\r\n")


# ── in a terminal ─────────────────────────────────────────────────────────────────────────────────────────────────


def _converse(conversation: Conversation, printer: _Printer) -> int:
    """Prompt, answer, and so on until Ctrl-D; Ctrl-C clears the line or stops the answer."""
    for ending in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        signal.signal(
            ending, lambda number, _: sys.exit(128 + number)
        )  # the terminal is put back on the way out
    from threading import Thread

    from lgreason.repl.understanding.understand import prepare
    from lgreason.report.terminal import show

    prompt = _prompt_session(conversation)
    Thread(target=prepare, daemon=True).start()  # read while the first question is typed
    show(conversation.welcome())
    while not printer.ended:
        try:
            line = prompt.prompt(conversation.prompt())
        except KeyboardInterrupt:
            continue
        except EOFError:
            break
        if not line.strip() or line.lstrip().startswith(COMMENT):
            continue
        try:
            printer.answer(line)
        except KeyboardInterrupt:
            click.echo(conversation.wording.say("repl.stopped"), err=True)
    click.echo(conversation.wording.say("repl.bye"), err=True)
    return YES


def _prompt_session(conversation: Conversation) -> PromptSession[str]:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import Completer, Completion
    from prompt_toolkit.styles import Style

    from lgreason.repl.completion import complete

    class Names(Completer):
        """Completes what stands before the cursor, from the words in force."""

        def get_completions(self, document: Document, _event: object) -> Iterator[Completion]:
            line = document.text_before_cursor
            for found in complete(line, conversation.lexicon):
                yield Completion(found.text, start_position=found.start - len(line))

    style = Style.from_dict({} if "NO_COLOR" in os.environ else {"prompt": "bold"})
    return PromptSession(
        history=_history(),
        completer=Names(),
        complete_while_typing=False,
        key_bindings=_keys(),
        style=style,
        enable_history_search=True,
    )


def _history() -> History:
    """The questions asked before, kept in the user's state directory; in memory if that cannot be written."""
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    state = os.environ.get("XDG_STATE_HOME", "")
    folder = (Path(state) if Path(state).is_absolute() else Path("~/.local/state").expanduser()) / "lgreason"
    file = folder / "history"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)  # questions name people
        with file.open("a"):
            return FileHistory(str(file))
    except (OSError, RuntimeError):
        return InMemoryHistory()


def _keys() -> KeyBindings:
    """Arrows, Backspace and Delete by what a reader sees as one letter: ที่ is one, not three; Alt-Enter."""
    from prompt_toolkit.key_binding import KeyBindings
    from wcwidth import iter_graphemes

    keys = KeyBindings()

    def before(event: KeyPressEvent) -> int:
        letters = list(iter_graphemes(event.current_buffer.document.current_line_before_cursor))
        return len(letters[-1]) if letters else 0

    def after(event: KeyPressEvent) -> int:
        return len(next(iter_graphemes(event.current_buffer.document.current_line_after_cursor), ""))

    @keys.add("left")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.cursor_position -= before(event)

    @keys.add("right")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.cursor_position += after(event)

    @keys.add("backspace")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.delete_before_cursor(before(event))

    @keys.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    @keys.add("delete")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.delete(after(event))

    return keys
