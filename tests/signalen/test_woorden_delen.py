"""What is refused is told in words, with what fits instead."""

from app.signalen.rules.delen import WOORDEN, Gegeven, Grond, share_faults


def test_every_kind_of_data_has_words() -> None:
    assert set(WOORDEN) == set(Gegeven)


def test_a_refused_share_names_the_data_in_words_and_the_grounds_that_fit() -> None:
    velden = [Gegeven.MINIMAAL, Gegeven.TEKST]
    assert share_faults("veilig-thuis", velden, Grond.CONVENANT, woning=False) == [
        "Met deze partner (veilig-thuis) mag u dit niet delen: de tekst van het signaal (feitelijke-tekst). Laat het weg.",
        "Deze grond past niet bij deze partner (veilig-thuis); wat past: vitaal-belang, wmo-veilig-thuis.",
    ]
