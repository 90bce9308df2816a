"""Recognising: what people write in records, read as terms of the knowledge base, or said to be not understood."""
