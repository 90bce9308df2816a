"""Fields of study and kinds of work as people write them."""

from __future__ import annotations

import re

from lgreason.words.plain import plain_text
from lgreason.words.recognising.lexicon import WordFacts, key
from lgreason.words.recognising.outcome import Recognised, mapping

UNLISTED = "unlisted"


class Fields:
    """Recognises fields of study.

    A field is *this* where the text is a name of it, whatever stands around (สาขาวิชา, the name of the degree); it is
    *another* where the text surely is of none that is listed. A text that holds the name of a listed field, or a
    word of what one may take in, is neither: the standard does not say, and the committees do.
    """

    def __init__(self, lexicon: WordFacts) -> None:
        """Take the words."""
        self._lexicon = lexicon

    def exact(self, text: str) -> str | None:
        """The field that a text names, with or without the words before a branch."""
        names = self._lexicon.names("field")
        for form in self._forms(text):
            found = names.get(key(form))
            if found and len(found) == 1:
                return next(iter(found))
        return None

    def _forms(self, text: str) -> list[str]:
        """A text as written, and without the words before a branch and after a degree."""
        plain = plain_text(text).strip(" .")
        forms = [plain]
        for row in self._lexicon.by_text("branch_words").values():
            word = plain_text(row[0])
            if plain.startswith(word) and (not word.isascii() or plain[len(word) :].startswith(" ")):
                forms.append(plain[len(word) :].strip(" :"))
        return [form for form in forms if form]

    def recognise(self, text: str) -> Recognised:
        """A field on its own."""
        if identity := self.exact(text):
            return Recognised("field", text, "this", mapping(field=identity))
        plain = self._forms(text)[-1] if self._forms(text) else ""
        if not plain:
            return Recognised("field", text, "unrecognised", why="empty")
        if (whole := self._with_branch(plain)) is not None:
            return Recognised(
                "field", text, whole.outcome, whole.reading, whole.choices, whole.why, whole.args
            )
        told = key(plain)
        if near := self._near(told):
            choices = tuple(mapping(field=identity) for identity in near)
            return Recognised("field", text, "unrecognised", choices=choices, why="near")
        if row := self._lexicon.holds("names_a_listed", told):
            return Recognised("field", text, "unrecognised", choices=(mapping(field=row[0]),), why="contains")
        if told in self._lexicon.by_text("generic_degree"):
            return Recognised("field", text, "unrecognised", why="branch_not_told")
        if self._lexicon.holds("unlisted_has", told):
            return Recognised("field", text, "another", mapping(field=UNLISTED), why="unlisted")
        return Recognised("field", text, "unrecognised", why="no_such_name")

    def _with_branch(self, plain: str) -> Recognised | None:
        """A field with its branch: รัฐศาสตร์ (การปกครอง), or the other way round."""
        match = re.fullmatch(r"(?P<outer>[^()]+)\((?P<inner>[^()]+)\)", plain)
        parts = (match["outer"], match["inner"]) if match else ()
        if not parts:
            found = re.split(r"(?:สาขาวิชา|สาขา|วิชาเอก)", plain)
            parts = (found[0], found[1]) if len(found) == 2 and all(found) else ()
        if not parts:
            return None
        outer, inner = parts
        identity = self.exact(outer)
        generic = key(outer) in self._lexicon.by_text("generic_degree")
        if identity is None and not generic:
            inner_id = self.exact(inner)
            same = inner_id is not None and key(inner) in key(outer)
            if same:
                return Recognised("field", plain, "this", mapping(field=inner_id))
            choices = tuple(mapping(field=each) for each in self._near(key(outer)))
            return (
                Recognised("field", plain, "unrecognised", choices=choices, why="near") if choices else None
            )
        if generic:
            return self.recognise(inner)
        if identity is not None and (unsure := self.within(identity, inner)) is not None:
            return unsure
        inner_found = self.recognise(inner)
        if identity is not None and not self.may_stand_beside(inner):
            return Recognised("field", plain, "several", choices=(mapping(field=identity),), why="bracket")
        known = inner_found.reading["field"] if inner_found.outcome == "this" else identity
        if known != identity and not {known, identity} <= self._listed:
            choices = (mapping(field=identity), inner_found.reading)
            return Recognised("field", plain, "several", choices=choices, why="two_fields")
        return Recognised("field", plain, "this", mapping(field=identity))

    @property
    def _listed(self) -> set[str]:
        """The fields that the standards list, by id."""
        return {row[0] for row in self._lexicon.rows("names_a_listed")}

    def beside(self, field: str, branch: str) -> Recognised | None:
        """What a branch leaves unsure of the field that an abbreviation tells: ศ.บ. (นิติศาสตร์); `None`: nothing."""
        own = self.exact(branch)
        if own not in (None, field) and not {str(own), field} <= self._listed:
            choices = (mapping(field=field), mapping(field=own))
            return Recognised("field", branch, "several", choices=choices, why="two_fields")
        return self.within(field, branch)

    def within(self, field: str, branch: str) -> Recognised | None:
        """The branch of a field that is not listed, where it may be one that is; `None` where the field decides."""
        if field in self._listed:
            return None
        inner = self.recognise(branch)
        if inner.outcome == "this" and inner.reading["field"] in self._listed:
            choices = (mapping(field=field), inner.reading)
            return Recognised("field", branch, "several", choices=choices, why="two_fields")
        return inner if inner.why in ("contains", "near") else None

    def may_stand_beside(self, branch: str) -> bool:
        """Whether what stands in the place of a branch is one, or says nothing of the degree (its university)."""
        if self.recognise(branch).why != "no_such_name":
            return True
        plain = plain_text(branch).strip(" .")
        if re.fullmatch(r"2[0-9]{3}", plain):
            return True
        if any(plain.startswith(plain_text(row[0])) for row in self._lexicon.rows("beside_branch")):
            return True
        return any(
            plain.startswith(plain_text(text)) if how == "begins" else plain.endswith(plain_text(text))
            for how, text in self._lexicon.rows("shaped")
        )

    def _near(self, told: str) -> list[str]:
        names = self._lexicon.names("field")
        return list(
            dict.fromkeys(identity for name in self._lexicon.near(told, names) for identity in names[name])
        )


