"""WordPress: our own blog, by its REST API and an application password."""
