"""Model fields that are encrypted in the database."""

from typing import TYPE_CHECKING, Any, Literal

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from huiyin.storage.crypto import decrypt, encrypt

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField

DataClass = Literal["personal", "sensitive"]


class EncryptedTextField(_Text):
    """Text in Python, authenticated ciphertext in the database; "" stays empty.

    `data_class` says what protection it needs: "personal" (name, address) or
    "sensitive" (identity number, the identity of a complainant). It cannot be
    searched: keep a `lookup_digest` beside it where equality is needed.
    """

    def __init__(self, *args: Any, data_class: DataClass, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.data_class: DataClass = data_class

    def get_internal_type(self) -> str:
        """Store it as bytes on both databases."""
        return "BinaryField"

    def deconstruct(self) -> Any:
        """Keep the data class in migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "data_class": self.data_class}

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every search but `isnull`: equal texts have different ciphertexts."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def from_db_value(self, value: Any, _expression: object, _connection: BaseDatabaseWrapper) -> str | None:
        """Decrypt; raises `crypto.Unreadable` for a value that was changed."""
        if value is None:
            return None
        stored = bytes(value)
        return decrypt(stored) if stored else ""

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """Encrypt, except None and ""."""
        value = super().get_db_prep_value(value, connection, prepared)
        if value is None or isinstance(value, bytes | memoryview):
            return value
        return connection.Database.Binary(encrypt(str(value)) if value else b"")  # type: ignore[attr-defined]
