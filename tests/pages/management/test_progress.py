from io import StringIO

from django.core.management.base import OutputWrapper

from pages.management import progress
from pages.management.progress import ProgressBar


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def run(stream: StringIO, count: int) -> list[int]:
    return list(ProgressBar(OutputWrapper(stream)).track("Products", range(count), count))


def test_log_gets_one_line_a_step():
    stream = StringIO()
    assert run(stream, 3) == [0, 1, 2]
    assert stream.getvalue().strip() == "Products           3 in 0.0 s"
    assert stream.getvalue().endswith("\n")


def test_terminal_sees_a_bar_grow(monkeypatch):
    monkeypatch.setattr(progress, "REDRAW_SECONDS", -1)
    stream = Terminal()
    run(stream, 2)
    first, second, done = stream.getvalue().split("\r")[1:]
    assert first == f"Products       [{' ' * 30}] 0/2"
    assert second == f"Products       [{'#' * 15}{' ' * 15}] 1/2"
    assert done.split() == ["Products", "2", "in", "0.0", "s"]


def test_bar_is_not_drawn_more_often_than_it_can_be_read():
    stream = Terminal()
    run(stream, 100)
    assert stream.getvalue().count("\r") == 1


def test_step_without_work_is_told():
    stream = Terminal()
    assert run(stream, 0) == []
    assert stream.getvalue().split() == ["Products", "0", "in", "0.0", "s"]
