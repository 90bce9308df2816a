"""Reading files: the data, the place of every entry, and what is said of a file that cannot be used."""

from __future__ import annotations

import io
import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lgreason.files.source.read import MOST_BYTES, Source, read_source
from lgreason.rules.findings import Unusable

# A document of the given format, and its findings: code, line, column, field, arguments.
Told = tuple[str, int | None, int | None, str | None, dict[str, object]]
CASES: list[tuple[str, str | bytes, list[Told]]] = [
    # ── bytes ──
    ("yaml", b"", [("source_empty", None, None, None, {})]),
    ("yaml", "# nothing yet\n", [("source_empty", None, None, None, {})]),
    ("yaml", "---\n", [("source_empty", None, None, None, {})]),
    ("json", "  \n", [("source_empty", None, None, None, {})]),
    ("json", "null", [("source_empty", None, None, None, {})]),
    ("toml", "# nothing yet\n", [("source_empty", None, None, None, {})]),
    ("yaml", b"name: x\nid: a\0b\n", [("source_binary", 2, None, None, {"byte": 14})]),
    ("yaml", b"PK\x03\x04\0\0\xff\xfe", [("source_binary", 1, None, None, {"byte": 5})]),
    ("yaml", "name: สมชาย".encode("utf-16"), [("source_encoding", None, None, None, {"encoding": "UTF-16"})]),
    (
        "yaml",
        "name: สมชาย".encode("utf-16-le"),
        [("source_encoding", None, None, None, {"encoding": "UTF-16"})],
    ),
    (
        "yaml",
        "name: สมชาย".encode("utf-16-be"),
        [("source_encoding", None, None, None, {"encoding": "UTF-16"})],
    ),
    ("yaml", "name: x".encode("utf-32"), [("source_encoding", None, None, None, {"encoding": "UTF-32"})]),
    ("yaml", "id: a\nname: สมชาย".encode("cp874"), [("source_windows_874", 2, 7, None, {"byte": 13})]),
    ("yaml", b"id: a\nname: caf\xe9\n", [("source_not_utf8", 2, 10, None, {"byte": 16, "value": "0xE9"})]),
    ("yaml", "name: สมชาย".encode()[:-1], [("source_not_utf8", 1, 11, None, {"byte": 19, "value": "0xE0"})]),
    ("yaml", "id: a\nname: b\x07c\n", [("source_control_character", 2, 8, None, {"character": "U+0007"})]),
    # ── every format ──
    ("json", '{"a": "\\u0000"}', [("source_control_character", 1, 2, "a", {"character": "U+0000"})]),
    (
        "json",
        '{"a": ["x", "\\ud800"]}',
        [("source_control_character", 1, 13, "a[2]", {"character": "U+D800"})],
    ),
    ("yaml", 'a: "\\0"', [("source_control_character", 1, 1, "a", {"character": "U+0000"})]),
    ("toml", 'a = "\\u0001"', [("source_control_character", 1, 1, "a", {"character": "U+0001"})]),
    ("yaml", f"a: {'1' * 101}", [("source_number_unusable", 1, 4, "a", {"found": "1" * 59 + "…"})]),
    ("json", f'{{"a": {"1" * 101}}}', [("source_number_unusable", 1, 7, "a", {"found": "1" * 59 + "…"})]),
    ("toml", f"a = {'1' * 5000}", [("source_number_unusable", 1, 5, None, {"found": "1" * 59 + "…"})]),
    ("json", '{"a": [1e999]}', [("source_number_unusable", 1, 8, "a[1]", {"found": "inf"})]),
    ("toml", "a = nan", [("source_number_unusable", 1, 1, "a", {"found": "nan"})]),
    ("yaml", "a: -1.0e999", [("source_number_unusable", 1, 1, "a", {"found": "-inf"})]),
    ("yaml", "a:\n  b: " + "[" * 41, [("source_too_deep", 2, 44, None, {"most": 40})]),
    ("json", "[" * 41, [("source_too_deep", 1, 41, None, {"most": 40})]),
    ("toml", "a = " + "[" * 41, [("source_too_deep", 1, 44, None, {"most": 40})]),
    ("toml", ".".join("a" * 41) + " = 1", [("source_too_deep", 1, 81, None, {"most": 40})]),
    ("yaml", "a: 1\nb: 2\na: 3\n", [("source_duplicate_key", 3, 1, "a", {"key": "a", "first": 1})]),
    (
        "yaml",
        "p:\n- x: 1\n  x: 2\n- x: 3\n  'x': 4\n",
        [
            ("source_duplicate_key", 3, 3, "p[1].x", {"key": "x", "first": 2}),
            ("source_duplicate_key", 5, 3, "p[2].x", {"key": "x", "first": 4}),
        ],
    ),
    ("json", '{"a": 1,\n "a": 2}', [("source_duplicate_key", 2, 2, "a", {"key": "a", "first": 1})]),
    ("toml", "a = 1\nb = 1\na = 2\n", [("source_duplicate_key", 3, 1, None, {"key": "a", "first": 1})]),
    ("toml", "[a]\nb = 1\n[a]\n", [("source_duplicate_key", 3, 2, None, {"key": "a", "first": 1})]),
    ("toml", "a = 1\n[[a]]\n", [("source_duplicate_key", 2, 3, None, {"key": "a", "first": 1})]),
    ("yaml", 'a: 1\nb: "x\nc: 2\n', [("source_unclosed_quote", 2, 4, None, {})]),
    ("json", '{"a": "x,\n "b": 1}', [("source_unclosed_quote", 1, 7, None, {})]),
    ("toml", 'a = 1\nb = "x\n', [("source_unclosed_quote", 2, 5, None, {})]),
    ("toml", 'b = """x\ny = 1\n', [("source_unclosed_quote", 1, 5, None, {})]),
    ("yaml", "a: [1, 2\nb: 3\n", [("source_unclosed_bracket", 1, 4, None, {"bracket": "["})]),
    ("yaml", "a: {b: [1, 2", [("source_unclosed_bracket", 1, 8, None, {"bracket": "["})]),
    ("yaml", "a: 1\nb: [\n", [("source_unclosed_bracket", 2, 4, None, {"bracket": "["})]),
    ("json", '{"a": [1, 2}', [("source_unclosed_bracket", 1, 7, None, {"bracket": "["})]),
    ("json", '{"a": 1', [("source_unclosed_bracket", 1, 1, None, {"bracket": "{"})]),
    ("toml", "a = [1, 2\nb = 3\n", [("source_unclosed_bracket", 1, 5, None, {"bracket": "["})]),
    ("toml", "[a\n", [("source_unclosed_bracket", 1, 1, None, {"bracket": "["})]),
    ("yaml", 'a: "C:\\ก"', [("source_bad_escape", 1, 7, None, {"found": "\\ก"})]),
    ("json", '{"a": "C:\\x"}', [("source_bad_escape", 1, 10, None, {"found": "\\x"})]),
    ("toml", 'a = "C:\\x"', [("source_bad_escape", 1, 8, None, {"found": "\\x"})]),
    # ── YAML ──
    ("yaml", "a: 1\n---\nb: 2\n", [("source_yaml_documents", 2, 1, None, {})]),
    (
        "yaml",
        "a: &x 1\nb: *x\n<<: {c: 1}\n",
        [
            ("source_yaml_alias", 1, 4, "a", {"found": "&x"}),
            ("source_yaml_alias", 2, 4, "b", {"found": "*x"}),
            ("source_yaml_merge", 3, 1, None, {}),
        ],
    ),
    (
        "yaml",
        "- {a: !x 1}\n- ? [k]\n  : 1\n",
        [
            ("source_yaml_tag", 1, 7, "[1].a", {"found": "!x"}),
            ("source_key_not_text", 2, 5, "[2]", {}),
        ],
    ),
    ("yaml", "a: !x!y z", [("source_yaml_tag", 1, 4, None, {"found": "!x!y"})]),
    ("yaml", "a:\n\t- b: 1\n", [("source_yaml_tab", 2, 1, None, {})]),
    ("yaml", "a:\n  - b: 1\n  \tc: 2\n", [("source_yaml_tab", 3, 3, None, {})]),
    ("yaml", "kind: person\nname:สมชาย\nid: x\n", [("source_yaml_colon_space", 2, 5, None, {"key": "name"})]),
    ("yaml", "name:สมชาย\nid: x\n", [("source_yaml_colon_space", 1, 5, None, {"key": "name"})]),
    ("yaml", "a: 1\nสมชาย\nb: 2\n", [("source_yaml_no_colon", 2, 1, None, {"found": "สมชาย"})]),
    ("yaml", "title: หัวหน้า: ฝ่าย\n", [("source_yaml_needs_quotes", 1, 15, None, {"character": ":"})]),
    ("yaml", "a: 1\nb: @x\n", [("source_yaml_needs_quotes", 2, 4, None, {"character": "@"})]),
    ("yaml", "a: * x\n", [("source_yaml_needs_quotes", 1, 4, None, {"character": "*"})]),
    ("yaml", "a: ]\n", [("source_yaml_needs_quotes", 1, 4, None, {"character": "]"})]),
    ("yaml", 'a: "x" y\n', [("source_yaml_after_quote", 1, 8, None, {})]),
    ("yaml", "a:\n    b: 1\n  c: 2\n", [("source_yaml_indent", 3, 3, None, {})]),
    ("yaml", "a:\n  - x: 1\n - y: 2\n", [("source_yaml_indent", 3, 2, None, {})]),
    ("yaml", "a: 1\n  b: 2\n", [("source_yaml_indent", 2, 4, None, {})]),
    ("yaml", "a: |x\n b\n", [("source_yaml_syntax", 1, 5, None, {})]),
    # ── JSON ──
    ("json", "{a: 1}", [("source_json_key_quotes", 1, 2, None, {"found": "a"})]),
    ("json", "{'a': 1}", [("source_json_key_quotes", 1, 2, None, {"found": "'a'"})]),
    ("json", '{"a" 1}', [("source_json_colon", 1, 6, "a", {"found": "1"})]),
    ("json", '{"a": 1\n "b": 2}', [("source_json_comma", 2, 2, None, {"found": '"'})]),
    ("json", '{"a": 1,\n}', [("source_json_last_comma", 1, 8, None, {})]),
    ("json", '{"a": 2563-01-01}', [("source_json_value", 1, 7, "a", {"found": "2563-01-01"})]),
    ("json", '{"a": NaN}', [("source_json_value", 1, 7, "a", {"found": "NaN"})]),
    ("json", '{"a": [,]}', [("source_json_value", 1, 8, "a[1]", {"found": ","})]),
    ("json", '{"a": 1, // x\n"b": 2}', [("source_json_comment", 1, 10, None, {})]),
    ("json", '{"a":', [("source_json_ends_early", 1, 6, "a", {})]),
    ("json", '{"a": 1}}', [("source_json_after_end", 1, 9, None, {"found": "}"})]),
    # ── TOML ──
    ("toml", "ชื่อ = 1", [("source_toml_key", 1, 1, None, {"found": "ชื่อ = 1"})]),
    ("toml", "name: x", [("source_toml_equals", 1, 5, None, {"found": ": x"})]),
    ("toml", "name = สมชาย", [("source_toml_value", 1, 8, None, {"found": "สมชาย"})]),
    ("toml", "a = 1\nb = 01", [("source_toml_value", 2, 6, None, {"found": "01"})]),
    ("toml", "a = 1 2", [("source_toml_line", 1, 7, None, {"found": "2"})]),
    ("toml", "a = 2567-02-29", [("source_toml_date", 1, 5, None, {"found": "2567-02-29"})]),
    ("toml", "a.b.c = 1\n[a.b]\n", [("source_toml_declared_twice", 2, 5, None, {"found": "[a.b]"})]),
    ("toml", "a = {b = 1, }", [("source_toml_syntax", 1, 13, None, {"found": "a = {b = 1, }"})]),
]
# ── the file itself, tested below with the file system ──
FILE_CASES: dict[str, dict[str, object]] = {
    "source_missing": {},
    "source_missing_near": {"nearest": ("somchai.yaml",)},
    "source_directory": {},
    "source_forbidden": {},
    "source_unreadable": {"reason": "Input/output error"},
    "source_too_large": {"most": 5},
    "source_ending": {"found": ".xlsx", "accepted": (".yaml", ".yml", ".json", ".toml")},
    "source_more_findings": {"most": 1000},
}


