"""What an operator wants to know before users do: database, log, disk, keys, files, backups, clock, worker, mail, …"""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor

from noivu.audit.guards import missing_guards
from noivu.audit.models import Unnumbered
from noivu.core import clock
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.api import working_calendar
from noivu.notices.api import is_stale, mail_standing, worker_standing
from noivu.papers.api import paper_font
from noivu.portal.cleaning import unnamed_files

LEAST_FREE = 1 << 30
OLDEST_BACKUP = 7
"""Days after which the latest backup is too old."""
LATEST_ROUND = 15
"""Minutes without a round after which no worker runs."""
LATEST_MAIL = 60
"""Minutes that a mail may wait before somebody should look at the mail server."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: `ok`, `warn` (users are not hindered) or `fail`."""

    code: str
    verdict: str
    says: Text


def check_up() -> list[Finding]:
    """Everything that is looked at, in a fixed order. A check that cannot be made is a failure of its own."""
    return [_guarded(code, check) for code, check in _checks().items()]


def _checks() -> dict[str, Callable[[], Finding]]:
    return {
        "database": _database,
        "schema": _migrations,
        "log": _log,
        "disk": _disk,
        "keys": _keys,
        "files": _files,
        "backups": _backups,
        "clock": _clock,
        "worker": _worker,
        "mail": _mail,
        "calendar": _calendar,
        "fonts": _fonts,
        "static": _built,
    }


