"""A small fixed sector for the tests of every room, built in a few statements. Names and codes are real ones.

The ministry (BNV) with three units; provinces Nghệ An (40) and Thanh Hóa (38), and Nam Định (36) with Ninh Bình (old
code 37), merged into Ninh Bình (37) on 1/7/2025; each with a People's Committee (UBND-40) and a Department of Home
Affairs (SNV-40). Before that day some districts and communes, from it on communes alone: 16681, 16690 and 16693 in
Nghệ An merged, 17230 (Xã Bình Chuẩn) unchanged, 14758 in Thanh Hóa split.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from noivu.audit.models import Entry, Payload, RowChunk, RowPlace
from noivu.core import clock
from noivu.core.actors import SYSTEM, Actor
from noivu.core.testing import LaidDown
from noivu.law.api import Instrument
from noivu.units.batch import Batch, Event, identity
from noivu.units.changes import Span
from noivu.units.constants import ORGANISATION_SCHEME, STATISTICAL_SCHEME, Family, Line, Share
from noivu.units.finding import find_unit
from noivu.units.models import Reorganisation, ReorganisationAct, Succession, Unit, UnitClosure, UnitRevision
from noivu.units.models.facts import FACTS
from noivu.units.reorganising.effects import Carried, Moves

KNOWN_FROM, MERGED_ON = date(2025, 6, 30), date(2025, 7, 1)
ORGANISED_ON = date(2022, 9, 15)
"""Since when the ministry's units are known; the provinces and all in them are known from 30/6/2025."""

OLD, NEW = "old", "new"
_PROVINCES = {
    (OLD, "36"): "Tỉnh Nam Định",
    (OLD, "37"): "Tỉnh Ninh Bình",
    (NEW, "37"): "Tỉnh Ninh Bình",
    ("", "38"): "Tỉnh Thanh Hóa",
    ("", "40"): "Tỉnh Nghệ An",
}
_DISTRICTS = {
    "356": ("Thành phố Nam Định", "provincial-city", (OLD, "36")),
    "374": ("Thành phố Hoa Lư", "provincial-city", (OLD, "37")),
    "380": ("Thành phố Thanh Hóa", "provincial-city", ("", "38")),
    "412": ("Thành phố Vinh", "provincial-city", ("", "40")),
    "422": ("Huyện Con Cuông", "rural-district", ("", "40")),
}
_OLD_COMMUNES = {
    "13636": ("Phường Vị Xuyên", "ward", "356"),
    "14320": ("Phường Đông Thành", "ward", "374"),
    "14758": ("Phường Đông Thọ", "ward", "380"),
    "16681": ("Phường Quang Trung", "ward", "412"),
    "16690": ("Phường Trường Thi", "ward", "412"),
    "16693": ("Phường Bến Thủy", "ward", "412"),
}
_NEW_COMMUNES = {
    "13669": ("Phường Nam Định", "ward", (NEW, "37")),
    "14329": ("Phường Hoa Lư", "ward", (NEW, "37")),
    "14758": ("Phường Hàm Rồng", "ward", ("", "38")),
    "14797": ("Phường Hạc Thành", "ward", ("", "38")),
    "16681": ("Phường Thành Vinh", "ward", ("", "40")),
    "16690": ("Phường Trường Vinh", "ward", ("", "40")),
}
_WENT = [
    ("13636", "13669", Share.WHOLE),
    ("14320", "14329", Share.WHOLE),
    ("14758", "14758", Share.PART),
    ("14758", "14797", Share.PART),
    ("16681", "16681", Share.WHOLE),
    ("16690", "16690", Share.WHOLE),
    ("16693", "16690", Share.WHOLE),
]
_MINISTRY = {
    "VP-BNV": ("Văn phòng Bộ", "ministry-office"),
    "VCQDP-BNV": ("Vụ Chính quyền địa phương", "ministry-department"),
    "CVTLT-BNV": ("Cục Văn thư và Lưu trữ nhà nước", "agency"),
}


@dataclass(frozen=True)
class Sector:
    """The units of the small sector as tests call them. `old_…` end on 1/7/2025, `new_…` begin on that day."""

    ministry: Unit
    office: Unit
    local_government: Unit
    archives: Unit
    nghe_an: Unit
    thanh_hoa: Unit
    old_nam_dinh: Unit
    old_ninh_binh: Unit
    new_ninh_binh: Unit
    committee_nghe_an: Unit
    home_affairs_nghe_an: Unit
    home_affairs_thanh_hoa: Unit
    old_home_affairs_nam_dinh: Unit
    old_home_affairs_ninh_binh: Unit
    new_home_affairs_ninh_binh: Unit
    old_quang_trung: Unit
    old_truong_thi: Unit
    old_ben_thuy: Unit
    old_dong_tho: Unit
    new_thanh_vinh: Unit
    new_truong_vinh: Unit
    binh_chuan: Unit


