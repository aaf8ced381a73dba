from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.db import connection

from relais.knowledge import wording
from relais.knowledge.models import Synonym
from relais.knowledge.wording import Asked, Term
from relais.people.models import Person
from relais.people.rules import can_take_part

CANDIDATES = 200  # the newest matches of each table: only these are ranked, whatever the size of the community
CONFIGURATIONS = ("relais_fr", "relais_en")
START, STOP = "\ue000", "\ue001"  # around what was found in an excerpt; no keyboard types them


class Sort(StrEnum):
    """What one looks for; the values are what addresses say."""

    ALL = ""
    CASES = "cas"
    CONTENTS = "contenus"
    ANSWERS = "reponses"
    PEOPLE = "personnes"
    CIRCLES = "cercles"


@dataclass(frozen=True)
class Filters:
    """What narrows a search."""

    sort: Sort = Sort.ALL
    circle: str = ""
    language: str = ""
    solved: bool = False

    @property
    def any(self) -> bool:
        return bool(self.sort or self.circle or self.language or self.solved)


@dataclass(frozen=True)
class Hit:
    """Something found, not yet loaded: a use case or a contribution."""

    kind: str
    pk: int
    use_case: int


@dataclass(frozen=True)
class Excerpt:
    """A hit as it is shown; `pieces` are the parts of the text, each with whether it was found."""

    hit: Hit
    kind: str
    title: str
    solved: bool
    circle: str
    pieces: list[tuple[str, bool]]


@dataclass(frozen=True)
class Place:
    """A person or a circle that bears the words looked for."""

    key: str
    name: str
    detail: str


@dataclass(frozen=True)
class Found:
    """What a search brings back; `corrected` is what was understood instead, `partial` that no text holds all
    the words, `marks` what excerpts show.
    """

    query: str
    hits: list[Hit] = field(default_factory=list)
    people: list[Place] = field(default_factory=list)
    circles: list[Place] = field(default_factory=list)
    all_circles: list[Place] = field(default_factory=list)
    corrected: str = ""
    partial: bool = False
    marks: str = ""

    @property
    def in_vain(self) -> bool:
        """Whether nothing holds what was looked for: a need that nobody has written yet."""
        return bool(self.query) and (self.partial or not self.hits) and not self.people and not self.circles


