"""The editions of the SOP that this software carries."""
