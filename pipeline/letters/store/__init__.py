"""What of letters is kept on disk beside the archive."""
