"""Files: from what a user wrote to a typed person, or to every finding at once."""
