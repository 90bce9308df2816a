"""A roster: from the tables of a register to persons, one a row, as files of persons have them."""
