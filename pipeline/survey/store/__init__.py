"""Where answers are counted."""
