"""What the points of a class say about the questions: difficulty, item–rest correlation, distractors, reliability.

`collect` reads a course directory, `statistics` is arithmetic on arrays, `analyse` puts the two together, `advice` says
in sentences what an instructor should look at, `page` and `csv_file` write it down.
"""
