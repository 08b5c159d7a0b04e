"""What both databases need: the write queue, transactions, numbers, keys, encrypted fields, masking.

Importing this package makes `sqlite3` mean the library Huiyin ships, for
everything that is imported afterwards (see `library`).
"""

from huiyin.storage import library

library.install()
