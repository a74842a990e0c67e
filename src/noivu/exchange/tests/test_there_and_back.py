"""Whatever document goes out as a message, comes in, and goes out again: it is the same message."""

import io
from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from noivu.core.actors import SYSTEM
from noivu.exchange.message import message_said
from noivu.exchange.reading import read_message
from noivu.exchange.services import export_message, forward_message, import_message
from noivu.exchange.testing import HERE, THERE
from noivu.exchange.writing import write_message
from noivu.records.api import IncomingDocument, attach_file, send_document
from noivu.records.constants import URGENCIES
from noivu.records.testing import goes_out
from noivu.units.testing import small_sector

DAY, NEXT = date(2024, 10, 15), date(2024, 10, 16)
ANY = st.characters(exclude_categories=("Cs",), exclude_characters="\0")
WORDS = st.text(ANY, max_size=60)
SAID = WORDS.filter(lambda text: text.strip(" \t\r\n\x0b\x0c") != "" and any(sign.isalnum() for sign in text))


@st.composite
def documents(draw: st.DrawFn) -> dict[str, object]:
    return {
        "summary": draw(SAID),
        "signer": draw(WORDS),
        "recipients": draw(WORDS),
        "kind": draw(st.sampled_from(["Công văn", "Báo cáo", "Loại lạ", "Quyết định"])),
        "urgency": draw(st.sampled_from(["", *URGENCIES])),
        "notation": draw(st.sampled_from(["BNV-VP", "VPC", "Đ/X-Y"])),
    }


@pytest.mark.django_db
def test_a_recipient_of_signs_alone_that_no_message_can_bear_is_left_out() -> None:
    letter = goes_out(small_sector().office, DAY, recipients="\x1b\n- Sở Nội vụ\x07;")
    sending = send_document(actor=SYSTEM, document=letter, to_name="Chi cục", organ_id=THERE)
    out = export_message(actor=SYSTEM, dispatch=sending, organ_id=HERE)
    assert read_message(out).to_places == ("Sở Nội vụ",)
    assert write_message(read_message(out)) == out


@pytest.mark.django_db
def test_out_in_and_out_again_is_the_same_message() -> None:
    sector = small_sector()

    @settings(max_examples=40)
    @given(
        documents(),
        st.lists(st.text("ab \r\nđ", min_size=1), max_size=3),
        st.none() | st.dates(DAY, date(2025, 12, 31)),
        st.none() | st.integers(1, 9999),
    )
    def check(fields: dict[str, object], files: list[str], due_on: date | None, pages: int | None) -> None:
        with transaction.atomic():
            letter = goes_out(sector.office, DAY, **fields)
            for number, text in enumerate(files):
                content = text.encode()
                name, stream = f"phu luc {number}.txt", io.BytesIO(content)
                attach_file(actor=SYSTEM, document=letter, name=name, stream=stream, size=len(content))
            told = {"to_name": "Chi cục", "organ_id": THERE, "due_on": due_on, "page_amount": pages}
            sending = send_document(actor=SYSTEM, document=letter, **told)
            out = export_message(actor=SYSTEM, dispatch=sending, organ_id=HERE)
            first = read_message(out)
            assert write_message(first) == out
            copy = import_message(actor=SYSTEM, unit_id=sector.archives.pk, content=out, arrived_on=NEXT).document
            assert isinstance(copy, IncomingDocument)
            again = forward_message(actor=SYSTEM, document=copy, organ_id=THERE, to=first.receivers[0])
            onward = read_message(again)
            assert (onward.trace[:-1], onward.trace[-1].organ_id) == (first.trace, THERE)
            assert write_message(replace(onward, trace=first.trace)) == out
            assert message_said(first.said, first.attachments) == first
            transaction.set_rollback(True)

    check()
