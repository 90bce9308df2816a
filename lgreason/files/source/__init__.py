"""Source: a file as plain data that knows where each of its entries stands."""
