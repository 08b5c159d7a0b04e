"""Encryption of fields, keyed digests, and hashes of query codes.

Every encrypted value carries its algorithm and the id of its key:

    2 bytes algorithm ("G1": AES-256-GCM), 1 byte length of the key id, key id, 12 bytes nonce,
    ciphertext with its 16-byte tag; the bytes before the nonce are authenticated with it

so keys and algorithms can change value by value while the system runs.
"""

import hashlib
import hmac
import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from huiyin.rules.errors import HuiyinError, msg
from huiyin.storage import home

_AES_GCM = b"G1"
_NONCE_BYTES = 12
_SALT_BYTES = 16


class Unreadable(HuiyinError):
    """A stored value cannot be decrypted: wrong or missing key, or the bytes were changed."""

    status = 500


def encrypt(text: str) -> bytes:
    """Encrypt under the newest field key; equal texts give different bytes."""
    keys = _field_keys()
    key_id = next(reversed(keys))
    name = key_id.encode("ascii")
    head = _AES_GCM + bytes([len(name)]) + name
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return head + nonce + AESGCM(keys[key_id]).encrypt(nonce, text.encode(), head)


def decrypt(stored: bytes) -> str:
    """Return the text; raises `Unreadable` when the key is missing or the value was tampered with."""
    head, nonce, sealed = _parts(stored)
    key_id = head[3:].decode("ascii", "replace")
    keys = _field_keys()
    if key_id not in keys:
        # Another process may have added a key since this one read them.
        _field_keys.cache_clear()
        keys = _field_keys()
    if key_id not in keys:
        raise Unreadable(msg("缺少密钥 %(key)s"), code="missing_field_key", params={"key": key_id})
    try:
        return AESGCM(keys[key_id]).decrypt(nonce, sealed, head).decode()
    except (InvalidTag, ValueError) as error:
        raise Unreadable(msg("已加密的内容被改动或损坏"), code="damaged_value") from error


def needs_renewal(stored: bytes) -> bool:
    """Tell whether a value is under an older key or algorithm than new values are."""
    head, _, _ = _parts(stored)
    return head[:2] != _AES_GCM or head[3:].decode("ascii", "replace") != next(reversed(_field_keys()))


def forget_keys() -> None:
    """Read the keys again at the next use, after a rotation."""
    _field_keys.cache_clear()
    _derived.cache_clear()


def new_salt() -> bytes:
    """Return a salt of 128 random bits, for one row."""
    return secrets.token_bytes(_SALT_BYTES)


def digest(value: str, salt: bytes) -> str:
    """HMAC-SHA256 of a value under its row's salt, in hex: what the ledger keeps of personal data.

    Once value and salt are erased nothing can be learnt from it. No
    installation key takes part, so whoever holds value and salt can check it.
    """
    return hmac.new(salt, value.encode(), hashlib.sha256).hexdigest()


def lookup_digest(value: str) -> str:
    """Keyed digest, in hex, for equality search over an encrypted value.

    Width variants, letter case and blanks do not matter.
    """
    plain = "".join(unicodedata.normalize("NFKC", value).casefold().split())
    return hmac.new(_derived("lookup"), plain.encode(), hashlib.sha256).hexdigest()


def keyed_digest(value: str, purpose: str) -> str:
    """HMAC-SHA256 in hex under a key of this installation, of its own for each purpose.

    For telling equal values apart from others; without the key nothing can be guessed from it.
    """
    return hmac.new(_derived(purpose), value.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def hash_code(code: str) -> str:
    """Argon2id hash of a query code, under a pepper kept outside the database; about 1 ms."""
    return _hasher().hash(_peppered(code))


def check_code(code: str, hashed: str) -> bool:
    """Tell whether a code belongs to a hash; takes the same time when `hashed` is empty."""
    try:
        _hasher().verify(hashed or _nobody(), _peppered(code))
    except (Argon2Error, InvalidHashError):
        return False
    return bool(hashed)


def _parts(stored: bytes) -> tuple[bytes, bytes, bytes]:
    end = 3 + stored[2] if len(stored) > len(_AES_GCM) else 0
    if not stored.startswith(_AES_GCM) or len(stored) < end + _NONCE_BYTES:
        raise Unreadable(msg("已加密的内容被改动或损坏"), code="damaged_value")
    return stored[:end], stored[end : end + _NONCE_BYTES], stored[end + _NONCE_BYTES :]


def _peppered(code: str) -> bytes:
    return hmac.new(_derived("pepper"), code.encode(), hashlib.sha256).digest()


@cache
def _field_keys() -> dict[str, bytes]:
    return home.field_keys()


@cache
def _derived(purpose: str) -> bytes:
    return hmac.new(home.digest_key(), purpose.encode(), hashlib.sha256).digest()


@cache
def _hasher() -> PasswordHasher:
    # One pass over one MiB: a code has 50 bits and a pepper, and intake must not wait for it.
    return PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_bytes(_SALT_BYTES))
