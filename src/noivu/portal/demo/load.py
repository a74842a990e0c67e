"""Loading the sample sector: real units, made-up registers, through the same doors that officials use."""

import itertools
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from config.datadirectory import DataDirectory
from noivu.accounts.api import User, actor_id, add_demo_people, grant_role, user_named
from noivu.audit.api import record
from noivu.audit.models import Entry
from noivu.core.access import CLERK, OFFICER
from noivu.core.actors import SYSTEM
from noivu.core.console import note
from noivu.core.periods import Period
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.api import add_working_days, working_day
from noivu.portal.demo.daily import do_daily_work
from noivu.portal.demo.kinds import OTHER_KINDS
from noivu.portal.demo.plan import MONTHS, RECOMMENDATIONS, YEAR
from noivu.portal.demo.programme import ProgrammeMaker
from noivu.portal.demo.registers import Calendar, Ministry, RegisterMaker, Row, cut_at, with_help, with_last_unassigned
from noivu.portal.installing import bring_database_up_to_date, gather_static
from noivu.portal.policies import SAMPLE_BEGUN
from noivu.portal.vietnam import load_vietnam
from noivu.reports.api import draft_report
from noivu.sheets.api import OutColumn, Source, import_file, template_named, write_csv
from noivu.units.api import Unit, find_unit, tree
from noivu.work.api import Assignee, ObligationSpan, Session, SessionEntry, Status, assign, open_session

FIRST_TODAY = date(2024, 11, 1)
SESSION_7 = SessionEntry(
    code="QH15-7",
    name="Kỳ họp thứ 7, Quốc hội khóa XV",
    starts_on=date(2024, 5, 20),
    ends_on=date(2024, 6, 28),
    reported_to=date(2024, 12, 1),
)
SENT = [date(2024, 4, 22), date(2024, 5, 6), date(2024, 7, 8), date(2024, 7, 15), date(2024, 7, 22)]
"""When the recommendations before and after the session reached the ministry."""


def load_demo(*, size: str, seed: int, today: str | None) -> None:
    """Make this installation a sample and fill it, once; later calls only move its today."""
    directory = DataDirectory(Path(settings.NOIVU_DATA))
    loaded = directory.sample
    _require_sample_or_empty(directory)
    directory.choose(sample=True, today=today or directory.today or FIRST_TODAY.isoformat())
    settings.NOIVU_SAMPLE, settings.NOIVU_TODAY = True, directory.today
    if loaded.get("finished"):
        bring_database_up_to_date()
        return
    started = time.monotonic()
    note("Chuẩn bị dữ liệu mẫu / Preparing the sample sector")
    with _step("Cơ sở dữ liệu / database"):
        bring_database_up_to_date()
        _begin()
    with _step("Đơn vị hành chính, cơ quan / units"):
        load_vietnam(actor=SYSTEM)
    with _step("Người dùng / users"):
        _people()
    _registers(size, seed)
    with _step("Báo cáo tháng / monthly report"):
        _report()
    with _step("Tệp tĩnh / static files"):
        gather_static()
    directory.choose(finished=True, size=size, seed=seed)
    note(f"Xong sau {time.monotonic() - started:.0f} s / done")


def _require_sample_or_empty(directory: DataDirectory) -> None:
    """An installation with real registers never becomes a sample: the database says what it holds, wherever it lies."""
    if _is_empty() or _is_sample(directory):
        return
    raise Refusal(
        what=Text(
            vi=f"Cơ sở dữ liệu {connection.settings_dict['NAME']} đang giữ số liệu thật.",
            en=f"The database {connection.settings_dict['NAME']} holds real registers.",
        ),
        do=Text(
            vi="Bỏ DATABASE_URL, chạy bản mẫu ở thư mục khác: noivu --data THU-MUC demo",
            en="Unset DATABASE_URL, run the sample elsewhere: noivu --data DIR demo",
        ),
        code="not-a-sample",
    )


def _is_empty() -> bool:
    """Whether no user, no unit and no act was ever put into the database."""
    tables = set(connection.introspection.table_names())
    return not any(model._meta.db_table in tables and model.objects.exists() for model in (Entry, Unit, User))


def _is_sample(directory: DataDirectory) -> bool:
    """Whether it was begun as a sample: the log says so; in an embedded database `noivu.json` beside it does too."""
    if directory.is_sample and Path(str(connection.settings_dict["NAME"])) == directory.path / "noivu.sqlite3":
        return True
    return Entry.objects.filter(action=SAMPLE_BEGUN).exists()


def _begin() -> None:
    """Mark the database as a sample before anything else stands in it."""
    with transaction.atomic():
        if _is_empty():
            record(actor=SYSTEM, action=SAMPLE_BEGUN, thing=("portal.sample", 1))


@contextmanager
def _step(name: str) -> Iterator[None]:
    started = time.monotonic()
    yield
    note(f"  {name}: {time.monotonic() - started:.1f} s")


def _people() -> None:
    """One user for each role; officer and clerk of the ministry's office keep the registers of the whole ministry."""
    add_demo_people()
    for name, role in (("binh", OFFICER), ("khanh", CLERK)):
        grant_role(
            actor=SYSTEM,
            user=user_named(name),
            role=role,
            unit=find_unit("BNV", FIRST_TODAY),
            starts_on=FIRST_TODAY,
            reason="Giữ sổ của Bộ",
        )


