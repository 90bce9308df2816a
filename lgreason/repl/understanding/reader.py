"""From the chunks of a sentence and the frame that they fit to the question that it asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from lgreason.repl.asked import Ask, Day, Mention, Question, Supposition, Wanted, Which
from lgreason.repl.understanding.days import day_by
from lgreason.repl.understanding.of_organisations import OfOrganisations
from lgreason.repl.understanding.parts import day_of, ordinal
from lgreason.words.forms import Kind

NEGATING = frozenset({"NOT", "LACKING"})
_ASKING_WHAT = frozenset({"WHAT", "SHOW", "WHAT_POST", "HOW_LONG", "STILL", "WHICH_FIELDS", "YEARS"})
_NO_COMPARISON = ("ก่อน", "ใกล้", "first")
"""Words that compare only beside those who are compared: «ก่อนครบสี่ปี» compares nobody."""
KINDS_OF_SERVICE = ("ACTING", "CONCURRENT", "PART_TIME", "RELATED_CREDIT", "SECONDMENT")
_WHICH: dict[str, Which] = {
    "EVERY_CHOICE": "every_choice",
    "MUST_BE": "must_be",
    "MAY_BE": "may_be",
    "CANNOT_BE": "cannot_be",
    "FEWEST_CHANGES": "fewest_changes",
    "FEWEST_POSTS": "fewest_posts",
    "MOST_POSTS": "most_posts",
    "LOWEST_LEVELS": "lowest_levels",
    "HIGHEST_LEVELS": "highest_levels",
    "LOWEST_COST": "lowest_cost",
    "LOWEST_INCREASE": "lowest_increase",
}
_ASKING = frozenset(
    {"SOONER", "HOW", "NEEDED", "WHEN", "UNTIL_THEN", "WHY", "BLOCKED", "PATH", "COMPETENCY", "YESNO"}
)
"""Question words beside which a post alone, after an *if*, is what is aimed at."""
_AIMING = frozenset({"how", "when", "check", "path", "gaps", "requirements", "positions", "people"})
_FOLLOWING = frozenset({"how", "why", "when"})
_EITHER_WAY = frozenset(
    {"validate", "classify", "why_post", "refused", "posts", "burden", "counts", "missing", "gaps"}
)


_ON_A_DAY = frozenset({"check", "why", "positions", "compare", "whatif", "service", "gaps", "missing"})


class FrameReader(OfOrganisations):
    """Reads one sentence by one frame."""

    def question(self) -> Question | None:
        """The question asked; `None` if nothing is supposed where something should be. Raises `NoSuchPost`."""
        allowed = self._frame.allowed
        persons, whom = self._persons()
        positions = self._positions() if "position" in allowed else []
        question = Question(cast(Ask, self._frame.ask), tuple(persons))
        values: dict[str, object] = {"whom": whom}
        if positions:
            required = question.ask == "requirements" or (question.ask == "when" and len(positions) > 1)
            values["position"] = self._required_of(positions) if required else positions[-1]
            if question.ask == "requirements" and self._side_by_side():
                values["position"] = positions[0]
                values["also"] = tuple(replace(question, position=other) for other in positions[1:])
        values["negated"] = self._negated() and self._frame.ask not in _EITHER_WAY
        values["full"] = (
            bool(self._tags & {"FULL"}) and "FULL" in allowed and self._frame.ask not in ("undo",)
        )
        values["on"] = self._day("on")
        values["by"] = self._day("by")
        for kind, name in (("clause", "CLAUSE_NAME"), ("class", "CLASS_NAME")):
            if kind in allowed and (chunk := next(self._of(kind), None)) is not None:
                mention = self._mention(cast(Kind, name), chunk.tokens[0])
                mention = self._at_level(mention) if kind == "clause" else mention
                values["kind" if kind == "class" else kind] = mention
        values["organisation"] = self._organisation()
        if "post" in allowed and (chunk := next(self._posts("post"), None)) is not None:
            values["post"] = self._post("POST_NAME", chunk)
        which = next((value for tag, value in _WHICH.items() if tag in self._tags and tag in allowed), "")
        values["which"] = which
        values["text"] = self._text()
        if whom == "nth" and (token := self._token("NTH")) is not None:
            values["option"] = ordinal(token.text)
        values |= self._own()
        values |= self._frame.set
        if self._frame.ask in _ON_A_DAY and values.get("by") is not None and values.get("on") is None:
            values |= {"on": values["by"], "by": None}  # whether by then is whether then
        kept = {key: value for key, value in values.items() if value not in (None, "", (), False)}
        fields = {f: getattr(question, f) for f in question.__slots__}
        found = Question(**{**fields, **kept})
        if found.ask == "again" and found.post is not None and found.persons:
            return None  # whether somebody may have a post is a question of its own
        if "THIS_POST" in self._tags and positions and found.ask != "whatif":
            return None  # another post is named, so that it is not clear which is meant
        if found.ask in ("check", "why") and not found.persons and self._of_posts_there():
            return None
        if found.ask == "requirements" and not self._asks_what():
            return None
        if found.ask == "compare" and len(persons) < 2 and not whom and not self._compares(bool(persons)):
            return None
        if self._of_two_named() and len(persons) < 2 and whom not in ("both", "they"):
            return None
        if found.ask == "whatif" and found.suppose is None and found.wanted is None and found.amount is None:
            return None
        if "IF" in self._tags and not self._conditions(found):
            return None
        if found.ask == "again" and any(
            c.label == "span" and "SINCE" in c.tokens[0].tags for c in self._chunks
        ):
            return None  # that somebody is something since a day is told, not asked
        return found

    def _conditions(self, found: Question) -> bool:
        """Whether an *if* has its place: what is aimed at («if he wants to be …») is not what is supposed."""
        if found.ask == "whatif":
            bare = found.suppose is not None and found.suppose.kind == "take_up" and not found.more
            aimed = bare and found.position is None and found.suppose is not None and not found.suppose.start
            dated = bool(found.suppose and found.suppose.end)
            return not (aimed and not dated and self._tags & _ASKING)
        if (
            found.ask in _FOLLOWING and self._asked_before()
        ):  # «is it so? if not, why?»: that is two questions
            return False
        return found.ask not in _AIMING or not self._tags & NEGATING

    def _asked_before(self) -> bool:
        """Whether it is asked, yes or no, before the question word comes."""
        for chunk in self._chunks:
            if chunk.called & _ASKING - {"YESNO"}:
                return False
            if "YESNO" in chunk.called and "IF" not in chunk.called:
                return True
        return False

    # ── parts ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _negated(self) -> bool:
        found = (token for chunk in self._chunks for token in chunk.tokens)
        return sum(bool(token.tags & NEGATING) and not token.names for token in found) % 2 == 1

    def _persons(self) -> tuple[list[Mention], str]:
        found: list[Mention] = []
        whom = ""
        for chunk in self._chunks:
            for token in chunk.tokens:
                if "PERSON_NAME" in token.names:
                    found.append(self._mention("PERSON_NAME", token))
                elif "BOTH" in token.tags and chunk.label == "persons":
                    whom = "they" if "THEY" in token.tags else "both"
                elif "OTHER_ONE" in token.tags and chunk.label == "persons":
                    whom = "other"
        if not found and not whom and "NTH" in self._frame.allowed and "NTH" in self._tags:
            whom = "nth"
        if self._frame.ask == "compare" and "ADDED" in self._tags and len(found) == 1:
            whom = "added"
        if (
            self._frame.ask in ("people", "upcoming")
            and "MORE" in self._tags
            and not any(self._of("position"))
        ):
            whom = "added"  # more than those who were listed
        return found, whom

    def _of_two_named(self) -> bool:
        """Whether the question is who of those named, and only that."""
        asked = self._frame.ask == "compare" and "WHO" in self._tags
        return asked and not self._tags & {"FIRST", "BETTER", "COMPARE", "DIFFER"}

    def _of_posts_there(self) -> bool:
        """Whether it is asked which posts an organisation that is named may have: «may the town have a director»."""
        named = any("organisation" in c.called and "US" not in c.called for c in self._chunks)
        return (
            named
            and bool(self._tags & {"HAVE", "SET_UP"})
            and not self._tags & {"ENTITLED", "ASCEND", "APPLY"}
        )

    def _asks_what(self) -> bool:
        """Whether what is required is asked for: «บ้าง» alone, without a word for what, asks nothing."""
        if self._tags & {"QUALIFICATION", "NEEDED", "SCHOOLING", "DIFFER", "COMPARE"}:
            return True
        return any(
            "WHAT" not in c.called or c.tokens[0].text != "บ้าง"
            for c in self._chunks
            if c.called & _ASKING_WHAT
        )

    def _compares(self, named: bool) -> bool:
        """Whether others are compared than those who are named: «อนุชาเร็วกว่าไหม», «ใครครบก่อน»."""
        words = [t.text for c in self._chunks for t in c.tokens if t.tags & {"FIRST", "BETTER"}]
        if self._tags & {"COMPARE", "DIFFER"} or ("WHO" in self._tags and named):
            return True
        suiting = ("WHO" in self._tags) and any(
            not word.startswith("เหมาะ") or "กว่า" in word for word in words
        )
        return suiting or any(word not in _NO_COMPARISON and not word.startswith("เหมาะ") for word in words)

    def _side_by_side(self) -> bool:
        """Whether two posts are joined, so that each is asked about."""
        items = [c for c in self._chunks if not c.called & {"FILLER", "COMPARE"}]
        return any(
            "position" in a.called and "JOIN" in between.called and "position" in b.called
            for a, between, b in zip(items, items[1:], items[2:], strict=False)
        )

    def _required_of(self, positions: Sequence[Mention]) -> Mention:
        """Of two posts the one that requires the other: «to be P one must have been Q», «P must have been Q».

        Where the need is told after both («from Q to P takes how long») it is the last.
        """
        items = [c for c in self._chunks if "position" in c.called or c.called & {"STILL", "NEEDED"}]
        first_needs = len(items) > 1 and "position" in items[0].called and "position" not in items[1].called
        return positions[0] if first_needs else positions[-1]

    def _at_level(self, clause: Mention) -> Mention:
        """A clause number that several levels have, narrowed to those that are named beside it."""
        levels = {level for c in self._chunks for t in c.tokens for level in t.names.get("LEVEL_NAME", ())}
        levels |= {part for m in self._positions() for i in m.ids for part in i.split(".")[1:2]}
        kept = tuple(i for i in clause.ids if set(i.split(".")) & levels)
        of_posts = tuple(i for i in kept if ".q" in i)
        return Mention(of_posts or kept, clause.text) if kept else clause

    def _day(self, label: str) -> Day | None:
        if label not in self._frame.allowed and not (
            label == "on" and self._frame.allowed & {"on_at", "on_period"}
        ):
            return None
        chunk = next((c for c in self._chunks if c.label == label), None)
        return None if chunk is None else day_by(chunk, self._sentence, self._today)

    def _span_end(self) -> Day | None:
        """The last day of a time that goes on until then."""
        chunk = next((c for c in self._chunks if c.label == "span"), None)
        return None if chunk is None else day_of(chunk.tokens[-1], self._sentence, self._today)

    def _text(self) -> str:
        ask, allowed = self._frame.ask, self._frame.allowed
        if ask == "lang":
            return "th" if "THAI" in self._tags else "en"
        if ask == "undo":
            return "all" if self._tags & {"ALL_OF_IT", "FULL"} else ""
        if ask == "as_of":
            last = next(c for c in self._chunks if c.label == "on").tokens[-1]
            if last.time is None:
                return "today"
            return self._sentence.as_written(last.start, last.end).removeprefix("วันที่").strip(" ?!,")
        for label in ("reading_choice", "reading"):
            if label in allowed and (chunk := next(self._of(label), None)) is not None:
                (identity, *_) = next(iter(chunk.tokens[0].names.values()))
                return identity
        if "file" in allowed and (token := self._token("FILE")) is not None:
            return self._sentence.as_written(token.start, token.end)
        return ""

    # ── what only some questions have ─────────────────────────────────────────────────────────────────────────

    def _own(self) -> dict[str, object]:
        match self._frame.ask:
            case "whatif" if "CHANGE_PLAN" in self._frame.allowed:
                return {"wanted": self._wanted(), "amount": self._amount(), "post": None}
            case "whatif":
                return self._supposed()
            case "again" if "on" not in {c.label for c in self._chunks} and any(
                c.label == "span" for c in self._chunks
            ):
                chunk = next(c for c in self._chunks if c.label == "span")
                until = "UNTIL" in chunk.tokens[0].tags
                return {"by" if until else "on": day_of(chunk.tokens[-1], self._sentence, self._today)}
            case "upcoming":
                day = self._day("by") or self._day("on") or self._span_end()
                return {"by": day, "on": None}
            case "counts":
                return {"about": self._counted()}
            case "convert":
                return {"about": self._converted()}
            case "service" | "duties":
                values: dict[str, object] = {"levels": tuple(self._levels())}
                for chunk in self._chunks:
                    if chunk.label in ("span", "by"):
                        values |= {"on": day_by(chunk, self._sentence, self._today), "by": None}
                return values
            case "memo":
                digits = {"IN_THAI_DIGITS": "thai", "IN_ARABIC_DIGITS": "arabic"}
                return {"digits": next((d for tag, d in digits.items() if tag in self._tags), "")}
            case "posts" | "why_post" | "how_post":
                return self._within()
            case "compare_plans":
                return {"plans": tuple(dict.fromkeys(self._plans()))}
            case "draw":
                return {**self._drawn(), "on": None}
            case "choice" | "refused" | "require" | "forbid":
                wanted = self._wanted()
                if self._frame.ask == "forbid" and wanted is not None and wanted.value == "none":
                    wanted = replace(wanted, value="")
                return {"wanted": wanted, "post": None}
            case "structures" if any(self._of("unit")):
                return {"wanted": self._wanted()}
            case "as_of":
                return {"on": None}
            case "again":
                return {"levels": tuple(self._levels())} | self._again()
        return {}

    def _counted(self) -> str:
        for kind in KINDS_OF_SERVICE:
            if kind in self._tags:
                return kind.lower()
        named = [t for c in self._chunks if c.label in ("degree", "field") for t in c.tokens]
        if not named:
            return ""
        field = next((t.names["FIELD_NAME"][0] for t in named if "FIELD_NAME" in t.names), "")
        level = next((t.names["DEGREE_NAME"][0] for t in named if "DEGREE_NAME" in t.names), "")
        return " ".join(part for part in ("field" if field else "degree", field, level) if part)

    def _converted(self) -> str:
        number = next((t.number for c in self._chunks for t in c.tokens if "C_LEVEL" in t.tags), None)
        kinds = [tag.removeprefix("TYPE_").lower() for tag in sorted(self._tags) if tag.startswith("TYPE_")]
        titles = ("TITLE_GENERAL", "TITLE_ACADEMIC", "TITLE_MANAGERIAL")
        titled = next((title for title in titles if title in self._tags), None)
        if titled is not None:
            of = {"TITLE_MANAGERIAL": "managerial_local"}.get(titled, titled.removeprefix("TITLE_").lower())
            kinds = kinds or [of]
            if number is None:
                number = next(
                    (t.number for c in self._chunks for t in c.tokens if t.number is not None), None
                )
        if number is None:
            return next(self._levels(), "")
        return " ".join((f"c{number}", *kinds[:1]))

    def _again(self) -> dict[str, object]:
        found: dict[str, object] = {}
        labels = {chunk.label: chunk for chunk in self._chunks}
        if "span" in labels and "on" not in labels:
            found["on"] = day_of(labels["span"].tokens[-1], self._sentence, self._today)
        if (chunk := next(self._of("unit"), None)) is not None:
            found["wanted"] = Wanted("unit", self._mention("UNIT_NAME", chunk.tokens[0]))
        if "OBTAIN" in self._tags or any(c.label == "degree" for c in self._chunks):
            found |= self._supposed()
        elif self._tags & {"IF", "INSTEAD"} and not self._tags & {"position", "rank", "work", "unit", "post"}:
            found |= self._another_day()
        if (token := self._token("NTH")) is not None:
            found |= {"whom": "nth", "option": ordinal(token.text)}
        return found

    def _another_day(self) -> dict[str, object]:
        """Another day of what is supposed: «and if it is on 1 October?»; nothing where no day is named."""
        chunk = next((c for c in self._chunks if c.label in ("on", "by", "span")), None)
        if chunk is None:
            return {}
        if chunk.label == "by":
            day = day_by(chunk, self._sentence, self._today)
        else:
            token = chunk.tokens[1] if chunk.label == "span" else chunk.tokens[-1]
            day = day_of(token, self._sentence, self._today, first=True)
        return {"suppose": Supposition("take_up", Mention(()), start=day), "on": None, "by": None}
