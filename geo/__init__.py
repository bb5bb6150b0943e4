"""RD and WGS84, areas, distances. Imports nothing of app."""
