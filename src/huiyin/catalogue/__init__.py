"""What the office does: service items, their materials and the limits it promised.

Promises: an item's handler is a position, never a name; a promised limit is
shorter than the statutory one; and a running matter can always read the
version of the item it was received under.
"""
