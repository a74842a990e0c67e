"""A compact sample for the browser: real units, a ministry's August to October in small, all of it through the doors.

Run as a program in its own process (`python -m tests.browser.sample`) with NOIVU_DATA set: the tests themselves hold
no database. What pages need to be named by is written beside the data, in `places.json`.
"""

import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

TODAY = date(2024, 11, 1)
PLACES = "places.json"
CODE_SECRET = "JBSWY3DPEHPK3PXP"
WITH_CODES = "giang"
"""Who signs in with a second factor, and its secret in base 32, made up for the tests."""
LEGAL_TEXTS = [
    {
        "code": "VB-2024-01",
        "title": "Nghị quyết về sắp xếp đơn vị hành chính cấp xã",
        "type": "Nghị quyết",
        "authority": "Ủy ban Thường vụ Quốc hội",
        "submitted_to": "Chính phủ",
        "lead_unit": "BNV",
        "registered_on": "2024-10-01",
        "due_on": "2024-10-20",
        "submitted_on": "2024-10-18",
    },
]
"""An item of the legal programme, submitted in time."""
ARRIVED_TODAY = (
    "Xin ý kiến về dự thảo đề án vị trí việc làm",
    "Thông báo lịch làm việc tuần",
    "Đề nghị tổng hợp biên chế năm 2025",
)
TO_GIVE = ("Rà soát vị trí việc làm của Văn phòng", "Rà soát biên chế của Văn phòng")
"""Two tasks of the ministry's office that nobody holds yet."""
TO_EXTEND = "Xây dựng đề án chính quyền đô thị"
"""A task that Chi holds, given by the ministry."""
BAD_ROWS = (
    ("31/02/2024", "Sở Nội vụ tỉnh Nghệ An", "Ngày không có trong lịch"),
    ("15/10/2024", "", "Thiếu nơi gửi"),
    (
        "16/10/2024",
        "Ủy ban nhân dân tỉnh Quảng Trị",
        "Đề nghị hướng dẫn xác định biên chế của đơn vị sự nghiệp công lập",
    ),
)

PLAN = """
title: Sắp xếp các phường của thành phố Vinh
takes_effect_on: 2026-03-01
instrument: 01/NQ-HĐND
instruments:
- {number: 01/NQ-HĐND, title: Nghị quyết về sắp xếp đơn vị hành chính cấp xã, issuer: HĐND tỉnh Nghệ An}
events:
- merge:
    into: {code: "16682", name: Phường Đại Vinh, kind: ward, territory: "40", seat: Số 1 đường Lê Mao}
    from: ["16681", {unit: "16690", share: part, population: 12000, villages: "khối 1, khối 2"}]
  clause: khoản 1 Điều 1
- rename: {unit: "16690", name: Phường Trường Thi}
  clause: khoản 2 Điều 1
"""
PLAN_TO_MEND = '- rename: {unit: "16681", name: Phường Quang Trung}\n  clause: khoản 3 Điều 1\n'


def build(data: Path) -> None:
    """Fill the empty installation in `data`. Takes about half a minute, most of it the real units."""
    from noivu.core.actors import SYSTEM
    from noivu.portal.installing import bring_database_up_to_date
    from noivu.portal.vietnam import load_vietnam

    bring_database_up_to_date()
    load_vietnam(actor=SYSTEM)
    _people()
    places = {**_registers(data), **_report(), **_documents(), **_planned(), **_named()}
    _given_today(_keeper())
    (data / PLACES).write_text(json.dumps(places, ensure_ascii=False, indent=1), encoding="utf-8")


def _people() -> None:
    """The cast, and Bảo, a colleague of Chi.

    Bình keeps the ministry's registers, Hà may do everything, Giang signs in with a second factor.
    """
    from noivu.accounts.api import add_demo_people, grant_role, user_named
    from noivu.accounts.demo import PASSWORD, DemoPerson, add_cast_member
    from noivu.core.access import AUDITOR, HEAD, OFFICER, STEWARD
    from noivu.core.actors import SYSTEM
    from noivu.units.api import find_unit

    add_demo_people()
    add_cast_member(DemoPerson("bao", "Bùi Gia Bảo", OFFICER, "VCQDP-BNV"), PASSWORD)
    ministry = find_unit("BNV", TODAY)
    for username, roles in {"binh": (OFFICER,), "ha": (OFFICER, HEAD, STEWARD, AUDITOR)}.items():
        for role in roles:
            grant_role(
                actor=SYSTEM,
                user=user_named(username),
                role=role,
                unit=ministry,
                starts_on=TODAY,
                reason="Giữ sổ của Bộ",
            )
    _second_factor(user_named(WITH_CODES))


