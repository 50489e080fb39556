"""What is true. Pure: no disk, no clock, no database, no network."""
