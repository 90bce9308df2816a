"""Understanding a sentence: its words found in a lattice, its chunks parsed, its meaning read by frames."""
