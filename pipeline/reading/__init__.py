"""From the words of a scan to the fields of a complaint: candidates, each with its evidence; near-duplicates."""
