"""Fields that say what is wrong and show what would be right."""

from datetime import date
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from noivu.core.dates import PartialDate
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.ui.forms import ChoiceField, DateField, Form, IntegerField, PartialDateField, TextField
from noivu.ui.tests.markup import text_of


class ArrivalForm(Form):
    arrived_on = DateField(Text(vi="Ngày đến", en="Arrival"))
    known_on = PartialDateField(Text(vi="Ngày biết", en="Known"), required=False)
    copies = IntegerField(Text(vi="Số bản", en="Copies"), least=1, most=500, required=False)
    kind = ChoiceField(
        Text(vi="Loại", en="Kind"), choices=[("letter", Text(vi="Công văn", en="Letter"))], required=False
    )
    summary = TextField(Text(vi="Trích yếu", en="Summary"), max_length=20, required=False)


def errors(field: str, **typed: Any) -> str:
    form = ArrivalForm({"arrived_on": "2024-10-31", **typed})
    return " ".join(form.errors.get(field, []))


@pytest.mark.parametrize("typed", ["31/10/2024", "2024-10-31", " 31/10/2024 ", "ngày 31 tháng 10 năm 2024"])
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    form = ArrivalForm({"arrived_on": typed})
    assert form.is_valid()
    assert form.cleaned_data["arrived_on"] == date(2024, 10, 31)


def test_a_day_that_does_not_exist_is_explained_in_both_languages() -> None:
    assert "tháng 02/2024 có 29 ngày. Nhập lại, ví dụ 29/02/2024." in errors("arrived_on", arrived_on="31/02/2024")
    with translation.override("en"):
        assert "February 2024 has 29 days." in errors("arrived_on", arrived_on="31/02/2024")


def test_a_missing_day_says_what_to_enter() -> None:
    assert errors("arrived_on", arrived_on="") == "Mục này còn trống. Nhập, ví dụ 31/10/2024."
    with translation.override("en"):
        assert errors("arrived_on", arrived_on="") == "Left empty. Enter it, e.g. 31/10/2024."


def test_a_date_may_be_known_to_the_month() -> None:
    form = ArrivalForm({"arrived_on": "31/10/2024", "known_on": "10/2024"})
    assert form.is_valid()
    assert form.cleaned_data["known_on"] == PartialDate(2024, 10)


@pytest.mark.parametrize(("typed", "read"), [("1", 1), ("1.2", 12), ("500", 500), ("", None)])
def test_a_number_may_have_separators(typed: str, read: int | None) -> None:
    form = ArrivalForm({"arrived_on": "31/10/2024", "copies": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["copies"] == read


@pytest.mark.parametrize("typed", ["0", "501", "mười", "--3", "1e5"])
def test_a_number_out_of_bounds_is_refused(typed: str) -> None:
    assert "Nhập" in errors("copies", copies=typed)


def test_words_are_stored_composed_and_trimmed_and_not_too_long() -> None:
    form = ArrivalForm({"arrived_on": "31/10/2024", "summary": "  Tie\u0302\u0300n   lương "})
    assert form.is_valid()
    assert form.cleaned_data["summary"] == "Tiền lương"
    assert "dài quá 20 ký tự" in errors("summary", summary="x" * 21)


def test_an_unknown_choice_is_refused_in_words() -> None:
    assert errors("kind", kind="poem") == "Loại: lựa chọn này không có trong danh sách. Chọn lại."


def test_a_wrong_field_keeps_what_was_typed_and_points_to_its_error() -> None:
    form = ArrivalForm({"arrived_on": "31/02/2024"})
    drawn = Template("{% load noivu %}{% field form.arrived_on %}").render(Context({"form": form}))
    assert 'value="31/02/2024"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_arrived_on_error"' in drawn
    assert 'id="id_arrived_on_error"' in drawn
    assert "is-wrong" in drawn


def test_the_error_summary_counts_and_links() -> None:
    drawn = Template("{{ form }}").render(Context({"form": ArrivalForm({"arrived_on": "", "copies": "0"})}))
    assert "còn 2 chỗ phải sửa" in text_of(drawn)
    assert 'href="#id_arrived_on"' in drawn


def test_a_services_refusal_lands_beside_its_field() -> None:
    form = ArrivalForm({"arrived_on": "31/10/2024"})
    form.full_clean()
    form.refuse(Refusal(what=Text(vi="Sau hôm nay.", en="After today."), where="arrived_on"))
    form.refuse(Refusal(what=Text(vi="Sổ đã khóa.", en="The register is closed."), where="register"))
    assert form.errors["arrived_on"] == ["Sau hôm nay."]
    assert form.non_field_errors() == ["Sổ đã khóa."]
