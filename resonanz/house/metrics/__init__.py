"""Figures for Prometheus: of the house, not of people. No name, address or text is among them."""
