"""Every word a person reads is in both languages, at its place."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter

from tests.architecture.house import SOURCE, product_files

# Words that are the same in both languages and need no `say`. The list may only shrink.
SAME_IN_BOTH = {"noivu"}
# Keys are named as on the keyboard, commands as they are typed, whatever the language.
UNSPOKEN_ELEMENTS = {"kbd", "code", "script", "style", "symbol", "path"}
SPOKEN_ATTRIBUTES = {"aria-label", "aria-description", "placeholder", "title", "alt", "label", "data-open"}
TEMPLATE_CODE = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
SAY = re.compile(r"\{%\s*say\s+(.*?)%\}", re.DOTALL)
CONSTANT = re.compile(r'"((?:[^"\\]|\\.)*)"|\'((?:[^\'\\]|\\.)*)\'')
LETTER = re.compile(r"[^\W\d_]")


class Words(HTMLParser):
    """Collects what a person reads or hears in a template from which the template's own code is taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"br", "input", "img", "link", "meta", "use", "rect", "circle"}:
            self._inside.append(tag)
        self._keep_attributes(attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._keep_attributes(attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            del self._inside[len(self._inside) - 1 - self._inside[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not UNSPOKEN_ELEMENTS & set(self._inside):
            self._keep(data)

    def _keep_attributes(self, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in SPOKEN_ATTRIBUTES and value:
                self._keep(value)

    def _keep(self, words: str) -> None:
        bare = words.strip(" \n\t·,.:;()–-|/")
        if LETTER.search(bare) and bare not in SAME_IN_BOTH:
            self.found.append((self.getpos()[0], bare))


def templates() -> list[Path]:
    found = SOURCE.glob("*/templates/**/*")
    return sorted(path for path in found if path.suffix in {".html", ".svg", ".txt"})


def bare_words(source: str) -> list[tuple[int, str]]:
    without_code = TEMPLATE_CODE.sub(lambda code: "\n" * code.group().count("\n"), source)
    words = Words()
    words.feed(without_code)
    words.close()
    return words.found


def placeholders(wording: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(wording) if name}


def test_no_template_has_words_in_one_language_only() -> None:
    strays = [
        f"{path.relative_to(SOURCE)}:{line}: {words}"
        for path in templates()
        for line, words in bare_words(path.read_text(encoding="utf-8"))
    ]
    assert not strays, 'Write {% say "tiếng Việt" "English" %} ({% load noivu %}) for:\n' + "\n".join(strays)


def test_the_search_for_bare_words_finds_them() -> None:
    assert bare_words('<p>{% say "Sổ" "Register" %}</p>\n<b>Sổ</b>') == [(2, "Sổ")]
    assert bare_words('<input placeholder="Tìm"><a title="{{ x }}">{{ y }} · 31/10</a>') == [(1, "Tìm")]
    assert bare_words("<kbd>Enter</kbd><title>{% block title %}{% endblock %} · noivu</title>") == []


def test_every_say_has_both_languages_with_the_same_values() -> None:
    strays = []
    for path in templates():
        source = path.read_text(encoding="utf-8")
        for call in SAY.finditer(source):
            constants = [a or b for a, b in CONSTANT.findall(call.group(1))]
            line = source[: call.start()].count("\n") + 1
            if not _says_both(constants):
                strays.append(f"{path.relative_to(SOURCE)}:{line}: {call.group()}")
    assert not strays, "say takes a Vietnamese and an English constant with the same values:\n" + "\n".join(strays)


def _says_both(constants: list[str]) -> bool:
    if len(constants) < 2 or not all(LETTER.search(wording) for wording in constants[:2]):
        return False
    vietnamese, english = constants[:2]
    return placeholders(vietnamese) == placeholders(english.split("||")[-1])


def test_every_text_of_the_code_has_both_languages_with_the_same_values() -> None:
    strays = []
    for path in product_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text":
                said = {word.arg: word.value.value for word in node.keywords if isinstance(word.value, ast.Constant)}
                if set(said) == {"vi", "en"} and not _agree(said["vi"], said["en"]):
                    strays.append(f"{path.relative_to(SOURCE)}:{node.lineno}: {said}")
    assert not strays, "A Text says the same in Vietnamese and English:\n" + "\n".join(strays)


def _agree(vietnamese: str, english: str) -> bool:
    if bool(vietnamese) != bool(english):
        return False
    return placeholders(vietnamese) == placeholders(english.split("||")[-1])