def read(format: str, content: str | bytes) -> Source:
    raw = content.encode() if isinstance(content, str) else content
    return read_source("-", io.BytesIO(raw), format)  # type: ignore[arg-type]


def told(error: Unusable) -> list[Told]:
    found: list[Told] = []
    for finding in error.findings:
        assert finding.place is not None
        place = finding.place
        found.append((finding.code, place.line, place.column, place.field, dict(finding.args)))
    return found


@pytest.mark.parametrize(("format", "content", "expected"), CASES)
def test_says_what_is_wrong_and_where(format: str, content: str | bytes, expected: list[Told]) -> None:
    with pytest.raises(Unusable) as caught:
        read(format, content)
    assert told(caught.value) == expected
    assert {finding.place.file for finding in caught.value.findings if finding.place} == {"-"}


# ── data ──────────────────────────────────────────────────────────────────────────────────────────────────────

YAML = """\
# a person
kind: person
name: "สมชาย: ใจดี"
postings:
  - from: 2567-02-29
    acting: true
  - {from: 1/1/2563, to: null}
budget: 40_000_000
score: 60.5
none: ~
words: [no, off, 007, 0x1F, 1e5, "true", 12:30, '5', 1__0, -3, +4]
empty:
"""
JSON = """\
{
  "kind": "person",
  "postings": [
    {"from": "2567-02-29", "acting": true},
    {"to": null}],
  "score": 60.5, "n": -12
}
"""
TOML = """\
kind = "person"    # a person
'the name' = \"\"\"
x = 1
\"\"\"
score = 60.5
[[postings]]
from = 2563-01-01
acting = true
[[postings]]
to = "2567-02-29"   # [no table]
works = [
  "a",  # one
  {work = "b", to.day = 1_000},
]
[postings.more]
x = 1
[competencies]
"k.04" = 3
"""


