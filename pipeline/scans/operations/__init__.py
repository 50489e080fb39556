"""What child processes do with a scan: look into it, read it, draw it, part it, bind it."""
