"""What a demand on declared facts says, in words of either language: for its gloss and those of its parts."""

from __future__ import annotations

from lgreason.language.lexicon.algebra import Test
from lgreason.language.lexicon.declared import Declared
from lgreason.rules.model import Language
from lgreason.rules.terms import Fn, Value

Words = tuple[str, str]
_RELATIONS: dict[str, Words] = {
    "at_least": ("ไม่น้อยกว่า", "not less than"),
    "at_most": ("ไม่เกิน", "not more than"),
    "more_than": ("มากกว่า", "more than"),
    "less_than": ("น้อยกว่า", "less than"),
    "exactly": ("เท่ากับ", "exactly"),
}
_SCALED: dict[str, Words] = {
    "at_least": ("ตั้งแต่ {} ขึ้นไป", "{} or above"),
    "at_most": ("ไม่สูงกว่า {}", "not above {}"),
    "more_than": ("สูงกว่า {}", "above {}"),
    "less_than": ("ต่ำกว่า {}", "below {}"),
}
_UNITS: dict[str, Words] = {
    "years": ("{} ปี", "{} years"),
    "months": ("{} เดือน", "{} months"),
    "weeks": ("{} สัปดาห์", "{} weeks"),
    "days": ("{} วัน", "{} days"),
    "percent": ("ร้อยละ {}", "{} per cent"),
    "points": ("{} คะแนน", "{} points"),
    "hours": ("{} ชั่วโมง", "{} hours"),
    "baht": ("{} บาท", "{} baht"),
    "million_baht": ("{} ล้านบาท", "{} million baht"),
    "fiscal_years": ("{} ปีงบประมาณ", "{} fiscal years"),
}
_GATES: dict[str, Words] = {"all": (" และ", " and "), "any": (" หรือ", " or ")}
_FOLDS: dict[str, Words] = {
    "count": ("จำนวน{}", "number of {}"),
    "length": ("เวลารวมของ{}", "time of {} in all"),
    "running": ("เวลาติดต่อกันของ{}", "unbroken time of {}"),
    "longest": ("เวลาติดต่อกันนานที่สุดของ{}", "longest unbroken time of {}"),
    "since": ("เวลานับแต่เริ่มมี{}", "time since {} began"),
    "age": ("เวลานับแต่{}", "time since {}"),
    "left": ("เวลาที่เหลือก่อน{}", "time left before {}"),
}
_OF_ATTRIBUTE: dict[str, Words] = {
    "sum": ("ผลรวมของ{1} ใน{0}", "sum of {1} in {0}"),
    "mean": ("ค่าเฉลี่ยของ{1} ใน{0}", "mean of {1} in {0}"),
    "least": ("ค่าต่ำสุดของ{1} ใน{0}", "least {1} in {0}"),
    "greatest": ("ค่าสูงสุดของ{1} ใน{0}", "greatest {1} in {0}"),
}
_ARITHMETIC: dict[str, Words] = {
    "add": ("{} รวมกับ {}", "{} together with {}"),
    "subtract": ("{} หัก {}", "{} less {}"),
    "cap": ("{} แต่ไม่เกิน {}", "{} but not more than {}"),
    "share": ("{} เทียบเป็นร้อยละของ {}", "{} as a percentage of {}"),
    "ratio": ("{} หารด้วย {}", "{} divided by {}"),
    "without": ("{} โดยไม่นับ {}", "{}, not counting {}"),
    "inside": ("{} ในช่วงของ {}", "{} within {}"),
    "union": ("{} และ {}", "{} and {}"),
    "after": ("{1} นับแต่{0}", "{1} after {0}"),
}
_WINDOWS: dict[str, Words] = {
    "last": ("ภายใน {} ที่ผ่านมา", "in the last {}"),
    "fiscal_years": ("ใน {} ปีงบประมาณก่อนปีนี้", "in the {} fiscal years before this"),
    "fiscal_year": ("ในปีงบประมาณก่อนปีนี้ {} ปี", "in the fiscal year {} before this"),
    "until": ("จนถึง{}", "up to {}"),
    "before": ("วันก่อน{}", "the day before {}"),
    "day": ("วันที่พิจารณา", "the day of assessment"),
    "eve": ("วันก่อนวันที่พิจารณา", "the day before the day of assessment"),
}


