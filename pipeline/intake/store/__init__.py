"""The inbox on the disk and its ledger."""
