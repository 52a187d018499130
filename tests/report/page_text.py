"""What a page says, and what its elements are called, read with the standard library."""

from __future__ import annotations

import base64
import gzip
import re
from collections.abc import Iterator
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "br", "img", "input", "hr"})


def unpacked(html: str) -> str:
    """The file with the pages that wait packed in it, as a reader's browser unpacks them."""

    def page(found: re.Match[str]) -> str:
        return gzip.decompress(base64.b64decode(found[1])).decode("utf-8")

    return re.sub(r'<template class="packed">(.*?)</template>', page, html)


class Element(HTMLParser):
    """Tags with their attributes, in order, and all text outside of script and style."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.by_language: dict[str, list[str]] = {}
        self.open: list[str] = []
        self._silent = False
        self._language = ""
        self.feed(unpacked(html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.tags.append((tag, named))
        self._silent = tag in {"script", "style"}
        if "page" in named.get("class", "").split():
            self._language = named["lang"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> does not close what was opened last"
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.words.append(data)
            self.by_language.setdefault(self._language, []).append(data)

    def text(self, language: str = "") -> str:
        """All text, or that of one language's page."""
        parts = self.by_language.get(language, []) if language else self.words
        return " ".join(" ".join(parts).split())

    def each(self, tag: str) -> Iterator[dict[str, str]]:
        """Attributes of every element of a kind."""
        return (attributes for name, attributes in self.tags if name == tag)

    def values(self, attribute: str) -> list[str]:
        """An attribute's values, wherever it stands."""
        return [named[attribute] for _, named in self.tags if attribute in named]
