"""Examples of a file: whether they come out, and new ones at a boundary."""
