"""A report says what its registers say: drafted, written in, shown and exported through the room's verbs."""

import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.http import Http404
from docx import Document

from noivu.accounts.testing import Cast
from noivu.audit.api import history
from noivu.core.actors import SYSTEM
from noivu.core.periods import Period
from noivu.core.refusals import Refusal
from noivu.papers.api import default_word_template
from noivu.records.api import remove_document
from noivu.records.testing import arrives
from noivu.reports import exporting
from noivu.reports.models import Report
from noivu.reports.queries import ReportView, find_report, view_report
from noivu.reports.services import draft_report, write_narrative
from noivu.units.testing import Sector
from noivu.work.api import extend
from noivu.work.testing import gets_task, owes_reply, replies

OCTOBER = Period.parse("2024-10")


def october(day: int) -> date:
    return date(2024, 10, day)


@pytest.fixture
def report(sector: Sector) -> Report:
    """The ministry's October: four documents, three of them to be answered, one answered; one task."""
    ministry = sector.ministry
    arrives(ministry, october(2))
    replies(owes_reply(ministry, october(3), october(17)), october(10))
    owes_reply(ministry, october(21), date(2024, 11, 4))
    owes_reply(ministry, october(22), date(2024, 11, 5))
    gets_task(ministry, october(4), date(2024, 11, 15))
    return draft_report(actor=SYSTEM, regime_code="ministry-monthly", unit=ministry, period=OCTOBER)


def text_of(view: ReportView, section: str) -> str:
    [found] = [one for one in view.sections if one.code == section]
    return " ".join(part.text for part in found.paragraphs)


def test_the_sentence_is_counted(report: Report) -> None:
    said = text_of(view_report(report), "documents")
    assert "Từ ngày 01 tháng 10 năm 2024 đến hết ngày 31 tháng 10 năm 2024" in said
    assert "tổng số văn bản đến Bộ Nội vụ là 04 văn bản, trong đó có 03 văn bản phải trả lời" in said
    assert "đã trả lời 01 văn bản; 02 văn bản chưa đến hạn trả lời" in said
    assert "không có văn bản quá hạn chưa trả lời" in said


def test_one_document_less_is_one_less_in_the_sentence(report: Report) -> None:
    remove_document(actor=SYSTEM, document=arrives(report.unit, october(9)), reason="Vào sổ nhầm")
    assert view_report(report).answer.values["documents.received"] == 4
    more = arrives(report.unit, october(9))
    assert "là 05 văn bản" in text_of(view_report(report), "documents")
    remove_document(actor=SYSTEM, document=more, reason="Vào sổ nhầm")
    assert "là 04 văn bản" in text_of(view_report(report), "documents")


def test_a_due_date_that_moves_changes_overdue_and_not_due_by_one(report: Report) -> None:
    owed = owes_reply(report.unit, october(7), october(28))
    view = view_report(report)
    assert (view.answer.values["documents.reply_overdue"], view.answer.values["documents.reply_not_due"]) == (1, 2)
    assert "01 văn bản quá hạn chưa trả lời" in text_of(view, "documents")
    extend(actor=SYSTEM, obligation=owed, due_on=date(2024, 11, 8), on=october(25), reason="Chờ ý kiến")
    view = view_report(report)
    assert (view.answer.values["documents.reply_overdue"], view.answer.values["documents.reply_not_due"]) == (0, 3)
    assert "không có văn bản quá hạn" in text_of(view, "documents")


def test_each_number_of_the_text_is_bound_to_the_figure_it_shows(report: Report) -> None:
    view = view_report(report)
    for section in view.sections:
        for part in section.paragraphs:
            for segment in part.segments:
                if len(segment.figures) == 1 and segment.text.isdigit():
                    assert int(segment.text) == view.answer.values[segment.figures[0]]
                if not segment.figures:
                    assert "{" not in segment.text


def test_english_says_the_same_figures(report: Report) -> None:
    said = text_of(view_report(report, "en"), "documents")
    assert "received 4 documents in all, of which 3 required a reply" in said
    assert "none is overdue" in said


def test_identities_hold_and_the_annex_compares_with_september(report: Report) -> None:
    arrives(report.unit, date(2024, 9, 30))
    view = view_report(report)
    assert view.identities
    assert not view.broken
    [received] = [row for row in view.annex if row.code == "documents.received"]
    assert (received.value, received.previous, received.change) == ("4", "1", "+3")


def test_drafting_twice_gives_the_same_report(report: Report) -> None:
    again = draft_report(actor=SYSTEM, regime_code="ministry-monthly", unit=report.unit, period=OCTOBER)
    assert again == report


