"""Page codes looked up."""
