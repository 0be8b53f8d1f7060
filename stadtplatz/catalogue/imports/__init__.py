"""Many offers at once from a file: reading tables, knowing columns, understanding cells, writing rows."""
