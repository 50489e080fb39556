"""How we touch the world: one module for each thing touched."""
