"""The reading process of addresses with blocks of two rows, for tests of what happens between blocks."""

from app.objecten.adapters import adressen_bestand, tabelbestand
from app.objecten.adapters.bulkproces import serve

tabelbestand.BLOCK = 2

if __name__ == "__main__":
    serve(adressen_bestand.read)
