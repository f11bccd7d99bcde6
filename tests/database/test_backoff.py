from datetime import timedelta

from database.backoff import find_pause


def test_pause_doubles_up_to_the_longest():
    first, longest = timedelta(seconds=15), timedelta(hours=1)
    pauses = [
        find_pause(attempts=count, first=first, longest=longest).total_seconds()
        for count in (0, 1, 2, 7, 8, 99)
    ]
    assert pauses == [15, 30, 60, 1920, 3600, 3600]
