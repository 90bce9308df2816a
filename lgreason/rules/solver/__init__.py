"""The one place that talks to clingo: symbols, the grounding of facts, and deciding clause trees by the theory."""
