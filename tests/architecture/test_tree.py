"""What must never be in the tree, and what each dependency must have."""

import re
import subprocess

import pytest

from tests.architecture.house import ROOT

_HOSTS = "|".join(("py" + "pi", "npm" + "js", "python" + "hosted", "deb" + r"ian\.org"))
_FOLDERS = "|".join(("wo" + "rk", "ro" + "ot", r"ho" + r"me/\w+"))
FOREIGN = re.compile(rf"://[^\s\"')]*({_HOSTS})|(?<![\w.])/({_FOLDERS})/", re.IGNORECASE)
STUBS = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError|coming soon)\b")


def _tracked(*patterns: str) -> list[str]:
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: there is no list of tracked files")
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def _lines(names: list[str]) -> list[tuple[str, int, str]]:
    found = []
    for name in names:
        content = (ROOT / name).read_bytes()
        if b"\0" not in content[:4096]:
            text = content.decode("utf-8", errors="replace")
            found += [(name, number, line) for number, line in enumerate(text.splitlines(), start=1)]
    return found


def test_no_package_host_and_no_path_of_a_machine_is_committed() -> None:
    strays = [f"{n}:{i}" for n, i, line in _lines(_tracked()) if FOREIGN.search(line)]
    assert not strays, strays


def test_nothing_in_the_product_is_left_for_later() -> None:
    strays = [
        f"{n}:{i}: {line.strip()}" for n, i, line in _lines(_tracked("src/*.py", "src/*.html")) if STUBS.search(line)
    ]
    assert not strays, strays


def test_no_binary_of_others_is_committed() -> None:
    fonts = [
        name
        for name in _tracked()
        if name.endswith((".woff", ".woff2", ".ttf", ".otf", ".so", ".jar", ".db", ".sqlite3"))
    ]
    assert not fonts, f"depend on a package instead: {fonts}"


def test_each_dependency_has_its_reason_and_they_are_few() -> None:
    lines = [
        line for line in (ROOT / "requirements" / "base.in").read_text().splitlines() if line and line[0] not in "#-"
    ]
    assert len(lines) <= 30
    assert not [line for line in lines if "#" not in line], "each line of base.in says why"


IMPORTED_AS = {
    "django-stubs-ext": "django_stubs_ext", "django-htmx": "django_htmx", "django-allauth": "allauth",
    "django-csp": "csp", "dj-database-url": "dj_database_url", "python-calamine": "python_calamine",
    "python-docx": "docx", "vl-convert-python": "vl_convert", "fontpkg-be-vietnam-pro": "fontpkg",
    "fontpkg-inter": "fontpkg", "fonttools": "fontTools", "pyyaml": "yaml",
}  # fmt: skip
NEVER_IMPORTED = {"psycopg", "setuptools"}
"""The framework loads the one by the database's address; the other installs the checkout."""


def test_each_dependency_is_used() -> None:
    listed = (ROOT / "requirements" / "base.in").read_text().splitlines()
    names = {re.split(r"[\[<>=!~ ;#]", line)[0].lower() for line in listed if line and line[0] not in "#-"}
    code = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in _tracked("src/*.py", "config/*.py"))
    unused = [name for name in names - NEVER_IMPORTED if IMPORTED_AS.get(name, name) not in code]
    assert not unused, f"drop them from requirements/base.in and lock again: {unused}"
