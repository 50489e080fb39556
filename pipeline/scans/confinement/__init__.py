"""What holds a child process in which hostile files are opened, and how it is asked."""
