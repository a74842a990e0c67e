"""Constraints that Django has no word for on both databases, as migration operations."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_APPEND_ONLY_PG = """
CREATE OR REPLACE FUNCTION refuse_change_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{table}: rows are never changed or deleted' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER append_only_{table} BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change_{table}();
CREATE TRIGGER append_only_truncate_{table} BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change_{table}();
"""
_APPEND_ONLY_PG_UNDO = "DROP FUNCTION IF EXISTS refuse_change_{table}() CASCADE;"
_APPEND_ONLY_SQLITE = """
CREATE TRIGGER append_only_update_{table} BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{table}: rows are never changed or deleted'); END;
CREATE TRIGGER append_only_delete_{table} BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{table}: rows are never changed or deleted'); END;
"""
_APPEND_ONLY_SQLITE_UNDO = (
    "DROP TRIGGER IF EXISTS append_only_update_{table}; DROP TRIGGER IF EXISTS append_only_delete_{table};"
)


class PerVendor(migrations.RunPython):
    """SQL written for each database, with its undoing."""

    def __init__(self, *, postgresql: tuple[str, str], sqlite: tuple[str, str]) -> None:
        self.statements = {"postgresql": postgresql, "sqlite": sqlite}
        super().__init__(self._run(0), self._run(1))

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return ("PerVendor", [], self.statements)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Without the models of that moment, which Django would render anew for each: no statement asks for them."""
        self._execute(0, schema_editor)

    def _run(self, place: int) -> Any:
        def run(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
            self._execute(place, editor)

        return run

    def _execute(self, place: int, editor: BaseDatabaseSchemaEditor) -> None:
        statement = self.statements[editor.connection.vendor][place]
        if editor.connection.vendor == "sqlite":
            _execute_script(editor, statement)
        else:
            with editor.connection.cursor() as cursor:
                cursor.execute(statement)


def _execute_script(editor: BaseDatabaseSchemaEditor, script: str) -> None:
    """SQLite takes one statement at a time; a trigger body ends with END;."""
    with editor.connection.cursor() as cursor:
        statement = ""
        for piece in script.split(";"):
            statement += f"{piece};"
            if statement.strip(" \n;") and sqlite3.complete_statement(statement):
                cursor.execute(statement)
                statement = ""


def append_only(table: str) -> PerVendor:
    """Refuse UPDATE, DELETE (and TRUNCATE) on a table."""
    return PerVendor(
        postgresql=(_APPEND_ONLY_PG.format(table=table), _APPEND_ONLY_PG_UNDO.format(table=table)),
        sqlite=(_APPEND_ONLY_SQLITE.format(table=table), _APPEND_ONLY_SQLITE_UNDO.format(table=table)),
    )


def no_overlap(table: str, keys: Sequence[str], *, condition: str = "superseded_at IS NULL") -> PerVendor:
    """Refuse two rows of the same keys whose [starts_on, ends_on) overlap, among rows that hold `condition`.

    PostgreSQL: an exclusion constraint (btree_gist). SQLite: triggers that look for an overlapping row.
    """
    name = f"no_overlap_{table}"
    equals = ", ".join(f"{key} WITH =" for key in keys)
    same = " AND ".join(f"o.{key} = NEW.{key}" for key in keys)
    holds = condition.replace("superseded_at", "NEW.superseded_at")
    message = f"{table}: two facts of the same kind at the same time"
    trigger = "\n".join(
        # Names come from migrations, never from people.
        f"""CREATE TRIGGER {name}_{moment.lower()} BEFORE {moment} ON {table} WHEN {holds}
BEGIN SELECT RAISE(ABORT, '{message}') WHERE EXISTS (
  SELECT 1 FROM {table} o WHERE {same} AND o.id IS NOT NEW.id AND o.{condition}
  AND (o.ends_on IS NULL OR NEW.starts_on < o.ends_on) AND (NEW.ends_on IS NULL OR o.starts_on < NEW.ends_on)); END;"""  # noqa: S608  table and columns are named by a migration
        for moment in ("INSERT", "UPDATE")
    )
    return PerVendor(
        postgresql=(
            f"""CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist ({equals}, daterange(starts_on, ends_on) WITH &&)
WHERE ({condition}) DEFERRABLE INITIALLY IMMEDIATE;""",
            f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name};",
        ),
        sqlite=(trigger, f"DROP TRIGGER IF EXISTS {name}_insert;\nDROP TRIGGER IF EXISTS {name}_update;"),
    )
