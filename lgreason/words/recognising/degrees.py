"""Qualifications as people write them: full names of degrees, abbreviations, English names, with their branches."""

from __future__ import annotations

import re

from lgreason.words.plain import plain_text
from lgreason.words.recognising.fields import Fields
from lgreason.words.recognising.lexicon import WordFacts, key, slips
from lgreason.words.recognising.outcome import Recognised, mapping

GENERIC = "generic"
_GREAT = "มหา"
_SHORT_AND_BRANCH = re.compile(
    r"(?P<name>(?:[\u0e01-\u0e2e]{1,3}\. ?){1,2}[บมด]\.) ?(?P<branch>[\u0e01-\u0e5b][^().]{3,})"
)
"""ศศ.บ. รัฐประศาสนศาสตร์: an abbreviation, then its branch in full."""
_YEAR_BEHIND = re.compile(r"\s*(?:เมื่อ)?\s*(?:ปี)?\s*(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|ปี)\s*[0-9]{4}$")
"""รป.ม. พ.ศ. 2555: the year in which it was obtained."""


class Degrees:
    """Recognises qualifications."""

    def __init__(self, lexicon: WordFacts, fields: Fields) -> None:
        """Take the words, and who recognises fields."""
        self._lexicon = lexicon
        self._fields = fields
        self._words = {key(text): degree for degree, text in lexicon.rows("degree_words")}
        for name, ids in lexicon.names("degree").items():
            if len(ids) == 1:
                self._words.setdefault(name, next(iter(ids)))
        self._endings = [(degree, key(text)) for degree, text in lexicon.rows("degree_ending")]
        self._letters = {_letters(text): field for field, text in lexicon.rows("field_letters")}
        self._initials = {text: field for field, text in lexicon.rows("field_initials")}
        self._written = {
            _letters(text): (degree, field) for degree, field, text in lexicon.rows("degree_written")
        }
        self._no_degrees = {_letters(text) for (text,) in lexicon.rows("no_degree_letters")}
        self._last = {text: degree for degree, text in lexicon.rows("degree_letter")}
        self._first = {text: degree for degree, text in lexicon.rows("degree_initial")}

    def recognise(self, text: str, field: str | None = None) -> Recognised:
        """A qualification; `field` is what stands in a column of its own, if there is one."""
        plain = self._bare(plain_text(text))
        if not key(plain):
            return Recognised("degree", text, "unrecognised", why="empty")
        identity = self._words.get(key(plain))
        # What is a word for a degree and tells its field as well (MPA, รป.ม.) says more as an abbreviation.
        if identity and not (self._abbreviated(plain) or self._english(plain)):
            return self._with_field(text, identity, None, field)
        if row := self._lexicon.holds("no_degree", key(plain)):
            return Recognised("degree", text, "unrecognised", why="no_degree", args={"part": row[0]})
        if _letters(plain) in self._no_degrees:
            return Recognised("degree", text, "unrecognised", why="no_degree", args={"part": plain})
        if self._names_two(plain):
            return Recognised("degree", text, "unrecognised", why="two_degrees")
        name, branch = _branch(self._said_once(plain))
        branch = branch or field
        found = self._degree(name)
        if found is not None:
            degree, of = found
            other = self._degree(branch) if branch else None
            if other is not None and other[0] != degree:
                return Recognised("degree", text, "unrecognised", why="two_degrees")
            return self._with_field(text, degree, of, branch)
        if branch and (identity := self._words.get(key(name))):
            return self._with_field(text, identity, None, branch)
        if split := self._word_and_field(plain):
            return self._with_field(text, split[0], None, split[1])
        if identity := self._words.get(key(name)):
            return self._with_field(text, identity, None, branch)
        if branch and (found := self._degree(branch)):
            return self._with_field(text, found[0], found[1], name)
        near = self._lexicon.near(key(plain), self._words)
        degrees = tuple(
            mapping(degree=degree) for degree in dict.fromkeys(self._words[word] for word in near)
        )
        return Recognised(
            "degree", text, "unrecognised", choices=degrees, why="near" if degrees else "no_such_name"
        )

    def _bare(self, plain: str) -> str:
        """A text without what says nothing of the degree: honours, and how it was studied."""
        for row in self._lexicon.by_text("honours").values():
            plain = plain.replace(plain_text(row[0]), " ")
        plain = plain_text(re.sub(r"\(\s*\)", " ", plain)).strip(" ,")
        for row in self._lexicon.by_text("around").values():
            plain = plain.removeprefix(plain_text(row[0])).strip()
        return _YEAR_BEHIND.sub("", plain)

    def _said_once(self, plain: str) -> str:
        """A text without the bracket that only writes its degree short, where its branch follows."""
        found = re.fullmatch(r"(?P<name>[^()]+)\((?P<short>[^()]+)\)(?P<behind>[^()]+)", plain)
        if found is None:
            return plain
        one, other = self._degree(found["name"].strip()), self._degree(found["short"].strip())
        same = one is not None and other is not None and one[0] == other[0]
        return plain_text(f"{found['name']} {found['behind']}") if same else plain

    def _names_two(self, plain: str) -> bool:
        """Whether a text joins two degrees: ร.บ. และ รป.ม."""
        pieces = self._lexicon.pieces(plain)
        if len(pieces) < 2:
            return False
        named = [self._words.get(key(piece)) or self._degree(_branch(piece)[0]) for piece in pieces]
        told = {each if isinstance(each, str) else each[0] for each in named if each is not None}
        return len(told) > 1

    # ── forms of names ───────────────────────────────────────────────────────────────────────────

    def _degree(self, name: str) -> tuple[str, str | None] | None:
        """The degree and the field that a name or an abbreviation of a degree tells."""
        return self._named(name) or self._abbreviated(name) or self._english(name)

    def _named(self, text: str) -> tuple[str, str | None] | None:
        """รัฐศาสตรมหาบัณฑิต: the degree by its ending, the field by what stands before."""
        told = key(text).removeprefix(key("ปริญญา"))
        for degree, ending in self._endings:
            if told.endswith(ending) and (stem := told.removesuffix(ending)):
                if degree == "bachelor" and stem.endswith(key("ประกาศนียบัตร")):
                    return None
                if degree == "bachelor" and any(
                    slips(stem[-n:], _GREAT) == 1 for n in (2, 3, 4)
                ):  # a master's, with a slip
                    return None
                return degree, stem
        return None

    def _abbreviated(self, text: str) -> tuple[str, str | None] | None:
        """รป.ม.: the field by its letters, the degree by the last."""
        letters = _letters(text)
        if letters in self._written:
            degree, field = self._written[letters]
            return degree, field
        if match := re.fullmatch(r"(?P<field>[\u0e01-\u0e4e.]+?)\.(?P<last>[บมด])", letters):
            field_ = self._letters.get(match["field"]) or self._letters.get(match["field"].replace(".", ""))
            if field_ is not None or len(match["field"].replace(".", "")) <= 3:
                return self._last[match["last"]], field_ or match["field"]
        # Without dots the letters run together; of one letter they could be anything.
        if len(letters) > 2 and "." not in letters and letters[-1] in self._last:
            field_ = self._letters.get(letters[:-1])
            if field_ is not None:
                return self._last[letters[-1]], field_
        return None

    def _english(self, text: str) -> tuple[str, str | None] | None:
        """M.P.A.; Master of Public Administration; M.A."""
        plain = plain_text(text)
        compact = re.sub(r"[.\s]", "", plain)
        if len(compact) > 1 and compact.isascii() and len(compact) <= 10 and compact[0] in self._first:
            field = self._initials.get(compact[1:])
            if field is not None and ("." in plain or len(compact) > 2 or plain.isupper()):
                return self._first[compact[0]], field
        match = re.fullmatch(
            r"(?P<degree>bachelor|master|doctor|doctorate)(?:'?s| s)?(?: degree)? (?:of|in) (?P<field>.+)",
            plain,
        )
        if match:
            return self._words[key(match["degree"])], match["field"]
        return None

    def _word_and_field(self, plain: str) -> tuple[str, str] | None:
        """ปริญญาโท รัฐศาสตร์: a word for a degree, then a field."""
        told = key(plain)
        for word in sorted(self._words, key=len, reverse=True):
            if word in self._lexicon.by_text("degree_alone"):
                continue
            if len(word) > 2 and told.startswith(word) and len(told) > len(word):
                if word.isascii() and not re.match(rf"{re.escape(word)}", told):
                    continue
                rest = told[len(word) :].lstrip("()").rstrip(")")
                return self._words[word], rest
        return None

    # ── the field of it ──────────────────────────────────────────────────────────────────────────

    def _with_field(self, text: str, degree: str, of: str | None, branch: str | None) -> Recognised:
        """The qualification with what its name and its branch say of the field."""
        generic = of == GENERIC or (of is not None and key(of) in self._lexicon.by_text("generic_degree"))
        if of is not None and not generic:
            known = of if of in self._lexicon.names("field").get(key(of), ()) else self._fields.exact(of)
            if known is not None:
                if branch and not self._known_beside(branch):
                    choices = (mapping(degree=degree, field=known),)
                    return Recognised("degree", text, "several", mapping(degree=degree), choices, "bracket")
                within = self._fields.beside(known, branch) if branch else None
                return (
                    self._sure(text, degree, known) if within is None else self._asked(text, degree, within)
                )
            told = self._fields.recognise(of)
            if (
                branch
                and told.outcome == "another"
                and (other := self._fields.recognise(branch)).why != "unlisted"
            ):
                return Recognised(
                    "degree", text, "several", mapping(degree=degree), (other.reading,), "two_fields"
                )
            return self._asked(text, degree, told)
        if degree == "diploma":  # whatever it is of, it is below a bachelor's degree
            return Recognised("degree", text, "this", mapping(degree=degree))
        if branch:
            return self._asked(text, degree, self._fields.recognise(branch))
        if generic:
            return Recognised("degree", text, "several", mapping(degree=degree), why="branch_not_told")
        return Recognised("degree", text, "this", mapping(degree=degree))

    def _known_beside(self, branch: str) -> bool:
        """Whether what stands beside a degree is its branch, the degree once more, or says nothing of it."""
        return self._degree(branch) is not None or self._fields.may_stand_beside(branch)

    def _sure(self, text: str, degree: str, field: str) -> Recognised:
        return Recognised("degree", text, "this", mapping(degree=degree, field=field))

    def _asked(self, text: str, degree: str, field: Recognised) -> Recognised:
        """What the qualification comes to with its field as recognised."""
        if field.decides:
            return Recognised(
                "degree", text, "this", mapping(degree=degree, **dict(field.reading)), why=field.why
            )
        choices = tuple(mapping(degree=degree, **dict(choice)) for choice in field.choices)
        return Recognised("degree", text, "several", mapping(degree=degree), choices, field.why, field.args)


def _letters(text: str) -> str:
    """An abbreviation as compared: its letters, one dot between."""
    return re.sub(r"[.\s]+", ".", plain_text(text)).strip(".")


def _branch(plain: str) -> tuple[str, str | None]:
    """A text parted into the name of a degree and its branch: in brackets, or after สาขาวิชา and the like."""
    if match := re.fullmatch(r"(?P<name>[^()]+)\((?P<branch>[^()]+)\)\.?", plain):
        return match["name"].strip(), match["branch"].strip()
    if match := _SHORT_AND_BRANCH.fullmatch(plain):
        return match["name"].strip(), match["branch"].strip()
    for word in (
        "สาขาวิชา",
        "สาขา",
        "วิชาเอก",
        "ทาง",
        "ด้าน",
        ", major in ",
        " major in ",
        " majoring in ",
        ", ",
        " in ",
    ):
        name, found, branch = plain.partition(word)
        if found and name.strip() and branch.strip():
            return name.strip(" ."), branch.strip()
    return plain, None
