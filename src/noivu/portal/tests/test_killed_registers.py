"""kill -9 during an import of incoming documents: documents, replies owed and spans stand wholly or not at all."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from noivu.core.actors import SYSTEM
from noivu.portal.tests.killed_registers import registers
from noivu.sheets.api import Source, import_file, template_named
from noivu.sheets.tests.killed import standing
from noivu.sheets.tests.test_killed_imports import OwnDatabase, check_twenty_kills

HEADS = "unit,arrival_number,arrived_on,issuer,symbol,summary,reply_required,due_on,reply_symbol,replied_on\n"
ROWS = 600
"""Six chunks; twenty imports of as many rows begin anew."""
REFUSED, OWED = ROWS // 100, ROWS // 4


def rows() -> Iterator[str]:
    """Every fourth must be answered, every second of those is; every hundredth has a day that there is not."""
    for number in range(1, ROWS + 1):
        day = "31/02/2024" if number % 100 == 1 else f"{number % 28 + 1:02}/10/2024"
        owed = number % 4 == 0
        due = "có,30/11/2024" if owed else ","
        reply = f"{number}/BNV-VP,30/10/2024" if owed and number % 8 == 0 else ","
        yield f"BNV,{number},{day},Bộ Tài chính,{number}/BTC,Về việc {number},{due},{reply}\n"


@pytest.mark.slow
@pytest.mark.usefixtures("sector")
def test_twenty_kills_leave_the_registers_of_one_clean_run(
    tmp_path: Path, own_database: Callable[[Path], OwnDatabase]
) -> None:
    file = tmp_path / "so-den.csv"
    file.write_text(HEADS + "".join(rows()), encoding="utf-8")
    template, began = template_named("documents-in"), time.monotonic()
    batch = import_file(actor=SYSTEM, template=template, source=Source(file))
    clean = {"seconds": time.monotonic() - began, **standing(registers(), template.action)}
    assert (batch.read, batch.applied, batch.quarantined) == (ROWS, ROWS - REFUSED, REFUSED)
    assert clean["rows"] > batch.applied + 2 * OWED
    check_twenty_kills(own_database(tmp_path / "killed"), file, clean, "noivu.portal.tests.killed_registers")
