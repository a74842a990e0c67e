"""The register of tasks against a slow model: every task of a small ledger is looked at, in Python."""

import re
from datetime import date, timedelta
from random import Random

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.core.actors import SYSTEM
from noivu.core.text import fold
from noivu.office.queries import registers
from noivu.work.api import ObligationSpan, complete
from noivu.work.testing import gets_task

WORDS = ("rà soát", "sắp xếp", "biên chế", "đơn vị", "kế hoạch")
OCTOBER, LAST = "/tasks/?period=2024-10", date(2024, 10, 31)


def ledger(cast: Cast, chance: Random) -> None:
    for number in range(40):
        title = f"Việc {number:02} {' '.join(chance.sample(WORDS, 2))}"
        due = chance.choice([None, *(date(2024, 10, 10) + timedelta(days=chance.randrange(60)) for _ in range(4))])
        task = gets_task(cast.chi.unit, date(2024, 10, 1 + chance.randrange(9)), due, title=title)
        if chance.random() < 0.4:
            complete(actor=SYSTEM, obligation=task, on=date(2024, 10, 10 + chance.randrange(20)))


def by_hand(words: str, cut: str) -> list[str]:
    held = {
        "all": lambda span: True,
        "completed": lambda span: span.completed_on is not None,
        "overdue": lambda span: span.completed_on is None and span.due_on is not None and span.due_on < LAST,
    }[cut]
    spans = ObligationSpan.objects.current().holding_on(LAST).select_related("obligation")
    found = [s for s in spans if held(s) and all(word in fold(s.obligation.title) for word in fold(words).split())]
    found.sort(key=lambda span: (span.due_on is None, span.due_on or LAST, span.pk))
    return [span.obligation.title[:7] for span in found]


@pytest.mark.django_db
@pytest.mark.parametrize("long_from", [1, 10_000])
def test_what_is_searched_is_what_looking_at_every_task_finds_in_its_order(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch, long_from: int
) -> None:
    ledger(cast, Random(long_from))
    monkeypatch.setattr(registers, "COUNTED_AT_MOST", long_from)
    monkeypatch.setattr(registers, "PAGE_SIZE", 6)
    sign_in(client, cast.chi)
    for words in ("", "ra soat", "sap bien", "Việc 07", "không có"):
        for cut in ("all", "completed", "overdue"):
            shown = client.get(OCTOBER, {"period": "2024-10", "q": words, "cut": cut}).content.decode()
            expected = by_hand(words, cut)
            listed = re.findall(r"Việc \d\d", shown.partition("<tbody>")[2])
            assert list(dict.fromkeys(listed)) == expected[:6], (words, cut)
            if words:
                assert f"<b><span>{len(expected)}</span></b>" in shown.replace('<span class="num">', "<span>"), words


@pytest.mark.django_db
def test_of_a_word_that_many_rows_hold_the_number_is_said_to_be_bounded(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registers, "FOUND_AT_MOST", 2)
    for number in range(3):
        gets_task(cast.chi.unit, date(2024, 10, 1), title=f"Rà soát {number}")
    sign_in(client, cast.chi)
    assert "hơn 2" in re.sub(r"<[^>]*>", "", client.get(f"{OCTOBER}&q=ra+soat").content.decode())
    assert "hơn 2" not in re.sub(r"<[^>]*>", "", client.get(f"{OCTOBER}&q=soat+1").content.decode())
