"""The stock to be watched: adressen, objecten, vergunningen, Bibob tests, risicoadressen, importers."""
