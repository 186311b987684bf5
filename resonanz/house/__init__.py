"""The whole house: settings, addresses, the Today page, the command line. No tables."""
