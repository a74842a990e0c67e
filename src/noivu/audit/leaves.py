"""What a leaf's hash covers, and what a row's hash covers in a bulk act.

The content of a leaf is the canonical JSON of

    {"action": …, "actor": pseudonym, "at": "2024-10-31T01:02:03.000004Z", "commitment": hex, "entry": id,
     "kind": …, "object": …, "rows": null | {"count": n, "root": hex}, "unit": code}

and its hash is SHA-256(0x00 ‖ content). The content of row `i` of a bulk act is HMAC-SHA256(salt, i as 8 bytes,
big-endian) ‖ the canonical JSON of [kind, id, after]; its hash is made in the same way. So each row has a salt of its
own: one row can be disclosed and proved without making its neighbours guessable.
"""

import hashlib
import hmac
from typing import Any

from noivu.audit import merkle
from noivu.audit.canonical import canonical, instant
from noivu.audit.models import Entry


def entry_fields(entry: Entry) -> dict[str, Any]:
    """The fields of an entry that its leaf covers: all of them."""
    rows = None
    if entry.rows_root is not None:
        rows = {"count": entry.rows_count, "root": bytes(entry.rows_root).hex()}
    return {
        "action": entry.action,
        "actor": entry.actor_ref,
        "at": instant(entry.recorded_at),
        "commitment": bytes(entry.commitment).hex(),
        "entry": entry.pk,
        "kind": entry.object_kind,
        "object": entry.object_id,
        "rows": rows,
        "unit": entry.unit_code,
    }


def leaf_hash(entry: Entry) -> bytes:
    """The hash of an entry's leaf."""
    return merkle.leaf_hash(canonical(entry_fields(entry)))


def commitment(salt: bytes, content: bytes) -> bytes:
    """What an entry says of its payload: SHA-256(salt ‖ canonical JSON)."""
    return hashlib.sha256(salt + content).digest()


def row_hash(salt: bytes, position: int, row: bytes) -> bytes:
    """The hash of one row of a bulk act."""
    return merkle.leaf_hash(hmac.digest(salt, position.to_bytes(8, "big"), "sha256") + row)
