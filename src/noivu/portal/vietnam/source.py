"""What is read: data files of a package that is never imported (its code calls out), and our own files beside them."""

import importlib.util
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text

_PACKAGE = "vietnamadminunits"
SOURCE = "vietnamadminunits 1.0.4"
_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative unit of the lists: its code, name, kind and the code of the one in which it lies."""

    code: str
    name: str
    kind: str
    above: str


@dataclass(frozen=True, slots=True)
class Lists:
    """Both trees, and where each old commune (or district without communes) and province went."""

    old_provinces: dict[str, Place]
    districts: dict[str, Place]
    old_communes: dict[str, Place]
    new_provinces: dict[str, Place]
    new_communes: dict[str, Place]
    provinces_into: dict[str, str]
    communes_into: dict[str, list[str]]
    clauses: dict[tuple[str, str], str]


def read_lists() -> Lists:
    """Read both trees and the corrected mapping; a package that is not the expected one is refused."""
    data = _data_directory()
    with closing(sqlite3.connect(f"file:{data / 'dataset.db'}?mode=ro&immutable=1", uri=True)) as base:
        base.row_factory = sqlite3.Row
        old = [dict(row) for row in base.execute(_OLD)]
        new = [dict(row) for row in base.execute(_NEW)]
    converter = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    old_provinces = {r["provinceCode"]: _province(r) for r in old}
    new_provinces = {r["provinceCode"]: _province(r) for r in new}
    into, clauses = _corrected(_communes_into(old, new, converter))
    lists = Lists(
        old_provinces=old_provinces,
        districts={r["districtCode"]: _district(r, old_provinces) for r in old},
        old_communes={r["wardCode"]: _commune(r, r["districtCode"]) for r in old if r["wardCode"]},
        new_provinces=new_provinces,
        new_communes={r["wardCode"]: _commune(r, r["provinceCode"]) for r in new},
        provinces_into=_provinces_into(old, new, converter),
        communes_into=into,
        clauses=clauses,
    )
    _refuse_other_data(lists)
    return lists


_OLD = """SELECT province, district, ward, provinceCode, districtCode, wardCode,
provinceKey, districtKey, wardKey FROM admin_units_legacy"""
_NEW = "SELECT province, ward, provinceCode, wardCode, provinceKey, wardKey FROM admin_units"
_KINDS = {
    "tỉnh": "province",
    "quận": "urban-district",
    "huyện": "rural-district",
    "thị xã": "town",
    "xã": "commune",
    "phường": "ward",
    "thị trấn": "township",
    "đặc khu": "special-zone",
}
_EXPECTED = (63, 696, 10_035, 34, 3_321, 10_040)


def _data_directory() -> Path:
    found = importlib.util.find_spec(_PACKAGE)
    places = list(found.submodule_search_locations or []) if found else []
    if not places:
        raise Refusal(
            what=Text(vi=f"Chưa cài gói dữ liệu {_PACKAGE}.", en=f"The data package {_PACKAGE} is not installed."),
            do=Text(vi="Chạy `make setup` rồi nạp lại.", en="Run `make setup`, then load again."),
            code="units.no_package",
        )
    return Path(places[0]) / "data"


def _kind(name: str) -> str | None:
    """The kind by the name's first words: the package's own column of kinds is wrong for four communes."""
    for words, kind in _KINDS.items():
        if name.casefold().startswith(f"{words} "):
            return kind
    return None


def _province(row: dict[str, Any]) -> Place:
    name = nfc(row["province"])
    return Place(row["provinceCode"], name, _kind(name) or "city", "")


def _district(row: dict[str, Any], provinces: dict[str, Place]) -> Place:
    name, above = nfc(row["district"]), row["provinceCode"]
    city = "municipal-city" if provinces[above].kind == "city" else "provincial-city"
    return Place(row["districtCode"], name, _kind(name) or city, above)


def _commune(row: dict[str, Any], above: str) -> Place:
    name = nfc(row["ward"])
    kind = _kind(name)
    if kind is None:
        raise LookupError(f"{_PACKAGE}: “{name}” ({row['wardCode']}) has no kind")
    return Place(row["wardCode"], name, kind, above)


def _provinces_into(old: list[dict[str, Any]], new: list[dict[str, Any]], converter: dict[str, Any]) -> dict[str, str]:
    old_codes = {row["provinceKey"]: row["provinceCode"] for row in old}
    new_codes = {row["provinceKey"]: row["provinceCode"] for row in new}
    return {old_codes[key]: new_codes[into] for into, keys in converter["DICT_PROVINCE"].items() for key in keys}


def _communes_into(
    old: list[dict[str, Any]], new: list[dict[str, Any]], converter: dict[str, Any]
) -> dict[str, list[str]]:
    """By old code of a commune, or of a district without communes: the codes of the new communes."""
    old_codes = {
        f"{r['provinceKey']}_{r['districtKey']}_{r['wardKey'] or ''}": r["wardCode"] or r["districtCode"] for r in old
    }
    new_codes = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in new}
    into: dict[str, list[str]] = defaultdict(list)
    for old_key, province, ward in _pairs(converter):
        into[old_codes[old_key]].append(new_codes[province, ward])
    return dict(into)


def _pairs(converter: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, keys in wards.items():
            yield from ((key, province, ward) for key in keys)
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, parts in divided.items():
            yield from ((key, province, part["newWardKey"]) for part in parts)


def _corrected(into: dict[str, list[str]]) -> tuple[dict[str, list[str]], dict[tuple[str, str], str]]:
    """The mapping with our corrections, and the clauses that they cite."""
    clauses: dict[tuple[str, str], str] = {}
    for correction in own_file("corrections.yaml"):
        code = correction["old"]
        dropped, added = correction.get("drop", []), correction.get("add", [])
        if missing := [new for new in dropped if new not in into[code]]:
            raise LookupError(f"corrections.yaml: {code} does not go to {missing}: drop the correction")
        into[code] = [new for new in into[code] if new not in dropped] + added
        for new in into[code]:
            clauses[code, new] = correction.get("clause", "")
    return into, clauses


@cache
def own_file(name: str) -> Any:
    """One of the data files that stand beside this module."""
    return yaml.safe_load((_HERE / name).read_text(encoding="utf-8"))


def _refuse_other_data(lists: Lists) -> None:
    found = (
        len(lists.old_provinces),
        len(lists.districts),
        len(lists.old_communes),
        len(lists.new_provinces),
        len(lists.new_communes),
        len(lists.communes_into),
    )
    reached = {new for codes in lists.communes_into.values() for new in codes}
    if found != _EXPECTED or reached != set(lists.new_communes):
        raise Refusal(
            what=Text(
                vi=f"Gói {_PACKAGE} không phải bản đã đối chiếu: {found} thay vì {_EXPECTED}.",
                en=f"The package {_PACKAGE} is not the one that was checked: {found}, not {_EXPECTED}.",
            ),
            do=Text(vi="Cài đúng bản 1.0.4.", en="Install version 1.0.4."),
            code="units.other_package",
        )
