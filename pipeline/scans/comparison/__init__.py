"""A scanned page held against the page of our own that it says it is: where it lies, what is on it that was not."""
