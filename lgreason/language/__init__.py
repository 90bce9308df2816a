"""The rule language: what officials write as Thai or English sentences, as clauses, and clauses as sentences."""
