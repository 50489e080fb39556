"""What draws a picture: as PDF, SVG or PNG, with the fonts that it needs."""
