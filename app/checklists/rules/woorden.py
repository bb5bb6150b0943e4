"""A hit as a person reads it: the question and what was answered; the code behind them, for who looks it up (meldroute R10)."""

from app.checklists.rules.content import Item


def in_words(item: Item, antwoord: str) -> str:
    """The question, the answer or threshold, and the code between brackets."""
    answer = antwoord[:1].upper() + antwoord[1:]
    return f"{item.vraag} {answer} ({item.code})"
