"""Declared facts: from the plain data of a file to typed values, by their declarations alone."""
