"""Hand-written programs for the shipped standard, to measure against: clingo, SQL, numpy."""
