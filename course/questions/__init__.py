"""Self-check questions of the lessons: asked with native controls, and explained at once whatever the answer."""

from course.questions.bank import Question, QuestionError, load, validate
from course.questions.replies import Reply, UnreadableAnswer, judge
from course.questions.screen import ask

__all__ = ["Question", "QuestionError", "Reply", "UnreadableAnswer", "ask", "judge", "load", "validate"]
