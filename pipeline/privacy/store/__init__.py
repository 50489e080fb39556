"""What is kept of requests, breaches and removals."""
