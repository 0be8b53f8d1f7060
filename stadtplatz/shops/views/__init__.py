"""Pages about shops: for everybody, for the team, for the market desk."""
