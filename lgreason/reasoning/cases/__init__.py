"""Cases: what any subject comes to, clause by clause."""
