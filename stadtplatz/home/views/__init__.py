"""The pages of the house itself."""
