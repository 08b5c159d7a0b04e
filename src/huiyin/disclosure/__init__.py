"""What the public may see, and by when it must.

Promises that what a rulebook orders published is published in time, and that nothing else leaves the office
by this way. Hides everything that has not been released for the public.
"""
