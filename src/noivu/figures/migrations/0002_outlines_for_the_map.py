import django.db.models.deletion
import noivu.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('figures', '0001_stated_figures'),
    ]

    operations = [
        migrations.CreateModel(
            name='OutlineSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(default=noivu.core.clock.now, editable=False)),
                ('superseded_at', models.DateTimeField(editable=False, null=True)),
                ('starts_on', models.DateField()),
                ('source', models.CharField(max_length=500)),
                ('file_name', models.CharField(max_length=200)),
                ('file_sha256', models.CharField(max_length=64)),
                ('shapes', models.JSONField()),
                ('stored_by', models.CharField(max_length=64)),
                ('stored_by_name', models.CharField(max_length=200)),
                ('version_of', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='figures.outlineset')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('superseded_at__isnull', True), ('superseded_at__gte', models.F('recorded_at')), _connector='OR'), name='figures_outlineset_superseded_after_recorded'), models.CheckConstraint(condition=models.Q(('version_of__isnull', True), ('superseded_at__isnull', False), _connector='OR'), name='figures_outlineset_past_version_is_superseded'), models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('starts_on',), name='figures_outlines_once_a_day'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='figures_outlines_with_source')],
            },
        ),
    ]