def _second_factor(user: Any) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(user, CODE_SECRET)
    RecoveryCodes.activate(user)


def _plans() -> list[Any]:
    from noivu.portal.demo.plan import MonthPlan

    return [
        MonthPlan(8, 60, 16, 5, 1, 40, 12, 3, 1, 2, open_overdue=1),
        MonthPlan(9, 80, 20, 7, 2, 50, 14, 3, 1, 2, open_overdue=1),
        MonthPlan(10, 300, 60, 24, 4, 90, 30, 6, 2, 3),
    ]


def _registers(data: Path) -> dict[str, object]:
    from noivu.core.actors import SYSTEM
    from noivu.law.api import add_working_days, working_day
    from noivu.portal.demo.kinds import OTHER_KINDS
    from noivu.portal.demo.load import SENT, SESSION_7
    from noivu.portal.demo.registers import Calendar, Ministry, RegisterMaker, cut_at, with_help
    from noivu.work.api import open_session

    provinces = [("tỉnh Nghệ An", "40"), ("tỉnh Bà Rịa - Vũng Tàu", "77"), ("thành phố Hồ Chí Minh", "79")]
    office = Ministry("BNV", "BNV", provinces)
    maker = RegisterMaker(office, Calendar(working_day, add_working_days), seed=2024)
    incoming, outgoing = maker.documents(TODAY.year, _plans())
    open_session(actor=SYSTEM, entry=SESSION_7)
    registers = {
        "documents-in": cut_at(incoming, TODAY, "replied_on"),
        "documents-out": cut_at(outgoing, TODAY),
        "tasks": with_help(cut_at(_months(maker.tasks), TODAY, "completed_on"), office),
        "recommendations": maker.recommendations(14, SESSION_7.code, SENT),
        "legal-texts": LEGAL_TEXTS,
        **OTHER_KINDS,
    }
    for name, rows in registers.items():
        assert _brought_in(data, name, rows).quarantined == 0, f"a sample row of {name} was refused"
    return {"batch": _kept_batch(data)}


def _months(rows_of: Any) -> Iterator[dict[str, Any]]:
    for plan in _plans():
        yield from rows_of(TODAY.year, plan)


def _brought_in(data: Path, template: str, rows: Iterable[dict[str, Any]], name: str = "") -> Any:
    from noivu.portal.demo.load import write_rows
    from noivu.sheets.api import Source, import_file, template_named

    file = data / f"{name or template}.csv"
    write_rows(file, rows)
    return import_file(actor=_keeper(), template=template_named(template), source=Source(file))


def _keeper() -> Any:
    """Hà, who imports the registers: batches and log entries are seen by whose office they are."""
    from noivu.accounts.api import user_named
    from noivu.accounts.authentication import actor_of

    return actor_of(user_named("ha"))


def _kept_batch(data: Path) -> int:
    """An import some of whose rows are kept aside."""
    rows = [
        {
            "unit": "BNV",
            "arrival_number": 9000 + number,
            "arrived_on": day,
            "issuer": issuer,
            "summary": summary,
        }
        for number, (day, issuer, summary) in enumerate(BAD_ROWS, start=1)
    ]
    batch = _brought_in(data, "documents-in", rows, "so-van-ban-den-gui-kem")
    assert batch.quarantined == 2, "two rows of three are wrong"
    return int(batch.pk)


def _report() -> dict[str, object]:
    from noivu.core.actors import SYSTEM
    from noivu.core.periods import Period
    from noivu.reports.api import draft_report
    from noivu.units.api import find_unit

    ministry = find_unit("BNV", TODAY)
    october = Period.of_month(TODAY.year, 10)
    report = draft_report(actor=SYSTEM, regime_code="ministry-monthly", unit=ministry, period=october)
    return {"report": report.pk, "slot": "next.text"}


def _planned() -> dict[str, object]:
    """A plan for two wards of Vinh, and one that cannot be carried out yet."""
    from noivu.planning.api import begin_plan
    from noivu.units.api import find_unit

    ministry, keeper = find_unit("BNV", TODAY), _keeper()
    plan = begin_plan(actor=keeper, unit=ministry, text=PLAN)
    to_mend = begin_plan(actor=keeper, unit=ministry, text=PLAN + PLAN_TO_MEND)
    return {"plan": plan.pk, "plan_to_mend": to_mend.pk}


