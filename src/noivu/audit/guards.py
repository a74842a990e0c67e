"""The triggers that keep the log, and whether they are all in place."""

from django.db import connection

_APPEND_ONLY = ("audit_entry", "audit_leaf", "audit_checkpoint", "audit_rowplace", "audit_readline")
_KEPT = ("audit_payload", "audit_rowchunk", "audit_unnumbered")
_OWN = {"queue_audit_entry", "follow_audit_leaf"}
_BY_VENDOR = {
    "postgresql": (("append_only_", "append_only_truncate_"), ("keep_", "keep_truncate_")),
    "sqlite": (("append_only_update_", "append_only_delete_"), ("keep_update_", "keep_delete_")),
}
_INSTALLED = {
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
}


def missing_guards() -> list[str]:
    """The triggers of the log that are not there, or switched off. Empty when the database keeps the log."""
    append_only, kept = _BY_VENDOR[connection.vendor]
    expected = {prefix + table for prefix in append_only for table in _APPEND_ONLY}
    expected |= {prefix + table for prefix in kept for table in _KEPT} | _OWN
    with connection.cursor() as cursor:
        cursor.execute(_INSTALLED[connection.vendor])
        return sorted(expected - {row[0] for row in cursor.fetchall()})
