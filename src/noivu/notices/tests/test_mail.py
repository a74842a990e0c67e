"""Mail: gathered by hour and wish, sent once, sent again after a pause while the server does not answer."""

from datetime import timedelta

import pytest

from noivu.accounts.testing import Cast
from noivu.notices import mailing
from noivu.notices.constants import State
from noivu.notices.mailing import claim, prepare_mail, send_mail
from noivu.notices.making import make_notices
from noivu.notices.models import Delivery
from noivu.notices.queries import mail_standing
from noivu.notices.services import Wish, prefer
from noivu.notices.testing import MailServer, mail_server, sends_to
from noivu.notices.tests.conftest import Hours, Owed


def told(owed: Owed) -> int:
    """Notices are made and gathered; how many mails that makes."""
    make_notices(owed.registry)
    return prepare_mail()


def test_a_digest_names_all_that_gathered_and_nothing_of_what_it_says(
    people: Cast, owed: Owed, hours: Hours, server: MailServer
) -> None:
    owed.tells(people.an.user.pk, "NV-1", "NV-2")
    assert (told(owed), send_mail(), send_mail()) == (1, 1, 0)
    [mail] = server.taken
    body = mail.get_payload(decode=True).decode()
    assert mail["To"] == "an@example.gov.vn"
    assert "https://noivu.example.gov.vn/tasks/1/" in body
    assert body.count("\n- Nhiệm vụ NV-") == 2
    assert Delivery.objects.get().message_id == mail["Message-ID"]
    owed.tells(people.an.user.pk, "NV-3")
    assert told(owed) == 0, "one mail a day"
    hours.goes(days=1)
    assert told(owed) == 1


def test_each_has_a_mail_of_its_own_where_that_is_wanted_from_the_hour_on(
    people: Cast, owed: Owed, hours: Hours, server: MailServer
) -> None:
    prefer(actor=people.an.actor, wish=Wish("both", 10, digest=False))
    prefer(actor=people.binh.actor, wish=Wish("product", 7, digest=True))
    for person in (people.an, people.binh):
        owed.tells(person.user.pk, "NV-1", "NV-2")
    assert told(owed) == 0
    hours.goes(hours=2)
    assert (told(owed), send_mail()) == (2, 2)
    assert {message["To"] for message in server.taken} == {"an@example.gov.vn"}


def test_without_a_server_or_an_address_nothing_is_gathered_for_later(
    people: Cast, owed: Owed, hours: Hours, server: MailServer, settings
) -> None:
    owed.tells(people.dung.user.pk, "NV-1")
    assert told(owed) == 0
    settings.NOIVU_SENDS_EMAIL = False
    owed.tells(people.an.user.pk, "NV-1")
    assert (told(owed), send_mail(), Delivery.objects.count()) == (0, 0, 0)
    settings.NOIVU_SENDS_EMAIL, settings.NOIVU_TODAY = True, "2024-11-01"
    assert prepare_mail() == 0
    settings.NOIVU_TODAY = None
    hours.goes(days=8)
    assert prepare_mail() == 0, "no news any more"


def test_a_server_that_is_down_for_an_hour_delays_and_loses_nothing(
    people: Cast, owed: Owed, hours: Hours, settings
) -> None:
    with mail_server() as gone:
        port = gone.port
    sends_to(settings, port)
    for person in (people.an, people.binh, people.chi):
        owed.tells(person.user.pk, "NV-1")
    assert told(owed) == 3
    tried, began = 0, hours.now
    while hours.now - began < timedelta(hours=1):
        before = max(Delivery.objects.values_list("attempts", flat=True))
        assert send_mail() == 0
        tried += max(Delivery.objects.values_list("attempts", flat=True)) - before
        hours.goes(minutes=1)
    assert tried == 5, "at once, then after 1, 5, 15 and 30 minutes"
    stands = mail_standing()
    assert (stands.waiting, stands.since, stands.refused, stands.maybe_twice) == (3, began, 0, 0)
    assert "Refused" in stands.last_error

    with mail_server(port) as back:
        hours.goes(hours=1)
        assert send_mail() == 3
        assert send_mail() == 0
        assert sorted(str(message["To"]).partition("@")[0] for message in back.taken) == ["an", "binh", "chi"]
    assert mail_standing().waiting == 0


def test_pauses_grow_and_do_not_end() -> None:
    pauses = [mailing.pause_after(attempt) for attempt in range(1, 30)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(days=1)


def test_an_address_that_is_refused_for_good_is_told_and_not_tried_again(
    people: Cast, owed: Owed, hours: Hours, server: MailServer
) -> None:
    server.refuses = {"an@": "550 no such person", "binh@": "450 later"}
    for person in (people.an, people.binh, people.chi):
        owed.tells(person.user.pk, "NV-1")
    assert (told(owed), send_mail()) == (3, 1)
    states = dict(Delivery.objects.values_list("user__username", "state"))
    assert states == {"an": State.FAILED, "binh": State.WAITING, "chi": State.SENT}
    server.refuses = {}
    hours.goes(hours=1)
    assert send_mail() == 1
    assert mail_standing().refused == 1


def test_what_may_have_arrived_is_sent_again_under_its_id_and_says_so(
    people: Cast, owed: Owed, hours: Hours, server: MailServer
) -> None:
    server.breaks_after_data = True
    owed.tells(people.an.user.pk, "NV-1")
    assert (told(owed), send_mail()) == (1, 0)
    server.breaks_after_data = False
    hours.goes(minutes=2)
    assert send_mail() == 1
    first, second = server.taken
    assert first["Message-ID"] == second["Message-ID"]
    assert "có thể đã đến trước đó" not in first.get_payload(decode=True).decode()
    assert "có thể đã đến trước đó" in second.get_payload(decode=True).decode()
    assert mail_standing().maybe_twice == 1


def test_two_workers_never_hold_the_same_mail(people: Cast, owed: Owed, hours: Hours, server: MailServer) -> None:
    for person in (people.an, people.binh):
        owed.tells(person.user.pk, "NV-1")
    assert told(owed) == 2
    first, second = claim("one"), claim("two")
    assert first is not None
    assert second is not None
    assert first.pk != second.pk
    assert claim("three") is None
    hours.goes(minutes=6)
    left = claim("three")
    assert left is not None
    assert left.maybe_sent
    assert mailing._of_worker(first).update(state=State.WAITING.value) == (0 if left.pk == first.pk else 1)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_mail_speaks_the_language_of_its_reader(
    people: Cast, owed: Owed, hours: Hours, server: MailServer, language: str
) -> None:
    people.an.user.language = language
    people.an.user.save(update_fields=["language"])
    owed.tells(people.an.user.pk, "NV-1")
    told(owed)
    send_mail()
    words = {"vi": "Kính gửi Trần Khánh An", "en": "Dear Trần Khánh An"}
    assert words[language] in server.taken[0].get_payload(decode=True).decode()
