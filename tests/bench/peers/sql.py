# ruff: noqa: E501 - SQL keeps its own lines
"""Everyone against every position in SQL, written by hand for the shipped standard: by the calendar, three-valued.

`VERDICTS` gives the verdicts; `REASONS` besides what is short of the nearest way, the deciding clause, the first day
and which list is missing. Both read a table `persons` with ids for names.
"""

from __future__ import annotations

COUNTS = """
CREATE TABLE counts(clause VARCHAR, position VARCHAR, type VARCHAR, level VARCHAR);
INSERT INTO counts VALUES
 ('q321', NULL, 'academic', 'professional'), ('q322', NULL, 'general', 'senior'),
 ('q323', NULL, 'general', 'experienced'), ('q323', NULL, 'general', 'senior'),
 ('q22', 'general_admin.early.section_head', NULL, NULL),
 ('m21', 'general_admin.early.division_director', NULL, NULL),
 ('m22', 'general_admin.early.section_head', NULL, NULL), ('m22', 'general_admin.early.division_director', NULL, NULL),
 ('m22', 'general_admin.mid.division_director', NULL, NULL), ('m22', 'general_admin.mid.part_director', NULL, NULL),
 ('m22', 'general_admin.high.office_director', NULL, NULL),
 ('m23', NULL, 'academic', 'senior_professional'),
 ('h21', 'general_admin.mid.division_director', NULL, NULL), ('h22', NULL, 'academic', 'expert');
CREATE TABLE needs(clause VARCHAR, months INTEGER);
INSERT INTO needs VALUES ('q321', 48), ('q322', 48), ('q323', 120), ('q22', 24), ('m21', 24), ('m22', 48), ('m22r', 36),
 ('m23', 72), ('h21', 48), ('h22', 96), ('field', 12);
"""

_SERVED = """
WITH posting AS (
  SELECT id, unnest(postings, recursive := true) FROM persons
), spell AS (
  SELECT p.id, c.clause, p."from" AS f, least(coalesce(p."to", DATE '{day}'), DATE '{day}') AS t, p."to" IS NULL AS held
  FROM posting p JOIN counts c ON p.position = c.position OR (p.position IS NULL AND p.type = c.type AND p.level = c.level)
  WHERE NOT coalesce(p.acting, false) AND (p."from" IS NULL OR p."from" <= DATE '{day}')
  UNION ALL
  SELECT id, 'field', "from", least(coalesce("to", DATE '{day}'), DATE '{day}'), "to" IS NULL
  FROM (SELECT id, unnest(experience, recursive := true) FROM persons) WHERE "from" <= DATE '{day}' AND work IS NOT NULL
  UNION ALL
  SELECT id, 'field', "from", least(coalesce("to", DATE '{day}'), DATE '{day}'), "to" IS NULL
  FROM posting WHERE position IS NOT NULL AND NOT coalesce(acting, false) AND "from" <= DATE '{day}'
), marked AS (
  SELECT *, f > max(t) OVER (PARTITION BY id, clause ORDER BY f ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) + 1
    AS apart FROM spell WHERE f IS NOT NULL
), stretch AS (
  SELECT id, clause, min(f) AS f, max(t) AS t, bool_or(held) AS held FROM (
    SELECT *, sum(CASE WHEN apart THEN 1 ELSE 0 END) OVER (PARTITION BY id, clause ORDER BY f) AS n FROM marked)
  GROUP BY id, clause, n
), counted AS (
  SELECT *, datesub('month', f, t + 1) AS m FROM stretch
), served AS (
  SELECT id, clause, sum(m) AS m, sum(t + 1 - CAST(f + to_months(CAST(m AS INTEGER)) AS DATE)) AS d, count(*) AS parts,
    bool_or(held) AS held FROM counted GROUP BY id, clause
), total AS (
  SELECT id, clause, m + CASE WHEN parts > 1 THEN d // 30 ELSE 0 END AS m,
    CASE WHEN parts > 1 THEN d % 30 ELSE d END AS d, held FROM served
), doubt AS (
  SELECT id, list(DISTINCT clause) AS clauses FROM spell WHERE f IS NULL GROUP BY id
), school AS (
  SELECT id, bool_or(degree IN ('bachelor', 'master', 'doctorate') AND NOT (degree = 'bachelor' AND approved IS FALSE)) AS edu,
    bool_or(degree IN ('master', 'doctorate') AND (approved OR field IN ('social_science', 'planning', 'administration',
      'business_administration', 'research', 'statistics', 'political_science', 'economics', 'public_administration'))) AS listed,
    bool_or(degree IN ('master', 'doctorate') AND field IS NULL) AS maybe
  FROM (SELECT id, unnest(education, recursive := true) FROM persons) GROUP BY id
), wide AS (
  SELECT id, {columns} FROM total GROUP BY id
), facts AS (
  SELECT p.id, CASE WHEN p.education IS NULL THEN NULL ELSE coalesce(s.edu, false) END AS edu,
    CASE WHEN p.education IS NULL THEN NULL WHEN s.listed THEN true WHEN s.maybe THEN NULL ELSE false END AS listed,
    p.postings IS NULL AS nopost, p.experience IS NULL AS nowork, d.clauses AS doubt, w.* EXCLUDE (id)
  FROM persons p LEFT JOIN school s USING (id) LEFT JOIN wide w USING (id) LEFT JOIN doubt d USING (id)
), leaf AS (
  SELECT *, {leaves} FROM facts
)
"""
_CLAUSES = ("q321", "q322", "q323", "q22", "m21", "m22", "m23", "h21", "h22", "field")
_NEED = {
    "q321": 48,
    "q322": 48,
    "q323": 120,
    "q22": 24,
    "m21": 24,
    "m22": 48,
    "m23": 72,
    "h21": 48,
    "h22": 96,
    "field": 12,
}
_WAYS = {
    "section_head": "(l_q321 OR l_q322 OR l_q323)",
    "early_director": "l_q22",
    "mid_director": "(l_m21 OR l_m22 OR (listed AND l_m22r) OR l_m23)",
    "part_director": "(l_m21 OR l_m22 OR (listed AND l_m22r) OR l_m23)",
    "office_director": "(l_h21 OR l_h22)",
}
_OF = {
    "section_head": ("q321", "q322", "q323"),
    "early_director": ("q22",),
    "mid_director": ("m21", "m22", "m23"),
    "part_director": ("m21", "m22", "m23"),
    "office_director": ("h21", "h22"),
}


