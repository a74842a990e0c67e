"""What the worker does for this room: read the words of files that were attached."""

from datetime import timedelta

from noivu.core.periodic import Periodic, declare_periodic
from noivu.core.wording import Text
from noivu.records.services.texts import read_round

declare_periodic(
    Periodic(
        "records.texts",
        Text(vi="Đọc chữ trong tệp để tìm", en="Read the words of files"),
        timedelta(minutes=1),
        read_round,
    )
)
