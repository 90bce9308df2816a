"""From the tree of a sentence to what its clauses demand."""
