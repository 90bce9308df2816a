"""lgreason: a reasoner over Thai local-government personnel regulations."""
