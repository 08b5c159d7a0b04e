from uuid import UUID

from django.db import migrations


def keep_drafts(apps, schema_editor):
    """Make of each document's text its draft, and bind to it what lies before somebody since it was written.

    Texts of drafts that were returned before this are lost: each was written over by the next.
    """
    Document = apps.get_model("matters", "OfficialDocument")
    Draft = apps.get_model("matters", "Draft")
    Routing = apps.get_model("matters", "Routing")
    LedgerEvent = apps.get_model("ledger", "LedgerEvent")
    for document in Document.objects.filter(book__in=("official", "letter", "office")).iterator():
        told = LedgerEvent.objects.filter(
            room="matters", subject_id=document.matter_id, kind="document.drafted"
        ).order_by("seq")
        event = told.last()
        if event is None or not document.draft:
            continue
        actor, principal = event.actor, event.acting_for or event.actor
        draft = Draft.objects.create(
            matter_id=document.matter_id,
            ordinal=told.count(),
            text=document.draft,
            written_by_id=UUID(principal.removeprefix("person:")),
            done_for_id=UUID(actor.removeprefix("person:")) if event.acting_for else None,
            written_at=event.at,
        )
        Routing.objects.filter(
            matter_id=document.matter_id,
            role__in=("checker", "countersigner", "signer"),
            asked_at__gte=event.at,
        ).update(draft=draft)


class Migration(migrations.Migration):

    dependencies = [
        ("ledger", "0001_first_release"),
        ("matters", "0006_drafts"),
    ]

    operations = [
        migrations.RunPython(keep_drafts, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(model_name="officialdocument", name="draft"),
    ]
