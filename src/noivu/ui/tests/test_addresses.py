"""Addresses that come from outside lead nowhere else, and break no page."""

import pytest
from django.test import Client

from noivu.ui.pickers import address_with

ELSEWHERE = ["////evil.example", "//evil.example/x", "https://evil.example", "//[", "/\\evil.example", "evil", ""]


@pytest.mark.parametrize("page", ELSEWHERE)
def test_a_page_that_is_not_ours_becomes_the_root(page: str) -> None:
    assert address_with(page, unit="BNV") == "/"


def test_a_page_of_ours_keeps_its_question() -> None:
    assert address_with("/figures/?period=2024-10&after=x", unit="BNV") == "/figures/?period=2024-10&unit=BNV"


@pytest.mark.parametrize("referer", ["http://[", "http://testserver//evil.example/", "http://evil.example/"])
def test_a_refusal_leads_back_to_no_strange_page(binh: Client, referer: str) -> None:
    answer = binh.get("/refusing/", headers={"Referer": referer})
    assert answer.status_code == 422
    assert answer.context["back"] == "/"


def test_a_refusal_leads_back_to_where_one_was(binh: Client) -> None:
    answer = binh.get("/refusing/", headers={"Referer": "http://testserver/own/?page=2"})
    assert answer.context["back"] == "/own/?page=2"
