"""Answers as pages: one file that holds all it needs, to be read on a screen and printed on A4."""
