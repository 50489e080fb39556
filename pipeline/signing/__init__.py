"""Electronic signatures of PDFs: making them with a certificate, and finding out what those that arrive are worth."""
