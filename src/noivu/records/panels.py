"""What the room adds to search."""

from urllib.parse import urlencode

from noivu.core.wording import Text
from noivu.records.addresses import REGISTERS
from noivu.records.constants import Direction
from noivu.records.queries.outgoing import find_outgoing
from noivu.ui.search import Searchable, declare_searchable

declare_searchable(
    Searchable(
        "records.outgoing",
        Text(vi="Văn bản đi", en="Outgoing documents"),
        find_outgoing,
        order=20,
        verb="records.view",
        more_href=lambda words: f"{REGISTERS[Direction.OUT]}?{urlencode({'q': words})}",
    )
)
