from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import pytest
from django.apps.registry import Apps
from django.core.exceptions import FieldError
from django.db import connection, models

from huiyin.storage.crypto import Unreadable
from huiyin.storage.fields import EncryptedTextField
from huiyin.storage.ids import new_id


class Secret(models.Model):
    """Exists only while these tests run."""

    objects: ClassVar[models.Manager[Secret]] = models.Manager()

    id = models.UUIDField(primary_key=True, default=new_id)
    text = EncryptedTextField(data_class="sensitive", default="")
    maybe = EncryptedTextField(data_class="personal", null=True)  # type: ignore[misc]

    class Meta:
        app_label = "storage"
        apps = Apps(["huiyin.storage"])  # a registry of its own: other tests walk every real table
        managed = False

    def __str__(self) -> str:
        return str(self.id)


@pytest.fixture(autouse=True)
def table(transactional_db: None) -> Iterator[None]:
    with connection.schema_editor() as editor:
        editor.create_model(Secret)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Secret)


def stored(column: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM storage_secret")
        [value] = cursor.fetchone()
    return None if value is None else bytes(value)


def test_the_database_holds_no_plain_text() -> None:
    Secret.objects.create(text="张三 13812341234")
    assert "张三".encode() not in bytes(stored("text") or b"")  # type: ignore[call-overload]
    assert Secret.objects.get().text == "张三 13812341234"
    assert Secret.objects.get().maybe is None
    assert stored("maybe") is None


def test_empty_stays_empty() -> None:
    Secret.objects.create()
    assert stored("text") == b""
    assert Secret.objects.get().text == ""


def test_updates_are_encrypted_too() -> None:
    row = Secret.objects.create(text="a")
    Secret.objects.update(text="李四")
    assert stored("text") != "李四".encode()
    row.refresh_from_db()
    row.text = "王五"
    Secret.objects.bulk_update([row], ["text"])
    assert Secret.objects.values_list("text", flat=True).get() == "王五"


@pytest.mark.parametrize("lookup", ["text", "text__exact", "text__in", "text__icontains", "text__gt"])
def test_searching_is_refused(lookup: str) -> None:
    with pytest.raises(FieldError):
        Secret.objects.filter(**{lookup: "x"}).exists()
    assert not Secret.objects.filter(text__isnull=True).exists()


def test_a_changed_value_is_refused() -> None:
    Secret.objects.create(text="张三")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE storage_secret SET text = %s", [b"G1\x02k1" + b"\1" * 40])
    with pytest.raises(Unreadable):
        Secret.objects.get()


def test_the_class_of_data_is_part_of_the_field() -> None:
    field = Secret._meta.get_field("text")
    assert isinstance(field, EncryptedTextField)
    assert field.data_class == "sensitive"
    assert field.deconstruct()[3] == {"data_class": "sensitive", "default": ""}
