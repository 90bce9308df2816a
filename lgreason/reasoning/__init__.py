"""Reasoning: measuring, deciding, explaining, and what would change an answer."""