def test_yaml_data_is_what_its_writer_meant() -> None:
    assert read("yaml", YAML).data == {
        "kind": "person",
        "name": "สมชาย: ใจดี",
        "postings": [{"from": "2567-02-29", "acting": True}, {"from": "1/1/2563", "to": None}],
        "budget": 40_000_000,
        "score": 60.5,
        "none": None,
        "words": ["no", "off", "007", "0x1F", "1e5", "true", "12:30", "5", "1__0", -3, 4],
        "empty": None,
    }


def test_yaml_truth_values_are_true_and_false_alone() -> None:
    values = read("yaml", "[true, True, FALSE, yes, n, On]").data
    assert values == [True, True, False, "yes", "n", "On"]


def test_toml_data_has_its_dates_as_text() -> None:
    assert read("toml", TOML).data == {
        "kind": "person",
        "the name": "x = 1\n",
        "score": 60.5,
        "postings": [
            {"from": "2563-01-01", "acting": True},
            {"to": "2567-02-29", "works": ["a", {"work": "b", "to": {"day": 1000}}], "more": {"x": 1}},
        ],
        "competencies": {"k.04": 3},
    }


PLACES = [
    ("yaml", YAML, (), 2, 1, None),
    ("yaml", YAML, ("name",), 3, 1, "name"),
    ("yaml", YAML, ("postings",), 4, 1, "postings"),
    ("yaml", YAML, ("postings", 0), 5, 5, "postings[1]"),
    ("yaml", YAML, ("postings", 0, "acting"), 6, 5, "postings[1].acting"),
    ("yaml", YAML, ("postings", 1), 7, 5, "postings[2]"),
    ("yaml", YAML, ("postings", 1, "to"), 7, 22, "postings[2].to"),
    ("yaml", YAML, ("words", 2), 11, 18, "words[3]"),
    # What is not there stands where it would have to: in the innermost collection that is.
    ("yaml", YAML, ("postings", 1, "position"), 7, 5, "postings[2].position"),
    ("yaml", YAML, ("postings", 7, "to"), 4, 1, "postings[8].to"),
    ("json", JSON, ("kind",), 2, 3, "kind"),
    ("json", JSON, ("postings", 1), 5, 5, "postings[2]"),
    ("json", JSON, ("postings", 0, "acting"), 4, 28, "postings[1].acting"),
    ("json", JSON, ("n",), 6, 18, "n"),
    ("toml", TOML, ("the name",), 2, 1, "the name"),
    ("toml", TOML, ("score",), 5, 1, "score"),
    ("toml", TOML, ("postings", 0, "acting"), 8, 1, "postings[1].acting"),
    ("toml", TOML, ("postings", 1), 9, 3, "postings[2]"),
    ("toml", TOML, ("postings", 1, "works", 0), 12, 3, "postings[2].works[1]"),
    ("toml", TOML, ("postings", 1, "works", 1, "to", "day"), 13, 19, "postings[2].works[2].to.day"),
    ("toml", TOML, ("postings", 1, "more", "x"), 16, 1, "postings[2].more.x"),
    ("toml", TOML, ("competencies", "k.04"), 18, 1, "competencies.k.04"),
]


