"""The forms of the sign-in library in our words: labels, hints, what is wrong; without placeholders."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as application
from allauth.mfa.webauthn import forms as passkeys

from noivu.accounts.passwords import SHORTEST
from noivu.core.wording import Text
from noivu.ui.forms import MISSING

LABELS = {
    "login": Text(vi="Tên đăng nhập", en="User name"),
    "password": Text(vi="Mật khẩu", en="Password"),
    "oldpassword": Text(vi="Mật khẩu hiện tại", en="Present password"),
    "password1": Text(vi="Mật khẩu mới", en="New password"),
    "password2": Text(vi="Mật khẩu mới, nhập lại", en="New password, again"),
    "email": Text(vi="Thư điện tử", en="E-mail address"),
    "code": Text(vi="Mã xác thực", en="Code"),
    "name": Text(vi="Tên của khóa", en="Name of the key"),
    "passwordless": Text(vi="Đăng nhập chỉ bằng khóa này", en="Sign in with this key alone"),
}
HINTS = {
    "password1": Text(
        vi=f"Ít nhất {SHORTEST} ký tự; không phải tên của mình, không phải mật khẩu phổ biến.",
        en=f"At least {SHORTEST} characters; neither one's name nor a common password.",
    ),
    "code": Text(
        vi="Sáu chữ số trong ứng dụng xác thực, hoặc một mã dự phòng.",
        en="Six digits shown by the authenticator application, or a recovery code.",
    ),
    "name": Text(vi="Ví dụ: máy tính ở cơ quan.", en="For instance: the computer at the office."),
    "passwordless": Text(
        vi="Không cần mật khẩu; khóa phải có mã PIN, vân tay hoặc khuôn mặt.",
        en="No password needed; the key must ask for a PIN, a fingerprint or a face.",
    ),
}
FIRST_CODE = Text(vi="Sáu chữ số trong ứng dụng xác thực.", en="Six digits shown by the authenticator application.")
SAME_TWICE = Text(
    vi="Hai lần nhập mật khẩu mới khác nhau. Nhập lại lần thứ hai.",
    en="The two new passwords differ. Type the second again.",
)


class InOurWords:
    """Puts our words in the place of the library's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]  # a form's
        for name, field in fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HINTS.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if name in LABELS:
                field.error_messages["required"] = MISSING
        if "password1" in fields:
            fields["password1"].widget.attrs["minlength"] = SHORTEST

    def add_error(self, field: str | None, error: Any) -> None:
        """The library words this one error by itself."""
        if field == "password2" and not hasattr(error, "error_list"):
            error = SAME_TWICE
        super().add_error(field, error)  # type: ignore[misc]  # a form's


class SignInForm(InOurWords, account.LoginForm):
    """User name and password."""


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    """The present password, and the new one twice."""


class ForgottenPasswordForm(InOurWords, account.ResetPasswordForm):
    """The address to which a link is sent."""


class NewPasswordForm(InOurWords, account.ResetPasswordKeyForm):
    """The new password twice, behind the link."""


class ConfirmPasswordForm(InOurWords, account.ReauthenticateForm):
    """The password again, before something delicate."""


class CodeForm(InOurWords, second_factor.AuthenticateForm):
    """The second factor at sign-in."""


class ConfirmCodeForm(InOurWords, second_factor.ReauthenticateForm):
    """The second factor again, before something delicate."""


class AddApplicationForm(InOurWords, application.ActivateTOTPForm):
    """The first code of an authenticator application; a recovery code does not stand for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = FIRST_CODE


class AddPasskeyForm(InOurWords, passkeys.AddWebAuthnForm):
    """A new passkey and its name."""


class RenamePasskeyForm(InOurWords, passkeys.EditWebAuthnForm):
    """Another name for a passkey."""
