"""Registers: opening them, giving numbers without gap or repeat, and declaring what is kept off the network."""

from datetime import date

from django.db import transaction

from noivu.audit.api import record
from noivu.core import access, clock
from noivu.core.actors import Actor
from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.secrecy import Secrecy, require_lawful_secrecy
from noivu.core.wording import Text
from noivu.law.api import supersede
from noivu.records.constants import Direction, Series
from noivu.records.models import OffNetworkDeclaration, RegisterBook
from noivu.records.numbers import RegisterNumber
from noivu.units.api import Unit, heirs_on, tree, tree_before_end


@transaction.atomic
def open_register(
    *,
    actor: Actor,
    unit_id: int,
    direction: Direction,
    year: int,
    series: Series = Series.ORDINARY,
    starting_number: int = 1,
) -> RegisterBook:
    """Open the register of a year. A starting number other than 1 continues a register kept elsewhere."""
    wanted = {"unit_id": unit_id, "direction": direction.value, "year": year, "series": series.value}
    _require_lawful(series)
    access.require(actor, "records.open", RegisterBook(**wanted))
    book, is_new = RegisterBook.objects.get_or_create(**wanted, defaults={"starting_number": starting_number})
    if not is_new:
        raise Refusal(
            what=Text(vi=f"Sổ năm {year} đã được mở.", en=f"The register of {year} is already open."),
            do=Text(vi="Ghi tiếp vào sổ đang có.", en="Go on writing in the one that exists."),
            code="register_exists",
        )
    record(actor=actor, action="register.open", thing=book, after={**wanted, "starting_number": starting_number})
    return book


def locked_register(unit_id: int, direction: Direction, year: int, series: Series) -> RegisterBook:
    """The register to write in, locked until the transaction ends; opened from 01 if the year has none yet."""
    _require_lawful(series)
    RegisterBook.objects.get_or_create(unit_id=unit_id, direction=direction.value, year=year, series=series.value)
    return RegisterBook.objects.select_for_update().get(
        unit_id=unit_id, direction=direction.value, year=year, series=series.value
    )


def _require_lawful(series: Series) -> None:
    if series == Series.SECRET:
        require_lawful_secrecy(Secrecy.STATE_SECRET, "series")


def take_number(book: RegisterBook, wanted: RegisterNumber | None = None) -> RegisterNumber:
    """Give the next number of a locked register, or the wanted one if that leaves no gap."""
    number = wanted or RegisterNumber(book.next_number)
    if number.suffix:
        _require_given(number, book)
    elif number.number > book.next_number:
        raise Refusal(
            what=Text(
                vi=f"Số {number} bỏ cách: số tiếp theo của sổ là {RegisterNumber(book.next_number)}.",
                en=f"Number {number} would leave a gap: the next one is {RegisterNumber(book.next_number)}.",
            ),
            do=Text(
                vi="Để trống để lấy số tiếp theo, hoặc nhập số chèn có chữ (12a).",
                en="Leave it empty for the next number, or enter an inserted one with a letter (12a).",
            ),
            where="number",
            code="gap",
        )
    if number.number > book.last_number:
        book.last_number = number.number
        book.save(update_fields=["last_number"])
    return number


def _require_given(inserted: RegisterNumber, book: RegisterBook) -> None:
    """Refuse a letter after a number that the register has not reached: it would move the series."""
    if inserted.number < book.next_number:
        return
    before, following = RegisterNumber(inserted.number), RegisterNumber(book.next_number)
    raise Refusal(
        what=Text(
            vi=f"Số chèn {inserted} đứng sau số {before} mà sổ chưa cấp: số tiếp theo là {following}.",
            en=f"{inserted} stands after {before}, which is not given yet: the next is {following}.",
        ),
        do=Text(
            vi="Để trống để lấy số tiếp theo, hoặc chèn sau một số đã cấp.",
            en="Leave it empty for the next number, or insert it after one that is given.",
        ),
        where="number",
        code="gap",
    )


def require_living(unit_id: int, day: date, where: str) -> None:
    """Refuse to write of a day into a register whose unit had ended by then, and say who took over."""
    heir = heirs_on(day).get(unit_id)
    if heir is None:
        return
    lived, after = tree_before_end(unit_id, day).node(unit_id), tree(day).node(heir)
    former, now = (node.name if node else "" for node in (lived, after))
    raise Refusal(
        what=Text(
            vi=f"{former} đã kết thúc trước ngày {format_day(day)}: sổ của đơn vị này không ghi tiếp.",
            en=f"{former} had ended by {format_day(day)}: its register is closed.",
        ),
        do=Text(vi=f"Ghi vào sổ của {now}.", en=f"Register it with {now}."),
        where=where,
        code="unit_ended",
    )


def hold_unit(unit_id: int) -> None:
    """Let others wait who are about to write, for the same unit, what may stand once only; until the transaction ends.

    Where the database locks rows: the embedded one lets one writer in at a time anyway.
    """
    Unit.objects.select_for_update(no_key=True).filter(pk=unit_id).first()


@transaction.atomic
def declare_off_network(
    *, actor: Actor, unit_id: int, direction: Direction, month: date, count: int, note: str = ""
) -> OffNetworkDeclaration:
    """Declare how many documents of a month were handled off the network. Declaring again corrects the number."""
    wanted = {"unit_id": unit_id, "direction": direction.value, "month": month.replace(day=1)}
    access.require(actor, "records.edit", OffNetworkDeclaration(**wanted, count=count))
    hold_unit(unit_id)
    found = OffNetworkDeclaration.objects.current().select_for_update().filter(**wanted).first()
    told = {"count": count, "declared_by": actor.id, "declared_by_name": actor.name, "note": note}
    if found is None:
        declared = OffNetworkDeclaration.objects.create(**wanted, **told)
        before = None
    else:
        before = {"count": found.count}
        supersede(found, clock.now(), **told)
        declared = found
    after = {"direction": direction.value, "month": declared.month.isoformat(), "count": count}
    record(actor=actor, action="declaration.off_network", thing=declared, before=before, after=after)
    return declared
