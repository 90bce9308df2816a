"""The web page: the same questions as the commands, as pages on the user's own machine and as an API."""
