"""What looks at the machine itself."""
