"""What people type about copies, envelopes that go by post, and uses of kept copies."""

from noivu.core.wording import Text, both
from noivu.records.api import COPY_KINDS, CopyEntry, CopyKind, PostingEntry, UseEntry, signer_field
from noivu.ui.forms import ChoiceField, DateField, Form, IntegerField, TextField


def _note() -> TextField:
    return TextField(Text(vi="Ghi chú", en="Note"), rows=2, max_length=1000, required=False)


class CopyForm(Form):
    """A copy of a document, or of a sao y."""

    kind = ChoiceField(
        Text(vi="Hình thức sao", en="Kind of copy"),
        choices=[(kind.value, f"{words} ({kind.value})") for kind, words in COPY_KINDS.items()],
    )
    copied_on = DateField(Text(vi="Ngày sao", en="Copied on"))
    issuer = TextField(
        Text(vi="Chữ viết tắt tên cơ quan", en="Abbreviation of the organisation"),
        hint=Text(
            vi="Số lấy tự động: các hình thức sao đánh số chung, từ 01 mỗi năm.",
            en="The number is given: copies of all kinds have one series, from 01 each year.",
        ),
        example=both("BNV"),
        max_length=80,
    )
    extract = TextField(Text(vi="Phần trích sao", en="Part extracted"), rows=2, max_length=500, required=False)
    signer = signer_field()
    recipients = TextField(Text(vi="Nơi nhận", en="Recipients"), rows=2, max_length=2000, required=False)
    copies = IntegerField(Text(vi="Số lượng bản", en="Copies"), most=100_000, required=False)
    note = _note()

    def entry(self) -> CopyEntry:
        data = dict(self.cleaned_data)
        return CopyEntry(kind=CopyKind(data.pop("kind")), **data)


class PostingForm(Form):
    """Envelopes to one recipient."""

    posted_on = DateField(Text(vi="Ngày chuyển", en="Posted on"))
    recipient = TextField(Text(vi="Nơi nhận", en="Recipient"), rows=2, max_length=500)
    envelopes = IntegerField(Text(vi="Số lượng bì", en="Envelopes"), least=1, most=100_000)
    enclosed = TextField(
        Text(vi="Văn bản khác cùng bì", en="Also enclosed"),
        hint=Text(vi="Số, ký hiệu, cách nhau bằng dấu phẩy.", en="Symbols, with commas between."),
        max_length=400,
        required=False,
    )
    note = _note()

    def entry(self) -> PostingEntry:
        return PostingEntry(**self.cleaned_data)


class UseForm(Form):
    """Who uses a kept copy."""

    used_on = DateField(Text(vi="Ngày tháng", en="Used on"))
    user_name = TextField(Text(vi="Họ tên người sử dụng", en="Who uses it"), max_length=200)
    allowed_by = TextField(Text(vi="Người cho phép sử dụng", en="Allowed by"), max_length=200)
    file_symbol = TextField(
        Text(vi="Số và ký hiệu hồ sơ", en="File symbol"), example=both("01.TCCB"), max_length=120, required=False
    )
    note = _note()

    def entry(self) -> UseEntry:
        return UseEntry(**self.cleaned_data)


class ReturnForm(Form):
    """When it came back."""

    on = DateField(Text(vi="Ngày trả", en="Returned on"))
