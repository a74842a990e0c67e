"""Whatever stands in a message file: it is taken in, or refused in words; then nothing is written."""

from contextlib import suppress
from datetime import date
from xml.etree import ElementTree as Xml

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from noivu.core.actors import SYSTEM
from noivu.core.refusals import Refusal
from noivu.exchange.models import StatusHeard
from noivu.exchange.reading import read_message
from noivu.exchange.services import import_message
from noivu.exchange.testing import exchanged
from noivu.exchange.tests.test_messages import LETTER
from noivu.exchange.writing import write_message
from noivu.records.api import IncomingDocument, MessageFile
from noivu.units.testing import small_sector

DAY, NEXT = date(2024, 10, 15), date(2024, 10, 16)
WHOLE = write_message(LETTER)
TAGS = sorted({part.tag for part in Xml.fromstring(WHOLE).iter() if isinstance(part.tag, str)})
ODD = st.one_of(
    st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Cn")), max_size=40),
    st.sampled_from(
        ["", "0", "-1", "3", "99999", "9999-12-31", "0001-01-01", "31/02/2024", "x" * 400, "a/b/c/d", "15"]
    ),
    st.sampled_from(["0001-01-01T00:00:00+07:00", "9999-12-31T23:59:59-23:59", "2024-10-16T08:00:00", "000.00.02.H40"]),
)


@given(st.binary(max_size=40), st.integers(0, len(WHOLE)), st.integers(0, 40))
def test_bytes_that_are_changed_are_read_or_refused(put: bytes, at: int, out: int) -> None:
    with suppress(Refusal):
        read_message(WHOLE[:at] + put + WHOLE[at + out :])


def written() -> tuple[int, int, int]:
    return IncomingDocument.objects.count(), MessageFile.objects.count(), StatusHeard.objects.count()


@pytest.mark.django_db
def test_words_that_are_changed_are_taken_in_or_refused_and_then_nothing_is_written() -> None:
    sector = small_sector()
    between = exchanged(sector.office, sector.archives, DAY, NEXT, file=b"noi dung")
    files = {
        (sector.archives.pk, WHOLE),
        (sector.archives.pk, between.letter()),
        (sector.archives.pk, between.letter(business_type=2, reason="Sai số")),
        (sector.office.pk, between.told("03")),
    }

    @settings(max_examples=60)
    @given(st.sampled_from(sorted(files)), st.lists(st.tuples(st.sampled_from(TAGS), ODD), min_size=1, max_size=3))
    def check(file: tuple[int, bytes], changes: list[tuple[str, str]]) -> None:
        unit_id, content = file
        root = Xml.fromstring(content)
        for tag, text in changes:
            for place in root.iter(tag):
                place.text = text if len(place) == 0 else place.text
        before = written()
        with transaction.atomic():
            taken = None
            with suppress(Refusal):
                taken = import_message(actor=SYSTEM, unit_id=unit_id, content=Xml.tostring(root), arrived_on=NEXT)
            assert (written() != before) == (taken is not None and taken.is_new)
            transaction.set_rollback(True)

    check()
