"""The numbered case folders, the numbers, and the views beside them."""
