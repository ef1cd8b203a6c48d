"""The class list from a learning management system, and the grades back into its own file."""
