"""What the office drafts, prints, marks with page codes, and gets back signed."""
