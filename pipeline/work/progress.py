"""How a command that nobody sees at a terminal is told to say how far it is."""

#: Set for such a command: it says so line by line.
PROGRESS_VARIABLE = "YANKOMAS_KEMAJUAN"
