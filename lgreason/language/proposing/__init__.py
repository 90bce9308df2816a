"""What a sentence that is not read was most likely meant to say, proposed in words that are read."""
