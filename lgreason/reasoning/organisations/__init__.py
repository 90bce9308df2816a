"""Organisations: posts, burden, classes, plans, and what would change them."""
