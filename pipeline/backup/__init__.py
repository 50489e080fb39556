"""An office's second copy, and the way back from it."""
