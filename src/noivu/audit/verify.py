"""Verifies an exported audit log. One file, standard library only, nothing of noivu: copy it anywhere and run it.

    python -m noivu.audit.verify LOG.jsonl [--key HEX] [--checkpoint KEPT.json] [--lang vi|en] [--json]

Exit 0: everything holds. Exit 1: something does not, and what it is is said. Exit 2: wrong usage.

The file is JSON Lines; each line is canonical JSON (UTF-8, keys sorted, no spaces, integers only):
* `{"type":"log","format":"noivu-audit-1","first":N,"frontier":[hex…],"whole":bool}` – the first line. `frontier`:
  the roots of the complete subtrees over the leaves before `first`, largest first (empty when first is 0).
* `{"type":"entry","number":n,"leaf":hex,"entry":{…},"payload":{…}|null,"salt":hex|null}` –
  SHA-256(0x00 ‖ canonical(entry)) is the leaf's hash; SHA-256(salt ‖ canonical(payload)) is `entry.commitment`.
  Payload and salt are null once erased; then a later entry says so (action `audit.erase_payload`, kind `audit.entry`,
  object = the entry's id).
* `{"type":"rows","number":n,"first":i,"rows":[[kind,id,after]…]}` – rows of the bulk act before it: row i hashes to
  SHA-256(0x00 ‖ HMAC-SHA256(salt, i as 8 bytes) ‖ canonical(row)), all of them to the root `entry.rows.root`.
* `{"type":"checkpoint","statement":{…},"public_key":hex,"signature":hex}` – stands after the last leaf that it covers;
  Ed25519 over canonical(statement). Its root must be that of all leaves before it, so each checkpoint is consistent
  with every earlier one.
* `{"type":"end","entries":n,"checkpoints":k}` – the last line.
"""

import argparse
import hashlib
import hmac
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FORMAT = "noivu-audit-1"
STATEMENT = "noivu-audit-checkpoint-1"
ERASE, ENTRY_KIND = "audit.erase_payload", "audit.entry"
ENTRY_FIELDS = {"action", "actor", "at", "commitment", "entry", "kind", "object", "rows", "unit"}
LINE_FIELDS = {
    "log": {"type", "format", "first", "frontier", "whole"},
    "entry": {"type", "number", "leaf", "entry", "payload", "salt"},
    "rows": {"type", "number", "first", "rows"},
    "checkpoint": {"type", "statement", "public_key", "signature"},
    "end": {"type", "entries", "checkpoints"},
}
PROBLEMS = {
    "malformed": ("dòng không đọc được", "the line cannot be read"),
    "order": ("dòng không đứng đúng chỗ", "the line is out of place"),
    "number": ("số thứ tự không liền mạch", "the number does not follow the one before"),
    "leaf": ("giá trị băm của bút toán không khớp", "the entry does not match its leaf hash"),
    "commitment": ("nội dung không khớp cam kết của bút toán", "the payload does not match the entry's commitment"),
    "rows": ("các dòng của thao tác hàng loạt không khớp gốc", "the rows of a bulk act do not match their root"),
    "root": ("gốc của điểm niêm phong không khớp các bút toán", "the checkpoint's root does not match the entries"),
    "signature": ("chữ ký của điểm niêm phong sai", "the checkpoint's signature is wrong"),
    "key": ("điểm niêm phong ký bằng khóa khác khóa đã cho", "the checkpoint is signed with another key than given"),
    "erased": ("nội dung bị thiếu mà không có bút toán xóa", "a payload is missing and no entry says it was erased"),
    "not_erased": ("bút toán xóa trỏ tới nội dung chưa xóa", "an entry erases a payload that is still there"),
    "unsealed": ("các bút toán cuối chưa được niêm phong", "the last entries are under no checkpoint"),
    "end": ("tệp bị cắt cụt hoặc thiếu dòng", "the file is cut short, or lines are missing"),
    "kept": ("nhật ký mâu thuẫn với điểm niêm phong đã giữ", "the log contradicts the checkpoint that was kept"),
    "kept_absent": ("điểm niêm phong đã giữ không nằm trong tệp này", "the kept checkpoint is outside this file"),
    "empty": ("tệp rỗng", "the file is empty"),
}


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _refuse_number(text: str) -> Any:
    raise ValueError(f"not a whole number: {text}")