def an_instrument(number_symbol: str = "202/2025/QH15", title: str = "Văn bản dùng trong kiểm thử") -> Instrument:
    """An instrument to cite, made when it is not there yet."""
    found, _ = Instrument.objects.get_or_create(number_symbol=number_symbol, defaults={"title": title})
    return found


def small_sector() -> Sector:
    """Put the small sector into the present test's database."""
    _SECTOR.lay()
    UnitRevision.objects.update(token=uuid.uuid4().hex[:16])  # no tree that another test kept is this one's
    return _named()


def _build() -> None:
    before = Span(KNOWN_FROM, MERGED_ON, an_instrument("124/2004/QĐ-TTg"), start_known=False)
    throughout = Span(KNOWN_FROM, None, before.instrument, start_known=False)
    after = Span(MERGED_ON, None, an_instrument())
    batch = Batch()
    _ministry(batch)
    for (age, code), name in _PROVINCES.items():
        span = {OLD: before, NEW: after, "": throughout}[age]
        _province(batch, span, (age, code), name)
    for code, (name, kind, province) in _DISTRICTS.items():
        _administrative(batch, before, OLD + code, code, name, kind, "".join(province))
    for code, (name, kind, district) in _OLD_COMMUNES.items():
        _administrative(batch, before, OLD + code, code, name, kind, OLD + district)
    for code, (name, kind, province) in _NEW_COMMUNES.items():
        _administrative(batch, after, NEW + code, code, name, kind, "".join(province))
    _unchanged_commune(batch, throughout, before, after)
    batch.events.append(_arrangement(after.instrument))
    batch.write(SYSTEM, "Lĩnh vực mẫu dùng trong kiểm thử")


_LOG = (Entry, Payload, RowChunk, RowPlace)
_SECTOR = LaidDown(_build, (Instrument, Unit, *FACTS, Reorganisation, Succession, UnitClosure, UnitRevision, *_LOG))


def _ministry(batch: Batch) -> None:
    span = Span(ORGANISED_ON, None, an_instrument("63/2022/NĐ-CP"), start_known=False)
    ministry = batch.unit(_uid("BNV"), Family.ORGANISATION)
    batch.kind(ministry, span, "ministry")
    batch.name(ministry, span, "Bộ Nội vụ", "ministry", "Bộ Nội vụ")
    batch.code(ministry, span, ORGANISATION_SCHEME, "BNV")
    for position, (code, (name, kind)) in enumerate(_MINISTRY.items(), start=1):
        unit = batch.unit(_uid(code), Family.ORGANISATION)
        batch.kind(unit, span, kind)
        batch.name(unit, span, name, kind, name)
        batch.code(unit, span, ORGANISATION_SCHEME, code)
        batch.line(unit, span, Line.SUPERIOR, ministry, position)


def _administrative(batch: Batch, span: Span, key: str, code: str, name: str, kind: str, above: str) -> None:
    unit = batch.unit(_uid(key), Family.ADMINISTRATIVE)
    batch.kind(unit, span, kind)
    batch.name(unit, span, name, kind)
    batch.code(unit, span, STATISTICAL_SCHEME, code)
    if above:
        batch.line(unit, span, Line.TERRITORY, _uid(above))


def _province(batch: Batch, span: Span, key: tuple[str, str], name: str) -> None:
    age, code = key
    _administrative(batch, span, age + code, code, name, "province", "")
    committee = batch.unit(_uid(f"{age}UBND-{code}"), Family.ORGANISATION)
    batch.kind(committee, span, "provincial-committee")
    batch.name(committee, span, f"Ủy ban nhân dân {name.lower()[:4]}{name[4:]}", "provincial-committee")
    batch.code(committee, span, ORGANISATION_SCHEME, f"UBND-{code}")
    batch.line(committee, span, Line.TERRITORY, _uid(age + code))
    department = batch.unit(_uid(f"{age}SNV-{code}"), Family.ORGANISATION)
    batch.kind(department, span, "provincial-department")
    batch.name(department, span, f"Sở Nội vụ {name.lower()[:4]}{name[4:]}", "provincial-department")
    batch.code(department, span, ORGANISATION_SCHEME, f"SNV-{code}")
    batch.line(department, span, Line.SUPERIOR, committee)
    batch.line(department, span, Line.TERRITORY, _uid(age + code))
    batch.line(department, span, Line.GUIDANCE, _uid("BNV"))


