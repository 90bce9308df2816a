"""The words of sentences: those of the vocabulary, and those of declared facts."""