def _leaf(clause: str, need: int, name: str) -> str:
    lacking = "nowork OR nopost" if clause == "field" else "nopost"
    return (
        f"CASE WHEN m_{clause} >= {need} THEN true WHEN {lacking} OR list_contains(doubt, '{clause}') THEN NULL "
        f"ELSE false END AS l_{name}"
    )


def _served(day: str) -> str:
    columns = ", ".join(
        f"max(CASE WHEN clause = '{c}' THEN m END) AS m_{c}, max(CASE WHEN clause = '{c}' THEN d END) AS d_{c}, "
        f"bool_or(clause = '{c}' AND held) AS h_{c}"
        for c in _CLAUSES
    )
    leaves = ", ".join([*(_leaf(c, _NEED[c], c) for c in _CLAUSES), _leaf("m22", 36, "m22r")])
    return _SERVED.format(day=day, columns=columns, leaves=leaves)


def verdicts(day: str) -> str:
    """The query for verdicts as of a day."""
    parts = [
        f"SELECT id, '{position}' AS position, edu AND {way} AND l_field AS holds FROM leaf"
        for position, way in _WAYS.items()
    ]
    return _served(day) + " UNION ALL ".join(parts)


def reasons(day: str) -> str:
    """The query for verdicts with the nearest way, what it is short of, the first day and what is missing."""
    parts = []
    for position, way in _WAYS.items():
        short = {
            c: f"({_NEED[c]} * 31 - coalesce(m_{c}, 0) * 31 - coalesce(d_{c}, 0))" for c in _OF[position]
        }
        least = f"least({', '.join(short.values())})" if len(short) > 1 else next(iter(short.values()))
        which = " ".join(f"WHEN {words} = {least} THEN '{c}'" for c, words in short.items())
        days = ", ".join(
            f"CASE WHEN h_{c} THEN DATE '{day}' + to_months(greatest(0, CAST({_NEED[c]} - m_{c} AS INTEGER))) "
            f"- to_days(CAST(d_{c} AS INTEGER)) END"
            for c in _OF[position]
        )
        parts.append(
            f"SELECT id, '{position}' AS position, edu AND {way} AND l_field AS holds, "
            f"CASE WHEN edu IS FALSE THEN 'education' WHEN {way} IS FALSE THEN CASE {which} END "
            f"WHEN l_field IS FALSE THEN 'field' END AS clause, {least} // 31 AS short_months, {least} % 31 AS short_days, "
            f"least({days}, NULL) AS first_day, concat_ws('; ', CASE WHEN edu IS NULL THEN 'education' END, "
            f"CASE WHEN nopost THEN 'postings' END, CASE WHEN nowork THEN 'experience' END) AS missing FROM leaf"
        )
    return _served(day) + " UNION ALL ".join(parts)