def _guarded(code: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except (DatabaseError, InterfaceError, OSError, ValueError, Refusal) as problem:
        says = Text(vi=f"Không kiểm tra được: {problem}", en=f"Could not be checked: {problem}")
        return Finding(code, "fail", says)


def database_trouble() -> Finding | None:
    """What is wrong with the database, if it does not answer or is not up to date; None when it is sound."""
    for code, check in (("database", _database), ("schema", _migrations)):
        finding = _guarded(code, check)
        if finding.verdict == "fail":
            return finding
    return None


def _database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Finding(
            "database",
            "fail",
            Text(vi=f"Không kết nối được cơ sở dữ liệu: {error}", en=f"The database does not answer: {error}"),
        )
    name = f"{connection.vendor} {'.'.join(map(str, connection.get_database_version()))}"
    return Finding("database", "ok", Text(vi=f"Cơ sở dữ liệu {name} trả lời", en=f"Database {name} answers"))


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        return Finding(
            "schema",
            "fail",
            Text(
                vi=f"Còn {waiting} bước cập nhật cơ sở dữ liệu: chạy noivu init",
                en=f"{waiting} migrations wait: run noivu init",
            ),
        )
    return Finding("schema", "ok", Text(vi="Cấu trúc cơ sở dữ liệu đủ", en="The schema is up to date"))


def _log() -> Finding:
    """The database must keep the log, and every entry have its number."""
    missing = missing_guards()
    if missing:
        return Finding(
            "log",
            "fail",
            Text(
                vi=f"Cơ sở dữ liệu không giữ được nhật ký, thiếu: {', '.join(missing)}",
                en=f"The database does not keep the log, it lacks: {', '.join(missing)}",
            ),
        )
    waiting = Unnumbered.objects.count()
    if waiting:
        return Finding(
            "log",
            "warn",
            Text(
                vi=f"{waiting} bút toán chưa có số: chạy noivu audit checkpoint",
                en=f"{waiting} entries wait for their number: run noivu audit checkpoint",
            ),
        )
    return Finding("log", "ok", Text(vi="Nhật ký được giữ, đủ số", en="The log is kept and numbered"))


def _disk() -> Finding:
    free = shutil.disk_usage(settings.NOIVU_DATA).free
    gigabytes = f"{free / (1 << 30):.1f}"
    verdict = "ok" if free >= LEAST_FREE else "fail"
    return Finding("disk", verdict, Text(vi=f"Đĩa còn trống {gigabytes} GB", en=f"{gigabytes} GB of disk are free"))


def _keys() -> Finding:
    """Registers, sessions and the log are only as safe as these files."""
    data = Path(settings.NOIVU_DATA)
    guarded = [data, data / "secret.key", data / "noivu.sqlite3", data / "keys", *sorted((data / "keys").glob("*"))]
    open_ones = [str(path) for path in guarded if path.exists() and path.stat().st_mode & 0o077]
    if open_ones:
        names = " ".join(open_ones)
        return Finding(
            "keys",
            "fail",
            Text(
                vi=f"Tài khoản khác trên máy đọc được số liệu hoặc khóa: chmod go-rwx {names}",
                en=f"Other accounts of the machine can read registers or keys: chmod go-rwx {names}",
            ),
        )
    if not (data / "secret.key").exists():
        return Finding("keys", "fail", Text(vi="Thiếu secret.key", en="secret.key is missing"))
    return Finding("keys", "ok", Text(vi="Khóa chỉ chủ máy đọc được", en="Keys are readable by their owner alone"))


def _files() -> Finding:
    """Files that nothing names take room, and hold what somebody thought was not kept."""
    unnamed = unnamed_files()
    if unnamed.count:
        return Finding(
            "files",
            "warn",
            Text(
                vi="{n} tệp không còn nơi nào dùng: chạy noivu files clean",
                en="{n} file that nothing names: run noivu files clean||"
                "{n} files that nothing names: run noivu files clean",
            ).format(n=unnamed.count),
        )
    return Finding("files", "ok", Text(vi="Mọi tệp trong kho đều được dùng", en="Every kept file is named"))


def _backups() -> Finding:
    """The newest copy in the directory that `NOIVU_BACKUPS` names; a sample has nothing to lose."""
    if settings.NOIVU_SAMPLE:
        return Finding("backups", "ok", Text(vi="Bản mẫu không cần sao lưu", en="A sample needs no backup"))
    where = settings.NOIVU_BACKUPS
    if not where:
        return Finding(
            "backups",
            "warn",
            Text(
                vi="Chưa biết bản sao lưu ở đâu: đặt NOIVU_BACKUPS",
                en="Where backups lie is not known: set NOIVU_BACKUPS",
            ),
        )
    made = [path.stat().st_mtime for path in Path(where).iterdir()]
    if not made:
        return Finding("backups", "warn", Text(vi=f"Chưa có bản sao lưu nào ở {where}", en=f"No backup in {where}"))
    days = int((time.time() - max(made)) // 86_400)
    says = Text(vi=f"Bản sao lưu gần nhất: {days} ngày trước", en=f"Latest backup: {days} days ago")
    return Finding("backups", "ok" if days <= OLDEST_BACKUP else "warn", says)


def _clock() -> Finding:
    if clock.is_moved():
        return Finding(
            "clock",
            "ok" if settings.NOIVU_SAMPLE else "fail",
            Text(vi=f"Hôm nay của bản mẫu là {clock.today()}", en=f"The sample's today is {clock.today()}"),
        )
    sane = clock.now().year >= 2025
    says = Text(vi=f"Đồng hồ: {clock.now():%Y-%m-%d %H:%M} UTC", en=f"Clock: {clock.now():%Y-%m-%d %H:%M} UTC")
    return Finding("clock", "ok" if sane else "fail", says)


def _worker() -> Finding:
    """Nobody is reminded while no worker runs; a sample reminds nobody anyway."""
    standing = worker_standing()
    if standing.failing:
        told = "; ".join(f"{code}: {error}" for code, error in standing.failing.items())
        says = Text(vi=f"Việc nền chạy không xong: {told}", en=f"Background jobs fail: {told}")
        return Finding("worker", "warn", says)
    if settings.NOIVU_SAMPLE:
        return Finding("worker", "ok", Text(vi="Bản mẫu không nhắc việc", en="A sample reminds nobody"))
    if standing.last_at is None or is_stale(standing, LATEST_ROUND):
        last = f"{standing.last_at:%Y-%m-%d %H:%M} UTC" if standing.last_at else "–"
        return Finding(
            "worker",
            "warn",
            Text(
                vi=f"Không có tiến trình nền, không ai được nhắc việc (lần cuối: {last}): chạy noivu worker",
                en=f"No worker runs, nobody is reminded (last round: {last}): run noivu worker",
            ),
        )
    return Finding("worker", "ok", Text(vi="Tiến trình nền đang chạy", en="A worker runs"))


def _mail() -> Finding:
    """What waits for the mail server for long, what it refused, what a killed worker may have sent twice."""
    if not settings.NOIVU_SENDS_EMAIL:
        says = Text(vi="Không gửi thư: chưa đặt NOIVU_EMAIL", en="No mail is sent: NOIVU_EMAIL is not set")
        return Finding("mail", "ok", says)
    standing = mail_standing()
    twice = Text(
        vi=f"; {standing.maybe_twice} thư có thể đã gửi hai lần",
        en=f"; {standing.maybe_twice} may have been sent twice",
    )
    beside = twice if standing.maybe_twice else Text(vi="", en="")
    minutes = (clock.now() - standing.since).total_seconds() / 60 if standing.since else 0
    if minutes > LATEST_MAIL or standing.refused:
        why = standing.last_error
        says = Text(
            vi=f"{standing.waiting} thư chờ, {standing.refused} thư bị từ chối: {why}{beside.vi}",
            en=f"{standing.waiting} mails wait, {standing.refused} were refused: {why}{beside.en}",
        )
        return Finding("mail", "warn", says)
    return Finding("mail", "ok", Text(vi=f"Thư được gửi đi{beside.vi}", en=f"Mail is sent{beside.en}"))


def _calendar() -> Finding:
    """Deadlines reach into next year from October on: its days off should be known by then."""
    today = clock.today()
    years = [today.year, today.year + 1] if today.month >= 10 else [today.year]
    doubtful = [
        str(year) for year in years if working_calendar().doubt(date(year, 1, 1), date(year, 12, 31)) is not None
    ]
    if doubtful:
        return Finding(
            "calendar",
            "warn",
            Text(
                vi=f"Chưa có lịch nghỉ chính thức năm {', '.join(doubtful)}",
                en=f"The official days off of {', '.join(doubtful)} are not known yet",
            ),
        )
    return Finding("calendar", "ok", Text(vi="Lịch làm việc đủ", en="The working calendar is complete"))


def _fonts() -> Finding:
    font = paper_font()
    if font.folder is None:
        return Finding(
            "fonts",
            "warn",
            Text(
                vi=f"PDF dùng {font.family}; cài fonts-liberation2 để có kiểu chữ gần Times New Roman",
                en=f"PDF is set in {font.family}; install fonts-liberation2 for a face closer to Times New Roman",
            ),
        )
    return Finding("fonts", "ok", Text(vi=f"PDF dùng {font.family}, đủ chữ Việt", en=f"PDF is set in {font.family}"))


def _built() -> Finding:
    built = Path(__file__).resolve().parent.parent / "ui" / "static" / "ui" / "built"
    there = any(built.glob("*.woff2")) if built.exists() else False
    if not there:
        return Finding(
            "static",
            "fail",
            Text(
                vi="Chưa dựng phông chữ và tệp tĩnh: make setup", en="Fonts and static files are not built: make setup"
            ),
        )
    return Finding("static", "ok", Text(vi="Phông chữ và tệp tĩnh đã dựng", en="Fonts and static files are built"))
