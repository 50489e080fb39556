"""What is kept of books that were brought to the desk, until they are taken over."""
