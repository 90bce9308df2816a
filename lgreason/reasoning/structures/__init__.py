"""Structures: every valid one, counted, narrowed, the best, listed."""
