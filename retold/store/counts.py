"""Counts that pages show, kept as rows come and go, so that no page counts a large table.

``counts`` holds those of derived tables, ``authored_counts`` those of what people entered, each row one number:
``what`` is counted, of which ``key``. Counts of one story, pair or edge stand in a column of its own row.

Tables with few rows to an article are counted by triggers: whoever writes them has nothing to call. A trigger makes
SQLite save every page that a row touches, which costs more than the row itself, so the tables with most rows are
counted article by article instead: the build puts :func:`around` what it writes about some articles, or calls
:func:`refresh` when it has written everything anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files

DERIVED, AUTHORED = "counts", "authored_counts"


@dataclass(frozen=True, slots=True)
class Count:
    """Rows of ``table`` by ``key``, those only for which ``where`` holds; both are SQL over ``{row}``.

    ``columns`` are those on which key and condition depend, besides the row's being there.
    """

    table: str
    what: str
    key: str = "''"
    where: str = "true"
    columns: tuple[str, ...] = ()


def _rows(table: str) -> Count:
    return Count(table, "rows", f"'{table}'")


STANDING = "not {row}.withdrawn"
# Kept by triggers, by the table that holds the numbers. Tables that stay small are counted when asked for.
TRIGGERED: dict[str, tuple[Count, ...]] = {
    DERIVED: (
        _rows("stories"),
        _rows("articles"),
        _rows("entities"),
        _rows("derivations"),
        Count("articles", "publisher", "coalesce({row}.publisher, '')", columns=("publisher",)),
    ),
    AUTHORED: (
        _rows("annotations"),
        _rows("decisions"),
        _rows("comments"),
        _rows("annotation_events"),
        Count("annotations", "annotator", "{row}.annotator", STANDING, ("annotator", "withdrawn")),
        Count(
            "annotations", "verdict", "{row}.label || ' ' || {row}.verdict", STANDING, ("label", "verdict", "withdrawn")
        ),
        Count("comments", "commenter", "{row}.annotator", STANDING, ("annotator", "withdrawn")),
    ),
}
# Kept article by article.
TALLIED = (
    _rows("sentences"),
    _rows("mentions"),
    _rows("attributions"),
    _rows("changes"),
    _rows("change_sentences"),
    _rows("suggestions"),
    Count("attributions", "source_type", "{row}.source_type"),
    Count("changes", "operation", "{row}.operation", "not {row}.retired"),
    Count("suggestions", "rule", "{row}.label || ' ' || {row}.rule"),
)
EVENTS = ("insert", "delete", "update")
BY_EDGE = ("change_sentences", "suggestions")  # their rows name an edge, and the edge its article


@contextmanager
def around(connection: sqlite3.Connection, article_ids: Iterable[str]) -> Iterator[None]:
    """Keep the counts while rows about these articles are written, changed or removed, in one transaction.

    ``article_ids`` names every article whose rows may differ afterwards, those that come or go included; edges and
    what hangs on them belong to their retelling. Milliseconds for a story of ten articles, however large the database.
    """
    wanted = json.dumps(sorted(set(article_ids)))
    _tally(connection, wanted, -1)
    yield
    _tally(connection, wanted, 1)
    for sql in (_SUGGESTIONS_OF_EDGES, _SUGGESTIONS_OF_PAIRS):
        connection.execute(sql.format(where=_OF_ARTICLES), [wanted])


def refresh(connection: sqlite3.Connection) -> None:
    """Count everything anew, in the transaction that the caller holds: seconds for a million sentences."""
    for target, counts in TRIGGERED.items():
        connection.execute(f"delete from {target}")
        for count in counts + (TALLIED if target == DERIVED else ()):
            connection.execute(f"insert into {target} {_counted(count)}")
    for sql in (_SUGGESTIONS_OF_EDGES, _SUGGESTIONS_OF_PAIRS):
        connection.execute(sql.format(where="true"))
    connection.execute(_RETELLINGS)


def install(connection: sqlite3.Connection) -> None:
    """Put every trigger in place, in place of any that a former release made. The tables of counts must be there."""
    sql = "select name from sqlite_master where type = 'trigger' and (name like 'counted_%' or name like 'counting_%')"
    for (name,) in connection.execute(sql).fetchall():
        connection.execute(f"drop trigger {name}")
    own = statements((files("retold.store") / "counts.sql").read_text(encoding="utf-8"))
    for statement in (*triggers(DERIVED), *triggers(AUTHORED), *own):
        connection.execute(statement)


def by_key(connection: sqlite3.Connection, what: str, target: str = DERIVED) -> dict[str, int]:
    """Every number of one kind, by key."""
    return {key: n for key, n in connection.execute(f"select key, n from {target} where what = ?", [what])}


def by_kind(connection: sqlite3.Connection, kinds: Iterable[str], authored: bool = True) -> dict[str, dict[str, int]]:
    """Every number of these kinds, by kind and key, in one question; ``rows`` of all tables."""
    wanted = list(kinds)
    listed = ", ".join("?" * len(wanted))
    found: dict[str, dict[str, int]] = {kind: {} for kind in wanted}
    tables = (DERIVED, AUTHORED) if authored else (DERIVED,)
    sql = " union all ".join(f"select what, key, n from {table} where what in ({listed})" for table in tables)
    for what, key, n in connection.execute(sql, wanted * len(tables)):
        found[what][key] = n
    return found


def rows_of(connection: sqlite3.Connection, authored: bool = True) -> dict[str, int]:
    """How many rows each counted table has."""
    found = by_kind(connection, ["rows"], authored)["rows"]
    return {table: found.get(table, 0) for table in sorted(counted_tables())}


def by_label(by_rule: dict[str, int]) -> dict[str, int]:
    """How many suggestions there are of each label, from the numbers of kind ``rule``."""
    found: dict[str, int] = {}
    for key, n in by_rule.items():
        label = key.split(" ", 1)[0]
        found[label] = found.get(label, 0) + n
    return found


def counted_tables() -> set[str]:
    """The tables of which :func:`rows_of` knows the number of rows."""
    counts = (*TALLIED, *TRIGGERED[DERIVED], *TRIGGERED[AUTHORED])
    return {count.table for count in counts if count.what == "rows"}


def statements(sql: str) -> Iterator[str]:
    """The statements of a script one by one: as a script they would end the transaction that they stand in."""
    statement = ""
    for line in sql.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""


_OF_ARTICLES = "t.article_id in (select value from json_each(?))"
# Only rows whose number is wrong are written.
_SUGGESTIONS_OF_EDGES = """
    update changes set suggestions = w.n from (
      select t.id, (select count(*) from suggestions s where s.change_id = t.id) as n from changes t where {where}
    ) w where w.id = changes.id and w.n <> changes.suggestions
