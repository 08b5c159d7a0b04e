"""Django's SQLite backend with durable commits and an orderly queue for writers."""
