"""What builds, checks and describes the project. Nothing here is shipped."""
