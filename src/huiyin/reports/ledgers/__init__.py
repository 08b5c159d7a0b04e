"""Registers (台账): what an office keeps as dated lists, read from what happened and given as workbooks.

A register is a `frame.Ledger` in `registry.REGISTRY`: its columns, the rows somebody may have, and a function
that makes lines of them. Counting, the first lines, the workbook, the desk's page and the command then come
by themselves.
"""
