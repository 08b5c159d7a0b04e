from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0010_withdrawn_extensions'),
    ]

    operations = [
        migrations.AddField(
            model_name='matter',
            name='deemed_at',
            field=models.DateTimeField(null=True),
        ),
    ]
