"""What can be wrong with a file, and the words in which its sender is told."""

from noivu.core.refusals import Refusal
from noivu.core.wording import Text


class Finding(Exception):  # noqa: N818  it is a finding about a file, not an error of the program
    """What ends the checking of a file. `fact` fills the wording."""

    def __init__(self, code: str, fact: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.fact = fact


_RUNS = Text(
    vi="Tệp chạy được có thể là mã độc; hệ thống không nhận.",
    en="A file that can run may be malware; none is taken.",
)
_AS_PDF = Text(
    vi="Xuất văn bản thành PDF, hoặc lưu lại không kèm macro (.docx, .xlsx, .pptx), rồi gửi lại.",
    en="Export it as PDF, or save it without macros (.docx, .xlsx, .pptx), and send it again.",
)
_PRINT_AGAIN = Text(vi="In lại thành PDF (Print to PDF) rồi gửi bản đó.", en="Print it to a new PDF and send that one.")
_SEND_ALLOWED = Text(
    vi="Gửi PDF, tệp Office (.docx, .xlsx, .pptx, .doc, .xls, .ppt, .odt, .ods, .odp, .rtf), ảnh, .txt, .csv, .xml"
    " hoặc .zip chứa các tệp ấy.",
    en="Send PDF, Office files (.docx, .xlsx, .pptx, .doc, .xls, .ppt, .odt, .ods, .odp, .rtf), images, .txt, .csv,"
    " .xml, or a .zip of such files.",
)
_OPEN_AND_SAVE = Text(vi="Mở tệp, lưu lại rồi gửi bản mới.", en="Open the file, save it again and send the new one.")
_WHAT: dict[str, tuple[Text, Text]] = {
    "empty": (Text(vi="tệp rỗng", en="it is empty"), _OPEN_AND_SAVE),
    "runs": (Text(vi="là chương trình hoặc tập lệnh ({fact})", en="it is a program or script ({fact})"), _SEND_ALLOWED),
    "type": (Text(vi="loại tệp {fact} không được nhận", en="files of type {fact} are not taken"), _SEND_ALLOWED),
    "name": (
        Text(vi="tên tệp chứa ký tự đảo chiều chữ, che đuôi thật", en="its name hides its true ending"),
        Text(vi="Đổi tên tệp rồi gửi lại.", en="Rename it and send it again."),
    ),
    "other": (
        Text(vi="nội dung không phải {fact} như tên tệp ghi", en="its content is not {fact}, as its name says"),
        Text(
            vi="Mở bằng đúng phần mềm, lưu lại đúng loại rồi gửi lại; không đổi đuôi tệp bằng tay.",
            en="Open it in its own program, save it as that type and send it again; do not just change the ending.",
        ),
    ),
    "macros": (Text(vi="có macro ({fact})", en="it holds macros ({fact})"), _AS_PDF),
    "object": (Text(vi="có đối tượng nhúng chạy được ({fact})", en="it embeds what can run ({fact})"), _AS_PDF),
    "remote": (
        Text(vi="gọi một mẫu văn bản ở máy khác ({fact})", en="it calls a template of another machine ({fact})"),
        _AS_PDF,
    ),
    "script": (Text(vi="PDF có lệnh tự chạy ({fact})", en="the PDF holds actions that run ({fact})"), _PRINT_AGAIN),
    "encrypted": (
        Text(vi="đặt mật khẩu hoặc mã hóa, không kiểm tra được", en="it is encrypted and cannot be checked"),
        Text(
            vi="Bỏ mật khẩu rồi gửi lại. Tài liệu mật không gửi qua hệ thống nối mạng.",
            en="Remove the password and send it again. State secrets are not sent over a networked system.",
        ),
    ),
    "broken": (
        Text(vi="không đọc được: tệp hỏng hoặc bị cắt", en="it cannot be read: damaged or cut off"),
        _OPEN_AND_SAVE,
    ),
    "bomb": (
        Text(vi="giải nén ra quá lớn ({fact})", en="it inflates beyond measure ({fact})"),
        Text(vi="Gửi từng tệp, không nén nhiều lần.", en="Send the files one by one, not packed repeatedly."),
    ),
    "nested": (
        Text(vi="tệp nén nằm trong tệp nén ({fact})", en="an archive within an archive ({fact})"),
        Text(vi="Nén một lần rồi gửi lại.", en="Pack the files once and send them again."),
    ),
}


def refusal_of(name: str, finding: Finding) -> Refusal:
    """The finding as an answer to whoever sent the file."""
    what, do = _WHAT[finding.code]
    said = what.format(fact=finding.fact)
    return Refusal(
        what=Text(vi=f"Không nhận tệp “{name}”: {said.vi}.", en=f"“{name}” is not taken: {said.en}."),
        why=_RUNS if finding.code in {"runs", "macros", "object", "script"} else None,
        do=do,
        where="file",
        code=f"file_{finding.code}",
    )
