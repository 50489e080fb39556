"""What holds a child process in which hostile files are opened: its view of the disk, its system calls, its files."""
