"""What happens without anybody asking: letters leave, passed limits are noted, old keys and tries go.

One loop with its errands, each safe to run in several workers at once and
safe to be killed in.
"""
