"""Rules written anew: files, templates, sentences told back and completed."""
