"""Self-check questions of the lessons: asked with native controls, and explained at once whatever the answer."""

from course.questions.ask import ask
from course.questions.bank import Question, QuestionError, load, validate
from course.questions.judge import Reply, UnreadableAnswer, judge

__all__ = ["Question", "QuestionError", "Reply", "UnreadableAnswer", "ask", "judge", "load", "validate"]
