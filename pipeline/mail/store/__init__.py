"""What mail keeps on disk: what was told, whose address was refused, and what keeps mail from going out."""
