"""Moving in: an office brings its old register and its old scans; every doubt is told before anything is taken over."""
