"""Outlines in a GeoJSON file: read, and refused with every fault that is found, feature by feature."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.figures.maps.layouts import Island

MEGABYTES = 20
MOST_BYTES = MEGABYTES * 1_000_000
_TOLD = 8
_LEAST_POSITIONS = 4
_FARTHEST = 10**9  # metres of some projection are told as such, by the frame; no larger number is turned into a float

Position = tuple[float, float]
Ring = list[Position]
Polygon = list[Ring]


@dataclass(frozen=True, slots=True)
class Frame:
    """Between which degrees positions may lie. It catches exchanged and mistaken coordinates, and is no boundary."""

    west: float
    east: float
    south: float
    north: float

    def holds(self, position: Position) -> bool:
        longitude, latitude = position
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


COUNTRY = Frame(102, 118, 6, 24)
ARCHIPELAGOS = {"Hoàng Sa": Frame(110, 114, 15, 18), "Trường Sa": Frame(110, 118, 6, 13)}


class _Fault(Exception):  # noqa: N818  gathered, then told together in one refusal
    """What is wrong with one feature."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.text = Text(vi=vi, en=en)


@dataclass(frozen=True)
class Wanted:
    """What a file must hold: the provinces of its day by code, and the archipelagos."""

    provinces: Mapping[str, str]
    islands: Sequence[Island]
    named_by: str = "code"

    @property
    def codes(self) -> dict[str, str]:
        return {**self.provinces, **{island.unit_code: island.name for island in self.islands}}


@dataclass
class _Reading:
    """A file under way: what was read of it, and what is wrong."""

    wanted: Wanted
    found: dict[str, list[Polygon]] = field(default_factory=dict)
    faults: list[Text] = field(default_factory=list)

    def take(self, number: int, feature: Any) -> None:
        try:
            code = self._code(feature)
            polygons = list(_polygons(feature.get("geometry")))
            self._refuse_strange(code, polygons)
        except _Fault as fault:
            words = fault.text
            self.faults.append(Text(vi=f"Đối tượng số {number}: {words.vi}", en=f"Feature number {number}: {words.en}"))
        else:
            self.found[code] = polygons

    def _code(self, feature: Any) -> str:
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            raise _Fault("không phải Feature.", "it is not a Feature.")
        properties, name = feature.get("properties"), self.wanted.named_by
        given = properties.get(name) if isinstance(properties, dict) else None
        if isinstance(given, bool) or not isinstance(given, str | int):
            raise _Fault(
                f"thiếu thuộc tính “{name}” ghi mã đơn vị.", f"the property “{name}” with the code is missing."
            )
        code = f"{given:02}" if isinstance(given, int) else given.strip()
        if code not in self.wanted.codes:
            shown = code[:20]
            raise _Fault(
                f"mã “{shown}” không phải tỉnh, thành phố của ngày này, cũng không phải Hoàng Sa, Trường Sa.",
                f"the code “{shown}” is neither a province of the day nor Hoàng Sa or Trường Sa.",
            )
        if code in self.found:
            raise _Fault(
                f"mã {code} đã có; gộp các phần thành một MultiPolygon.",
                f"the code {code} is there already; join its parts in one MultiPolygon.",
            )
        return code

    def _refuse_strange(self, code: str, polygons: Sequence[Polygon]) -> None:
        """Every position lies in the frame of its unit; what would fit with its two numbers exchanged is told so."""
        frame = next((ARCHIPELAGOS[i.name] for i in self.wanted.islands if i.unit_code == code), COUNTRY)
        for position in _positions(polygons):
            if frame.holds(position):
                continue
            at = f"{position[0]:g}, {position[1]:g}"
            if frame.holds((position[1], position[0])):
                raise _Fault(
                    f"tọa độ {at} ghi vĩ độ trước; GeoJSON ghi kinh độ trước.",
                    f"the position {at} has its latitude first; GeoJSON has the longitude first.",
                )
            raise _Fault(
                f"tọa độ {at} ngoài khung {frame.west}–{frame.east} độ kinh đông, {frame.south}–{frame.north} độ vĩ "
                "bắc; dùng WGS 84 tính bằng độ.",
                f"the position {at} is outside {frame.west}–{frame.east}° E, {frame.south}–{frame.north}° N; use "
                "WGS 84 in degrees.",
            )

    def miss(self) -> None:
        """What the file lacks. An outline map without the two archipelagos is never taken."""
        lacking = [f"{name} ({code})" for code, name in self.wanted.provinces.items() if code not in self.found]
        if lacking:
            listed = ", ".join(lacking)
            self.faults.append(
                Text(vi=f"Thiếu tỉnh, thành phố: {listed}.", en=f"Provinces or cities are missing: {listed}.")
            )
        for island in self.wanted.islands:
            if island.unit_code not in self.found:
                self.faults.append(
                    Text(
                        vi=f"Thiếu {island.name} (mã {island.unit_code}): bản đồ phải có đủ Hoàng Sa và Trường Sa.",
                        en=f"{island.name} (code {island.unit_code}) is missing: a map shows Hoàng Sa and Trường Sa.",
                    )
                )


