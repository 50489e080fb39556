"""Numbers and the Buku Register: how a case gets its number, its row, lists, status codes, summaries."""
