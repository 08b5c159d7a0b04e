"""What the regulation requires.

Pure Python: no Django, no clock, no database. An event goes in; obligations
and findings come out. Everything here can be read, and tested, without
starting anything.
"""
