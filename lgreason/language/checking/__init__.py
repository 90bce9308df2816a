"""What is wrong with the files of a book, and how it is put right."""
