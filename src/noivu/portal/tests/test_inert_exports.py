"""No cell of any export is run by a spreadsheet: every export there is, over rows whose every text would be."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.core.periods import Period
from noivu.core.wording import both
from noivu.portal.cli import noivu
from noivu.records.models import IncomingDocument, OutgoingDocument
from noivu.records.testing import arrives, goes_out
from noivu.reports.api import draft_report
from noivu.reports.exporting import as_xlsx
from noivu.reports.queries import view_report
from noivu.sheets.api import Batch, Column, ImportContext, Outcome, ParsedRow, QuarantinedRow, Template, unchanged
from noivu.sheets.template_file import write_template
from noivu.units.api import UnitName
from noivu.units.derivation import words_changed
from noivu.units.lineage import Change
from noivu.work.models import Obligation
from noivu.work.testing import gets_recommendation, gets_task

TEXTS = ["=1+1", "+1", "-1", "@a", "\ta"]
RUNS = ("=", "+", "-", "@", "\t", "\r")
MONTH = "?unit=BNV&period=2024-10"
DAY = date(2024, 10, 7)


@dataclass(frozen=True)
class World:
    """Registers whose texts are dangerous, someone who reads them, and a place for files."""

    cast: Cast
    reader: Client
    directory: Path

    def page(self, address: str) -> Iterator[bytes]:
        answer = self.reader.get(address)
        assert answer.status_code == 200
        yield answer.getvalue() if answer.streaming else answer.content

    def command(self, *arguments: str) -> Iterator[bytes]:
        done = CliRunner().invoke(noivu, arguments, catch_exceptions=False)
        assert done.exit_code == 0
        place = Path(arguments[-1])
        yield place.read_bytes() if place.exists() else done.stdout_bytes


@pytest.fixture
def world(cast: Cast, client: Client, tmp_path: Path) -> World:
    return World(cast, sign_in(client, cast.em), tmp_path)


def incoming(world: World, form: str) -> Iterator[bytes]:
    for text in TEXTS:
        document = arrives(world.cast.em.unit, DAY)
        IncomingDocument.objects.filter(pk=document.pk).update(issuer=text, symbol=text, summary=text, note=text)
    return world.page(f"/documents/in/export/{MONTH}&form={form}")


def outgoing(world: World) -> Iterator[bytes]:
    for text in TEXTS:
        document = goes_out(world.cast.em.unit, DAY)
        OutgoingDocument.objects.filter(pk=document.pk).update(signer=text, recipients=text, summary=text, note=text)
    return world.page(f"/documents/out/export/{MONTH}")


def tasks(world: World) -> Iterator[bytes]:
    give_tasks(world)
    return world.page(f"/tasks/export/{MONTH}")


def give_tasks(world: World) -> None:
    for text in TEXTS:
        task = gets_task(world.cast.em.unit, DAY)
        Obligation.objects.filter(pk=task.pk).update(code=text, title=text, assigner=text, product=text)


def recommendations(world: World) -> Iterator[bytes]:
    for text in TEXTS:
        made = gets_recommendation(world.cast.em.unit, DAY)
        Obligation.objects.filter(pk=made.pk).update(code=text, title=text, origin=text, field=text)
    return world.page(f"/recommendations/export/{MONTH}")


def records(world: World) -> Iterator[bytes]:
    give_tasks(world)
    return world.command("records", "tasks.assigned", "--unit", "BNV", "--period", "2024-10", "--csv")


def report(world: World) -> Iterator[bytes]:
    made = draft_report(
        actor=SYSTEM, regime_code="ministry-monthly", unit=world.cast.em.unit, period=Period.of_month(2024, 10)
    )
    view = view_report(made)
    for text in TEXTS:
        yield as_xlsx(replace(view, issuer=view.issuer._replace(name=text)))


def kept(world: World, form: str) -> Batch:
    batch = Batch.objects.create(
        template="documents-in",
        state=Batch.APPLIED,
        file_name="so.csv",
        actor_id=world.cast.em.actor.id,
        started_at=clock.now(),
        ended_at=clock.now(),
        heads=TEXTS,
        understood={},
        read=1,
        quarantined=1,
    )
    QuarantinedRow.objects.create(
        batch=batch, number=2, cells=TEXTS, column="=a", value="=a", reason_vi="=a", reason_en="=a"
    )
    return batch


def kept_page(world: World, form: str) -> Iterator[bytes]:
    return world.page(f"/sheets/{kept(world, form).pk}/kept.{form}")


def kept_command(world: World, form: str) -> Iterator[bytes]:
    place = str(world.directory / f"kept.{form}")
    return world.command("quarantine", "export", str(kept(world, form).pk), "-o", place)


def template(world: World) -> Iterator[bytes]:
    columns = (
        Column(f"column{place}", both(text), is_key=True, help=both(text), example=text, choices={text: both(text)})
        for place, text in enumerate(TEXTS)
    )
    stream = io.BytesIO()
    made = Template(
        "=a", both("=a"), tuple(columns), lambda rows, context: [unchanged() for _ in rows], "sheets.import"
    )
    write_template(replace(made, description=both("=a")), stream)
    yield stream.getvalue()


def unchanging(rows: Sequence[ParsedRow], context: ImportContext) -> list[Outcome]:
    return [unchanged() for _ in rows]


def successions(world: World) -> Iterator[bytes]:
    changes = [Change(text, text, "whole", text) for text in TEXTS]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("noivu.units.commands.changes_on", lambda day: changes)
        place = str(world.directory / "successions.csv")
        yield from world.command("units", "successions", "--on", "2025-07-01", "-o", place)


def map_of_provinces(world: World) -> Iterator[bytes]:
    for text in TEXTS:
        UnitName.objects.filter(unit__codes__code="40").update(name=text, short_name=text)
        words_changed()
        yield from world.page("/figures/map/export/?period=2024-10")


WORKBOOKS: dict[str, Callable[[World], Iterable[bytes]]] = {
    "register of incoming documents": lambda world: incoming(world, "register"),
    "tracking of incoming documents": lambda world: incoming(world, "tracking"),
    "register of outgoing documents": outgoing,
    "register of tasks": tasks,
    "register of recommendations": recommendations,
    "figures of a report": report,
    "map of the provinces": map_of_provinces,
    "kept rows on a page": lambda world: kept_page(world, "xlsx"),
    "kept rows by a command": lambda world: kept_command(world, "xlsx"),
    "import template": template,
}
TABLES: dict[str, Callable[[World], Iterable[bytes]]] = {
    "records behind a figure": records,
    "kept rows on a page": lambda world: kept_page(world, "csv"),
    "kept rows by a command": lambda world: kept_command(world, "csv"),
    "successions of units": successions,
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_no_cell_of_a_workbook_runs(world: World, name: str) -> None:
    found = []
    for content in WORKBOOKS[name](world):
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
        dangerous = [cell for cell in cells if cell.value.startswith(RUNS)]
        assert {(cell.data_type, cell.quotePrefix) for cell in dangerous} == {("s", True)}
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheets = [part for part in archive.namelist() if part.startswith("xl/worksheets/")]
            assert not [part for part in sheets if b"<f>" in archive.read(part)]
        found += [cell.value for cell in dangerous]
    assert [text for text in TEXTS if not any(value.startswith(text) for value in found)] == []


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_of_a_table_runs(world: World, name: str) -> None:
    [content] = TABLES[name](world)
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(RUNS)] == []
    assert [text for text in TEXTS if not any(cell.startswith(f"'{text}") for cell in cells)] == []
