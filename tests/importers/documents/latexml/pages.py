"""Pieces of LaTeXML pages."""

from __future__ import annotations

from importers.documents.latexml import convert


def article(inside: str) -> bytes:
    return f"<html><body><article class='ltx_document'>{inside}</article></body></html>".encode()


def body(inside: str) -> str:
    found = convert.read(article(inside), "https://arxiv.org/html/2405.01234v2")
    assert found is not None
    return found.body


def p(inside: str) -> str:
    return f'<div class="ltx_para"><p class="ltx_p">{inside}</p></div>'


def math(tex: str, display: str = "inline") -> str:
    return f'<math alttext="{tex}" class="ltx_Math" display="{display}"><mi>?</mi></math>'
