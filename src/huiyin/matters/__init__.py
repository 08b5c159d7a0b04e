"""A matter from receipt to closing.

An open matter has exactly one custodian, and keeps them until the next one
accepts. Every verb here is one transaction: the row, its ledger event, the
obligations that the regimes in force derive from it, the papers and the
messages; and a verb repeated with the same key gives the same receipt.
"""
