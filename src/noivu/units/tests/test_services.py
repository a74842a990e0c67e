"""Beginning, changing, correcting and ending units; what the rules and the database refuse."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from noivu.audit.models import Entry
from noivu.core import clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.ui.testing import allowed
from noivu.units.api import (
    Family,
    Line,
    LineTo,
    NewUnit,
    Share,
    Unit,
    correct_fact,
    end_unit,
    establish_unit,
    find_unit,
    heirs_on,
    measure_unit,
    move_unit,
    predecessors,
    reach,
    reach_with_ended,
    reclassify_unit,
    recode_unit,
    rename_unit,
    successors,
    tree,
)
from noivu.units.batch import Batch, Event
from noivu.units.changes import Span
from noivu.units.derivation import rebuild_closure
from noivu.units.models import UnitClosure, UnitName
from noivu.units.models.facts import UnitMeasure
from noivu.units.policies import EDIT
from noivu.units.testing import Sector, an_instrument, small_sector
from noivu.units.tests.merging import merge, went

STEWARD = Actor(id="em", name="Em", unit_code="BNV")
FIRST_OF_2026 = date(2026, 1, 1)
MARCH, MAY, JULY, NEXT_YEAR = date(2026, 3, 1), date(2026, 5, 1), date(2026, 7, 1), date(2027, 1, 1)


@pytest.fixture
def sector(db: None) -> Sector:
    return small_sector()


@pytest.fixture(autouse=True)
def em_may_edit() -> Iterator[None]:
    """Em, the data steward, may change units."""
    with allowed(EDIT):
        yield


def test_without_the_right_to_edit_nothing_is_changed(sector: Sector) -> None:
    with allowed(), pytest.raises(Refusal, match="Không có quyền"):
        rename_unit(actor=STEWARD, unit=sector.office, name="X", on=MAY, instrument=an_instrument())
    with allowed(), pytest.raises(Refusal, match="Không có quyền"):
        found_ward(sector)


def found_ward(sector: Sector, code: str = "16700", on: date = MARCH) -> Unit:
    return establish_unit(
        actor=STEWARD,
        family=Family.ADMINISTRATIVE,
        new=NewUnit(kind="ward", name="Phường Cửa Lò", code=code, lines=[LineTo(Line.TERRITORY, sector.nghe_an)]),
        on=on,
        instrument=an_instrument(),
    )


def test_a_unit_begins_with_its_facts_and_is_in_its_province_at_once(sector: Sector) -> None:
    ward = found_ward(sector)

    node = tree(MARCH).nodes[ward.pk]
    assert (node.name, node.short_name, node.code, node.level) == ("Phường Cửa Lò", "Cửa Lò", "16700", "commune")
    assert ward.pk in reach(sector.nghe_an.pk, MARCH)
    assert ward.pk not in tree(date(2026, 2, 28))
    assert Entry.objects.latest("pk").action == "unit.establish"


def test_a_renamed_unit_bears_each_name_in_its_time(sector: Sector) -> None:
    ward = found_ward(sector)

    rename_unit(actor=STEWARD, unit=ward, name="Phường Nghi Thu", on=MAY, instrument=an_instrument())

    assert find_unit("Phường Cửa Lò", MARCH) == find_unit("Phường Nghi Thu", MAY) == ward


def test_two_renamings_on_one_day_leave_the_later_one_and_remember_both(sector: Sector) -> None:
    ward = found_ward(sector)
    for name in ("Phường Nghi Thu", "Phường Nghi Hương"):
        rename_unit(actor=STEWARD, unit=ward, name=name, on=MAY, instrument=an_instrument())

    assert tree(MAY).nodes[ward.pk].name == "Phường Nghi Hương"
    assert UnitName.objects.filter(unit=ward, name="Phường Nghi Thu", superseded_at__isnull=False).exists()


def test_a_name_recorded_late_holds_up_to_the_next_one(sector: Sector) -> None:
    ward = found_ward(sector)
    rename_unit(actor=STEWARD, unit=ward, name="Phường Ba", on=JULY, instrument=an_instrument())
    rename_unit(actor=STEWARD, unit=ward, name="Phường Hai", on=MAY, instrument=an_instrument())

    names = [tree(on).nodes[ward.pk].name for on in (MARCH, MAY, JULY)]
    assert names == ["Phường Cửa Lò", "Phường Hai", "Phường Ba"]


def test_a_commune_made_a_ward_is_the_same_unit(sector: Sector) -> None:
    unit = sector.binh_chuan

    reclassify_unit(actor=STEWARD, unit=unit, kind="ward", name="Phường Bình Chuẩn", on=MAY, instrument=an_instrument())

    assert find_unit("Xã Bình Chuẩn", MARCH) == find_unit("Phường Bình Chuẩn", MAY) == unit
    assert tree(MAY).nodes[unit.pk].kind == "ward"


def test_a_moved_commune_leaves_the_reach_of_the_old_province(sector: Sector) -> None:
    move_unit(
        actor=STEWARD,
        unit=sector.binh_chuan,
        line=Line.TERRITORY,
        to=sector.thanh_hoa,
        on=MAY,
        instrument=an_instrument(),
    )

    for on, province in ((MARCH, sector.nghe_an), (MAY, sector.thanh_hoa)):
        assert sector.binh_chuan.pk in reach(province.pk, on)
        assert sector.binh_chuan.pk in tree(on).reach(province.pk)
    assert sector.binh_chuan.pk not in reach(sector.nghe_an.pk, MAY)


def test_what_the_register_said_before_a_correction_stays_readable(sector: Sector) -> None:
    before = clock.now()
    name = UnitName.objects.current().get(unit=sector.new_thanh_vinh)

    correct_fact(actor=STEWARD, fact=name, reason="Sai chính tả", name="Phường Thanh Vinh")

    assert tree(MARCH).nodes[sector.new_thanh_vinh.pk].name == "Phường Thanh Vinh"
    assert tree(MARCH, known_at=before).nodes[sector.new_thanh_vinh.pk].name == "Phường Thành Vinh"


def test_a_merged_unit_ends_and_its_successor_is_found(sector: Sector) -> None:
    merge(MAY, went(sector.binh_chuan, sector.new_thanh_vinh))

    assert [s.code for s in successors(sector.binh_chuan.pk, MAY)] == ["16681"]
    assert sector.binh_chuan.pk not in tree(MAY)
    assert not set(reach(sector.binh_chuan.pk, MAY))


def test_a_code_given_back_may_be_used_again(sector: Sector) -> None:
    end_unit(actor=STEWARD, unit=sector.binh_chuan, on=MAY, instrument=an_instrument())
    again = found_ward(sector, code="17230", on=JULY)

    assert find_unit("17230", MARCH) == sector.binh_chuan
    assert find_unit("17230", JULY) == again


def test_a_code_of_another_unit_is_refused(sector: Sector) -> None:
    with pytest.raises(Refusal, match="17230"):
        found_ward(sector, code="17230")
    with pytest.raises(Refusal, match="16690"):
        recode_unit(actor=STEWARD, unit=sector.binh_chuan, code="16690", on=MAY, instrument=an_instrument())


def test_a_circle_is_refused_and_nothing_is_kept(sector: Sector) -> None:
    move = {"actor": STEWARD, "line": Line.SUPERIOR, "on": MAY, "instrument": an_instrument()}
    with pytest.raises(Refusal, match="nằm dưới chính nó"):
        move_unit(unit=sector.ministry, to=sector.office, **move)

    assert tree(MAY).nodes[sector.ministry.pk].superior_id is None


def test_lines_between_the_wrong_families_are_refused(sector: Sector) -> None:
    move = {"actor": STEWARD, "on": MAY, "instrument": an_instrument()}
    with pytest.raises(Refusal, match="không lập được"):
        move_unit(unit=sector.binh_chuan, line=Line.SUPERIOR, to=sector.ministry, **move)
    with pytest.raises(Refusal, match="không lập được"):
        move_unit(unit=sector.office, line=Line.TERRITORY, to=sector.ministry, **move)


def test_an_act_before_the_unit_begins_is_refused(sector: Sector) -> None:
    with pytest.raises(Refusal, match="không tồn tại ngày 30/06/2025"):
        rename_unit(
            actor=STEWARD, unit=sector.new_thanh_vinh, name="X", on=date(2025, 6, 30), instrument=an_instrument()
        )


def test_a_kind_of_the_other_family_is_refused(sector: Sector) -> None:
    with pytest.raises(Refusal, match="không phải loại hình"):
        reclassify_unit(actor=STEWARD, unit=sector.binh_chuan, kind="ministry", on=MAY, instrument=an_instrument())


def test_area_is_kept_in_hectares_from_its_day_on(sector: Sector) -> None:
    for value, on in ((18_219, MARCH), (18_220, MAY)):
        measure_unit(
            actor=STEWARD,
            unit=sector.binh_chuan,
            measure=UnitMeasure.AREA,
            value=value,
            on=on,
            instrument=an_instrument(),
            source="Kiểm kê đất đai",
        )

    assert UnitMeasure.objects.current().in_force(MARCH).get().value == 18_219
    assert UnitMeasure.objects.current().in_force(NEXT_YEAR).get().value == 18_220


def test_the_database_refuses_two_names_at_once(sector: Sector) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        UnitName.objects.create(
            unit=sector.new_thanh_vinh,
            name="Phường Khác",
            short_name="Khác",
            folded="phuong khac",
            starts_on=MAY,
            instrument=an_instrument(),
        )


def test_one_change_rebuilds_only_what_it_touches(sector: Sector) -> None:
    untouched = set(UnitClosure.objects.filter(ancestor=sector.ministry).values_list("pk", flat=True))

    rename_unit(actor=STEWARD, unit=sector.binh_chuan, name="Xã Bình Chuẩn Mới", on=MAY, instrument=an_instrument())

    assert set(UnitClosure.objects.filter(ancestor=sector.ministry).values_list("pk", flat=True)) == untouched


def test_what_a_successor_gave_away_before_is_no_heir_of_what_it_took_in_later(sector: Sector) -> None:
    whole, part = Share.WHOLE.value, Share.PART.value
    merge(MARCH, went(sector.new_thanh_vinh, sector.new_truong_vinh, part), ends=False)
    merge(MAY, went(sector.binh_chuan, sector.new_thanh_vinh, whole))

    assert [s.unit_id for s in successors(sector.binh_chuan.pk, JULY)] == [sector.new_thanh_vinh.pk]
    came = {s.unit_id for s in predecessors(sector.new_truong_vinh.pk, JULY, since=FIRST_OF_2026)}
    assert came == {sector.new_truong_vinh.pk, sector.new_thanh_vinh.pk}


def test_a_unit_that_gave_a_part_away_and_lives_on_is_among_its_own_successors(sector: Sector) -> None:
    part = Share.PART.value
    merge(MARCH, went(sector.new_thanh_vinh, sector.new_truong_vinh, part), ends=False)

    found = successors(sector.new_thanh_vinh.pk, JULY)
    assert {(s.unit_id, s.share) for s in found} == {
        (sector.new_thanh_vinh.pk, part),
        (sector.new_truong_vinh.pk, part),
    }


def test_a_merger_hands_on_what_earlier_mergers_left_as_if_all_were_derived_anew(sector: Sector) -> None:
    old = sector.old_ben_thuy.pk
    assert heirs_on(MARCH)[old] == sector.new_truong_vinh.pk
    merge(MAY, went(sector.new_truong_vinh, sector.new_thanh_vinh))
    assert heirs_on(MARCH)[old] == sector.new_truong_vinh.pk
    assert heirs_on(JULY)[old] == sector.new_thanh_vinh.pk
    move_unit(
        actor=STEWARD, unit=sector.new_thanh_vinh, line=Line.TERRITORY, to=sector.thanh_hoa, on=JULY,
        instrument=an_instrument(),
    )  # fmt: skip
    assert old in reach_with_ended(sector.thanh_hoa.pk, NEXT_YEAR)
    assert old not in reach_with_ended(sector.nghe_an.pk, NEXT_YEAR)

    def closure() -> set[tuple[object, ...]]:
        return set(UnitClosure.objects.values_list("line", "ancestor", "descendant", "starts_on", "ends_on"))

    derived = closure()
    rebuild_closure()
    assert closure() == derived


def test_what_is_derived_is_derived_by_one_writer_after_the_other(sector: Sector) -> None:
    """The revision is locked before anything is read, so a second writer reads what the first one wrote."""
    with CaptureQueriesContext(connection) as asked:
        end_unit(actor=STEWARD, unit=sector.binh_chuan, on=MAY, instrument=an_instrument())
    said = [query["sql"] for query in asked]
    locked = next(place for place, sql in enumerate(said) if 'FROM "units_unitrevision"' in sql)
    derived = next(place for place, sql in enumerate(said) if 'FROM "units_unitclosure"' in sql)
    assert locked < derived
    assert connection.vendor == "sqlite" or "FOR UPDATE" in said[locked]


def listed(sector: Sector, *, renamed: str = "", ends: date | None = None) -> Batch:
    """A shipped list that holds one commune; a later edition says that its name changed on a day."""
    paper, batch = an_instrument("30/2026/QH16"), Batch()
    uid = batch.unit(sector.binh_chuan.uid, Family.ADMINISTRATIVE)
    first = UnitName.objects.filter(unit=sector.binh_chuan).order_by("pk").first()
    assert first is not None
    values = (first.name, first.short_name, first.folded)
    batch.facts.append((UnitName, uid, Span(first.starts_on, ends, paper, start_known=False), values))
    if ends is not None:
        batch.name(uid, Span(ends, None, paper), renamed, "ward")
        batch.events.append(Event(ends, "change", "Thành lập phường", paper, []))
    return batch


def test_a_change_in_a_later_list_reaches_units_already_loaded_once(sector: Sector) -> None:
    assert listed(sector).write(STEWARD, "Danh mục").changed == 0
    later = listed(sector, renamed="Phường Bình Chuẩn", ends=MAY)

    written = later.write(STEWARD, "Danh mục")
    assert (written.changed, written.differing) == (2, 0)
    assert tree(MARCH).nodes[sector.binh_chuan.pk].name == "Xã Bình Chuẩn"
    assert tree(MAY).nodes[sector.binh_chuan.pk].name == "Phường Bình Chuẩn"
    entries = Entry.objects.count()
    assert later.write(STEWARD, "Danh mục").changed == 0
    assert Entry.objects.count() == entries


def test_a_list_leaves_what_the_register_says_otherwise(sector: Sector) -> None:
    rename_unit(actor=STEWARD, unit=sector.binh_chuan, name="Phường Con Cuông", on=MARCH, instrument=an_instrument())

    written = listed(sector, renamed="Phường Bình Chuẩn", ends=MAY).write(STEWARD, "Danh mục")
    assert (written.changed, written.differing) == (0, 2)
    assert tree(JULY).nodes[sector.binh_chuan.pk].name == "Phường Con Cuông"
