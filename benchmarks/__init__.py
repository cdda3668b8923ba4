"""Speed as a ratio to something run beside it: machines are noisy, ratios of interleaved runs are not."""
