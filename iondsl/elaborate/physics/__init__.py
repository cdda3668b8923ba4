"""Calls of the physical functions → the equations that `iondsl.laws` states."""
