"""The words of a mail: what is due, where it is found, nothing of what it says."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from noivu.accounts.api import User
from noivu.core.wording import Text

_SUBJECT = Text(vi="noivu: {n} việc cần chú ý", en="noivu: {n} matter needs you||noivu: {n} matters need you")
_GREETING = Text(vi="Kính gửi {name},", en="Dear {name},")
_AGAIN = Text(
    vi="(Thư này có thể đã đến trước đó: lần gửi trước bị ngắt giữa chừng.)",
    en="(This mail may have reached you before: its sending was interrupted.)",
)
_WHERE = Text(
    vi="Nội dung từng việc xem trong noivu, sau khi đăng nhập.",
    en="What each is about stands in noivu, after signing in.",
)
_CHANGE = Text(
    vi="Đổi kênh và giờ nhắc: {where}",
    en="Change how and when you are reminded: {where}",
)
_AT_MOST = 200
"""How many a mail names; the rest stands in noivu."""
_MORE = Text(vi="… và {n} việc khác", en="… and {n} more")


@dataclass(frozen=True, slots=True)
class MailText:
    """A mail in the language of its reader."""

    subject: str
    body: str


def mail_text(reader: User, lines: Sequence[tuple[Text, str]], *, again: bool) -> MailText:
    """What a person is told in one mail: `lines` are what is said and the path where it is found."""
    language = reader.language

    def say(text: Text, **values: object) -> str:
        return text.in_language(language, **values)

    told = [f"- {say(said)}" + (f"\n  {_link(path)}" if settings.NOIVU_URL else "") for said, path in lines[:_AT_MOST]]
    if len(lines) > _AT_MOST:
        told.append(say(_MORE, n=len(lines) - _AT_MOST))
    preferences = _link(reverse("notices:preferences"))
    parts = [
        say(_GREETING, name=reader.full_name),
        *([say(_AGAIN)] if again else []),
        "\n".join(told),
        f"{say(_WHERE)}\n{say(_CHANGE, where=preferences)}",
    ]
    return MailText(say(_SUBJECT, n=len(lines)), "\n\n".join(parts) + "\n")


def _link(path: str) -> str:
    """The whole address where the operator said under which one the product is reached; else the path within it."""
    return f"{settings.NOIVU_URL.rstrip('/')}{path}" if settings.NOIVU_URL else path
