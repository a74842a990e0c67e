from django.db import migrations

from noivu.core.text import fold


def fill(apps, editor):
    users = apps.get_model("accounts", "User")
    for user in users.objects.filter(search_key="").iterator():
        user.search_key = fold(f"{user.full_name} {user.username}")
        user.save(update_fields=["search_key"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_names_to_search")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
