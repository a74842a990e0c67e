"""The installation's keys of the log, in the data directory, each in a file that its owner alone can read."""

import hashlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

PSEUDONYM_KEY = "audit-pseudonym.key"
SIGNING_KEY = "audit-signing.key"


def _directory() -> Path:
    return Path(settings.NOIVU_DATA) / "keys"


def _make(path: Path) -> None:
    """Put 32 random bytes in place at once: of two processes that start together, the first one's stay."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


@cache
def _secret(path: Path) -> bytes:
    if not path.exists():
        _make(path)
    return bytes.fromhex(path.read_text(encoding="ascii"))


def actor_ref(actor_id: str) -> str:
    """The pseudonym of an actor: the first half of HMAC-SHA256 under this installation's key, in hexadecimal."""
    key = _secret(_directory() / PSEUDONYM_KEY)
    return hmac.digest(key, actor_id.encode(), "sha256")[:16].hex()


def signing_key() -> Ed25519PrivateKey:
    """The key that signs checkpoints; made at first use."""
    return Ed25519PrivateKey.from_private_bytes(_secret(_directory() / SIGNING_KEY))


def public_key() -> bytes:
    """The public half of the signing key: what an inspector holds against the log."""
    return signing_key().public_key().public_bytes_raw()


def key_id(public: bytes) -> str:
    """The short name of a public key: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]
