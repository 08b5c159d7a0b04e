"""Who: offices, units, positions, people, stand-ins, absence, accounts.

Promises: one office never sees another's rows; who is on duty at a moment is
answered by one query over appointments and absences; and every change to who
may do what leaves an event in the ledger. These are registers: plain tables,
plain actions.
"""
