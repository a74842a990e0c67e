"""The command `noivu documents`: the words of files."""

from collections import Counter

import click

from noivu.core.console import as_json_option, emit
from noivu.core.wording import Text
from noivu.records.models import TextState
from noivu.records.services.texts import forget_failures, read_texts


@click.group()
def documents() -> None:
    """Documents of registers and their files."""


@documents.command(epilog="Example: noivu documents text --again")
@click.option("--again", is_flag=True, help="Also read files anew whose words could not be read before.")
@as_json_option
def text(again: bool, as_json: bool) -> None:
    """Read the words of DOCX and PDF files that wait for it, so that documents are found by them."""
    if again:
        forget_failures()
    states = Counter(file.state for file in read_texts())
    emit({state.value: states[state.value] for state in TextState}, as_json, lambda done: str(_READ.format(**done)))


_READ = Text(
    vi="Đã đọc chữ của {read} tệp; {empty} tệp không có lớp chữ; {unreadable} tệp không đọc được.",
    en="The words of {read} files were read; {empty} hold none; {unreadable} cannot be read.",
)
