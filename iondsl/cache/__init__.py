"""What was made before and need not be made again: content-addressed, safe with many processes at once."""
