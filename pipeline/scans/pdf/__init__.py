"""PDF files proved, disarmed, cut, joined, and made searchable."""
