"""The portal: guide, apply, ask, track and rate, for everybody, without an account.

Nothing here knows who the visitor is. What number and code open is shown for
one request; no address, cookie or cache keeps either of them together.
"""
