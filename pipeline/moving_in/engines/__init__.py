"""Foreign formats of tables, opened in a confined child."""
