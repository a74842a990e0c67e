"""A view obtains, calls the domain once, renders: it neither queries nor filters."""

import re

from tests.architecture.house import SOURCE, product_files

QUERYING = re.compile(r"\.(objects|filter|exclude|annotate|aggregate|select_related|prefetch_related|order_by)\b")


def test_views_do_not_query() -> None:
    strays = [
        f"{path.relative_to(SOURCE)}:{number}: {line.strip()}"
        for path in product_files()
        if path.name == "views.py" or path.parent.name == "views"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if QUERYING.search(line)
    ]
    assert not strays, "Move the query to the room's queries.py under a name in domain words:\n" + "\n".join(strays)
