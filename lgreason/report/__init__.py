"""Reports: answers as text and as JSON, in the words of the message files."""