@pytest.mark.parametrize(("format", "content", "path", "line", "column", "field"), PLACES)
def test_knows_where_each_entry_stands(
    format: str, content: str, path: tuple[str | int, ...], line: int, column: int, field: str | None
) -> None:
    place = read(format, content).place(path)
    assert (place.file, place.line, place.column, place.field) == ("-", line, column, field)


@pytest.mark.parametrize("format", ["yaml", "json", "toml"])
def test_windows_line_ends_and_a_byte_order_mark_change_nothing(format: str) -> None:
    content = {"yaml": YAML, "json": JSON, "toml": TOML}[format]
    plain, windows = (
        read(format, content),
        read(format, b"\xef\xbb\xbf" + content.replace("\n", "\r\n").encode()),
    )
    assert windows.data == plain.data
    assert windows.place(("postings", 1)) == plain.place(("postings", 1))


# ── files ─────────────────────────────────────────────────────────────────────────────────────────────────────


def refused(path: object) -> tuple[str, dict[str, object]]:
    with pytest.raises(Unusable) as caught:
        read_source(str(path))
    (finding,) = caught.value.findings
    assert finding.place is not None and finding.place.file == str(path)
    return finding.code, dict(finding.args)


@pytest.mark.parametrize(
    ("name", "content"), [("a.yaml", YAML), ("a.YML", YAML), ("a.json", JSON), ("a.toml", TOML)]
)
def test_the_ending_tells_the_format(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    source = read_source(str(path))
    assert source.data == read(source.format, content).data
    assert source.place(("kind",)).file == str(path)
    assert source.format == {"yaml": "yaml", "yml": "yaml", "json": "json", "toml": "toml"}[name[2:].lower()]


def test_refuses_what_is_no_readable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "somchai.yaml").write_text("kind: person", encoding="utf-8")
    (tmp_path / "table.xlsx").write_bytes(b"PK\0\0")
    assert refused(tmp_path / "nothing.yaml") == ("source_missing", {})
    assert refused(tmp_path / "no" / "folder.yaml") == ("source_missing", {})
    assert refused(tmp_path / "somchia.yml") == ("source_missing_near", FILE_CASES["source_missing_near"])
    assert refused(tmp_path) == ("source_directory", {})
    assert refused(tmp_path / "table.xlsx") == ("source_ending", FILE_CASES["source_ending"])

    def fail_with(error: OSError) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr(Path, "open", refuse)

    fail_with(PermissionError(13, "Permission denied"))
    assert refused(tmp_path / "somchai.yaml") == ("source_forbidden", {})
    fail_with(OSError(5, "Input/output error"))
    assert refused(tmp_path / "somchai.yaml") == ("source_unreadable", FILE_CASES["source_unreadable"])