def _unchanged_commune(batch: Batch, throughout: Span, before: Span, after: Span) -> None:
    unit = batch.unit(_uid("17230"), Family.ADMINISTRATIVE)
    batch.kind(unit, throughout, "commune")
    batch.name(unit, throughout, "Xã Bình Chuẩn", "commune")
    batch.code(unit, throughout, STATISTICAL_SCHEME, "17230")
    batch.line(unit, before, Line.TERRITORY, _uid(OLD + "422"))
    batch.line(unit, after, Line.TERRITORY, _uid("40"))


def _arrangement(instrument: Instrument) -> Event:
    communes = [(_uid(OLD + old), _uid(NEW + new), share, "") for old, new, share in _WENT]
    provinces = [
        (_uid(OLD + prefix + old), _uid(NEW + prefix + "37"), Share.WHOLE, "")
        for prefix in ("", "UBND-", "SNV-")
        for old in ("36", "37")
    ]
    return Event(MERGED_ON, "arrangement", "Sắp xếp đơn vị hành chính năm 2025", instrument, communes + provinces)


def _uid(key: str) -> uuid.UUID:
    return identity("small-sector", key)


def _named() -> Sector:
    keys = {
        "ministry": "BNV",
        "office": "VP-BNV",
        "local_government": "VCQDP-BNV",
        "archives": "CVTLT-BNV",
        "nghe_an": "40",
        "thanh_hoa": "38",
        "old_nam_dinh": "old36",
        "old_ninh_binh": "old37",
        "new_ninh_binh": "new37",
        "committee_nghe_an": "UBND-40",
        "home_affairs_nghe_an": "SNV-40",
        "home_affairs_thanh_hoa": "SNV-38",
        "old_home_affairs_nam_dinh": "oldSNV-36",
        "old_home_affairs_ninh_binh": "oldSNV-37",
        "new_home_affairs_ninh_binh": "newSNV-37",
        "old_quang_trung": "old16681",
        "old_truong_thi": "old16690",
        "old_ben_thuy": "old16693",
        "old_dong_tho": "old14758",
        "new_thanh_vinh": "new16681",
        "new_truong_vinh": "new16690",
        "binh_chuan": "17230",
    }
    units = Unit.objects.in_bulk([_uid(key) for key in keys.values()], field_name="uid")
    return Sector(**{name: units[_uid(key)] for name, key in keys.items()})


def the_merger(sector: Sector) -> Moves:
    """Who takes over from whom on 1/7/2025, of the units that tests know by name; 14758 of Thanh Hóa is parted."""
    merged = {
        sector.old_quang_trung.pk: sector.new_thanh_vinh.pk,
        sector.old_truong_thi.pk: sector.new_truong_vinh.pk,
        sector.old_ben_thuy.pk: sector.new_truong_vinh.pk,
        sector.old_nam_dinh.pk: sector.new_ninh_binh.pk,
        sector.old_ninh_binh.pk: sector.new_ninh_binh.pk,
        sector.old_home_affairs_nam_dinh.pk: sector.new_home_affairs_ninh_binh.pk,
        sector.old_home_affairs_ninh_binh.pk: sector.new_home_affairs_ninh_binh.pk,
    }
    parts = tuple(find_unit(code, MERGED_ON).pk for code in ("14758", "14797"))
    received: dict[int, set[int]] = {part: {sector.old_dong_tho.pk} for part in parts}
    for old, new in merged.items():
        received.setdefault(new, set()).add(old)
    return Moves(
        on=MERGED_ON,
        heirs=merged,
        parted={sector.old_dong_tho.pk: parts},
        received={new: frozenset(old) for new, old in received.items()},
        whole=frozenset(merged.items()),
    )


def carried_out(on: date = MERGED_ON, actor: Actor = SYSTEM) -> Carried:
    """An act of reorganisation as effects see it: its row, without what it changed of units."""
    act = ReorganisationAct.objects.create(
        takes_effect_on=on,
        title="Sắp xếp đơn vị hành chính năm 2025",
        instrument=an_instrument(),
        carried_out_by_id=actor.id,
        carried_out_by_name=actor.name,
    )
    return Carried(act, actor, clock.now())
