"""What reading keeps on disk: what an office has learned of its own cases."""
