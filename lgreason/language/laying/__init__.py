"""Amending texts laid on the clauses that they name."""
