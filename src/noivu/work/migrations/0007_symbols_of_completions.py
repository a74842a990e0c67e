"""What completed an obligation keeps its symbol: until now it stood on the obligation alone."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def carry_over(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    event, obligation = apps.get_model("work", "ObligationEvent"), apps.get_model("work", "Obligation")
    answered = obligation.objects.exclude(answer_symbol="")
    done = event.objects.filter(happening="completed", superseded_at=None, obligation_id__in=answered.values("pk"))
    symbol = obligation.objects.filter(pk=OuterRef("obligation_id")).values("answer_symbol")[:1]
    done.update(symbol=Subquery(symbol))


class Migration(migrations.Migration):
    dependencies = [("work", "0006_symbol_on_events")]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