def test_names_of_files_are_made_printable() -> None:
    with pytest.raises(Unusable) as caught:
        read_source("a\x1b[31m\udcff\0.yaml")
    (finding,) = caught.value.findings
    assert finding.code == "source_missing" and finding.place is not None
    assert finding.place.file == "a\ufffd[31m\ufffd\ufffd.yaml"


def test_a_large_file_is_refused_by_its_size_without_reading_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as opened:
        opened.truncate(10**12)  # takes no room on the disk
    monkeypatch.setattr(Path, "open", lambda *_: Endless())
    monkeypatch.setattr(Endless, "read", lambda *_: pytest.fail("read it"))
    assert refused(path) == ("source_too_large", FILE_CASES["source_too_large"])


class Endless(io.RawIOBase):
    """Standard input that never ends, and counts what is asked of it."""

    asked = 0

    def read(self, size: int = -1) -> bytes:
        assert size >= 0, "asked for everything there is"
        self.asked += size
        return b"#" * size


def test_standard_input_is_read_up_to_the_limit() -> None:
    stdin = Endless()
    with pytest.raises(Unusable) as caught:
        read_source("-", stdin)  # type: ignore[arg-type]
    assert told(caught.value) == [("source_too_large", None, None, None, {"most": 5})]
    assert stdin.asked == MOST_BYTES + 1


@pytest.mark.parametrize(
    ("content", "format"), [("a: 1", "yaml"), ('\n {"a": 1}', "json"), ("[1]", "json"), ("- 1", "yaml")]
)
def test_standard_input_shows_its_format(content: str, format: str) -> None:
    assert read_source("-", io.BytesIO(content.encode())).format == format


