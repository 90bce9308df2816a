"""`posts`, `validate`, `burden` and `classify`: questions about one organisation."""

from __future__ import annotations

import sys

import click

from lgreason.cli.helped import Helped
from lgreason.cli.request import Request, help_text, settings
from lgreason.files.organisation import Organisation
from lgreason.findings import Finding, Unusable


def _organisation(request: Request, path: str) -> Organisation:
    return request.session.organisation(path, sys.stdin.buffer if path == "-" else None)


def _id(request: Request, category: str, text: str) -> str:
    """The id of a term named in any way; raises `Unusable` offering the nearest names."""
    vocabulary = request.session.organisation_vocabulary
    found = vocabulary.resolve(category, text)
    if found is None:
        nearest = vocabulary.nearest(category, text)
        name = vocabulary.name("category", category)
        raise Unusable((Finding("term_unknown", args={"found": text, "category": name, "nearest": nearest}),))
    return found


@click.command(cls=Helped, help=help_text("posts"))
@click.argument("organisation", metavar="ORG")
@click.argument("post", metavar="[POST]", required=False)
@click.argument("level", metavar="[LEVEL]", required=False)
@click.option("--full", is_flag=True, help=help_text("full"))
@settings
def posts(request: Request, organisation: str, post: str | None, level: str | None, full: bool) -> int:
    """Which posts may be set up or raised, at which levels and how many."""
    from lgreason import organisation_replies as replies
    from lgreason.files.organisation import LEVELS

    asked = _organisation(request, organisation)
    only = None
    if post is not None:
        levels = LEVELS if level is None else (_id(request, "level", level),)
        identity = _id(request, "establishment", post)
        only = tuple((identity, each) for each in levels)
    return request.reply(replies.posts(request.session, asked, only, full))


@click.command(cls=Helped, help=help_text("validate"))
@click.argument("organisation", metavar="ORG")
@click.option("--full", is_flag=True, help=help_text("full"))
@settings
def validate(request: Request, organisation: str, full: bool) -> int:
    """Whether the plan of the file may be."""
    from lgreason import organisation_replies as replies

    return request.reply(replies.validate(request.session, _organisation(request, organisation), full))


@click.command(cls=Helped, help=help_text("burden"))
@click.argument("organisation", metavar="ORG")
@settings
def burden(request: Request, organisation: str) -> int:
    """The personnel burden under section 35, step by step."""
    from lgreason import organisation_replies as replies

    return request.reply(replies.burden(request.session, _organisation(request, organisation)))


@click.command(cls=Helped, help=help_text("classify"))
@click.argument("organisation", metavar="ORG")
@click.argument("class_", metavar="CLASS")
@settings
def classify(request: Request, organisation: str, class_: str) -> int:
    """Whether a municipality may be re-typed."""
    from lgreason import organisation_replies as replies

    asked = _organisation(request, organisation)
    return request.reply(replies.classify(request.session, asked, _id(request, "municipal_class", class_)))
