"""Public numbers on the contact card; a municipality adds its own team numbers as list values, never a person's (DAT-08).

Numbers as published by police, the labour inspectorate and Veilig Thuis (P33, P34, P36).
"""

OPENBARE_NUMMERS: tuple[tuple[str, str], ...] = (
    ("Direct gevaar", "112"),
    ("Politie, geen spoed", "0900-8844"),
    ("Nederlandse Arbeidsinspectie", "0800-5151"),
    ("Veilig Thuis", "0800-2000"),
)
LIJST = "contactkaart"
