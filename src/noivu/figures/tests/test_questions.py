"""How a question fixes its days."""

from datetime import date
from fractions import Fraction

from noivu.core.periods import Period, Window
from noivu.figures.questions import Question, shown_rate


def test_a_past_period_is_read_as_of_its_last_day():
    assert Question(1, Period.parse("2024-10")).reading.as_of == date(2024, 10, 31)


def test_a_running_period_is_read_as_of_today():
    assert Question(1, Period.parse("2024-Q4")).reading.as_of == date(2024, 11, 1)


def test_an_as_of_day_that_is_asked_for_holds():
    assert Question(1, Period.parse("2024-10"), as_of=date(2024, 10, 15)).reading.as_of == date(2024, 10, 15)


def test_the_tree_is_that_of_the_last_day_in_the_period_whatever_the_as_of_day():
    question = Question(1, Period.parse("2024-10"), as_of=date(2024, 10, 2))
    assert question.tree_day == date(2024, 10, 31)
    assert Question(1, Period.parse("2024-10"), window=Window("decree09", 1, 15)).tree_day == date(2024, 10, 14)


def test_a_rate_is_rounded_half_up_for_the_eye_alone():
    assert str(shown_rate(Fraction(137, 149))) == "91.9"
    assert str(shown_rate(Fraction(1, 2000))) == "0.1"
    assert shown_rate(None) is None
