"""The REPL: from a sentence to a question, and from a question to its answer."""
