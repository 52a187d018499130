"""Tables of a made-up company that do not feed back into how its leads progress."""
