"""From a file in the inbox to its case: watching, claiming, routing, receiving, and the account of every file."""