def parse(line: bytes) -> dict[str, Any]:
    """The object of one line; ValueError unless the line is exactly its canonical form."""
    value = json.loads(line, parse_float=_refuse_number, parse_constant=_refuse_number)
    if not isinstance(value, dict) or canonical(value) + b"\n" != line:
        raise ValueError("not canonical")
    return value


def leaf_hash(content: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


# Ed25519 verification, RFC 8032 section 5.1.7, without the cofactor; points in extended coordinates.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_ONE = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def _add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _multiply(scalar: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = _add(result, point)
        point = _add(point, point)
        scalar >>= 1
    return result


def _decompress(encoded: bytes) -> Point | None:
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * SQRT_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


_BASE_Y = 4 * pow(5, P - 2, P) % P
_decompressed_base = _decompress(_BASE_Y.to_bytes(32, "little"))
BASE: Point = _decompressed_base if _decompressed_base else (0, 1, 1, 0)


def ed25519_verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature over the message is the key's."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key, nonce = _decompress(public_key), _decompress(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or nonce is None or scalar >= L:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % L
    left, right = _multiply(scalar, BASE), _add(nonce, _multiply(challenge, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


@dataclass
class Tree:
    """The Merkle tree of RFC 9162 while it grows: its size, and the roots of its complete subtrees."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, subtree: bytes) -> None:
        rest = self.size
        while rest & 1:
            subtree, rest = node_hash(self.peaks.pop(), subtree), rest >> 1
        self.peaks.append(subtree)
        self.size += 1

    def root(self) -> bytes:
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


@dataclass
class Report:
    """What was found. `problems`: (line, code); a problem's words stand in PROBLEMS."""

    first: int = 0
    entries: int = 0
    bulk_acts: int = 0
    rows: int = 0
    erased: int = 0
    erased_elsewhere: int = 0
    checkpoints: int = 0
    size: int = 0
    root: str = ""
    signed_at: str = ""
    keys: list[str] = field(default_factory=list)
    key_given: bool = False
    whole: bool = False
    kept_agrees: bool = False
    problems: list[tuple[int, str]] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.problems


@dataclass
class _Bulk:
    """A bulk act whose rows are being read."""

    salt: bytes
    count: int
    root: str
    tree: Tree = field(default_factory=Tree)


class Verifier:
    """Fed with the lines of a log one by one; memory does not grow with the log (but for erased payloads)."""

    def __init__(self, key: bytes | None = None, kept: dict[str, Any] | None = None) -> None:
        if kept is not None and not signature_holds(kept):
            raise ValueError("the kept checkpoint is not signed by the key beside it")
        self.report = Report(key_given=key is not None)
        self._key, self._kept = key, kept
        self._tree, self._line, self._sealed = Tree(), 0, -1
        self._bulk: _Bulk | None = None
        self._missing: set[str] = set()
        self._explained = 0
        self._ended = False

    def feed(self, line: bytes) -> None:
        """Check one line, with its line break."""
        self._line += 1
        try:
            value = parse(line)
            kind = value["type"]
            if set(value) != LINE_FIELDS[kind]:
                raise ValueError("unknown or missing fields")
            if (self._line == 1) != (kind == "log") or self._ended:
                self._problem("order")
            if kind != "rows":
                self._finish_bulk()
            getattr(self, f"_check_{kind}")(value)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            self._problem("malformed")

    def finish(self) -> Report:
        """The report, after the last line."""
        self._finish_bulk()
        report, tree = self.report, self._tree
        if not self._line:
            self._problem("empty")
        if not self._ended:
            self._problem("end")
        if self._sealed != tree.size:
            self._problem("unsealed")
        if self._missing:
            report.erased_elsewhere = len(self._missing)
            if report.whole:
                self._problem("erased")
        if self._kept is not None and not report.kept_agrees and "kept" not in {c for _, c in report.problems}:
            self._problem("kept_absent")
        report.size, report.root = tree.size, tree.root().hex()
        return report

    def _problem(self, code: str) -> None:
        self.report.problems.append((self._line, code))

    def _check_log(self, value: dict[str, Any]) -> None:
        first, peaks = value["first"], [_hash(peak) for peak in value["frontier"]]
        if value["format"] != FORMAT or len(peaks) != _whole(first).bit_count() or type(value["whole"]) is not bool:
            raise ValueError("header")
        self.report.first, self.report.whole = first, value["whole"]
        if value["whole"] and first:
            raise ValueError("a whole log starts at 0")
        self._tree = Tree(first, peaks)
        self._compare_kept()

    def _check_entry(self, value: dict[str, Any]) -> None:
        report, entry = self.report, value["entry"]
        report.entries += 1
        if _whole(value["number"]) != self._tree.size:
            self._problem("number")
        if set(entry) != ENTRY_FIELDS:
            raise ValueError("entry fields")
        leaf = leaf_hash(canonical(entry))
        if leaf.hex() != value["leaf"]:
            self._problem("leaf")
        self._tree.append(leaf)
        self._check_payload(value)
        if entry["action"] == ERASE and entry["kind"] == ENTRY_KIND:
            self._explain(entry["object"])
        self._compare_kept()

    def _check_payload(self, value: dict[str, Any]) -> None:
        entry, payload, rows = value["entry"], value["payload"], value["entry"]["rows"]
        self.report.bulk_acts += rows is not None
        if payload is None and value["salt"] is None:
            self.report.erased += 1
            self._missing.add(str(_whole(entry["entry"])))
            return
        salt = _hash(value["salt"])
        if hashlib.sha256(salt + canonical(payload)).hexdigest() != entry["commitment"]:
            self._problem("commitment")
        if rows is not None:
            self._bulk = _Bulk(salt, _whole(rows["count"]), rows["root"])

    def _explain(self, erased: str) -> None:
        if erased in self._missing:
            self._missing.discard(erased)
        elif self.report.whole:
            self._problem("not_erased")

    def _check_rows(self, value: dict[str, Any]) -> None:
        bulk = self._bulk
        if bulk is None or value["number"] != self._tree.size - 1 or value["first"] != bulk.tree.size:
            self._problem("order")
            return
        for row in value["rows"]:
            place = hmac.digest(bulk.salt, bulk.tree.size.to_bytes(8, "big"), "sha256")
            bulk.tree.append(leaf_hash(place + canonical(row)))
        self.report.rows += len(value["rows"])

    def _finish_bulk(self) -> None:
        bulk, self._bulk = self._bulk, None
        if bulk is not None and (bulk.tree.size != bulk.count or bulk.tree.root().hex() != bulk.root):
            self._problem("rows")

    def _check_checkpoint(self, value: dict[str, Any]) -> None:
        statement, report = value["statement"], self.report
        if statement["size"] != self._tree.size or statement["size"] == self._sealed:
            self._problem("order")
        if statement["root"] != self._tree.root().hex():
            self._problem("root")
        if not signature_holds(value):
            self._problem("signature")
        elif self._key is not None and value["public_key"] != self._key.hex():
            self._problem("key")
        report.checkpoints += 1
        report.signed_at, self._sealed = statement["signed_at"], statement["size"]
        if statement["key"] not in report.keys:
            report.keys.append(statement["key"])

    def _check_end(self, value: dict[str, Any]) -> None:
        self._ended = True
        if (_whole(value["entries"]), _whole(value["checkpoints"])) != (self.report.entries, self.report.checkpoints):
            self._problem("end")

    def _compare_kept(self) -> None:
        kept = self._kept
        if kept is None or kept["statement"]["size"] != self._tree.size:
            return
        self.report.kept_agrees = kept["statement"]["root"] == self._tree.root().hex()
        if not self.report.kept_agrees:
            self._problem("kept")


def signature_holds(checkpoint: dict[str, Any]) -> bool:
    """Whether a checkpoint's statement has the right form and is signed by the key beside it."""
    statement, key = checkpoint["statement"], _hash(checkpoint["public_key"])
    return (
        set(statement) == {"key", "root", "signed_at", "size", "type"}
        and statement["type"] == STATEMENT
        and statement["key"] == hashlib.sha256(key).hexdigest()[:16]
        and ed25519_verify(key, canonical(statement), _unhex(checkpoint["signature"], 64))
    )


def _unhex(text: str, length: int) -> bytes:
    value = bytes.fromhex(text)
    if value.hex() != text or len(value) != length:
        raise ValueError("not a hash")
    return value


def _hash(text: str) -> bytes:
    return _unhex(text, 32)


def _whole(number: Any) -> int:
    if type(number) is not int or number < 0:
        raise ValueError("not a whole number")
    return number


def verify(lines: Iterable[bytes], key: bytes | None = None, kept: dict[str, Any] | None = None) -> Report:
    """Check all lines of a log."""
    verifier = Verifier(key, kept)
    for line in lines:
        verifier.feed(line)
    return verifier.finish()


def describe(report: Report, language: str) -> list[str]:
    """The report in words."""
    return _describe_vi(report) if language == "vi" else _describe_en(report)


def _describe_vi(report: Report) -> list[str]:
    lines = [
        f"Bút toán: {report.entries}, từ số {report.first} đến số {report.size - 1}"
        if report.entries
        else "Bút toán: 0",
        f"Thao tác hàng loạt: {report.bulk_acts}, gồm {report.rows} dòng",
        f"Nội dung đã xóa: {report.erased} (không có bút toán xóa trong tệp: {report.erased_elsewhere})",
        f"Điểm niêm phong: {report.checkpoints}, lần cuối {report.signed_at or '–'}, gốc {report.root}",
        f"Khóa ký: {', '.join(report.keys) or '–'}"
        + ("" if report.key_given else " – lấy từ chính tệp; hãy đối chiếu với khóa đã giữ (--key)"),
    ]
    if not report.whole:
        lines.append("Tệp chỉ là một phần của nhật ký.")
    if report.kept_agrees:
        lines.append("Khớp với điểm niêm phong đã giữ.")
    lines += [f"  dòng {line}: {PROBLEMS[code][0]}" for line, code in report.problems[:50]]
    verdict = "NHẬT KÝ TOÀN VẸN" if report.holds else f"NHẬT KÝ KHÔNG TOÀN VẸN: {len(report.problems)} lỗi"
    return [*lines, verdict]


def _describe_en(report: Report) -> list[str]:
    lines = [
        f"Entries: {report.entries}, numbers {report.first} to {report.size - 1}" if report.entries else "Entries: 0",
        f"Bulk acts: {report.bulk_acts}, with {report.rows} rows",
        f"Payloads erased: {report.erased} (without an entry in this file that says so: {report.erased_elsewhere})",
        f"Checkpoints: {report.checkpoints}, the last of {report.signed_at or '–'}, root {report.root}",
        f"Signing keys: {', '.join(report.keys) or '–'}"
        + ("" if report.key_given else " – taken from the file itself; compare with the key you hold (--key)"),
    ]
    if not report.whole:
        lines.append("The file is a part of the log.")
    if report.kept_agrees:
        lines.append("It agrees with the checkpoint that was kept.")
    lines += [f"  line {line}: {PROBLEMS[code][1]}" for line, code in report.problems[:50]]
    verdict = "THE LOG HOLDS" if report.holds else f"THE LOG DOES NOT HOLD: {len(report.problems)} problems"
    return [*lines, verdict]


def as_json(report: Report) -> dict[str, Any]:
    """The report for machines."""
    problems = [
        {"line": line, "code": code, "vi": PROBLEMS[code][0], "en": PROBLEMS[code][1]} for line, code in report.problems
    ]
    return {"holds": report.holds, **vars(report), "problems": problems}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m noivu.audit.verify", description="Verifies an exported audit log.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--key", type=_hash, metavar="HEX", help="the public key that must have signed (64 digits)")
    parser.add_argument("--checkpoint", type=Path, metavar="FILE", help="a checkpoint kept from earlier (JSON)")
    parser.add_argument("--lang", choices=("vi", "en"), help="one language only")
    parser.add_argument("--json", action="store_true", help="print JSON for machines")
    chosen = parser.parse_args(arguments)
    try:
        kept = json.loads(chosen.checkpoint.read_bytes()) if chosen.checkpoint else None
        with chosen.file.open("rb") as lines:
            report = verify(lines, chosen.key, kept)
    except (OSError, ValueError, KeyError, TypeError) as error:
        parser.error(f"{error}")
    languages = [chosen.lang] if chosen.lang else ["vi", "en"]
    words = "\n\n".join("\n".join(describe(report, language)) for language in languages)
    out = json.dumps(as_json(report), ensure_ascii=False, indent=2) if chosen.json else words
    sys.stdout.buffer.write(out.encode() + b"\n")
    return 0 if report.holds else 1


if __name__ == "__main__":
    sys.exit(main())
