"""Event logs of other systems, read as histories of matters.

A mapping (YAML) says which column means what; the reader turns rows into cases
or into errors that name the row; the writer of histories does the rest. What
does not fit is said, never guessed.
"""