class Describing:
    """Puts demands into the words of one language."""

    def __init__(self, declared: Declared, language: Language) -> None:
        """Take the names of facts and values, and the language."""
        self._declared = declared
        self._language: Language = language
        self._in = 0 if language == "th" else 1

    def text(self, test: Test, fact: str | None = None) -> str:
        """What a test says; of entries of the fact, where it is asked of one."""
        says = test.says
        if test.parts:
            parts = [self.text(part, fact) for part in test.parts]
            if says.name == "none":
                return self._say(("ไม่เข้าข้อใด: ", "none of: ")) + _GATES["any"][self._in].join(parts)
            if says.name == "k_of":
                some = self._say(("อย่างน้อย {} ข้อ: ", "at least {} of: ")).format(says.args[0])
                return some + "; ".join(parts)
            return _GATES[says.name][self._in].join(parts)
        measures = test.measures
        if says.name == "counts" or measures is None:
            return self._say(("เป็นตำแหน่งหรือวุฒิที่กำหนด", "of the posts or degrees that count"))
        entries = dict(test.entries)
        fact = fact or _fact(measures, self._declared)
        if measures.name == "count" and isinstance(says.args[0], Fn) and says.args[0].name == "count":
            number = says.args[0].args[0]
            source = self._of(measures.args[0], entries, fact)
            if says.name == "at_least" and number == 1:
                return self._say(("มี{}", "{} there is")).format(source)
            if says.name == "at_most" and number == 0:
                return self._say(("ไม่มี{}", "no {}")).format(source)
        if says.name == "covers" and measures.name == "period" and not measures.args:
            return self._say(("มีผลอยู่ใน{}", "in being on {}")).format(self._window(says.args[0], fact))
        if says in (Fn("one_of", (Fn("true"),)), Fn("one_of", (Fn("false"),))):
            so = says.args == (Fn("true"),)
            return self._say(("{}", "{}") if so else ("ไม่{}", "not {}")).format(
                self._of(measures, entries, fact)
            )
        return f"{self._of(measures, entries, fact)} {self._bound(says, fact)}"

    def _say(self, words: Words) -> str:
        return words[self._in]

    def _bound(self, says: Fn, fact: str | None) -> str:
        if says.name == "one_of":
            values = self._say(_GATES["any"]).join(self._value(value) for value in says.args)
            return self._say(("คือ {}", "is {}")).format(values)
        if says.name in ("within", "covers", "meets"):
            return self._window(says.args[0], fact)
        if says.name in ("same_as", "other_than"):
            other = self._name(says.args[0], fact)
            word = ("เหมือน{}", "the same as {}") if says.name == "same_as" else ("ต่างจาก{}", "other than {}")
            return self._say(word).format(other)
        (of,) = says.args
        if isinstance(of, Fn) and not of.args:
            return self._say(_SCALED[says.name]).format(self._value(of))
        return f"{self._say(_RELATIONS[says.name])} {self._amount(of)}"

    def _amount(self, of: Value) -> str:
        assert isinstance(of, Fn)
        return self._say(_UNITS.get(of.name, ("{}", "{}"))).format(of.args[0])

    def _value(self, value: Value) -> str:
        return self._declared.shown(value.name if isinstance(value, Fn) else str(value), self._language)

    def _window(self, window: Value, fact: str | None) -> str:
        assert isinstance(window, Fn)
        words = _WINDOWS.get(window.name)
        if words is None:
            return self._name(window, fact)
        if window.name == "last":
            end = "" if len(window.args) == 1 else " " + self._say(("ก่อนวันที่พิจารณา", "before the day"))
            return self._say(words).format(self._amount(window.args[0])) + end
        inner = [self._window(a, fact) if isinstance(a, Fn) else str(a) for a in window.args]
        return self._say(words).format(*inner)

    def _name(self, of: Value, fact: str | None) -> str:
        if not isinstance(of, Fn):
            return self._value(of)
        if of.name == "at":
            return (
                self._value(of.args[1]) if not isinstance(of.args[1], Fn) else self._window(of.args[1], fact)
            )
        name = of.name if not of.args else f"{of.name}.{_first(of)}"
        return self._declared.called(fact, name, self._language)

    def _of(self, of: Value, entries: dict[str, Test], fact: str | None) -> str:
        if not isinstance(of, Fn):
            return str(of)
        name = of.name
        if name == "which":
            source = self._of(of.args[0], entries, fact)
            entry = entries[str(of.args[1])]
            within = _fact(of.args[0], self._declared) or fact
            return self._say(("{}ที่ {}", "{} with {}")).format(source, self.text(entry, within))
        if name == "clip":
            return f"{self._of(of.args[0], entries, fact)} {self._window(of.args[1], fact)}"
        if name == "last":
            return self._say(("{1} {0} ครั้งหลังสุด", "the latest {0} of {1}")).format(
                of.args[0], self._of(of.args[1], entries, fact)
            )
        if name in ("alike", "weighted"):
            inner = of.args[1] if name == "alike" else of.args[0]
            note = (
                ("แห่งเดียวกัน", "of one and the same") if name == "alike" else ("ตามสัดส่วนเวลา", "in proportion")
            )
            return f"{self._of(inner, entries, fact)} {self._say(note)}"
        if name in _OF_ATTRIBUTE and len(of.args) == 2:
            source = self._of(of.args[0], entries, fact)
            return self._say(_OF_ATTRIBUTE[name]).format(source, self._name(of.args[1], fact))
        if name in _OF_ATTRIBUTE:
            return self._say(_OF_ATTRIBUTE[name]).format("", self._name(of.args[0], fact)).strip()
        if name in _FOLDS:
            return self._say(_FOLDS[name]).format(self._of(of.args[0], entries, fact))
        if name == "value":
            return self._name(of.args[0], fact)
        if name == "scale":
            return f"{self._of(of.args[0], entries, fact)} × {of.args[1]}/{of.args[2]}"
        if name == "least_of":
            return self._say(("ค่าต่ำสุดของ {}", "least of {}")).format(
                ", ".join(self._of(a, entries, fact) for a in of.args)
            )
        if name in _ARITHMETIC:
            return self._say(_ARITHMETIC[name]).format(*(self._of(a, entries, fact) for a in of.args))
        if name in _UNITS or name == "number":
            return self._amount(of)
        if name == "period":
            return self._say(("ระยะเวลา", "the period"))
        return self._declared.called(fact, name, self._language)


def _first(of: Fn) -> str:
    (inner, *_) = of.args
    return inner.name if isinstance(inner, Fn) else str(inner)


def _fact(of: Value, declared: Declared) -> str | None:
    """The fact of which a measure is."""
    if not isinstance(of, Fn):
        return None
    if of.name in declared.facts:
        return of.name
    return next((found for arg in of.args if (found := _fact(arg, declared)) is not None), None)
