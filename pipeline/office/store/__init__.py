"""What is kept of the office: its settings file, its keys, the closed days, the system's clock."""
