"""The API: what people do at the desk, for programs, under the same permissions and limits.

A program shows a token of its own and acts as the person the token names; its
rights only open groups of operations. Every answer that is not a success is a
problem as RFC 9457 has them; every moment carries its offset.
"""
