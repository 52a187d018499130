"""The canonical tables, the journeys built from them, and the file that holds both."""
