"""Word templates filled, printed as PDF/A, stamped and checked."""
