"""Amendments as committees write them: what they change, read from their words and laid on the clauses named."""
