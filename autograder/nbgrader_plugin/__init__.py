"""What stock nbgrader loads from its configuration file."""
