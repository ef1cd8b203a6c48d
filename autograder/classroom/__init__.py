"""A class: course directory, made-up demo class, batch grading into nbgrader's gradebook, feedback pages."""
