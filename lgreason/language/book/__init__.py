"""All files of rules together, as one layer over the knowledge base, by day."""
