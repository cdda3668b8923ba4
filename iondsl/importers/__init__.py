"""Files of other tools → models in the language, with what could not be carried over as diagnostics."""
