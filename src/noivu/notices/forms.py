"""The form of how one wants to be told."""

from noivu.core.wording import Text
from noivu.notices.constants import CHANNELS
from noivu.ui.forms import BooleanField, ChoiceField, Form, IntegerField


class PreferenceForm(Form):
    """By which channel, from which hour, in one mail or several."""

    channel = ChoiceField(
        Text(vi="Nhận nhắc việc", en="Be reminded"), choices=[(code.value, words) for code, words in CHANNELS.items()]
    )
    hour = IntegerField(
        Text(vi="Gửi thư từ giờ", en="Mail from the hour"),
        hint=Text(vi="Giờ trong ngày, từ 0 đến 23.", en="Hour of the day, 0 to 23."),
        least=0,
        most=23,
    )
    digest = BooleanField(
        Text(vi="Gộp thành một thư mỗi ngày", en="One mail a day"),
        hint=Text(vi="Bỏ chọn: mỗi việc một thư.", en="Not ticked: a mail for each."),
    )
