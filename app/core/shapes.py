"""What the shape of a text field is in words, so that a refusal can say how to mend it (every pattern of the API has words; a test holds that)."""

_WORDS: dict[str, str] = {}


def shaped(pattern: str, words: str) -> str:
    """Gives the pattern and remembers its words.

    Args:
        pattern: regular expression of a field.
        words: Dutch, after "verwacht: ", with an example where one helps.
    """
    _WORDS[pattern] = words
    return pattern


def words_of(pattern: str) -> str | None:
    """The words of a pattern; None when it has none."""
    return _WORDS.get(pattern)
