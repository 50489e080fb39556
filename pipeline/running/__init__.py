"""The working day: the inbox to ``receive``, open cases to ``tend``, the views after them."""
