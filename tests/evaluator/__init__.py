"""A second, independent statement of the position standard in plain Python, to compare the product with."""
