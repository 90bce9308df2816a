"""A question as it was understood, with what the conversation adds to it: the fields of `lgreason.answer/1`."""

from __future__ import annotations

from datetime import date
from typing import Any

from lgreason.files.facts.written import written
from lgreason.repl.asked import Mention, Question, Supposition
from lgreason.repl.learned import Learned

Document = dict[str, Any]
CALLED: dict[str, str] = {
    "greet": "thanks",
    "transcript": "save",
    "export": "save",
    "refused": "why_post",
    "choice": "posts",
}
"""What a question is called in an answer, where it is one of those that the contract names."""
_INSIDE = {"sections": "section_head", "parts": "part_head"}
_UNDOING = {"": "last", "all": "all"}


def meant_document(question: Question, person: str | None = None, position: str | None = None) -> Document:
    """What is asked, of whom, for which post; `person` and `position` are those that the conversation adds."""
    document: Document = {"ask": CALLED.get(question.ask, question.ask)}
    persons = [_one(mention) for mention in question.persons] or ([person] if person else [])
    if persons:
        document["person"] = persons[0]
    if persons[1:]:
        document["others"] = persons[1:]
    post = _one(question.position) if question.position is not None else position
    if post is not None:
        document["position"] = post
    for name, day in (("as_of", question.on), ("by", question.by)):
        if day is not None and day.day is not None:
            document[name] = day.day.isoformat()
    if question.organisation is not None and question.organisation.ids:
        document["organisation"] = _one(question.organisation)
    document |= _of_organisation(question)
    if question.clause is not None:
        document["clause"] = _one(question.clause)
    if question.ask == "show" and question.text:
        document["reading"] = question.text
    if question.about:
        document["about"] = question.about
    if question.levels and "level" not in document:
        document["level"] = list(question.levels)
    if question.ask == "undo":
        document["scope"] = _UNDOING[question.text]
    if question.ask in ("save", "load", "transcript", "draw", "export", "memo") and question.text:
        document["file"] = question.text
    if question.negated:
        document["negated"] = True
    if question.ask == "whatif" and (question.wanted or question.amount):
        document["supposed"] = [_set(question)]
    supposed = [s for s in (question.suppose, *question.more) if s is not None]
    if supposed:
        document["supposed"] = [_supposed(said) for said in supposed]
    plain = {"plans": list(question.plans), "digits": question.digits}
    return document | {key: value for key, value in plain.items() if value}


_ENTRY = {"postings": "posting", "education": "degree", "experience": "work"}


def told_document(learned: Learned) -> Document:
    """A fact that was told in answer to the program's question: `tell posting 1 from 2015-10-01`."""
    fact, value = learned.fact, learned.value
    if learned.declared:
        what = fact.list if fact.number is None else f"{fact.list} {fact.number}"
        told_of = {} if fact.key is None else {"fact": fact.key}
        return {"kind": "tell", "what": what, **told_of, "value": written(value)}
    entry = _ENTRY[fact.list]
    if fact.number is None:
        return {"kind": "tell", "what": fact.list}
    told = value.isoformat() if isinstance(value, date) else value
    return {"kind": "tell", "what": f"{entry} {fact.number}", "fact": fact.key, "value": told}


def _one(mention: Mention) -> str | list[str]:
    return mention.ids[0] if len(mention.ids) == 1 else list(mention.ids)


def _of_organisation(question: Question) -> Document:
    document: Document = {}
    if question.post is not None:
        post, _, level = question.post.ids[0].partition(".")
        document["post"] = post
        if level:
            document["level"] = level
    if question.unit is not None:
        document["unit"] = question.unit.ids[0].rpartition("/")[2]
    if question.kind is not None:
        document["class"] = _one(question.kind)
    if question.which:
        document["which"] = question.which
    wanted = question.wanted
    if wanted is not None:
        identity = wanted.what.ids[0]
        if wanted.of == "unit":
            document["unit"] = identity.rpartition("/")[2]
            if wanted.inside:
                document["post"] = _INSIDE[wanted.inside]
        elif wanted.of == "post":
            document["post"] = identity.partition(".")[0]
            if level := identity.partition(".")[2]:
                document["level"] = level
        if wanted.value.isdecimal():
            document["number"] = int(wanted.value)
        elif wanted.value:
            document["level"] = wanted.value
    if question.option is not None:
        document["number"] = question.option
    return document


def _set(question: Question) -> Document:
    """What is supposed of an organisation: a sum, or a part of its plan."""
    if question.amount is not None:
        return {"kind": "set", "what": f"{question.amount[0]}={question.amount[1]}"}
    wanted = question.wanted
    assert wanted is not None
    name = wanted.what.ids[0].rpartition("/")[2]
    part = wanted.inside or ("level" if wanted.of == "unit" and not wanted.value.isdecimal() else "")
    return {"kind": "set", "what": f"{name}.{part}={wanted.value}" if part else f"{name}={wanted.value}"}


def _supposed(said: Supposition) -> Document:
    document: Document = {"kind": said.kind, "what": _one(said.what)}
    if said.field is not None:
        document["field"] = _one(said.field)
    if said.said:
        document["value"] = said.said
    for name, day in (("from", said.start), ("to", said.end)):
        if day is not None and day.day is not None:
            document[name] = day.day.isoformat()
    return document
