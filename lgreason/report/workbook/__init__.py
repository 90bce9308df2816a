"""Answers as workbooks."""
