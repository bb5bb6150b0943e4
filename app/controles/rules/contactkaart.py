"""Public numbers on the contact card; a municipality adds its own team numbers as list values, never a person's (DAT-08).

Numbers as published by police, the labour inspectorate and Veilig Thuis (P33, P34, P36).
"""

OPENBARE_NUMMERS: tuple[tuple[str, str, str], ...] = (
    ("112", "Direct gevaar", "112"),
    ("politie", "Politie, geen spoed", "0900-8844"),
    ("overig", "Nederlandse Arbeidsinspectie", "0800-5151"),
    ("veilig-thuis", "Veilig Thuis", "0800-2000"),
)
"""Kind, name, number."""
LIJST = "contactkaart"
