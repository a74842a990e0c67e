"""Opinions asked, given, taken up and taken back; how they stand on any day; what is counted of them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from noivu.accounts.testing import Cast
from noivu.audit.models import Entry
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.core.periods import Period
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.figures.api import Question, ask, breakdown, records
from noivu.law.api import change_day
from noivu.opinions.api import (
    Answer,
    Answered,
    OpinionRequest,
    Standing,
    Uptake,
    agencies_proposed,
    answer_opinion,
    not_settled,
    requests_of,
    take_back,
    take_up,
)
from noivu.opinions.testing import asked
from noivu.opinions.tests.conftest import TODAY
from noivu.units.testing import Sector
from noivu.work.api import Obligation

pytestmark = pytest.mark.django_db
STORM = Text(vi="nghỉ tránh bão", en="closed for a storm")
JUNE = Period.parse("2026-06")


def june(day: int) -> date:
    return date(2026, 6, day)


def answers(request: OpinionRequest, on: date, answer: Answer = Answer.AGREES, words: str = "") -> OpinionRequest:
    return answer_opinion(actor=SYSTEM, request=request, answered=Answered(answer, on, words))


def test_a_request_is_due_by_its_rule_and_says_why(text: Obligation) -> None:
    [one] = asked(text, "Sở Tư pháp", sent_on=june(1), rule="legal_text_opinion")
    assert (one.due_on, one.silence_consents) == (june(8), False)
    assert one.why is not None
    assert one.why.instrument == "187/2025/NĐ-CP"


def test_silence_is_consent_from_the_day_after_the_due_date_where_the_rule_says_so(text: Obligation) -> None:
    [silent] = asked(text, "Bộ Tài chính", sent_on=june(1), rule="ministry_opinion")
    [other] = asked(text, "Sở Tư pháp", sent_on=june(1), rule="legal_text_opinion")
    assert silent.due_on == other.due_on == june(8)
    assert [silent.standing_on(june(day)) for day in (1, 8, 9)] == [
        Standing.WAITING,
        Standing.WAITING,
        Standing.SILENT,
    ]
    assert other.standing_on(june(9)) is Standing.OVERDUE


def test_an_answer_after_silence_is_late_and_the_day_before_it_was_silent(text: Obligation) -> None:
    [one] = asked(text, "Bộ Tài chính", sent_on=june(1), rule="ministry_opinion")
    one = answers(one, june(12))
    assert [one.standing_on(june(day)) for day in (8, 9, 12)] == [Standing.WAITING, Standing.SILENT, Standing.LATE]


def test_a_unit_of_ours_is_known_by_its_code_and_others_by_their_name(sector: Sector, text: Obligation) -> None:
    ours, other = asked(text, "SNV-38", "Sở Tài chính", sent_on=june(1), due_on=june(8))
    assert (ours.unit, ours.agency != "SNV-38") == (sector.home_affairs_thanh_hoa, True)
    assert (other.unit, other.agency) == (None, "Sở Tài chính")


def test_an_agency_is_asked_once_in_a_round_and_again_in_the_next(text: Obligation) -> None:
    asked(text, "Sở Tư pháp", sent_on=june(1), due_on=june(8))
    with pytest.raises(Refusal, match="Đã hỏi trong lần 1"):
        asked(text, "Sở Tài chính", "sở tư pháp", sent_on=june(2), due_on=june(8))
    assert len(requests_of(text.pk)) == 1
    asked(text, "Sở Tư pháp", sent_on=june(10), due_on=june(15), round=2)
    assert [one.round for one in requests_of(text.pk)] == [1, 2]


@pytest.mark.parametrize(
    "wrong",
    [
        {"round": 0},
        {"due_on": june(1)},
        {"answered_on": june(1), "answer": "agrees"},
        {"answered_on": june(5)},
        {"uptake": "accepted"},
        {"silence_consents": True},
    ],
)
def test_the_database_itself_refuses_what_makes_no_sense(text: Obligation, wrong: dict[str, object]) -> None:
    [one] = asked(text, "Sở Tư pháp", sent_on=june(2), due_on=june(8))
    with pytest.raises(IntegrityError), transaction.atomic():
        OpinionRequest.objects.filter(pk=one.pk).update(**wrong)


def test_the_database_itself_refuses_a_second_request_in_a_round(text: Obligation) -> None:
    [one] = asked(text, "Sở Tư pháp", sent_on=june(2), due_on=june(8))
    one.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


@pytest.mark.parametrize(
    ("sent_on", "due_on", "where"),
    [(june(10), june(9), "due_on"), (date(2026, 5, 1), june(9), "sent_on"), (date(2026, 7, 1), None, "sent_on")],
)
def test_days_out_of_order_are_refused(text: Obligation, sent_on: date, due_on: date | None, where: str) -> None:
    with pytest.raises(Refusal) as refused:
        asked(text, "Sở Tư pháp", sent_on=sent_on, due_on=due_on)
    assert refused.value.where == where


def test_an_answer_is_given_once_after_sending_and_with_words_where_it_is_no_plain_consent(text: Obligation) -> None:
    [one] = asked(text, "Sở Tư pháp", sent_on=june(2), due_on=june(8))
    with pytest.raises(Refusal, match="sớm hơn ngày gửi"):
        answers(one, june(1))
    with pytest.raises(Refusal, match="nội dung ý kiến"):
        answers(one, june(5), Answer.DISAGREES)
    answers(one, june(5), Answer.COMMENTS, "Bỏ khoản 2")
    with pytest.raises(Refusal, match="đã cho ý kiến ngày 05/06/2026"):
        answers(one, june(6))


def test_an_opinion_is_taken_up_or_explained_with_words(text: Obligation) -> None:
    [one] = asked(text, "Sở Tư pháp", sent_on=june(2), due_on=june(8))
    with pytest.raises(Refusal, match="chưa cho ý kiến"):
        take_up(actor=SYSTEM, request=one, uptake=Uptake.ACCEPTED)
    answers(one, june(5), Answer.COMMENTS, "Bỏ khoản 2")
    with pytest.raises(Refusal, match="nội dung giải trình"):
        take_up(actor=SYSTEM, request=one, uptake=Uptake.EXPLAINED)
    take_up(actor=SYSTEM, request=one, uptake=Uptake.EXPLAINED, words="Khoản 2 theo Luật")
    [kept] = requests_of(text.pk)
    assert (kept.uptake, kept.uptake_words) == ("explained", "Khoản 2 theo Luật")


def test_what_was_recorded_by_mistake_is_taken_back_step_by_step_and_stays_known(text: Obligation) -> None:
    [one] = asked(text, "Sở Tư pháp", sent_on=june(2), due_on=june(8))
    answers(one, june(5))
    take_back(actor=SYSTEM, request=one, reason="Ghi nhầm cơ quan")
    [kept] = requests_of(text.pk)
    assert kept.answer == ""
    take_back(actor=SYSTEM, request=kept, reason="Chưa gửi")
    assert requests_of(text.pk) == []
    assert OpinionRequest.objects.count() == 3  # past versions and the retracted row
    with pytest.raises(Refusal, match="đã được thu hồi"):
        answers(one, june(6))
    said = Entry.objects.filter(action__startswith="opinion.").order_by("pk").values_list("action", flat=True)
    assert list(said) == ["opinion.ask", "opinion.answer", "opinion.take_back", "opinion.take_back"]


def test_only_who_works_on_the_text_asks_and_a_unit_that_was_asked_answers_for_itself(
    cast: Cast, text: Obligation
) -> None:
    with pytest.raises(Refusal):
        asked(text, "Sở Tư pháp", sent_on=june(2), due_on=june(8), actor=cast.binh.actor)
    ours, other = asked(text, "VP-BNV", "Sở Tư pháp", sent_on=june(2), due_on=june(8), actor=cast.an.actor)
    answer_opinion(actor=cast.binh.actor, request=ours, answered=Answered(Answer.AGREES, june(3)))
    with pytest.raises(Refusal):
        answer_opinion(actor=cast.binh.actor, request=other, answered=Answered(Answer.AGREES, june(3)))
    with pytest.raises(Refusal):
        take_back(actor=cast.binh.actor, request=ours, reason="Đổi ý")


def test_who_must_be_asked_is_proposed_until_asked_and_settled_by_an_answer(text: Obligation) -> None:
    held = text.legal_text
    proposed = agencies_proposed(held, TODAY, "Sở Nội vụ tỉnh Nghệ An")
    assert proposed == ["Sở Tài chính", "Sở Tư pháp", "Sở Khoa học và Công nghệ"]  # it asks not itself
    asked(text, "Sở Tài chính tỉnh Nghệ An", "Sở Tư pháp", sent_on=june(2), due_on=june(8))
    [tax, justice] = requests_of(text.pk)
    assert not_settled(proposed, requests_of(text.pk), june(3)) == (
        ["Sở Khoa học và Công nghệ"],
        ["Sở Tài chính", "Sở Tư pháp"],
    )
    answers(tax if tax.agency.startswith("Sở Tài") else justice, june(4))
    assert not_settled(proposed, requests_of(text.pk), TODAY)[1] == ["Sở Tư pháp"]


def test_nobody_is_mandatory_for_a_text_of_another_kind_or_before_the_rule(text: Obligation) -> None:
    held = text.legal_text
    assert agencies_proposed(held, date(2025, 6, 30)) == []
    held.type = "Nghị quyết"
    assert agencies_proposed(held, TODAY) == []
    held.type, held.authority = "Quyết định", "Ủy ban nhân dân xã Bình Chuẩn"
    assert agencies_proposed(held, TODAY) == []


def test_what_is_not_given_follows_a_new_day_off_and_what_is_settled_stays(
    text: Obligation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: june(4))
    [waiting] = asked(text, "Bộ Tài chính", sent_on=june(1), rule="ministry_opinion")
    [given] = asked(text, "Bộ Tư pháp", sent_on=june(1), rule="ministry_opinion")
    [by_hand] = asked(text, "Bộ Công an", sent_on=june(1), due_on=june(8))
    answers(given, june(3))
    change_day(actor=SYSTEM, day=june(5), works=False, name=STORM, reason="bão số 1")
    due = {one.agency: one.due_on for one in requests_of(text.pk)}
    assert due == {"Bộ Tài chính": june(9), "Bộ Tư pháp": june(8), "Bộ Công an": june(8)}
    moved = OpinionRequest.objects.get(pk=waiting.pk)
    assert moved.why is not None
    assert any("bão" in row.words.vi for row in moved.why.rows)
    assert Entry.objects.filter(action="opinion.recount").count() == 1
    assert by_hand.why is None


def test_silence_that_is_consent_already_does_not_end_by_a_new_day_off(text: Obligation) -> None:
    [silent] = asked(text, "Bộ Tài chính", sent_on=june(1), rule="ministry_opinion")
    change_day(actor=SYSTEM, day=june(5), works=False, name=STORM, reason="bão số 1")
    assert OpinionRequest.objects.get(pk=silent.pk).due_on == june(8)


def a_month(text: Obligation) -> None:
    """One of each part on 30/6: in time, late, silent, overdue, and two within time."""
    in_time, late, _, _ = asked(
        text, "Bộ Tài chính", "Bộ Tư pháp", "Bộ Công an", "Bộ Y tế", sent_on=june(1), rule="ministry_opinion"
    )
    asked(text, "Sở Tư pháp", sent_on=june(1), rule="legal_text_opinion")
    asked(text, "Sở Tài chính", "SNV-38", sent_on=june(26), rule="legal_text_opinion")
    answers(in_time, june(8))
    answers(late, june(9), Answer.DISAGREES, "Trái Luật")


def test_every_opinion_asked_is_exactly_one_of_its_parts(sector: Sector, text: Obligation) -> None:
    a_month(text)
    parts = ("answered_in_time", "answered_late", "silent", "waiting", "overdue")
    codes = tuple(f"opinions.{part}" for part in ("asked", *parts))
    question = Question(sector.nghe_an.pk, JUNE, indicators=codes)
    [answer] = ask([question])
    assert [answer.values[code] for code in codes] == [7, 1, 1, 2, 2, 1]
    [then] = ask([Question(sector.nghe_an.pk, JUNE, as_of=june(8), indicators=codes)])
    assert [then.values[code] for code in codes] == [5, 1, 0, 0, 4, 0]


def test_opinions_are_parted_by_agency_unit_type_authority_and_month(sector: Sector, text: Obligation) -> None:
    a_month(text)
    question = Question(sector.nghe_an.pk, JUNE)
    for by, number in (("agency", 7), ("asked_unit", 2), ("type", 1), ("authority", 1), ("month", 1)):
        parts = breakdown("opinions.asked", question, by)
        assert (len(parts), sum(part.count for part in parts)) == (number, 7)


@pytest.mark.parametrize("day", range(1, 31))
def test_on_any_day_rows_and_figures_tell_the_same(sector: Sector, text: Obligation, day: int) -> None:
    a_month(text)
    on = june(day)
    standing = [one.standing_on(on) for one in requests_of(text.pk) if one.sent_on <= on]
    parts = {
        Standing.IN_TIME: "answered_in_time",
        Standing.LATE: "answered_late",
        Standing.SILENT: "silent",
        Standing.WAITING: "waiting",
        Standing.OVERDUE: "overdue",
    }
    codes = {one: f"opinions.{name}" for one, name in parts.items()}
    [answer] = ask([Question(sector.nghe_an.pk, JUNE, as_of=on, indicators=tuple(codes.values()))])
    assert {one: answer.values[code] for one, code in codes.items()} == {one: standing.count(one) for one in parts}


def test_figures_of_an_earlier_instant_are_those_the_register_told_then(sector: Sector, text: Obligation) -> None:
    [one] = asked(text, "Bộ Tài chính", sent_on=june(1), rule="ministry_opinion")
    before = clock.now()
    answers(one, june(3))
    answered = clock.now()
    take_back(actor=SYSTEM, request=one, reason="Ghi nhầm")
    take_back(actor=SYSTEM, request=one, reason="Chưa gửi")
    codes = ("opinions.asked", "opinions.answered_in_time", "opinions.silent")
    told = [
        ask([Question(sector.nghe_an.pk, JUNE, known_at=instant, indicators=codes)])[0].values
        for instant in (before, answered, None)
    ]
    assert [[values[code] for code in codes] for values in told] == [[1, 0, 1], [1, 1, 0], [0, 0, 0]]


@pytest.mark.parametrize(
    ("kind", "authority", "must"),
    [
        ("Quyết định", "Ủy ban nhân dân tỉnh Nghệ An", True),
        ("Quyết định", "Chủ tịch UBND tỉnh", True),
        ("Quyết định", "Uỷ ban nhân dân thành phố Huế", True),
        ("Quyết định", "Ủy ban nhân dân phường Thành Vinh", False),
        ("Quyết định", "Thủ tướng Chính phủ", False),
        ("Nghị quyết", "Hội đồng nhân dân tỉnh", False),
    ],
)
def test_a_decision_of_a_province_is_known_by_its_type_and_by_who_issues_it(
    text: Obligation, kind: str, authority: str, must: bool
) -> None:
    held = text.legal_text
    held.type, held.authority = kind, authority
    assert bool(agencies_proposed(held, TODAY)) is must


def test_opinions_on_a_restricted_text_are_counted_and_shown_to_those_who_may_see_it(
    sector: Sector, cast: Cast, text: Obligation
) -> None:
    asked(text, "Bộ Tài chính", sent_on=june(1), rule="ministry_opinion")
    question = Question(sector.nghe_an.pk, JUNE)
    open_to_all = records("opinions.asked", question, actor=cast.an.actor)
    Obligation.objects.filter(pk=text.pk).update(secrecy="restricted")
    hidden = records("opinions.asked", question, actor=cast.an.actor)
    assert [(one.counted, one.shown) for one in (open_to_all, hidden)] == [(1, 1), (1, 0)]
