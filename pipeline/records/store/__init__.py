"""What archivists keep of many cases at once."""
