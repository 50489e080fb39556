"""The rights of the person over the data about them, breaches of its protection, and terms of keeping (UU 27/2022)."""