class Works:
    """Recognises kinds of work."""

    def __init__(self, lexicon: WordFacts) -> None:
        """Take the words."""
        self._lexicon = lexicon

    def recognise(self, text: str) -> Recognised:
        """A kind of work."""
        told = self._bare(key(text))
        names = self._lexicon.names("work")
        listed = self._lexicon.by_text("work_words")
        for form in (told, key("งาน") + told, told.removeprefix(key("งาน"))):
            if len(found := names.get(form, ())) == 1:
                return Recognised("work", text, "this", mapping(work=next(iter(found))))
            if form in listed:
                return Recognised("work", text, "this", mapping(work=listed[form][0]))
        if not told:
            return Recognised("work", text, "unrecognised", why="empty")
        pieces = self._lexicon.pieces(plain_text(text))
        if len(pieces) > 1:  # งานบัตรประจำตัวประชาชนและงานทะเบียนราษฎร: both of one kind
            each = [self.recognise(piece) for piece in pieces]
            if all(one.outcome == "this" and one.reading == each[0].reading for one in each):
                return Recognised("work", text, "this", each[0].reading)
        every = {**{name: next(iter(ids)) for name, ids in names.items()}}
        every |= {name: row[0] for name, row in listed.items()}
        if near := [every[name] for name in self._lexicon.near(told, every)]:
            choices = tuple(mapping(work=identity) for identity in dict.fromkeys(near))
            return Recognised("work", text, "unrecognised", choices=choices, why="near")
        other, unsure = self._lexicon.holds("work_other", told), self._lexicon.holds("work_open", told)
        if other and (not unsure or key(unsure[-1]) in key(other[-1])):
            return Recognised("work", text, "another", mapping(work=UNLISTED), why="unlisted_work")
        if unsure:
            choices = (mapping(work="general_admin"), mapping(work="related"))
            return Recognised("work", text, "several", choices=choices, why="work_open")
        return Recognised("work", text, "unrecognised", why="no_such_name")

    def _bare(self, told: str) -> str:
        """A key without the words before the name of work, where some of it is left."""
        found = self._lexicon.begins("work_begins", told)
        return found[1] if found and found[1] else told
