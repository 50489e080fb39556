"""Case folders as BagIt bags: what lies in one, and how it is shown, bound and taken away."""