def _registers(size: str, seed: int) -> None:
    today = date.fromisoformat(str(settings.NOIVU_TODAY))
    _fill(_ministry(), seed, today, part=1)
    if size != "office":
        for place, office in enumerate(_departments(1 if size == "province" else None), start=1):
            _fill(office, seed + place, today, part=20)
    _give(today)
    with _step("Gửi nhận, xây dựng văn bản, gia hạn / daily work"):
        do_daily_work(find_unit("BNV", FIRST_TODAY), today, ProgrammeMaker(_ministry(), _calendar(), seed))


def _ministry() -> Ministry:
    people = {"VCQDP-BNV": user_named("chi").full_name, "VP-BNV": user_named("binh").full_name}
    return Ministry("BNV", "BNV", _provinces(), people=people)


def _provinces() -> list[tuple[str, str]]:
    units = tree(Period.of_month(YEAR, 10).last_day())
    return [
        (node.name[0].lower() + node.name[1:], node.code)
        for node in sorted(units.nodes.values(), key=lambda one: one.code)
        if node.is_administrative and node.level == "province"
    ]


def _departments(most: int | None) -> list[Ministry]:
    """Departments of Home Affairs with registers of their own: one, or all."""
    codes = ["40"] if most == 1 else [code for _, code in _provinces()]
    own = {"40": {"VCQDP-BNV": user_named("an").full_name}}
    return [
        Ministry(f"SNV-{code}", "SNV", _provinces(), has_departments=False, people=own.get(code, {})) for code in codes
    ]


def _calendar() -> Calendar:
    return Calendar(is_working=working_day, add_working_days=add_working_days)


def _fill(office: Ministry, seed: int, today: date, part: int) -> None:
    """One office's registers of the year; `part` makes a smaller office: one record of so many."""
    calendar = _calendar()
    maker = RegisterMaker(office, calendar, seed)
    plans = [plan if part == 1 else plan.divided(part) for plan in MONTHS]
    incoming, outgoing = maker.documents(YEAR, plans)
    arrived = with_last_unassigned(list(cut_at(incoming, today, "replied_on")))
    _bring_in("documents-in", office, arrived, "sổ văn bản đến / incoming")
    _bring_in("documents-out", office, cut_at(outgoing, today), "sổ văn bản đi / outgoing")
    tasks = (row for plan in plans for row in maker.tasks(YEAR, plan))
    given = with_help(cut_at(tasks, today, "completed_on"), office)
    _bring_in("tasks", office, given, "sổ nhiệm vụ / tasks")
    if part == 1:
        if not Session.objects.filter(code=SESSION_7.code).exists():
            open_session(actor=SYSTEM, entry=SESSION_7)
        wishes = maker.recommendations(RECOMMENDATIONS, SESSION_7.code, SENT)
        _bring_in("recommendations", office, cut_at(wishes, today, "answered_on"), "sổ kiến nghị / recommendations")
        _bring_in("legal-texts", office, ProgrammeMaker(office, calendar, seed).rows(today), "chương trình / programme")
        for template, rows in OTHER_KINDS.items():
            _bring_in(template, office, rows, template)


def _give(today: date) -> None:
    """Two of the matters that wait at their units are given to each user of the sample who handles any."""
    standing = ObligationSpan.objects.filter(superseded_at__isnull=True, valid_from__lte=today, valid_to__gt=today)
    waiting = standing.filter(status=Status.OPEN.value, obligation__assigned_officer="").select_related("obligation")
    for person in map(user_named, ("an", "binh", "chi")):
        home = person.home_unit_id
        at_home = waiting.filter(Q(unit_id=home) | Q(obligation__assigned_unit_id=home))
        for span in at_home.order_by("-kind", "due_on", "pk")[:2]:
            to = Assignee(home, person.full_name, actor_id(person.pk))
            assign(actor=SYSTEM, obligation=span.obligation, to=to, on=today, note=f"Giao {person.full_name}")


def _bring_in(template: str, office: Ministry, rows: Iterable[Row], label: str) -> None:
    """Write the rows as a file, and import it as an official would."""
    with _step(f"{office.code}: {label}"):
        file = Path(settings.NOIVU_DATA) / "sample" / f"{template}-{office.code}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        write_rows(file, rows)
        batch = import_file(actor=SYSTEM, template=template_named(template), source=Source(file))
        if batch.quarantined:
            raise RuntimeError(f"{batch.quarantined} sample rows of {template} were refused: batch {batch.pk}")


def write_rows(file: Path, rows: Iterable[Row]) -> None:
    """The rows as a CSV file with the keys of their template as heads."""
    coming = iter(rows)
    first = next(coming, {})
    cells = ([row[key] for key in first] for row in itertools.chain([first], coming))
    with file.open("wb") as stream:
        write_csv([OutColumn(key) for key in first], cells, stream)


def _report() -> None:
    """The ministry's report of October, drafted and open."""
    unit = find_unit("BNV", FIRST_TODAY)
    draft_report(actor=SYSTEM, regime_code="ministry-monthly", unit=unit, period=Period.of_month(YEAR, 10))
