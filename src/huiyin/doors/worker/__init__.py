"""What happens without anybody asking: letters leave, passed limits are noted, old keys go.

One loop with three errands, each safe to run in several workers at once and
safe to be killed in.
"""
