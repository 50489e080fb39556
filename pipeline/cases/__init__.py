"""A case: its events and journal, the SOP as data, what may be done with it, when it is late, what is owed to it."""
