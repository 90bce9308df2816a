"""The rules: the knowledge base as typed values, and the one place that talks to clingo."""
