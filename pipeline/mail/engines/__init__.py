"""What carries mail away: an SMTP server; and the thread that looks after it."""
