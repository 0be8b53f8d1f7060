"""What customers and shops type."""
