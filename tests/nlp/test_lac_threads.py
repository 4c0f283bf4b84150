"""The tagger uses one thread, and gives the others back."""

from nlp.lac.threads import _calls, one_thread


def test_threads_are_as_before_afterwards() -> None:
    calls = _calls()
    if calls is None:
        with one_thread():
            pass
        return
    before = calls[0]()
    with one_thread():
        assert calls[0]() == 1
    assert calls[0]() == before
