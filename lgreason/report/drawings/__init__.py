"""Answers as drawings."""
