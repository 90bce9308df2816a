"""What an amending text says that is to be done."""
