"""The law as data: dated values, each with its clause; no code."""
