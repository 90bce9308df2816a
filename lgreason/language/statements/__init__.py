"""From the text of a file to its rules, definitions and examples."""
