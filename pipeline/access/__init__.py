"""Who may do and see what: people and their sessions, rights, secrecy, masking, and the log of who looked."""
