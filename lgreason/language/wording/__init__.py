"""From clauses and trees back to words."""
