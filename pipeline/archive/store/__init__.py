"""The numbered folders on the disk; the only place that writes there."""
