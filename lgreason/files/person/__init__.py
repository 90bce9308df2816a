"""A person: from the plain data of a file to the typed value."""
