"""Pages that stay open, in two browsers: what is new appears, and what is typed stays."""
