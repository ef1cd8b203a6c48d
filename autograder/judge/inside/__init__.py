"""What runs in the judge's processes: the warm one they are forked from, the learner's and the tests'."""
