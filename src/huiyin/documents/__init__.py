"""Notices, forms and letters: what an office hands to a person, kept unaltered."""