def test_standard_input_that_is_closed() -> None:
    stdin = io.BytesIO(b"a: 1")
    stdin.close()
    with pytest.raises(Unusable):
        read_source("-", stdin)


def test_findings_are_cut_at_a_thousand() -> None:
    with pytest.raises(Unusable) as caught:
        read("yaml", "".join(f"a{n}: &x 1\n" for n in range(1_500)))
    findings = caught.value.findings
    assert len(findings) == 1_001
    assert [finding.place.line for finding in findings[:1_000] if finding.place] == list(range(1, 1_001))
    assert (findings[-1].code, findings[-1].args) == (
        "source_more_findings",
        FILE_CASES["source_more_findings"],
    )


# ── properties ────────────────────────────────────────────────────────────────────────────────────────────────

FRAGMENTS = st.sampled_from(
    [
        *(
            "a",
            "b: 1",
            "- ",
            ": ",
            "\n",
            "  ",
            "\t",
            "[",
            "]",
            "{",
            "}",
            ",",
            '"',
            "'",
            "#",
            "&x",
            "*x",
            "!t",
            "|",
            ">",
        ),
        *(
            "=",
            "[[",
            "]]",
            "a.b",
            '"""',
            "'''",
            "\\",
            "\\u12",
            "2567-02-29",
            "1_0",
            "0.5",
            "1e999",
            "true",
            "null",
            "?",
        ),
        *(
            "---",
            "...",
            "%YAML",
            "<<",
            "ก",
            "สมชาย",
            "\r",
            "\u2028",
            "\ufeff",
            "\0",
            "\x85",
            "@",
            "`",
            "//",
            "k.04",
        ),
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=80) | st.lists(FRAGMENTS, max_size=25).map(lambda parts: "".join(parts).encode()))
@example(b"[" * 5_000)
@example(b"- " * 5_000)
@example(b"{a: " * 5_000)
@example(b"a." * 5_000 + b"a = 1")
@example(b"? " * 5_000)
@example(b"!<" * 100)
@example(b"\xff\xfe\0")
def test_any_bytes_are_data_or_unusable(content: bytes) -> None:
    for format in (None, "yaml", "json", "toml"):
        try:
            source = read_source("-", io.BytesIO(content), format)  # type: ignore[arg-type]
        except Unusable as unusable:
            assert unusable.findings
            lines = content.count(b"\n") + content.count(b"\r") + content.count("\u2028".encode())
            lines += content.count("\x85".encode())
            for finding in unusable.findings:
                assert finding.place is not None and (finding.place.line or 1) <= lines + 1
        else:
            assert source.data is not None
            json.dumps(source.data, ensure_ascii=False, allow_nan=False).encode()


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Co"]))
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text('abกข ."', max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.dictionaries(st.text('abกข ."', max_size=4), VALUES, min_size=1), st.sampled_from([None, 0, 2]))
def test_json_is_read_as_the_standard_library_reads_it(data: dict[str, object], indent: int | None) -> None:
    text = json.dumps(data, ensure_ascii=indent == 0, indent=indent)
    source = read("json", text)
    assert source.data == data
    lines = text.split("\n")
    for key in data:
        place = source.place((key,))
        assert place.line and place.column
        assert lines[place.line - 1][place.column - 1 :].startswith(json.dumps(key, ensure_ascii=indent == 0))


TOML_LINES = st.sampled_from(
    [
        *(
            "a = 1",
            "b.c = 'x'",
            "[t]",
            "[t.u]",
            "[[l]]",
            "[[l.m]]",
            "d = [1, [2], {e = 3}]",
            "'f g' = \"\\u0e01\"",
        ),
        *(
            "h = 2020-01-01T00:00:00Z",
            "i = 1.5e3",
            'j = """\n[x]\ny = """""',
            "# c",
            "",
            "k = {l.m = 1, n = []}",
        ),
    ]
)


@settings(deadline=None)
@given(st.lists(TOML_LINES, min_size=1, max_size=8))
def test_toml_places_agree_with_its_values(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(Unusable):
            read("toml", text)
        return
    if not values:
        return
    source = read("toml", text)
    assert isinstance(source.data, dict) and list(source.data) == list(values)
    written = text.split("\n")
    for key in values:
        place = source.place((key,))
        assert place.line and place.column
        assert written[place.line - 1][place.column - 1 :].strip("'").startswith(key)
