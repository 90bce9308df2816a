"""Rule sets as a whole: what can never hold, what never matters, and what a change of rules changes for whom."""
