"""A few days' work in the sample beyond what its sheets say: texts on their way, letters sent on, requests waiting."""

import io
from datetime import date

from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.law.api import add_working_days
from noivu.matters.api import LegalText, advance
from noivu.papers.api import Paper, Paragraph, render_pdf
from noivu.portal.demo.programme import ProgrammeMaker
from noivu.records.api import OutgoingDocument, attach_file, receive_dispatch, return_dispatch, send_document
from noivu.units.api import Unit, find_unit
from noivu.work.api import ObligationSpan, Status, ask_extension

LETTERS, RECEIVERS = 6, ("SNV-40", "SNV-38", "SNV-01")
REASONS = (
    "Chờ ý kiến của Bộ Tài chính về kinh phí thực hiện",
    "Phải lấy ý kiến lại các địa phương sau khi sắp xếp đơn vị",
    "Số liệu của năm tỉnh chưa đối chiếu xong",
    "Nội dung liên quan nhiều vụ, cần họp thống nhất",
)


def do_daily_work(office: Unit, today: date, programme: ProgrammeMaker) -> None:
    """What people did on screen up to a day."""
    _advance(today, programme)
    _send(office, today)
    _ask(today)


def _advance(today: date, programme: ProgrammeMaker) -> None:
    """The texts that are not submitted yet come to the stages of their drafting."""
    standing = ObligationSpan.objects.current().holding_on(today).filter(status=Status.OPEN.value)
    texts = LegalText.objects.filter(obligation__in=standing.values("obligation")).select_related("obligation")
    waiting = {text.obligation.code: text.obligation for text in texts.order_by("obligation__code")}
    for code, steps in programme.ways(list(waiting), today):
        for step in steps:
            advance(actor=SYSTEM, obligation=waiting[code], to=step)


def _send(office: Unit, today: date) -> None:
    """The last letters go to departments, each with its file: some are registered there, one comes back."""
    letters = OutgoingDocument.objects.current().filter(unit=office, issued_on__lte=today).order_by("-issued_on", "pk")
    for place, letter in enumerate(letters[:LETTERS]):
        content = render_pdf(_paper(office, letter), made_at=clock.now())
        name = f"{letter.symbol.replace('/', '-')}.pdf"
        attach_file(actor=SYSTEM, document=letter, name=name, stream=io.BytesIO(content), size=len(content))
        for receiver in RECEIVERS:
            sent = send_document(actor=SYSTEM, document=letter, to_unit_id=find_unit(receiver, today).pk)
            if place < 2:
                receive_dispatch(actor=SYSTEM, dispatch=sent, arrived_on=today)
            elif place == 2 and receiver == RECEIVERS[0]:
                return_dispatch(actor=SYSTEM, dispatch=sent, reason="Thiếu phụ lục kèm theo")


def _paper(office: Unit, letter: OutgoingDocument) -> Paper:
    return Paper(
        issuer="Bộ Nội vụ",
        symbol=letter.symbol,
        place="Hà Nội",
        kind="",
        subject=f"V/v {letter.summary[0].lower()}{letter.summary[1:]}",
        blocks=[
            Paragraph.of("Kính gửi: Sở Nội vụ các tỉnh, thành phố trực thuộc Trung ương."),
            Paragraph.of(
                f"{letter.summary}. Đề nghị các đơn vị nghiên cứu, thực hiện và báo cáo kết quả theo quy định."
            ),
        ],
        issued_on=letter.issued_on,
        recipients=("Như trên;", "Lưu: VT."),
        signer_name=letter.signer,
        sample=True,
    )


def _ask(today: date) -> None:
    """Lead units ask for later days of tasks that are soon due."""
    standing = ObligationSpan.objects.current().holding_on(today).filter(status=Status.OPEN.value, kind="task")
    soon = standing.filter(due_on__gt=today).select_related("obligation").order_by("due_on", "pk")
    for span, reason in zip(soon, REASONS, strict=False):
        later = add_working_days(span.due_on or today, 5)
        ask_extension(actor=SYSTEM, obligation=span.obligation, due_on=later, on=today, reason=reason)
