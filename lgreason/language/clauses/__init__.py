"""Rules with their clauses, and what they cite."""
