"""Screening: many persons against many positions at once, in columns; the scalar measure is the oracle."""
