"""What the worker does for this room: changes that a killed process left undone."""

from datetime import timedelta

from noivu.core.periodic import Periodic, declare_periodic
from noivu.core.wording import Text
from noivu.law.services.asked import carry_out_waiting

declare_periodic(
    Periodic(
        "law.changes",
        Text(vi="Làm lại thay đổi lịch, tham số còn dở", en="Carry out changes of calendar and values left undone"),
        timedelta(minutes=1),
        carry_out_waiting,
    )
)
