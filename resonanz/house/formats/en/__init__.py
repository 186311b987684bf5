"""English as it is written in Europe, for readers in whose country the day comes first."""
