"""Every duty with a limit: who bears it, on which clock, by which clause.

What runs out of time is found by looking here and nowhere else. Rows hold what
the rules reckoned; nobody types a date. Findings, the breaches that the rules
noticed by themselves, are kept beside the duties they came from.
"""
