"""Pages as pictures: drawn, evened, and looked at for codes."""
