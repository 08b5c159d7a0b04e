"""A misconduct report says nothing in the clear, and may be against any number of people."""

from django.db import migrations, models


def say_no_more_than_what_it_is(apps, schema_editor):
    """The words themselves stand encrypted in `question` since the report was taken in."""
    Matter = apps.get_model("matters", "Matter")
    Matter.objects.using(schema_editor.connection.alias).filter(kind="report").update(summary="检举")


class Migration(migrations.Migration):
    dependencies = [("matters", "0011_deemed_acceptance")]

    operations = [
        migrations.AlterField(
            model_name="matter", name="accused", field=models.TextField(blank=True, default="")
        ),
        migrations.RunPython(say_no_more_than_what_it_is, migrations.RunPython.noop),
    ]
