"""Huiyin 回音: the efficiency regimes of a public office, from the counter to the yearly assessment.

At every moment each matter has one person answerable, each duty has one clock, and each clock, refusal and
measure names the clause that demands it. The packages are storeys; each imports only what lies below it
(ARCHITECTURE.md draws them, `make lint` keeps them).
"""
