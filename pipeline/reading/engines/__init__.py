"""The reader of scans."""
