"""Who may do what. Grants are in datasette.yml; here are our own actions and the limits that no grant lifts.

Derived tables belong to the build and authored ones to the annotation API, so Datasette's own ways to write reach
only the tables that people keep by hand. A denial of a named table outranks every grant, root's included.
"""

from typing import Any

from datasette import hookimpl
from datasette.permissions import Action, PermissionSQL
from datasette.resources import DatabaseResource

from retold.store import published

ROW_WRITES = frozenset({"insert-row", "update-row", "delete-row"})
SCHEMA_WRITES = frozenset(
    {"execute-write-sql", "create-table", "create-view", "alter-table", "drop-table", "drop-view", "set-column-type"}
)


@hookimpl
def register_actions() -> list[Action]:
    return [
        Action(
            name="annotate",
            description="Judge suggestions, add labels and comment on edges",
            resource_class=DatabaseResource,
        ),
        Action(
            name="adjudicate", description="Settle disagreements between annotators", resource_class=DatabaseResource
        ),
    ]


@hookimpl
def permission_resources_sql(datasette: Any, actor: Any, action: str) -> PermissionSQL | None:
    if action not in ROW_WRITES | SCHEMA_WRITES:
        return None
    spared = published.HAND_KEPT if action in ROW_WRITES else ("", "")
    return PermissionSQL(
        sql="""
            select :retold_database as parent, null as child, 0 as allow, :retold_reason as reason
            union all select :retold_authored, null, 0, :retold_reason
            union all
            select database_name, table_name, 0, :retold_reason from catalog_tables
            where database_name in (:retold_database, :retold_authored)
            and table_name not in (:retold_labels, :retold_corrections)
        """,
        params={
            "retold_database": published.name(datasette),
            "retold_authored": published.authored_name(datasette),
            "retold_reason": "derived tables belong to the build, authored ones to the annotation API",
            "retold_labels": spared[0],
            "retold_corrections": spared[1],
        },
    )
