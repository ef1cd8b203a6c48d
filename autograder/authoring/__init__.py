"""Authoring: percent source → nbgrader notebook → learner's copy, and an edited notebook back into its source."""
