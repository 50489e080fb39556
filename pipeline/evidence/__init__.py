"""What proves that nothing was changed, removed or put back: seals, witnesses, verification."""
