"""Settings of a test run: a throwaway home, quick password hashes, letters kept in memory.

The database is a SQLite file in that home (WAL needs a file), or the server
that DATABASE_URL names.
"""

from huiyin.settings import sandbox
from huiyin.settings.base import *

PASSWORD_HASHERS = ["huiyin.settings.hashers.QuickArgon2"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

if DATABASES["default"]["ENGINE"].endswith("sqlite"):
    DATABASES["default"]["TEST"] = {"NAME": str(sandbox.HOME / "test.sqlite3")}

# A view that nobody declared is a mistake to see at once; in service its address does not exist.
UNDECLARED_VIEWS_RAISE = True
