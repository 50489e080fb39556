"""What draws redacted copies."""
