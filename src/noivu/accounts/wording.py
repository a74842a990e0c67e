"""Words for what the sign-in library says: its errors and its messages, in our two languages."""

from noivu.core.wording import Text

SIGN_IN_ERRORS = {
    "username_password_mismatch": Text(
        vi="Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại.",
        en="User name or password is not right. Check Caps Lock and the Vietnamese keyboard, then type again.",
    ),
    "too_many_login_attempts": Text(
        vi="Sai quá nhiều lần, tài khoản tạm dừng nhận đăng nhập. Thử lại sau 5 phút.",
        en="Too many wrong attempts: sign-in is paused for this account. Try again in 5 minutes.",
    ),
    "rate_limited": Text(
        vi="Gửi quá nhiều yêu cầu. Đợi một phút rồi làm lại.",
        en="Too many requests. Wait a minute, then repeat.",
    ),
    "enter_current_password": Text(
        vi="Mật khẩu hiện tại không đúng. Nhập lại.", en="The present password is not right. Type it again."
    ),
    "incorrect_password": Text(vi="Mật khẩu không đúng. Nhập lại.", en="The password is not right. Type it again."),
    "invalid_password_reset": Text(
        vi="Liên kết đặt lại mật khẩu đã dùng hoặc đã hết hạn. Gửi yêu cầu mới.",
        en="The link to set a new password was used or has expired. Ask for a new one.",
    ),
}
SECOND_FACTOR_ERRORS = {
    "incorrect_code": Text(
        vi="Mã không đúng hoặc đã hết hạn. Nhập mã đang hiện trong ứng dụng, hoặc một mã dự phòng chưa dùng.",
        en="The code is wrong or has expired. Type the one now shown by the application, or an unused recovery code.",
    ),
    "cannot_delete_authenticator": Text(
        vi="Không gỡ được bước xác thực thứ hai này.", en="This second factor cannot be removed."
    ),
    "cannot_generate_recovery_codes": Text(
        vi="Mã dự phòng chỉ có khi đã bật ứng dụng xác thực hoặc khóa truy cập.",
        en="Recovery codes exist only beside an authenticator application or a passkey.",
    ),
}
MESSAGES = {
    "account/messages/password_changed.txt": Text(
        vi="Đã đổi mật khẩu. Các phiên ở máy khác đã đăng xuất.",
        en="Password changed. Sessions on other machines are signed out.",
    ),
    "mfa/messages/totp_activated.txt": Text(vi="Đã bật ứng dụng xác thực.", en="Authenticator application turned on."),
    "mfa/messages/totp_deactivated.txt": Text(vi="Đã gỡ ứng dụng xác thực.", en="Authenticator application removed."),
    "mfa/messages/webauthn_added.txt": Text(vi="Đã thêm khóa truy cập.", en="Passkey added."),
    "mfa/messages/webauthn_removed.txt": Text(vi="Đã gỡ khóa truy cập.", en="Passkey removed."),
    "mfa/messages/recovery_codes_generated.txt": Text(
        vi="Đã tạo mã dự phòng. Chỉ hiện một lần: ghi lại ngay.",
        en="Recovery codes made. They are shown once: write them down now.",
    ),
}
