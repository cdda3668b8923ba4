"""Model → facts."""