def _documents() -> dict[str, object]:
    """One document of each sort, with a file and a declaration of what was kept off the network."""
    from noivu.records.api import IncomingDocument, OutgoingDocument, attach_file, declare_off_network, send_document
    from noivu.records.constants import Direction
    from noivu.units.api import find_unit
    from noivu.work.models import Obligation, Session

    ministry, keeper = find_unit("BNV", TODAY), _keeper()
    waiting = Obligation.objects.filter(kind="reply", document__arrived_on__month=10).order_by("-pk")[0]
    owed = Obligation.objects.filter(kind="reply").values("document")
    plain = IncomingDocument.objects.current().exclude(pk__in=owed).order_by("-pk")[0]
    content = b"%PDF-1.4\n%%EOF"
    file = attach_file(
        actor=keeper,
        document=waiting.document,
        name="Công văn xin ý kiến.pdf",
        stream=io.BytesIO(content),
        size=len(content),
    )
    letter = OutgoingDocument.objects.current().filter(unit=ministry).order_by("-pk")[0]
    sent = send_document(actor=keeper, document=letter, to_unit_id=find_unit("VP-BNV", TODAY).pk)
    declared = declare_off_network(
        actor=keeper, unit_id=ministry.pk, direction=Direction.IN, month=date(2024, 10, 1), count=12
    )
    _arrived_today(keeper)
    return {
        **_messages(),
        **_papers(OutgoingDocument.objects.current().filter(unit=ministry, issued_on__month=10).latest("pk"), keeper),
        "holder": _held(keeper),
        "sent": sent.pk,
        "document_in": waiting.document.pk,
        "document_plain": plain.pk,
        "reply": waiting.pk,
        "document_out": OutgoingDocument.objects.current().order_by("-pk")[0].pk,
        "task": Obligation.objects.filter(kind="task").order_by("-pk")[0].pk,
        "task_running": _running_tasks().latest("pk").obligation_id,
        "recommendation": Obligation.objects.filter(kind="recommendation").order_by("-pk")[0].pk,
        **_opinions(Obligation.objects.filter(kind="legal_text").order_by("-pk")[0]),
        "step": Obligation.objects.filter(kind="step").order_by("-pk")[0].pk,
        "question": Obligation.objects.filter(kind="question").order_by("-pk")[0].pk,
        "session": Session.objects.get(code="QH15-7").pk,
        "file": file.pk,
        "declaration": declared.pk,
    }


def _opinions(text: Any) -> dict[str, object]:
    """A legal text about which three agencies were asked: one said something, two did not."""
    from noivu.core.actors import SYSTEM
    from noivu.opinions.api import Answer, Answered, answer_opinion
    from noivu.opinions.testing import asked

    day = text.arises_on
    agencies = ("Bộ Tài chính", "VP-BNV", "Bộ Tư pháp")
    given, waiting, _ = asked(text, *agencies, sent_on=day, due_on=TODAY, letter_symbol="120/BNV-PC")
    answered = Answered(Answer.COMMENTS, day, "Bổ sung đánh giá tác động của thủ tục hành chính.", "88/BTC-PC")
    answer_opinion(actor=SYSTEM, request=given, answered=answered)
    return {"legal_text": text.pk, "opinion": waiting.pk, "opinion_given": given.pk}


def _messages() -> dict[str, object]:
    """A letter between two agencies that came by a message file, was filed, and that its sender wants back."""
    from noivu.core.actors import SYSTEM
    from noivu.exchange.testing import exchanged
    from noivu.office.api import Outcome, mark_triaged
    from noivu.records.api import MessageFile, recall_document
    from noivu.units.api import find_unit

    day = TODAY.replace(day=1)
    between = exchanged(find_unit("VP-BNV", TODAY), find_unit("BNV", TODAY), day, day, notation="VP-LT")
    between.heard(between.told("03"))
    recall_document(actor=SYSTEM, document=between.sending.document, reason="Sai nội dung")
    between.arrives(between.letter(business_type=1))
    recall = MessageFile.objects.get(document=between.copy, business_type=1)
    mark_triaged(actor=SYSTEM, document=between.copy, outcome=Outcome.FILED)
    return {"message_in": between.copy.pk, "message_out": between.sending.pk, "recall": recall.pk}


