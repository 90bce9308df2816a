"""From the text of a sentence to its tree, or to what is wrong with it."""
