"""Forms: the shape of a kind of file, its JSON Schema, and what it refuses."""
