"""Words in the product's two languages, written side by side."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

LANGUAGES = ("vi", "en")


def active_language() -> str:
    """The language of the present reader: `vi` unless English was chosen."""
    language = get_language() or "vi"
    return "en" if language.startswith("en") else "vi"


@dataclass(frozen=True, slots=True)
class Text:
    """One wording in Vietnamese and English. `str()` gives the active language.

    Values are named in braces. English may hold a singular and a plural, parted by `||`; the value named `n` chooses.
    Strokes that stand in both languages are somebody's own text, and stay.
    """

    vi: str
    en: str

    def __str__(self) -> str:
        return self.in_language(active_language())

    def in_language(self, language: str, **values: Any) -> str:
        """The wording in one language, with its values filled in when there are any."""
        wording = self.en if language == "en" else self.vi
        if "||" in wording and "||" not in self.vi:
            singular, plural = wording.split("||", 1)
            wording = singular if values.get("n", 2) == 1 else plural
        return wording.format(**values) if values else wording

    def format(self, **values: Any) -> "Text":
        """The same wording with its values filled in, in both languages.

        A value that is itself a Text speaks the language of the sentence it stands in.
        """
        return Text(
            vi=self.in_language("vi", **_spoken(values, "vi")),
            en=self.in_language("en", **_spoken(values, "en")),
        )


def _spoken(values: dict[str, Any], language: str) -> dict[str, Any]:
    return {k: v.in_language(language) if isinstance(v, Text) else v for k, v in values.items()}


def both(wording: str) -> Text:
    """A word that is the same in both languages: a name, a symbol, a code."""
    return Text(vi=wording, en=wording)
