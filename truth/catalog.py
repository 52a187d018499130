"""Finds every study of ``truth.studies``: a new study is one file."""

from __future__ import annotations

import importlib
import pkgutil

from truth import studies
from truth.study import Study


def catalog() -> tuple[Study, ...]:
    """All studies, by the names of their files."""
    names = sorted(module.name for module in pkgutil.iter_modules(studies.__path__))
    modules = [importlib.import_module(f"truth.studies.{name}") for name in names]
    return tuple(module.STUDY for module in modules if hasattr(module, "STUDY"))
