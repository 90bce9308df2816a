"""Persons: service and qualifications, eligibility, remedies, careers."""