def _papers(letter: Any, keeper: Any) -> dict[str, object]:
    """A copy of a letter, an envelope that went by post with it, and its kept copy in somebody's hands."""
    from noivu.records import api

    day = letter.issued_on
    entry = api.CopyEntry(api.CopyKind.CERTIFIED, day, "BNV", signer="Lê Thu Bình", recipients="Các cục, vụ", copies=5)
    posting = api.PostingEntry(day, "Ủy ban nhân dân tỉnh Nghệ An", 2)
    use = api.UseEntry(day, "Đỗ Quang Chi", "Chánh Văn phòng", "01.TCCB")
    return {
        "copy": api.register_copy(actor=keeper, source=letter, entry=entry).pk,
        "posting": api.record_posting(actor=keeper, document=letter, entry=posting).pk,
        "kept": api.lend_kept_copy(actor=keeper, document=letter, entry=use).pk,
        "document_lent": letter.pk,
    }


def _running_tasks() -> Any:
    from noivu.work.api import ObligationSpan

    return ObligationSpan.objects.current().holding_on(TODAY).filter(kind="task", status="open")


def _held(keeper: Any) -> str:
    """A task of an officer who left no account behind: what is held under it is handed over."""
    from noivu.units.api import tree
    from noivu.work.api import Assignee, assign

    running = _running_tasks()
    span = running.select_related("obligation").order_by("-pk")[0]
    to = Assignee(span.unit_id, "Vũ Thị Lan", "user:999999")
    assign(actor=keeper, obligation=span.obligation, to=to, on=TODAY)
    node = tree(TODAY).node(span.unit_id)
    return f"unit={node.code if node else ''}&account={to.officer}"


def _arrived_today(keeper: Any) -> None:
    """Three documents that wait for triage: what the day of an officer begins with."""
    from noivu.records.api import IncomingEntry, register_incoming
    from noivu.units.api import find_unit

    for number, summary in enumerate(ARRIVED_TODAY, start=1):
        entry = IncomingEntry(
            unit_id=find_unit("BNV", TODAY).pk,
            arrived_on=TODAY,
            issuer="Sở Nội vụ tỉnh Nghệ An",
            symbol=f"{2100 + number}/SNV-TCBC",
            summary=summary,
        )
        register_incoming(actor=keeper, entry=entry)


def _given_today(keeper: Any) -> None:
    """What is assigned, extended and handed over in the day of an officer, and reminders of it."""
    from noivu.accounts.api import user_named
    from noivu.accounts.authentication import actor_of
    from noivu.notices.models import Notice
    from noivu.units.api import find_unit
    from noivu.work.api import Assignee, Due, TaskEntry, assign, create_task

    given = [*((title, "VP-BNV") for title in TO_GIVE), (TO_EXTEND, "VCQDP-BNV")]
    for number, (title, lead) in enumerate(given, start=1):
        entry = TaskEntry(
            code=f"NV-BAN-{number}",
            title=title,
            assigner="Bộ trưởng",
            assigned_on=TODAY,
            lead_unit_id=find_unit(lead, TODAY).pk,
            due=Due(working_days=10),
        )
        task = create_task(actor=keeper, entry=entry)
        said = f"Nhiệm vụ NV-BAN-{number} sắp đến hạn"
        Notice.objects.create(
            user=user_named("ha"),
            key=f"sample:{number}",
            step="near",
            told_on=TODAY,
            channel="both",
            said_vi=said,
            said_en=f"Task NV-BAN-{number} is nearly due",
            url=f"/tasks/{task.pk}/",
        )
    head = user_named("chi")
    to = Assignee(find_unit("VCQDP-BNV", TODAY).pk, head.full_name, actor_of(head).id)
    assign(actor=keeper, obligation=task, to=to, on=TODAY)


def _named() -> dict[str, object]:
    """The numbers by which pages of single things are called."""
    from noivu.accounts.api import user_named
    from noivu.accounts.models import Grant
    from noivu.audit.models import Entry

    person = user_named("chi")
    entry = Entry.objects.filter(unit_code="BNV").order_by("-pk").values_list("pk", flat=True)[0]
    return {
        "person": person.pk,
        "grant": Grant.objects.get(user=person).pk,
        "entry": entry,
        "parameter": "nearly_due.reply",
        "day": "2024-11-04",
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.datadirectory import DataDirectory

    directory = DataDirectory(Path(os.environ["NOIVU_DATA"]))
    directory.choose(sample=True, today=TODAY.isoformat())
    import django

    django.setup()
    build(directory.path)
    sys.exit(0)
