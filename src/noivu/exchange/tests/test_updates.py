"""Updates and replacements stand beside the first; what goes with a document goes out and comes in."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, a_person, sign_in
from noivu.core.access import OFFICER
from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.exchange.message import Organ
from noivu.exchange.reading import read_message
from noivu.exchange.services import answer_request, export_message, forward_message, import_message
from noivu.exchange.testing import HERE, THERE, Exchange, exchanged
from noivu.exchange.writing import write_message
from noivu.records.api import IncomingDocument, MessageFile, correct_document, recall_document, send_document
from noivu.records.testing import goes_out
from noivu.units.testing import Sector, small_sector

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2024, 10, 15), date(2024, 10, 16)
UPDATE, REPLACE = 2, 3


@pytest.fixture
def sector() -> Sector:
    return small_sector()


@pytest.fixture
def between(sector: Sector) -> Exchange:
    return exchanged(sector.office, sector.archives, DAY, NEXT)


def test_an_update_is_registered_beside_the_first_once_and_overwrites_nothing(between: Exchange) -> None:
    correct_document(actor=SYSTEM, document=between.sending.document, changes={"summary": "Trích yếu đúng"})
    content = between.letter(business_type=UPDATE, reason="Sai trích yếu")
    taken = between.arrives(content)
    assert not between.arrives(content).is_new
    first, second = IncomingDocument.objects.current().filter(unit=between.receiver).order_by("arrival_number")
    assert (first, second, taken.is_new) == (between.copy, taken.document, True)
    assert (first.summary, first.note, first.cancelled) == ("Hướng dẫn xác định biên chế", "", False)
    assert (second.summary, second.note) == ("Trích yếu đúng", "Cập nhật văn bản số đến 01: Sai trích yếu.")
    assert MessageFile.objects.get(document=second).first == first
    again = between.letter(business_type=UPDATE, reason="Sai cả ngày")
    assert between.arrives(again).is_new


def test_a_replacement_names_the_document_in_whose_place_it_comes(between: Exchange, sector: Sector) -> None:
    better = goes_out(sector.office, DAY, notation="BC-SNV")
    sending = send_document(actor=SYSTEM, document=better, to_name="Chi cục Lưu trữ", organ_id=THERE)
    asked = {"actor": SYSTEM, "dispatch": sending, "organ_id": HERE, "business_type": REPLACE}
    with pytest.raises(Refusal, match="được thay thế"):
        export_message(**asked, reason="Sai số liệu")
    with pytest.raises(Refusal, match="lý do"):
        export_message(**asked, replaced=between.sending)
    content = export_message(**asked, reason="Sai số liệu", replaced=between.sending)
    taken = between.arrives(content)
    assert isinstance(taken.document, IncomingDocument)
    assert taken.document.note == "Thay thế văn bản số đến 01: Sai số liệu."
    assert MessageFile.objects.get(document=taken.document).first == between.copy
    assert not between.arrives(content).is_new


def test_both_pages_lead_to_one_another(cast: Cast, client: Client) -> None:
    between = exchanged(cast.binh.unit, cast.an.unit, DAY, NEXT)
    later = between.arrives(between.letter(business_type=UPDATE, reason="Sai số")).document
    first_page, later_page = f"/documents/in/{between.copy.pk}/", f"/documents/in/{later.pk}/"
    sign_in(client, cast.an)
    assert f'href="{later_page}"' in client.get(first_page).content.decode()
    assert f'href="{first_page}"' in client.get(later_page).content.decode()


def test_a_recall_that_is_followed_destroys_the_updates_too_and_frees_the_id(between: Exchange) -> None:
    later = between.arrives(between.letter(business_type=UPDATE, reason="Sai số")).document
    letter = between.letter()
    recall_document(actor=SYSTEM, document=between.sending.document, reason="Sai hết")
    between.arrives(between.letter(business_type=1))
    answer_request(actor=SYSTEM, message=MessageFile.objects.get(business_type=1), agrees=True)
    assert not IncomingDocument.objects.current().filter(unit=between.receiver, cancelled=False).exists()
    assert not between.arrives(letter).is_new
    anew = replace(read_message(letter), subject="Bản đúng")
    assert between.arrives(write_message(anew)).is_new
    later.refresh_from_db()
    assert later.cancelled


@pytest.mark.parametrize("business_type", [UPDATE, REPLACE])
def test_what_stands_beside_nothing_is_refused(between: Exchange, business_type: int) -> None:
    stray = replace(read_message(between.letter()), business_type=business_type, document_id=f"{HERE},2024,77/X")
    with pytest.raises(Refusal, match="Văn bản gốc chưa vào sổ"):
        between.arrives(write_message(stray))
    assert MessageFile.objects.count() == 1


def test_due_date_urgency_recipients_and_pages_go_out_and_come_in(sector: Sector) -> None:
    recipients = "- Như trên;\n- Bộ Nội vụ;\n- Lưu: VT."
    letter = goes_out(sector.office, DAY, notation="BC-SNV", urgency="very-urgent", recipients=recipients)
    told = {"due_on": date(2024, 11, 1), "page_amount": 3}
    sending = send_document(actor=SYSTEM, document=letter, to_name="Chi cục", organ_id=THERE, **told)
    content = export_message(actor=SYSTEM, dispatch=sending, organ_id=HERE)
    written = read_message(content)
    assert (written.due_on, written.page_amount, written.priority) == (date(2024, 11, 1), 3, "2")
    assert written.to_places == ("Như trên", "Bộ Nội vụ", "Lưu: VT")
    taken = import_message(actor=SYSTEM, unit_id=sector.archives.pk, content=content, arrived_on=NEXT)
    copy = taken.document
    assert isinstance(copy, IncomingDocument)
    assert (copy.urgency, copy.note) == ("very-urgent", "Thời hạn nơi gửi ghi: 01/11/2024.")
    said = MessageFile.objects.get(document=copy).said
    assert said is not None
    assert (said["due_on"], said["page_amount"], said["to_places"]) == ("2024-11-01", 3, list(written.to_places))


def test_an_unknown_urgency_is_kept_as_written(between: Exchange) -> None:
    strange = replace(read_message(between.letter()), priority="9", document_id=f"{HERE},2024,77/X")
    copy = between.arrives(write_message(strange)).document
    assert (copy.urgency, MessageFile.objects.get(document=copy).said["priority"]) == ("", "9")


def test_a_due_date_before_the_document_is_refused(sector: Sector) -> None:
    with pytest.raises(Refusal, match="trước ngày văn bản"):
        send_document(actor=SYSTEM, document=goes_out(sector.office, DAY), to_name="X", due_on=date(2024, 10, 1))


def reply_to(between: Exchange, **fields: str) -> bytes:
    """The receiver answers by a letter of its own, as a message file."""
    letter = goes_out(between.receiver, NEXT, notation="CCLT", in_reply_to_id=between.copy.pk)
    sending = send_document(actor=SYSTEM, document=letter, to_name="Văn phòng", organ_id=HERE)
    return export_message(actor=SYSTEM, dispatch=sending, organ_id=THERE)


def test_a_reply_names_what_it_answers_and_is_linked_to_it(between: Exchange) -> None:
    content = reply_to(between)
    (named,) = read_message(content).response_for
    assert (named.organ_id, named.symbol, named.document_id) == (HERE, "01/BC-SNV", f"{HERE},2024,01/BC-SNV")
    taken = import_message(actor=SYSTEM, unit_id=between.sender.pk, content=content, arrived_on=NEXT)
    assert MessageFile.objects.get(document=taken.document).answers == between.sending.document


def test_a_reply_is_not_linked_to_what_its_importer_may_not_see(cast: Cast) -> None:
    between = exchanged(cast.binh.unit, cast.an.unit, DAY, NEXT)
    content = reply_to(between)
    correct_document(actor=SYSTEM, document=between.sending.document, changes={"secrecy": "restricted"})
    importer = a_person("kim", "Lý Kim", cast.em.unit, OFFICER).actor
    taken = import_message(actor=importer, unit_id=between.sender.pk, content=content, arrived_on=NEXT)
    assert MessageFile.objects.get(document=taken.document).answers is None


def test_both_pages_of_a_reply_lead_to_one_another(cast: Cast, client: Client) -> None:
    between = exchanged(cast.binh.unit, cast.an.unit, DAY, NEXT)
    taken = import_message(actor=SYSTEM, unit_id=between.sender.pk, content=reply_to(between), arrived_on=NEXT)
    there, here = f"/documents/in/{taken.document.pk}/", f"/documents/out/{between.sending.document_id}/"
    sign_in(client, cast.binh)
    assert f'href="{here}"' in client.get(there).content.decode()
    assert f'href="{there}"' in client.get(here).content.decode()


def test_the_trace_is_kept_and_grows_with_each_station(between: Exchange) -> None:
    first = read_message(between.letter())
    forwarded = forward_message(actor=SYSTEM, document=between.copy, organ_id=THERE, to=Organ("000.00.03.H40", "Sở X"))
    onward = read_message(forwarded)
    assert onward.trace[:-1] == first.trace
    assert onward.trace[-1].organ_id == THERE
    assert replace(onward, trace=first.trace, receivers=first.receivers) == first
    taken = import_message(actor=SYSTEM, unit_id=between.sender.pk, content=forwarded, arrived_on=NEXT)
    said = MessageFile.objects.get(document=taken.document).said
    assert said is not None
    assert [one["organ_id"] for one in said["trace"]] == [HERE, THERE]
