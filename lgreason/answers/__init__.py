"""Answers: what each question comes to, whoever asks it."""