def _rows(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


# What is asked, as PostgreSQL understands it


def _group(group: list[Term], configuration: str) -> tuple[str, list[str]]:
    names = [name for term in group for name in term.names]
    either = " || ".join(f"phraseto_tsquery('{configuration}', %s)" for _ in names)
    return (f"!!({either})" if group[0].excluded else f"({either})"), names


def _every(asked: Asked) -> tuple[str, list[str]]:
    """In both languages; said once when they agree, for the planner counts twice what is said twice."""
    sides, parameters = [], []
    for configuration in CONFIGURATIONS:
        groups = [_group(group, configuration) for group in asked]
        sides.append("(" + " && ".join(sql for sql, _ in groups) + ")")
        parameters += [name for _, names in groups for name in names]
    return f"(SELECT CASE WHEN f = e THEN f ELSE f || e END FROM (SELECT {sides[0]} AS f, {sides[1]} AS e) AS sides)", parameters  # noqa: S608  # made of the configurations


_SOME = """(
    SELECT coalesce(string_agg(CASE WHEN f = e THEN f::text ELSE f::text || ' | ' || e::text END, ' | '), '')
    FROM unnest(%s::text[]) AS name, phraseto_tsquery('relais_fr', name) AS f, phraseto_tsquery('relais_en', name) AS e
    WHERE numnode(f) > 0 AND numnode(e) > 0)"""  # the little words of one language are everywhere in its texts: they tell nothing


def _some_names(asked: Asked) -> list[str]:
    return [name for group in asked for term in group if not term.excluded for name in term.names]


def _queries(asked: Asked) -> tuple[str, str]:
    """The query that wants every group, and the one that is content with any of them, in PostgreSQL's own words."""
    every, names = _every(asked)
    row = _rows(f"SELECT {every}::text, {_SOME}", [*names, _some_names(asked)])[0]
    return row[0], row[1]


def _synonyms(asked: Asked) -> list[list[str]]:
    runs = wording.runs_of(wording.words_of(" ".join(group[0].names[0] for group in asked)))
    return list(Synonym.objects.filter(words__overlap=sorted(runs)).values_list("words", flat=True))


def understood(text: str) -> Asked:
    """What was typed, with the house's other names for it."""
    asked = wording.read(text)
    return wording.with_synonyms(asked, _synonyms(asked)) if asked else asked


# What is found

_CASES = """
SELECT 'case' AS kind, c.id, c.id AS use_case, c.vector, CASE WHEN c.solved_at IS NULL THEN 1.0 ELSE 1.2 END AS worth
FROM knowledge_usecase c
WHERE c.withdrawn_at IS NULL AND c.vector @@ %s::tsquery {narrow}
ORDER BY c.asked_at DESC LIMIT {limit}
"""
_CONTRIBUTIONS = """
SELECT CASE WHEN o.kind = 'answer' THEN 'answer' ELSE 'content' END AS kind, o.id, o.use_case_id AS use_case, o.vector,
    CASE WHEN o.kind = 'answer' THEN 0.9 ELSE 1.1 END AS worth
FROM knowledge_contribution o {join}
WHERE o.withdrawn_at IS NULL AND o.vector @@ %s::tsquery {narrow}
ORDER BY o.published_at DESC LIMIT {limit}
"""


def _narrowed(filters: Filters, language_of: str) -> tuple[str, list[Any]]:
    conditions, parameters = [], []
    if filters.circle:
        conditions.append("AND c.circle_id = (SELECT id FROM knowledge_circle WHERE slug = %s)")
        parameters.append(filters.circle)
    if filters.language:
        conditions.append(f"AND {language_of}.language = %s")
        parameters.append(filters.language)
    if filters.solved:
        conditions.append("AND c.solved_at IS NOT NULL")
    return " ".join(conditions), parameters


def _parts(query: str, filters: Filters, limit: int) -> tuple[list[str], list[Any]]:
    parts, parameters = [], []
    if filters.sort in (Sort.ALL, Sort.CASES):
        narrow, values = _narrowed(filters, "c")
        parts.append(_CASES.format(narrow=narrow, limit=limit))
        parameters += [query, *values]
    if filters.sort in (Sort.ALL, Sort.CONTENTS, Sort.ANSWERS):
        narrow, values = _narrowed(filters, "o")
        join = "JOIN knowledge_usecase c ON c.id = o.use_case_id" if filters.circle or filters.solved else ""
        narrow += {Sort.ANSWERS: " AND o.kind = 'answer'", Sort.CONTENTS: " AND o.kind <> 'answer'"}.get(filters.sort, "")
        parts.append(_CONTRIBUTIONS.format(join=join, narrow=narrow, limit=limit))
        parameters += [query, *values]
    return parts, parameters


def _ranked(query: str, full: str, filters: Filters, limit: int = CANDIDATES) -> tuple[list[Hit], bool]:
    """The hits, best first, and whether the best of them hold everything in `full` (then only those are kept)."""
    parts, parameters = _parts(query, filters, limit)
    if not query or not parts:
        return [], False
    union = " UNION ALL ".join(f"({part})" for part in parts)
    whole = "TRUE" if query == full else "vector @@ %s::tsquery"
    sql = f"""
        SELECT kind, id, use_case, {whole} AS whole FROM ({union}) AS candidate
        ORDER BY whole DESC, ts_rank(vector, %s::tsquery, 1) * worth DESC, id DESC
    """  # noqa: S608  # made of the constants above
    rows = _rows(sql, [*([] if query == full else [full]), *parameters, query])
    holds_all = bool(rows) and rows[0][3]
    return _once([Hit(*row[:3]) for row in rows if row[3] or not holds_all], filters), holds_all


def _once(hits: list[Hit], filters: Filters) -> list[Hit]:
    """A case shows once, whether it or its answers were found: the better place wins."""
    if filters.sort:
        return hits
    seen: set[int] = set()
    kept = []
    for hit in hits:
        if hit.kind == "content" or hit.use_case not in seen:
            kept.append(hit)
        if hit.kind != "content":
            seen.add(hit.use_case)
    return kept


def search(viewer: Person, text: str, filters: Filters | None = None) -> Found:
    """Everything that holds these words; slips are mended when nothing does, then some of the words will do."""
    filters, query = filters or Filters(), wording.tidy(text)
    if not can_take_part(viewer):
        return Found("")
    asked = understood(query)
    found = _places(Found(query if asked else ""), asked, filters)
    if not asked:
        return found
    every, some = _queries(asked)
    hits, _whole = _ranked(every, every, filters)
    if hits or filters.sort in (Sort.PEOPLE, Sort.CIRCLES):
        return replace(found, hits=hits, marks=some)
    return _mended(found, asked, filters, (every, some))


def _mended(found: Found, asked: Asked, filters: Filters, queries: tuple[str, str]) -> Found:
    corrections = _corrections(wording.wanted_words(asked))
    corrected = wording.mended(found.query, corrections) if corrections else ""
    if corrected:
        queries = _queries(wording.read(corrected))
    hits, whole = _ranked(queries[1], queries[0], filters)
    return replace(found, hits=hits, corrected=corrected if hits else "", partial=not whole, marks=queries[1])


_NEAR = """
SELECT t.term, ARRAY(
    SELECT word FROM knowledge_word
    WHERE abs(length(word) - length(t.term)) <= 2 AND similarity(word, t.term) > 0.15
    ORDER BY similarity(word, t.term) DESC, word LIMIT 30)
FROM unnest(%s::text[]) AS t(term)
"""


def _corrections(words: list[str]) -> dict[str, str]:
    """For each word nobody ever wrote, the one somebody most likely meant."""
    near = {term: wording.nearest(term, known) for term, known in _rows(_NEAR, [sorted(set(words))])}
    return {term: meant for term, meant in near.items() if meant and meant != term}


# People and circles

_PLACES = """
SELECT 'circle' AS kind, slug AS key, name, purpose AS detail, {circle} AS found FROM knowledge_circle
"""
_PEOPLE = """
SELECT 'person', p.id::text, p.name, coalesce(u.name, ''), TRUE FROM (
    SELECT id, name, unit_id FROM people_person WHERE is_active AND name <> '' AND {person} ORDER BY name LIMIT {limit}
) p LEFT JOIN people_unit u ON u.id = p.unit_id
"""


def _like(word: str) -> str:
    return "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def _places(found: Found, asked: Asked, filters: Filters) -> Found:
    """People and circles that bear these words, and every circle for the filter, in one reading."""
    words = [_like(word) for word in wording.wanted_words(asked) if len(word) > 1][: wording.MOST_TERMS]
    circle = " AND ".join("relais_plain(name) LIKE %s" for _ in words) or "FALSE"
    sql, parameters = _PLACES.format(circle=circle), list(words)
    if words and filters.sort in (Sort.ALL, Sort.PEOPLE):
        person = " AND ".join("relais_plain(name) LIKE %s" for _ in words)
        sql += " UNION ALL " + _PEOPLE.format(person=person, limit=50 if filters.sort else 4)
        parameters += words
    rows = _rows(f"{sql} ORDER BY kind, name", parameters)
    circles = [(Place(*row[1:4]), row[4]) for row in rows if row[0] == "circle"]
    wants_circles = filters.sort in (Sort.ALL, Sort.CIRCLES)
    return replace(
        found,
        people=[Place(*row[1:4]) for row in rows if row[0] == "person"],
        circles=[place for place, bears in circles if bears and wants_circles],
        all_circles=[place for place, _ in circles],
    )


# What is shown

_EXCERPTS = """
SELECT 'case', c.id, 'case', c.title, c.solved_at IS NOT NULL, k.name, {case_text}
FROM knowledge_usecase c JOIN knowledge_circle k ON k.id = c.circle_id WHERE c.id = ANY(%s)
UNION ALL
SELECT CASE WHEN o.kind = 'answer' THEN 'answer' ELSE 'content' END, o.id, o.kind, coalesce(nullif(o.title, ''), c.title),
    c.solved_at IS NOT NULL, k.name, {contribution_text}
FROM knowledge_contribution o JOIN knowledge_usecase c ON c.id = o.use_case_id JOIN knowledge_circle k ON k.id = c.circle_id
WHERE o.id = ANY(%s)
"""
_HEADLINE = (
    "ts_headline((CASE {table}.language WHEN 'en' THEN 'relais_en' ELSE 'relais_fr' END)::regconfig, left({table}.text, 4000), "
    f"%s::tsquery, 'StartSel={START}, StopSel={STOP}, MaxWords=32, MinWords=16')"
)
_EXCERPTS = _EXCERPTS.format(case_text=_HEADLINE.format(table="c"), contribution_text=_HEADLINE.format(table="o"))


def excerpts(found: Found, hits: Sequence[Hit]) -> list[Excerpt]:
    """The hits of one page with the passage that holds what was looked for."""
    if not hits:
        return []
    cases = [hit.pk for hit in hits if hit.kind == "case"]
    others = [hit.pk for hit in hits if hit.kind != "case"]
    loaded = {(row[0], row[1]): row for row in _rows(_EXCERPTS, [found.marks, cases, found.marks, others])}
    return [_excerpt(hit, loaded[hit.kind, hit.pk]) for hit in hits if (hit.kind, hit.pk) in loaded]


def _excerpt(hit: Hit, row: tuple[Any, ...]) -> Excerpt:
    return Excerpt(hit, row[2], row[3], row[4], row[5], wording.pieces(row[6], START, STOP))


# Close cases


@dataclass(frozen=True)
class CloseCase:
    """A use case that resembles a text."""

    pk: int
    title: str
    solved: bool
    answers: int
    closeness: float


_TERMS = """
SELECT f::text || ' | ' || e::text
FROM unnest(%s::text[]) AS name, phraseto_tsquery('relais_fr', name) AS f, phraseto_tsquery('relais_en', name) AS e
WHERE numnode(f) > 0 AND numnode(e) > 0
"""
_CLOSE = """
SELECT id, title, solved, answers, ARRAY(SELECT n FROM unnest(%s::text[]::tsquery[]) WITH ORDINALITY AS t(q, n) WHERE vector @@ q) FROM (
    SELECT id, title, solved_at IS NOT NULL AS solved, answers_count + contents_count AS answers, vector FROM knowledge_usecase
    WHERE withdrawn_at IS NULL AND vector @@ %s::tsquery AND id <> %s ORDER BY asked_at DESC LIMIT 300
) AS candidate
"""
CLOSE_ENOUGH = 0.2


def similar_use_cases(viewer: Person, text: str, limit: int = 5) -> list[CloseCase]:
    """The cases that most resemble what somebody is about to ask."""
    return close_cases(text, limit) if can_take_part(viewer) else []


def close_cases(text: str, limit: int, besides: int = 0, enough: float = CLOSE_ENOUGH) -> list[CloseCase]:
    """The same for no viewer in particular: routing looks for who may know."""
    words = [word for word in dict.fromkeys(wording.words_of(text)) if len(word) > 2 and word not in wording.LITTLE]
    terms = [row[0] for row in _rows(_TERMS, [words[: wording.MOST_TERMS * 2]])] if words else []
    rows = _rows(_CLOSE, [terms, " | ".join(terms), besides]) if terms else []
    near = wording.closeness([row[4] for row in rows], len(terms))
    close = [CloseCase(row[0], row[1], row[2], row[3], nearness) for row, nearness in zip(rows, near, strict=True) if nearness >= enough]
    return sorted(close, key=lambda case: (-case.closeness, -case.pk))[:limit]


# Words of the house


def synonyms() -> list[tuple[int, str]]:
    """Every family of words that mean the same, as it is typed."""
    return sorted(((row.pk, ", ".join(row.words)) for row in Synonym.objects.all()), key=lambda row: row[1].lower())


def synonym(pk: int) -> Synonym | None:
    """One family."""
    return Synonym.objects.filter(pk=pk).first()
