"""What the room adds to pages that are not its own."""

from urllib.parse import urlencode

from noivu.core.wording import Text
from noivu.office.queries.arrivals import find_incoming
from noivu.ui.navigation import Entry, declare_entry
from noivu.ui.search import Searchable, declare_searchable

declare_entry(
    Entry(
        "documents",
        Text(vi="Văn bản", en="Documents"),
        "office:incoming",
        order=20,
        verb="records.view",
        paths=("/documents/",),
    )
)
declare_searchable(
    Searchable(
        "office.incoming",
        Text(vi="Văn bản đến", en="Incoming documents"),
        find_incoming,
        order=10,
        verb="records.view",
        more_href=lambda words: f"/documents/in/?{urlencode({'q': words})}",
    )
)
