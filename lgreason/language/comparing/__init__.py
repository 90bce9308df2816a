"""What rules change, and what about them is suspicious."""
