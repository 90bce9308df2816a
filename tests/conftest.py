"""Settings of all tests: a slow machine must not fail a property, so none has a deadline."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
