"""The words for each fault of a file, in both languages, with what to do."""

from typing import Any

from noivu.core.refusals import Refusal
from noivu.core.wording import Text

_SAVE_AS_XLSX = Text(
    vi="Mở tệp bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx rồi nhập lại.",
    en="Open it in Excel or LibreOffice, save it as .xlsx and import that.",
)
_SEND_AGAIN = Text(
    vi="Lấy lại tệp gốc (tải hoặc chép lại) rồi nhập lại; chưa có dòng nào được ghi.",
    en="Get the original again (download or copy it anew) and import that; no row was written.",
)
_USE_COMMAND_LINE = Text(
    vi="Chia nhỏ tệp, lưu dạng CSV, hoặc nhờ quản trị nhập bằng dòng lệnh.",
    en="Split the file, save it as CSV, or have the operator import it at the command line.",
)
_REMOVE_EMPTY = Text(
    vi="Xóa các dòng, cột trống và định dạng thừa ở cuối trang tính rồi lưu lại.",
    en="Delete the empty rows and columns and left-over formats at the end of the sheet, and save it again.",
)

_FAULTS: dict[str, tuple[Text, Text]] = {
    "empty": (
        Text(vi="Tệp trống, không có dòng nào.", en="The file is empty: it has no rows."),
        Text(vi="Chọn tệp có số liệu.", en="Choose a file that holds rows."),
    ),
    "truncated": (
        Text(
            vi="Tệp bị cắt cụt hoặc hỏng, không đọc được đến hết.",
            en="The file is cut short or damaged; it cannot be read to its end.",
        ),
        _SEND_AGAIN,
    ),
    "encrypted": (
        Text(vi="Tệp có mật khẩu.", en="The file is protected by a password."),
        Text(vi="Bỏ mật khẩu mở tệp rồi nhập lại.", en="Remove the password and import it again."),
    ),
    "macros": (
        Text(vi="Tệp có macro; tệp nhập không được có macro.", en="The file holds macros, which an import must not."),
        _SAVE_AS_XLSX,
    ),
    "external-links": (
        Text(
            vi="Tệp có liên kết tới tệp khác (external links).",
            en="The file holds links to other workbooks (external links).",
        ),
        Text(
            vi="Trong Excel: Data → Edit Links → Break Link, lưu rồi nhập lại.",
            en="In Excel: Data → Edit Links → Break Link, save and import again.",
        ),
    ),
    "archive-too-large": (
        Text(
            vi="Tệp bung ra {inflated} MB, quá giới hạn {limit} MB.",
            en="The file unpacks to {inflated} MB; the limit is {limit} MB.",
        ),
        _USE_COMMAND_LINE,
    ),
    "archive-bomb": (
        Text(
            vi="Tệp nén bất thường: bung ra gấp {ratio} lần (tối đa {limit}).",
            en="The file is packed abnormally: it unpacks {ratio}-fold (at most {limit}).",
        ),
        _SAVE_AS_XLSX,
    ),
    "archive-too-many": (
        Text(
            vi="Tệp chứa {entries} thành phần, quá giới hạn {limit}.",
            en="The file holds {entries} parts; the limit is {limit}.",
        ),
        _SAVE_AS_XLSX,
    ),
    "archive-lies": (
        Text(
            vi="Tệp khai kích thước không đúng với nội dung.",
            en="The file declares sizes that its contents do not have.",
        ),
        _SAVE_AS_XLSX,
    ),
    "row-too-long": (
        Text(vi="Trang tính có một dòng dài bất thường.", en="The sheet has an abnormally long row."),
        _REMOVE_EMPTY,
    ),
    "not-workbook": (
        Text(
            vi="Tệp nén này không phải bảng tính .xlsx.",
            en="This packed file is not an .xlsx workbook.",
        ),
        _SAVE_AS_XLSX,
    ),
    "no-such-sheet": (
        Text(vi="Không có trang tính “{wanted}”.", en="There is no sheet “{wanted}”."),
        Text(vi="Các trang hiện có: {sheets}.", en="There are: {sheets}."),
    ),
    "other-kind": (
        Text(vi="Tệp là {kind}, không phải bảng tính.", en="The file is a {kind} file, not a table."),
        Text(vi="Nhập tệp .xlsx, .xls hoặc .csv.", en="Import an .xlsx, .xls or .csv file."),
    ),
    "web-page": (
        Text(
            vi="Tệp là trang web hoặc XML mang đuôi bảng tính, không phải bảng tính thật.",
            en="The file is a web page or XML under a spreadsheet's name, not a real workbook.",
        ),
        _SAVE_AS_XLSX,
    ),
    "not-text": (
        Text(
            vi="Tệp không phải văn bản: có các byte không thuộc bảng mã nào.",
            en="The file is not text: it holds bytes of no encoding.",
        ),
        Text(vi="Nhập tệp .xlsx, .xls hoặc .csv.", en="Import an .xlsx, .xls or .csv file."),
    ),
    "encoding": (
        Text(
            vi="Không nhận ra bảng mã: không phải UTF-8, UTF-16; theo TCVN3, VNI, Windows-1258 đều không thành lời.",
            en="The encoding is not recognised: neither UTF-8 nor UTF-16, nor words in TCVN3, VNI or Windows-1258.",
        ),
        Text(vi="Lưu lại dạng “CSV UTF-8” hoặc .xlsx.", en="Save it as “CSV UTF-8” or .xlsx."),
    ),
    "undecodable": (
        Text(
            vi="Dòng {line} có byte không đọc được theo {codec}.",
            en="Line {line} holds bytes that {codec} cannot have.",
        ),
        Text(vi="Lưu lại dạng “CSV UTF-8” hoặc .xlsx.", en="Save it as “CSV UTF-8” or .xlsx."),
    ),
    "quoting": (
        Text(
            vi="Dấu nháy kép sai ở bản ghi bắt đầu từ dòng {line} (đọc đến dòng {until}): thiếu hoặc thừa dấu nháy.",
            en="Quotation marks are wrong in the record that begins at line {line} (read to line {until}).",
        ),
        Text(
            vi="Sửa dấu nháy ở dòng đó, hoặc lưu lại từ bảng tính dạng CSV UTF-8.",
            en="Mend the marks there, or save it again from a spreadsheet as CSV UTF-8.",
        ),
    ),
    "too-many-rows": (
        Text(vi="Tệp có hơn {limit} dòng.", en="The file has more than {limit} rows."),
        _USE_COMMAND_LINE,
    ),
    "too-large": (
        Text(vi="Tệp lớn {size} MB, quá giới hạn {limit} MB.", en="The file has {size} MB; the limit is {limit} MB."),
        _USE_COMMAND_LINE,
    ),
    "too-costly": (
        Text(
            vi="Đọc tệp tốn quá nhiều bộ nhớ hoặc thời gian nên đã dừng.",
            en="Reading the file took too much memory or time and was stopped.",
        ),
        _REMOVE_EMPTY,
    ),
    "unreadable": (
        Text(vi="Không đọc được tệp.", en="The file cannot be read."),
        _SAVE_AS_XLSX,
    ),
}
_OTHER_KINDS = {
    "pdf": Text(vi="PDF", en="PDF"),
    "rtf": Text(vi="văn bản RTF", en="RTF"),
    "image": Text(vi="ảnh", en="picture"),
    "archive": Text(vi="tệp nén", en="packed"),
}
_IN_BYTES = ("inflated", "size", "limit")


def refusal_of(fault: str, facts: dict[str, Any]) -> Refusal:
    """The Refusal for a fault that the child told; a fault unknown here reads as an unreadable file."""
    what, action = _FAULTS.get(fault, _FAULTS["unreadable"])
    spoken = {name: _spoken(fault, name, value) for name, value in facts.items()}
    return Refusal(
        what=what.format(**spoken) if spoken else what,
        do=action.format(**spoken) if spoken else action,
        where=str(facts["line"]) if "line" in facts else None,
        code=f"file-{fault}",
    )


def _spoken(fault: str, name: str, value: Any) -> Any:
    if name == "kind":
        return _OTHER_KINDS.get(str(value), Text(vi="loại khác", en="another kind of"))
    if fault in ("archive-too-large", "too-large") and name in _IN_BYTES:
        return f"{value // 1_000_000}"
    if fault == "too-many-rows":
        return Text(vi=f"{value:,}".replace(",", "."), en=f"{value:,}")
    return value
