"""The opponents: what somebody would write for one model by hand."""
