"""What several rooms ask of querysets."""

from typing import Any

from django.db.models import Count, QuerySet, Subquery, Value


def number_of(rows: QuerySet[Any, Any]) -> Subquery:
    """How many rows there are, to stand beside each of them: counted once, from an index, whatever columns are listed.
    A window would carry every row through the sort to show eight."""
    counted = rows.order_by().select_related(None).annotate(figure_all=Value(1)).values("figure_all")
    return Subquery(counted.annotate(figure_number=Count("pk")).values("figure_number"))
