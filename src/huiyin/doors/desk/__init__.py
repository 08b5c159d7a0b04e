"""The desk: where people who work in the office register, handle, decide, and see what they owe.

Promises: every page is complete without scripts; every form carries a key that
makes repeating it harmless; what a person may do next is asked of the rooms,
never decided here.
"""
