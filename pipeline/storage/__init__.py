"""Effects on disk and locks between processes: what every store is built on."""
