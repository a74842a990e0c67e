"""The database itself keeps the log: nothing is changed, nothing leaves the queue unnumbered, no number is skipped."""

from django.db import migrations

from noivu.core.constraints import PerVendor, append_only

ERASED = """EXISTS (SELECT 1 FROM audit_entry
    WHERE object_kind = 'audit.entry' AND object_id = CAST(OLD.entry_id AS varchar) AND action = 'audit.erase_payload')"""


def erasable(table: str) -> PerVendor:
    """Refuse UPDATE and TRUNCATE, and DELETE unless an entry of the log says that the payload is erased."""
    message = f"{table}: a payload goes only by an erasure that the log records"
    return PerVendor(
        postgresql=(
            f"""
CREATE FUNCTION keep_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF {ERASED} THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_{table} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION keep_{table}();
CREATE TRIGGER keep_truncate_{table} BEFORE TRUNCATE ON {table} EXECUTE FUNCTION keep_{table}();
""",
            f"DROP FUNCTION IF EXISTS keep_{table}() CASCADE;",
        ),
        sqlite=(
            f"""
CREATE TRIGGER keep_update_{table} BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{message}'); END;
CREATE TRIGGER keep_delete_{table} BEFORE DELETE ON {table} WHEN NOT {ERASED}
BEGIN SELECT RAISE(ABORT, '{message}'); END;
""",
            f"DROP TRIGGER IF EXISTS keep_update_{table};\nDROP TRIGGER IF EXISTS keep_delete_{table};",
        ),
    )


QUEUE = PerVendor(
    postgresql=(
        """
CREATE FUNCTION queue_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO audit_unnumbered (entry_id) VALUES (NEW.id); RETURN NULL; END $$;
CREATE TRIGGER queue_audit_entry AFTER INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION queue_audit_entry();
CREATE FUNCTION keep_audit_unnumbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT 1 FROM audit_leaf WHERE entry_id = OLD.entry_id) THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION 'audit_unnumbered: an entry leaves the queue when it has its number'
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_audit_unnumbered BEFORE UPDATE OR DELETE ON audit_unnumbered
FOR EACH ROW EXECUTE FUNCTION keep_audit_unnumbered();
CREATE TRIGGER keep_truncate_audit_unnumbered BEFORE TRUNCATE ON audit_unnumbered
EXECUTE FUNCTION keep_audit_unnumbered();
""",
        "DROP FUNCTION IF EXISTS queue_audit_entry() CASCADE; DROP FUNCTION IF EXISTS keep_audit_unnumbered() CASCADE;",
    ),
    sqlite=(
        """
CREATE TRIGGER queue_audit_entry AFTER INSERT ON audit_entry
BEGIN INSERT INTO audit_unnumbered (entry_id) VALUES (NEW.id); END;
CREATE TRIGGER keep_update_audit_unnumbered BEFORE UPDATE ON audit_unnumbered
BEGIN SELECT RAISE(ABORT, 'audit_unnumbered: an entry leaves the queue when it has its number'); END;
CREATE TRIGGER keep_delete_audit_unnumbered BEFORE DELETE ON audit_unnumbered
WHEN NOT EXISTS (SELECT 1 FROM audit_leaf WHERE entry_id = OLD.entry_id)
BEGIN SELECT RAISE(ABORT, 'audit_unnumbered: an entry leaves the queue when it has its number'); END;
""",
        """
DROP TRIGGER IF EXISTS queue_audit_entry;
DROP TRIGGER IF EXISTS keep_update_audit_unnumbered;
DROP TRIGGER IF EXISTS keep_delete_audit_unnumbered;
""",
    ),
)

WITHOUT_GAP = PerVendor(
    postgresql=(
        """
CREATE FUNCTION follow_audit_leaf() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.number > 0 AND NOT EXISTS (SELECT 1 FROM audit_leaf WHERE number = NEW.number - 1) THEN
    RAISE EXCEPTION 'audit_leaf: a number follows the one before it' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER follow_audit_leaf BEFORE INSERT ON audit_leaf FOR EACH ROW EXECUTE FUNCTION follow_audit_leaf();
""",
        "DROP FUNCTION IF EXISTS follow_audit_leaf() CASCADE;",
    ),
    sqlite=(
        """
CREATE TRIGGER follow_audit_leaf BEFORE INSERT ON audit_leaf
WHEN NEW.number > 0 AND NOT EXISTS (SELECT 1 FROM audit_leaf WHERE number = NEW.number - 1)
BEGIN SELECT RAISE(ABORT, 'audit_leaf: a number follows the one before it'); END;
""",
        "DROP TRIGGER IF EXISTS follow_audit_leaf;",
    ),
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_log")]

    operations = [
        append_only("audit_entry"),
        append_only("audit_leaf"),
        append_only("audit_checkpoint"),
        append_only("audit_rowplace"),
        append_only("audit_readline"),
        erasable("audit_payload"),
        erasable("audit_rowchunk"),
        QUEUE,
        WITHOUT_GAP,
    ]
