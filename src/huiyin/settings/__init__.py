"""Django's settings: `huiyin.settings.base` for an installation, `huiyin.settings.test` for tests."""