def read_outlines(data: bytes, wanted: Wanted) -> dict[str, list[Polygon]]:
    """By code of unit the polygons of a FeatureCollection; a Refusal names every feature that is wrong, and why."""
    refuse_large(len(data))
    reading = _Reading(wanted)
    for number, feature in enumerate(_features(data), start=1):
        reading.take(number, feature)
    reading.miss()
    if reading.faults:
        raise _faulty(reading.faults)
    return reading.found


def refuse_large(size: int) -> None:
    """Files beyond the limit are refused before they are read."""
    if size > MOST_BYTES:
        raise Refusal(
            what=Text(
                vi=f"Tệp lớn {size / 1e6:.0f} MB, tối đa {MEGABYTES} MB.",
                en=f"The file has {size / 1e6:.0f} MB, at most {MEGABYTES} MB are taken.",
            ),
            do=Text(
                vi="Giản lược đường ranh giới trước khi nạp: bản đồ chỉ rộng vài trăm điểm ảnh.",
                en="Simplify the outlines first: the map is a few hundred pixels wide.",
            ),
            code="figures.outlines_too_large",
        )


def _features(data: bytes) -> list[Any]:
    try:
        given = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as problem:
        raise _not_geojson(str(problem)[:120]) from problem
    features = given.get("features") if isinstance(given, dict) and given.get("type") == "FeatureCollection" else None
    if not isinstance(features, list):
        raise _not_geojson("FeatureCollection")
    return features


def _no_number(word: str) -> float:
    raise ValueError(word)


def _polygons(geometry: Any) -> Iterator[Polygon]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    given = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(given, list) or not given:
        raise _Fault("hình phải là Polygon hoặc MultiPolygon.", "its geometry must be a Polygon or a MultiPolygon.")
    for rings in [given] if kind == "Polygon" else given:
        if not isinstance(rings, list) or not rings:
            raise _Fault("có đa giác rỗng.", "one of its polygons is empty.")
        yield [_ring(ring) for ring in rings]


def _ring(given: Any) -> Ring:
    if not isinstance(given, list) or len(given) < _LEAST_POSITIONS:
        raise _Fault("có vòng dưới 4 điểm.", "a ring has fewer than 4 positions.")
    ring = [_position(each) for each in given]
    if ring[0] != ring[-1]:
        raise _Fault(
            "có vòng chưa khép kín: điểm cuối phải trùng điểm đầu.", "a ring is not closed: it must end where it began."
        )
    return ring


def _position(given: Any) -> Position:
    numbers = given[:2] if isinstance(given, list) else []
    if len(numbers) < 2 or not all(isinstance(each, int | float) and not isinstance(each, bool) for each in numbers):
        raise _Fault("có điểm không phải hai số kinh độ, vĩ độ.", "a position is not a longitude and a latitude.")
    if any(abs(each) > _FARTHEST for each in numbers):
        raise _Fault("có tọa độ vô lý.", "a position is no place on earth.")
    return float(numbers[0]), float(numbers[1])


def _positions(polygons: Sequence[Polygon]) -> Iterator[Position]:
    return (position for polygon in polygons for ring in polygon for position in ring)


def _not_geojson(why: str) -> Refusal:
    return Refusal(
        what=Text(vi=f"Tệp không phải GeoJSON đọc được ({why}).", en=f"The file is no readable GeoJSON ({why})."),
        do=Text(
            vi="Xuất ranh giới thành một FeatureCollection, bảng mã UTF-8.",
            en="Export the outlines as one FeatureCollection in UTF-8.",
        ),
        code="figures.outlines_not_geojson",
    )


def _faulty(faults: Sequence[Text]) -> Refusal:
    shown, more = list(faults[:_TOLD]), len(faults) - _TOLD
    if more > 0:
        shown.append(Text(vi=f"Và {more} lỗi khác.", en=f"And {more} more."))
    return Refusal(
        what=Text(vi="Ranh giới chưa dùng được. ", en="The outlines cannot be used. "),
        why=Text(vi=" ".join(fault.vi for fault in shown), en=" ".join(fault.en for fault in shown)),
        do=Text(
            vi="Sửa tệp rồi nạp lại; chưa có gì được lưu.", en="Mend the file and load it again; nothing was stored."
        ),
        code="figures.outlines_faulty",
    )
