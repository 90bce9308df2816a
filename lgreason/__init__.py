"""lgreason: a reasoner over Thai local-government personnel regulations."""

__version__ = "0.1.0"
