"""Answers as documents: JSON, and files that are read again."""
