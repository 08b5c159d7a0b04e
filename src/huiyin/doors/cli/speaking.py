"""The language of the command line, which it shares with the other programs on the machine."""

from huiyin.doors.speaking import CATALOGUES, CHINESE, ENGLISH, gettext, language, listed

__all__ = ["CATALOGUES", "CHINESE", "ENGLISH", "gettext", "language", "listed"]
