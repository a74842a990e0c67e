"""An exported log verifies offline; whatever is done to it is found."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from noivu.audit import verify as verifier
from noivu.audit.actions import declare_action
from noivu.audit.canonical import canonical
from noivu.audit.checkpoints import as_line, checkpoint
from noivu.audit.export import export_lines
from noivu.audit.keys import key_id, signing_key
from noivu.audit.merkle import Frontier
from noivu.audit.models import Checkpoint, Entry
from noivu.audit.services import erase_payload, record, record_bulk
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text

AN = Actor(id="an", name="Trần Khánh An", unit_code="SNV-40")


def act(number: int) -> Entry:
    return record(actor=AN, action="test.change", thing=("a", number), after={"tên": f"Văn bản {number}"})


def write_log() -> dict[str, Any]:
    """Eleven entries: two bulk acts (one erased), one erased payload, their two erasures; checkpoints at 4 and 11."""
    declare_action("test.change", Text(vi="Sửa thử", en="Test change"))
    declare_action("test.load", Text(vi="Nạp thử", en="Test load"))
    erased = act(0)
    rows = [("a", n, {"tên": f"Dòng {n}"}) for n in range(1_003)]
    record_bulk(actor=AN, action="test.load", label="Nạp", rows=rows)
    load = record_bulk(actor=AN, action="test.load", label="Nạp lần hai", rows=rows[:5])
    act(1)
    early = as_line(checkpoint())
    for entry in (erased, load):
        erase_payload(actor=AN, entry=entry, reason="Hết thời hạn lưu", instrument="13/2023/NĐ-CP")
    for number in range(2, 7):
        act(number)
    whole = list(export_lines())
    return {"lines": whole, "early": early, "part": list(export_lines(3, 6)), "tail": list(export_lines(5))}


@pytest.fixture(scope="module")
def log(django_db_setup: None, django_db_blocker: Any) -> dict[str, Any]:
    with django_db_blocker.unblock(), transaction.atomic():
        written = write_log()
        transaction.set_rollback(True)
    return written


def own_key() -> bytes:
    return signing_key().public_key().public_bytes_raw()


def problems(lines: list[bytes], **how: Any) -> set[str]:
    return {code for _, code in verifier.verify(lines, **how).problems}


def test_an_untouched_log_holds(log: dict[str, Any]) -> None:
    report = verifier.verify(log["lines"], own_key())
    assert report.problems == []
    assert (report.entries, report.size, report.bulk_acts, report.rows) == (11, 11, 2, 1_003)
    assert (report.erased, report.erased_elsewhere, report.checkpoints) == (2, 0, 2)


@settings(max_examples=100)
@given(st.data())
def test_any_flipped_bit_is_found(log: dict[str, Any], data: st.DataObject) -> None:
    lines = list(log["lines"])
    number = data.draw(st.integers(0, len(lines) - 1))
    place = data.draw(st.integers(0, len(lines[number]) - 1))
    flipped = lines[number][place] ^ 1 << data.draw(st.integers(0, 7))
    lines[number] = lines[number][:place] + bytes([flipped]) + lines[number][place + 1 :]
    assert not verifier.verify(b"".join(lines).splitlines(keepends=True)).holds


@settings(max_examples=30)
@given(st.data())
def test_any_line_deleted_repeated_or_moved_is_found(log: dict[str, Any], data: st.DataObject) -> None:
    lines = log["lines"]
    one = data.draw(st.integers(0, len(lines) - 1))
    other = data.draw(st.integers(0, len(lines) - 2).map(lambda n: n if n < one else n + 1))
    swapped = [lines[other] if n == one else lines[one] if n == other else line for n, line in enumerate(lines)]
    assert problems(lines[:one] + lines[one + 1 :])
    assert problems(lines[: one + 1] + lines[one:])
    assert problems(swapped)


@pytest.mark.parametrize("kept", range(0, 12, 3))
def test_a_log_cut_short_is_found(log: dict[str, Any], kept: int) -> None:
    assert "end" in problems(log["lines"][:kept])


def rewrite(lines: list[bytes], key: Ed25519PrivateKey) -> list[bytes]:
    """What someone with a signing key can do: change an act, and make every hash and signature fit again."""
    frontier, written = Frontier(), []
    for line in map(json.loads, lines):
        if line["type"] == "entry":
            if line["number"] == 3:
                line["payload"]["after"]["tên"] = "Văn bản khác"
                line["entry"]["commitment"] = verifier.hashlib.sha256(
                    bytes.fromhex(line["salt"]) + canonical(line["payload"])
                ).hexdigest()
            leaf = verifier.leaf_hash(canonical(line["entry"]))
            line["leaf"] = leaf.hex()
            frontier.append(leaf)
        if line["type"] == "checkpoint":
            public = key.public_key().public_bytes_raw()
            line["statement"] |= {"root": frontier.root().hex(), "key": key_id(public)}
            line |= {"public_key": public.hex(), "signature": key.sign(canonical(line["statement"])).hex()}
        written.append(canonical(line) + b"\n")
    return written


def test_a_log_rewritten_under_another_key_is_found_by_who_knows_the_key(log: dict[str, Any]) -> None:
    forged = rewrite(log["lines"], Ed25519PrivateKey.generate())
    assert problems(forged) == set()
    assert problems(forged, key=own_key()) == {"key"}


def test_a_log_rewritten_under_its_own_key_is_found_by_who_kept_a_checkpoint(log: dict[str, Any]) -> None:
    forged = rewrite(log["lines"], signing_key())
    assert problems(forged, key=own_key()) == set()
    assert problems(forged, key=own_key(), kept=log["early"]) == {"kept"}
    assert verifier.verify(log["lines"], own_key(), log["early"]).kept_agrees


def test_a_checkpoint_that_was_not_signed_is_no_evidence(log: dict[str, Any]) -> None:
    early = log["early"] | {"statement": log["early"]["statement"] | {"size": 5}}
    with pytest.raises(ValueError, match="not signed"):
        verifier.verify(log["lines"], kept=early)


def test_a_part_of_the_log_is_verified_from_its_frontier(log: dict[str, Any]) -> None:
    part, tail = verifier.verify(log["part"], own_key()), verifier.verify(log["tail"], own_key())
    assert (part.problems, part.first, part.entries, part.whole) == ([], 3, 4, False)
    assert (tail.problems, tail.first, tail.entries) == ([], 5, 6)
    frontier = [*log["part"]]
    header = json.loads(frontier[0])
    header["frontier"].reverse()
    assert "root" in problems([canonical(header) + b"\n", *frontier[1:]])


def test_a_missing_payload_without_an_erasure_is_found(log: dict[str, Any]) -> None:
    lines = []
    for line in map(json.loads, log["lines"]):
        if line.get("number") == 3:
            line |= {"payload": None, "salt": None}
        lines.append(canonical(line) + b"\n")
    assert problems(lines) == {"erased"}


@pytest.mark.parametrize(
    "junk", [b"", b"\n", b"[]\n", b"{}\n", b'{"type":"rows"}\n', b'{"type":[]}\n', b"\xff\n", b"[" * 9_999 + b"\n"]
)
def test_junk_is_named_and_does_no_harm(junk: bytes) -> None:
    assert problems([junk]) >= {"end"}


def test_the_verifier_runs_alone_without_django(log: dict[str, Any], tmp_path: Path) -> None:
    file, kept = tmp_path / "log.jsonl", tmp_path / "kept.json"
    file.write_bytes(b"".join(log["lines"]))
    kept.write_text(json.dumps(log["early"], indent=2))
    alone = tmp_path / "verify.py"
    alone.write_bytes(Path(verifier.__file__).read_bytes())
    command = [sys.executable, "-I", "-S", str(alone), str(file), "--key", own_key().hex(), "--checkpoint", str(kept)]
    good = subprocess.run(command, capture_output=True, check=False)
    assert (good.returncode, good.stderr) == (0, b"")
    assert "NHẬT KÝ TOÀN VẸN" in good.stdout.decode()
    assert "THE LOG HOLDS" in good.stdout.decode()
    file.write_bytes(b"".join(log["lines"]).replace("Dòng 77".encode(), "Dòng 78".encode()))
    bad = subprocess.run([*command, "--json"], capture_output=True, check=False)
    assert bad.returncode == 1
    assert {problem["code"] for problem in json.loads(bad.stdout)["problems"]} == {"rows"}


@pytest.mark.django_db
def test_a_log_that_has_not_grown_keeps_its_checkpoint(an: Actor) -> None:
    record(actor=an, action="test.change", thing=("a", 1))
    assert checkpoint() == checkpoint()
    assert Checkpoint.objects.count() == 1


@pytest.mark.django_db
def test_an_empty_log_is_exported_sealed_and_holds() -> None:
    report = verifier.verify(export_lines())
    assert (report.holds, report.size, report.checkpoints) == (True, 0, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "last"), [(2, None), (0, 1), (1, 0)])
def test_it_refuses_numbers_that_the_log_does_not_have(an: Actor, first: int, last: int | None) -> None:
    record(actor=an, action="test.change", thing=("a", 1))
    with pytest.raises(Refusal, match="chỉ có 1"):
        list(export_lines(first, last))