def test_what_the_unit_wrote_stands_in_its_slot_and_in_the_log(report: Report) -> None:
    written = write_narrative(
        actor=SYSTEM, report=report, slot="limits.text", text="Phối hợp còn chậm.\n\nNguyên nhân: nhiều việc mới."
    )
    view = view_report(report)
    assert text_of(view, "limits") == "Phối hợp còn chậm. Nguyên nhân: nhiều việc mới."
    assert view.written_slots == 1
    assert [line.wording.vi for line in history(written)] == ["Viết lời báo cáo"]


def test_no_one_overwrites_what_another_wrote_meanwhile(report: Report) -> None:
    first = write_narrative(actor=SYSTEM, report=report, slot="limits.text", text="Bản một.")
    seen = first.recorded_at
    write_narrative(actor=SYSTEM, report=report, slot="limits.text", text="Bản hai.", seen_at=seen)
    with pytest.raises(Refusal) as refused:
        write_narrative(actor=SYSTEM, report=report, slot="limits.text", text="Bản ba.", seen_at=seen)
    assert refused.value.code == "changed_meanwhile"
    assert text_of(view_report(report), "limits") == "Bản hai."


def test_an_earlier_wording_can_still_be_read(report: Report) -> None:
    first = write_narrative(actor=SYSTEM, report=report, slot="limits.text", text="Bản một.")
    seen = first.recorded_at
    write_narrative(actor=SYSTEM, report=report, slot="limits.text", text="Bản hai.", seen_at=seen)
    past = type(first).objects.known_at(seen + timedelta(microseconds=0)).get(report=report)
    assert past.text == "Bản một."


def test_a_slot_outside_the_outline_is_refused(report: Report) -> None:
    with pytest.raises(Refusal, match="không có mục"):
        write_narrative(actor=SYSTEM, report=report, slot="other", text="…")


def test_another_province_neither_writes_nor_sees(report: Report, cast: Cast) -> None:
    with pytest.raises(Refusal):
        write_narrative(actor=cast.an.actor, report=report, slot="limits.text", text="…")
    with pytest.raises(Http404):
        find_report(cast.dung.actor, report.pk)


def test_json_word_pdf_and_sheet_carry_the_same_figures(report: Report) -> None:
    view = view_report(report)
    plain = json.loads(exporting.as_json(view))
    assert plain["values"]["documents.received"] == 4
    assert plain["as_of"] == "2024-10-31"
    assert all(one["holds"] for one in plain["identities"])
    assert exporting.export(view, "docx").startswith(b"PK")
    assert exporting.export(view, "pdf").startswith(b"%PDF-")
    assert exporting.export(view, "xlsx").startswith(b"PK")


def test_a_form_that_is_not_made_is_refused_with_those_that_are(report: Report) -> None:
    with pytest.raises(Refusal) as refused:
        exporting.export(view_report(report), "odt")
    assert "docx, pdf, xlsx, json" in refused.value.text().vi


def test_word_follows_the_template_that_comes_with_the_product_and_leaves_none_behind(
    report: Report, settings, tmp_path: Path
) -> None:
    settings.NOIVU_DATA = tmp_path
    exporting.export(view_report(report), "docx")
    assert list(tmp_path.iterdir()) == []


def test_an_office_uses_a_template_of_its_own(report: Report, settings, tmp_path: Path) -> None:
    settings.NOIVU_DATA = tmp_path
    own = Document(io.BytesIO(default_word_template()))
    own.add_paragraph("Mẫu của cơ quan")
    (tmp_path / "templates").mkdir()
    own.save(str(tmp_path / "templates" / "paper.docx"))
    made = Document(io.BytesIO(exporting.export(view_report(report), "docx")))
    assert "Mẫu của cơ quan" in [paragraph.text for paragraph in made.paragraphs]


@pytest.mark.parametrize("spoiled", [b"not a document", b""])
def test_a_template_that_its_editor_broke_is_named(report: Report, settings, tmp_path: Path, spoiled: bytes) -> None:
    settings.NOIVU_DATA = tmp_path
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "paper.docx").write_bytes(spoiled)
    with pytest.raises(Refusal) as refused:
        exporting.export(view_report(report), "docx")
    assert "paper.docx" in refused.value.text().vi


def test_a_template_with_a_wrong_place_is_named(report: Report, settings, tmp_path: Path) -> None:
    settings.NOIVU_DATA = tmp_path
    own = Document(io.BytesIO(default_word_template()))
    own.add_paragraph("{{ subject")
    (tmp_path / "templates").mkdir()
    own.save(str(tmp_path / "templates" / "paper.docx"))
    with pytest.raises(Refusal) as refused:
        exporting.export(view_report(report), "docx")
    assert refused.value.code == "template"
