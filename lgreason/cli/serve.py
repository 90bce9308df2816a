"""`serve`: the same questions as a page in a browser, on the user's own machine."""

from __future__ import annotations

from pathlib import Path

import click

from lgreason.answers.persons import YES
from lgreason.cli.helped import Helped
from lgreason.cli.language import help_text
from lgreason.cli.request import Request, settings
from lgreason.rules.findings import Finding, Unusable


@click.command(cls=Helped, help=help_text("serve"))
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--port", type=click.IntRange(0, 65535), default=8420, help=help_text("serve_port"))
@click.option("--host", default="127.0.0.1", help=help_text("serve_host"))
@click.option("--open", "opened", is_flag=True, help=help_text("serve_open"))
@settings
def serve(request: Request, files: tuple[str, ...], port: int, host: str, opened: bool) -> int:
    """Serve until interrupted."""
    try:
        from lgreason.web.serve import serve as serve_page
        from lgreason.web.windows import Settings, Start
        from lgreason.web.wording import PageWording
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("lgreason"):
            raise
        raise Unusable((Finding("extra_missing", args={"extra": "web"}),)) from None
    session = request.session
    wording = PageWording(session.wording.language, session.wording.digits)
    own = Settings(
        session.wording.language,
        session.wording.digits,
        None if session.day == session.today else session.day,
        tuple(sorted(session.readings.items())),
    )
    start = Start(own, session.library, tuple(_read(file) for file in files))

    def tell(address: str, reachable: bool) -> None:
        click.echo(wording.say("page.serving", address=address))
        if reachable:
            click.echo(wording.say("page.warning"), err=True)

    serve_page(start, host, port, opened, tell)
    return YES


def _read(file: str) -> tuple[str, bytes]:
    """A file by its name; what is in it is checked where it is shown."""
    from lgreason.files.source.read import read_bytes

    return Path(file).name, read_bytes(file)