"""
_SUGGESTIONS_OF_PAIRS = """
    update derivations set suggestions = w.n from (
      select t.id, (select coalesce(sum(c.suggestions), 0) from changes c where c.derivation_id = t.id) as n
      from derivations t where {where}
    ) w where w.id = derivations.id and w.n <> derivations.suggestions
"""
# The plus keeps the planner from looking for every retelling there is.
_RETELLINGS = """
    update stories set retellings = w.n from (
      select s.id, (select count(*) from articles a where a.story_id = s.id and +a.role = 'retelling') as n
      from stories s
    ) w where w.id = stories.id and w.n <> stories.retellings
"""


def _tally(connection: sqlite3.Connection, wanted: str, sign: int) -> None:
    for count in TALLIED:
        table, where = f"{count.table} t", _OF_ARTICLES
        if count.table in BY_EDGE:
            table, where = f"changes e cross join {count.table} t on t.change_id = e.id", where.replace("t.", "e.")
        sql = f"""
            insert into {DERIVED} select '{count.what}', {count.key.format(row="t")}, {sign} * count(*) as n
            from {table} where {where} and {count.where.format(row="t")} group by 2 having count(*)
            on conflict (what, key) do update set n = n + excluded.n
        """
        connection.execute(sql, [wanted])
    # A number that comes to nothing goes, so that counting anew gives the same rows.
    connection.execute(f"delete from {DERIVED} where n = 0")


def _counted(count: Count) -> str:
    return (
        f"select '{count.what}', {count.key.format(row='t')}, count(*) from {count.table} t"
        f" where {count.where.format(row='t')} group by 2 having count(*)"
    )


def triggers(target: str) -> Iterator[str]:
    """The triggers that keep one table of counts."""
    counts = TRIGGERED[target]
    for table in dict.fromkeys(count.table for count in counts):
        of_table = [count for count in counts if count.table == table]
        for event in EVENTS:
            if body := "".join(_body(target, count, event) for count in of_table):
                name, when = f"counted_{table}_{event}", _event(event, of_table)
                yield f"create trigger {name} after {when} on {table} begin\n{body}end"


def _event(event: str, counts: list[Count]) -> str:
    columns = dict.fromkeys(column for count in counts for column in count.columns)
    return f"update of {', '.join(columns)}" if event == "update" else event


def _body(target: str, count: Count, event: str) -> str:
    if event == "update" and not count.columns:
        return ""
    less = _less(target, count) if event != "insert" else ""
    return less + (_more(target, count) if event != "delete" else "")


def _more(target: str, count: Count) -> str:
    key, where = count.key.format(row="new"), count.where.format(row="new")
    return (
        f"  insert into {target} select '{count.what}', {key}, 1 where {where}\n"
        "    on conflict (what, key) do update set n = n + 1;\n"
    )


def _less(target: str, count: Count) -> str:
    key, where = count.key.format(row="old"), count.where.format(row="old")
    this = f"what = '{count.what}' and key = {key}"
    return (
        f"  update {target} set n = n - 1 where {this} and {where};\n  delete from {target} where {this} and n = 0;\n"
    )
