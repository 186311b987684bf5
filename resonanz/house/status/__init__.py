"""The page of what is stuck, who is well, and whether the house is awake. No tables."""
