"""Files by content, registries, wording, access without an answerer."""

import io
from pathlib import Path

import pytest

from noivu.core import access
from noivu.core.actors import SYSTEM, Actor
from noivu.core.files import FileStore
from noivu.core.refusals import Refusal
from noivu.core.registry import Registry
from noivu.core.wording import Text


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    one, two = store.put(io.BytesIO(b"cong van")), store.put(io.BytesIO(b"cong van"))
    assert one == two
    assert store.open(one.sha256).read() == b"cong van"
    assert list(store.verify()) == []


def test_a_file_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    class Breaking(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("the connection is gone")

    with pytest.raises(OSError, match="gone"):
        FileStore(tmp_path).put(Breaking())
    assert list(tmp_path.iterdir()) == []


def test_a_draft_that_is_not_kept_is_gone(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    with store.draft(io.BytesIO(b"cong van")) as draft:
        assert draft.path.read_bytes() == b"cong van"
    assert list(tmp_path.iterdir()) == []


def test_a_changed_byte_shows(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    kept = store.put(io.BytesIO(b"cong van"))
    next(tmp_path.glob("??/??/*")).write_bytes(b"cong vam")
    assert list(store.verify()) == [kept.sha256]


def test_a_missing_file_is_a_clear_refusal(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="kho tệp"):
        FileStore(tmp_path).open("0" * 64)


def test_a_code_is_declared_once() -> None:
    plugs: Registry[Text] = Registry("plugs", key=lambda plug: plug.en)
    plugs.declare(Text("một", "one"))
    with pytest.raises(ValueError, match="declared twice"):
        plugs.declare(Text("hai", "one"))


def test_english_chooses_singular_and_plural_by_the_number() -> None:
    found = Text(vi="{n} văn bản", en="{n} document||{n} documents")
    assert found.in_language("en", n=1) == "1 document"
    assert found.in_language("en", n=2) == "2 documents"
    assert found.format(n=3).vi == "3 văn bản"


def test_strokes_in_somebodys_own_text_stay() -> None:
    said = Text(vi="“{typed}” không có.", en="“{typed}” is unknown.").format(typed="A||B")
    assert (said.in_language("vi"), said.in_language("en")) == ("“A||B” không có.", "“A||B” is unknown.")


def test_without_an_answerer_everyone_but_the_machine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "_provider", [])
    access.declare(access.Verb("core.try", Text("Thử", "Try"), access.EVERYONE))
    assert access.may(SYSTEM, "core.try")
    assert not access.may(Actor("1", "An"), "core.try")
    assert not access.may(None, "core.try")
    with pytest.raises(Refusal, match="thử"):
        access.require(None, "core.try")
