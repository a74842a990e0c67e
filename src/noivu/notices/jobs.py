"""What the worker does for this room: tell what is due, gather mails, send them."""

from datetime import timedelta

from noivu.core.periodic import Periodic, declare_periodic
from noivu.core.wording import Text
from noivu.notices.mailing import prepare_mail, send_mail
from noivu.notices.making import make_notices

declare_periodic(
    Periodic(
        "notices.tell",
        Text(vi="Nhắc việc sắp đến hạn, đến hạn, quá hạn", en="Tell what is nearly due, due and overdue"),
        timedelta(minutes=30),
        make_notices,
    ),
    Periodic(
        "notices.gather",
        Text(vi="Gộp nhắc việc thành thư", en="Gather notices into mails"),
        timedelta(minutes=1),
        prepare_mail,
    ),
    Periodic(
        "notices.send",
        Text(vi="Gửi thư đang chờ", en="Send the mails that wait"),
        timedelta(seconds=20),
        send_mail,
    ),
)
