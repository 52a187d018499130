"""Statistics: pure functions on arrays, each with the source it repeats."""
