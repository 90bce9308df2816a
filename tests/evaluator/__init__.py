"""A second, independent statement of both documents in plain Python, to compare the product with."""
