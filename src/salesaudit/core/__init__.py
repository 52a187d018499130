"""What everything rests on: settings, texts, formats, errors; it knows nothing of the rest."""
