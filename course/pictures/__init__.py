"""Described pictures in one house style: every one has an alt text, a caption, its data as a table and its species."""

from course.pictures.canvas import Canvas
from course.pictures.picture import Outline, Picture, Table
from course.pictures.style import COLOURS, SERIES, Series, contrast_on_white

__all__ = ["COLOURS", "SERIES", "Canvas", "Outline", "Picture", "Series", "Table", "contrast_on_white"]
