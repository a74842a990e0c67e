"""Urgency and secrecy come in with the registers of documents."""

from datetime import date
from typing import Any

from noivu.matters.imports import DOCUMENTS_IN, DOCUMENTS_OUT
from noivu.matters.tests.sheets import put_in, states
from noivu.records.api import IncomingDocument, OutgoingDocument
from noivu.units.testing import Sector


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
