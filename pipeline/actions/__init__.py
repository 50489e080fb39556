"""What we do: the three verbs, and the ports they are handed."""
