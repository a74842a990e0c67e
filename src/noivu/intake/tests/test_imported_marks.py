"""Urgency and secrecy come in with the registers of documents."""

from datetime import date
from typing import Any

from noivu.accounts.testing import Cast
from noivu.core.actors import SYSTEM, Actor
from noivu.intake.api import DOCUMENTS_IN, DOCUMENTS_OUT
from noivu.intake.testing import put_in, states
from noivu.records.api import CopyEntry, CopyKind, DocumentCopy, IncomingDocument, OutgoingDocument, register_copy
from noivu.units.testing import Sector
from noivu.work.api import Kind, Obligation, name_helpers
from noivu.work.testing import owes_reply


def test_marks_are_written_changed_and_taken_away_and_a_sheet_without_them_leaves_them(
    sector: Sector, settings: Any
) -> None:
    settings.NOIVU_ISOLATED = False
    come = {"unit": sector.office, "arrival_number": "1", "arrived_on": date(2024, 10, 1), "issuer": "Bộ Tài chính",
            "summary": "Xin ý kiến"}  # fmt: skip
    gone = {"unit": sector.office, "symbol": "7/BNV-VP", "issued_on": date(2024, 10, 9), "kind": "CV",
            "summary": "Trả lời"}  # fmt: skip
    for template, plain, model in (
        (DOCUMENTS_IN, come, IncomingDocument), (DOCUMENTS_OUT, gone, OutgoingDocument),
    ):  # fmt: skip

        def marks(model: Any = model) -> tuple[str, str]:
            found = model.objects.current().get()
            return found.urgency, found.secrecy

        marked = {**plain, "urgency": "very-urgent", "secrecy": "restricted"}
        assert states(put_in(template, [marked])) == ["applied"]
        assert states(put_in(template, [marked])) == ["unchanged"]
        assert marks() == ("very-urgent", "restricted")
        assert states(put_in(template, [plain], given=list(plain))) == ["unchanged"]
        assert marks() == ("very-urgent", "restricted")
        put_in(template, [{**plain, "urgency": "ordinary", "secrecy": None}])
        assert marks() == ("", "")
        (kept_aside,) = put_in(template, [{**plain, "secrecy": "state"}])
        assert (kept_aside.state, kept_aside.column) == ("quarantined", "secrecy")
        assert "bí mật nhà nước" in str(kept_aside.reason).lower()
        assert marks() == ("", "")


def test_what_a_sheet_restricts_restricts_its_copies_and_the_parts_of_its_reply(sector: Sector) -> None:
    owed = owes_reply(sector.office, date(2024, 10, 1), date(2024, 10, 20), summary="Xin ý kiến")
    assert owed.document is not None
    entry = CopyEntry(CopyKind.CERTIFIED, date(2024, 10, 2), "BNV")
    register_copy(actor=SYSTEM, source=owed.document, entry=entry)
    helping = {sector.archives.pk: date(2024, 10, 18), sector.local_government.pk: date(2024, 10, 18)}
    name_helpers(actor=SYSTEM, obligation=owed, helping=helping, on=date(2024, 10, 2))
    name_helpers(actor=SYSTEM, obligation=owed, helping={}, on=date(2024, 10, 2))
    row = {"unit": sector.office, "arrival_number": "1", "arrived_on": date(2024, 10, 1),
           "issuer": owed.document.issuer, "summary": "Xin ý kiến", "secrecy": "restricted"}  # fmt: skip
    assert states(put_in(DOCUMENTS_IN, [row], given=list(row))) == ["applied"]
    parts = Obligation.objects.of_kind(Kind.STEP).values_list("secrecy", flat=True)
    assert [*DocumentCopy.objects.values_list("secrecy", flat=True), *parts] == ["restricted"] * 3


def test_a_sheet_of_an_officer_writes_nothing_that_is_or_would_be_hidden_from_its_bearer(cast: Cast) -> None:
    office = cast.khanh.unit
    come = {"unit": office, "arrival_number": "1", "arrived_on": date(2024, 10, 1), "issuer": "Bộ Tài chính",
            "summary": "Xác minh đơn", "secrecy": "restricted"}  # fmt: skip
    gone = {"unit": office, "symbol": "7/BNV-VP", "issued_on": date(2024, 10, 9), "kind": "CV",
            "summary": "Kết luận", "secrecy": "restricted"}  # fmt: skip
    for template, row, key, model in (
        (DOCUMENTS_IN, come, "arrival_number", IncomingDocument), (DOCUMENTS_OUT, gone, "symbol", OutgoingDocument),
    ):  # fmt: skip

        def put(actor: Actor, row: Any, template: Any = template) -> tuple[str, str]:
            (outcome,) = put_in(template, [row], given=list(row), actor=actor)
            return outcome.state, getattr(outcome, "column", "")

        assert put(cast.binh.actor, row) == ("quarantined", "secrecy")
        assert put(cast.khanh.actor, row)[0] == "applied"
        for other in (row, {**row, "summary": "Khác"}, {**row, "secrecy": None}):
            assert put(cast.binh.actor, other) == ("quarantined", key)
        assert model.objects.current().get().summary == row["summary"]
        assert put(cast.khanh.actor, {**row, "secrecy": None})[0] == "applied"
        assert put(cast.binh.actor, {**row, "secrecy": None, "summary": "Đã mở"})[0] == "applied"
