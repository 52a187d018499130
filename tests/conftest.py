"""What every test shares; it also puts the tree of tests on the path, as packages of one tree."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("any machine", deadline=None)  # a busy machine is no fault of ours
settings.load_profile("any machine")
