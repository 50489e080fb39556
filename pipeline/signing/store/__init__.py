"""What signing keeps on disk: trusted certificates, and signed bytes that are not filed yet."""
