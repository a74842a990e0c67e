"""The empty import template as a workbook: keys, labels, lists, one example row, and a sheet of instructions."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from noivu.core.wording import Text
from noivu.sheets.declarations import Column, Template
from noivu.sheets.kinds import kinds
from noivu.sheets.reading.parent import OWN_SHEETS

_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True, "quote_prefix": True}
_INSTRUCTIONS, _LISTS = OWN_SHEETS
_ROWS_WITH_LISTS = 5_000
_YES_NO = ["có", "không"]
_WIDTHS = {"text": 28, "choice": 22, "unit": 16}


def write_template(template: Template, stream: BinaryIO) -> None:
    """Write the template to a binary stream. Its label row and example row are passed over when it is imported."""
    import xlsxwriter  # a tenth of a second of every command, spent only when a workbook is written

    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": template.label.vi})
    data, instructions = book.add_worksheet("Nhập"), book.add_worksheet(_INSTRUCTIONS)
    _fill_data(book, data, template)
    _fill_instructions(book, instructions, template)
    _fill_lists(book, data, template)
    book.close()


def head_label(column: Column) -> str:
    """The label in the second row: ★ where a value is required."""
    return f"{column.label.vi} ★" if column.required else column.label.vi


def _fill_data(book: Any, sheet: Any, template: Template) -> None:
    key, label = book.add_format({**_FONT, "bold": True}), book.add_format({**_FONT, "bottom": 1})
    example = book.add_format({**_FONT, "italic": True, "num_format": "@"})
    cell = {
        "text": book.add_format({**_FONT, "num_format": "@", "quote_prefix": False}),
        "date": book.add_format({**_FONT, "num_format": "dd/mm/yyyy", "quote_prefix": False}),
    }
    for place, column in enumerate(template.columns):
        sheet.set_column(place, place, _WIDTHS.get(column.kind, 14), cell["date" if column.kind == "date" else "text"])
        sheet.write_string(0, place, column.key, key)
        sheet.write_string(1, place, head_label(column), label)
        sheet.write_string(2, place, column.example, example)
        if column.help.vi:
            sheet.write_comment(0, place, f"{column.help.vi}\n{column.help.en}", {"x_scale": 2})
    sheet.freeze_panes(2, 0)


def _fill_lists(book: Any, data: Any, template: Template) -> None:
    from xlsxwriter.utility import xl_col_to_name

    lists, inert = book.add_worksheet(_LISTS), book.add_format(_FONT)
    lists.hide()
    for place, column in enumerate(template.columns):
        if column.kind == "boolean":
            _validate(data, place, {"validate": "list", "source": _YES_NO})
        elif column.choices:
            for row, words in enumerate(column.choices.values()):
                lists.write_string(row, place, words.vi, inert)
            letter = xl_col_to_name(place)
            source = f"='{_LISTS}'!${letter}$1:${letter}${len(column.choices)}"
            _validate(data, place, {"validate": "list", "source": source})


def _validate(data: Any, place: int, rule: dict[str, Any]) -> None:
    said = {"error_type": "warning", "error_title": "Ngoài danh mục", "error_message": "Chọn một giá trị của danh mục."}
    data.data_validation(2, place, _ROWS_WITH_LISTS, place, {**rule, **said, "ignore_blank": True})


def _fill_instructions(book: Any, sheet: Any, template: Template) -> None:
    plain, bold = book.add_format(_FONT), book.add_format({**_FONT, "bold": True})
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 6, 34)
    row = 0
    for row, text in enumerate(_introduction(template)):
        sheet.write_string(row, 0, text.vi, plain if row else bold)
        sheet.write_string(row, 3, text.en, plain if row else bold)
    heads = ("Cột", "Tên cột", "Cách ghi", "Ghi chú", "Column", "How to fill in", "Notes")
    for place, head in enumerate(heads):
        sheet.write_string(row + 2, place, head, bold)
    for number, column in enumerate(template.columns, start=row + 3):
        for place, words in enumerate(_described(column)):
            sheet.write_string(number, place, words, plain)


def _introduction(template: Template) -> Iterator[Text]:
    yield template.label
    if template.description.vi:
        yield template.description
    yield Text(
        vi="★ bắt buộc. Dòng 1 là tên cột của hệ thống: không sửa. Dòng 3 là ví dụ: ghi đè hoặc xóa.",
        en="★ required. Row 1 holds the system's column names: leave it. Row 3 is an example: overwrite or delete it.",
    )
    keys = ", ".join(template.keys)
    yield Text(
        vi=f"Một dòng được nhận ra bằng: {keys}. Nhập lại cùng tệp thì không đổi gì.",
        en=f"A row is known by: {keys}. The same file imported again changes nothing.",
    )


def _described(column: Column) -> list[str]:
    hint = kinds[column.kind].hint if column.kind in kinds else Text(vi=column.kind, en=column.kind)
    return [
        column.key,
        head_label(column),
        hint.vi,
        _note(column, "vi"),
        f"{column.label.en} ★" if column.required else column.label.en,
        hint.en,
        _note(column, "en"),
    ]


def _note(column: Column, language: str) -> str:
    choices = "; ".join(f"{code}: {words.in_language(language)}" for code, words in column.choices.items())
    return "\n".join(part for part in (column.help.in_language(language), choices) if part)
