"""A scan opened safely: proved, pictured, read and laid out anew, always in a confined child process."""
