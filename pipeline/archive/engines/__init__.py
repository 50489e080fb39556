"""What binds a folder into one PDF."""
