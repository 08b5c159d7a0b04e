"""Where the outside comes in: desk, portal, API, command line, worker.

Promises: only doors read the clock; every address says who may use it; a
refusal reaches a person in their language with what to do next, and a program
as problem details. Doors never import one another, nor any model.
"""
