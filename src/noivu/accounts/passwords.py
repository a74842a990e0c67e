"""What a password must be, said in both languages; and one-time passwords that can be read out and typed."""

import secrets
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from noivu.core.refusals import Refusal
from noivu.core.wording import Text

SHORTEST = 12
# No letter or digit that is taken for another one when it is read aloud or copied from paper.
_LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"


def one_time_password() -> str:
    """Four groups of four characters: 79 bits, told once and changed at the first sign-in."""
    return "-".join("".join(secrets.choice(_LEGIBLE) for _ in range(4)) for _ in range(4))


def check_password(password: str, user: Any = None) -> None:
    """Refuse a password that breaks a rule, with the words of each rule it breaks."""
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        broken: list[Any] = [rule.message for rule in error.error_list]
        raise Refusal(
            what=Text(vi=" ".join(rule.vi for rule in broken), en=" ".join(rule.en for rule in broken)),
            where="password",
            code="accounts.weak_password",
        ) from error


class LongEnough:
    """At least twelve characters: length is what guards a password."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < SHORTEST:
            raise ValidationError(self._words(len(password)), code="password_too_short")

    def get_help_text(self) -> str:
        return str(Text(vi=f"Ít nhất {SHORTEST} ký tự.", en=f"At least {SHORTEST} characters."))

    @staticmethod
    def _words(length: int) -> Any:
        return Text(
            vi=f"Mật khẩu có {length} ký tự, cần ít nhất {SHORTEST}. Bốn từ ghép lại là vừa.",
            en=f"The password has {length} characters, at least {SHORTEST} are needed. Four words will do.",
        )


class NotCommon(password_validation.CommonPasswordValidator):
    """Not one of the twenty thousand passwords that are tried first."""

    def validate(self, password: str, user: Any = None) -> None:
        try:
            super().validate(password, user)
        except ValidationError as error:
            words: Any = Text(
                vi="Mật khẩu này nằm trong danh sách hay bị dò nhất. Chọn mật khẩu khác.",
                en="This password is among those guessed first. Choose another one.",
            )
            raise ValidationError(words, code=error.code) from error


class NotOneself(password_validation.UserAttributeSimilarityValidator):
    """Not one's own name, user name or e-mail address."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("username", "full_name", "email"))

    def validate(self, password: str, user: Any = None) -> None:
        try:
            super().validate(password, user)
        except ValidationError as error:
            words: Any = Text(
                vi="Mật khẩu gần giống tên hoặc thư điện tử của người dùng. Chọn mật khẩu khác.",
                en="The password resembles the name or the e-mail address. Choose another one.",
            )
            raise ValidationError(words, code=error.code) from error
