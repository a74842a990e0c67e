"""Every number of law cites its source."""

import pytest

from noivu.core.wording import Text
from noivu.law.instruments import shipped_instruments
from noivu.law.parameter_files import Definition, parameter_files

DEFINITIONS = list(parameter_files().definitions.values())
NUMBERS = {row["number_symbol"] for row in shipped_instruments()}


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda definition: definition.code)
def test_every_legal_parameter_cites_its_source(definition: Definition) -> None:
    for value in definition.values:
        if definition.setting:
            assert value.note, f"{definition.code}: say in the note why the setting has this value"
            continue
        assert value.instrument in NUMBERS, (
            f"{definition.code}: “{value.instrument}” is not in any <room>/shipped/instruments.yaml; add it there"
        )
        assert value.article, f"{definition.code}: name the article, or say that it is not known and mark it"


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda definition: definition.code)
def test_every_parameter_is_worded_in_both_languages(definition: Definition) -> None:
    for words in (definition.label, definition.unit):
        assert isinstance(words, Text)
        assert words.vi
        assert words.en


def test_a_parameter_whose_article_is_not_known_is_not_marked_as_read() -> None:
    unknown = [
        definition.code
        for definition in DEFINITIONS
        for value in definition.values
        if value.article == "điều chưa xác định" and value.mark == "read"
    ]
    assert not unknown, f"an article that is not known was not read: {unknown}"
