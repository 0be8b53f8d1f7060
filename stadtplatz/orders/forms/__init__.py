"""What people and shops type."""
