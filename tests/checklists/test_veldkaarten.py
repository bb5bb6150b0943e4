"""The field cards can be open while the operator looks along."""

from app.checklists.service import get_cards


def test_no_card_holds_a_word_that_may_only_be_read_after_departure() -> None:
    cards = get_cards()
    lines = [*cards.handelen]
    for card in cards.kaarten:
        lines += [card.titel, *card.herkennen, *card.handelen, *(line for more in card.bij.values() for line in more)]
    assert len(lines) > 50
    assert not [line for line in lines if "signaal" in line.lower() or "loverboy" in line.lower()]
