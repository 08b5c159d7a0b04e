"""Lights board, statistics, assessment, self-inspection and event-log export: reads only.

Promises that every figure can be traced to the rows it was counted from and to the clause that asks for it.
Hides nothing of its own: it stores nothing and changes nothing.
"""
