"""Complaints, inspections, findings, measures, defence and appeal.

Promises that a measure cites its facts, its clause and its decider, that nobody decides on themselves, and
that the person complained about sees a separate redacted summary, never the complaint. Hides who complained.
"""
