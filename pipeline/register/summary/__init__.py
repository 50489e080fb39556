"""What the head of the office sees: the complaints of a period counted from the register's rows."""
