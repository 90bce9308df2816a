"""The question of a whole roster: from its files to the answers, going on where an earlier run stopped."""
