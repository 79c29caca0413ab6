"""Bibliographies of LaTeXML pages, and the citations that lead to them."""

from __future__ import annotations

from importers.web.arxiv import papers
from kb.model.document import Reference
from tests.importers.documents.latexml.pages import body, p

BIBLIOGRAPHY = """<section class="ltx_bibliography" id="bib">
<h2 class="ltx_title ltx_title_bibliography">References</h2>
<ul class="ltx_biblist">
<li class="ltx_bibitem" id="bib.bib1"><span class="ltx_tag ltx_tag_bibitem">(1)</span>
  <span class="ltx_bibblock"></span></li>
<li class="ltx_bibitem" id="bib.bib2"><span class="ltx_tag ltx_tag_bibitem">Ekdahl (2023)</span>
  <span class="ltx_bibblock">T. Ekdahl. 2023.</span><span class="ltx_bibblock">Zeros are data.</span>
  <span class="ltx_bibblock">arXiv preprint arXiv:2305.00007, doi 10.1000/zeros_(1).</span></li>
<li class="ltx_bibitem" id="bib.bib3"><span class="ltx_tag ltx_tag_bibitem">[3]</span><span class="ltx_bibblock">
  <span class="ltx_bib_author">M. Sorel</span><span class="ltx_bib_year"> (2018)</span></span>
  <span class="ltx_bibblock"><span class="ltx_bib_title">On routes</span>.</span>
  <span class="ltx_bibblock">10.1000/routes</span>
  <span class="ltx_bibblock ltx_bib_cited">Cited by: <a href="#S4">§4</a>.</span></li>
<li class="ltx_bibitem" id="bib.bib4"><span class="ltx_tag ltx_tag_bibitem">[4]</span>
  <span class="ltx_bibblock">Nobody. A note of one block.</span></li>
</ul></section>"""


def test_citations_lead_to_what_they_cite() -> None:
    cite = "<cite class='ltx_cite ltx_citemacro_citep'>({})</cite>"
    links = "; ".join(f"<a class='ltx_ref' href='{base}#bib.bib{n}'>E{n}</a>" for n, base in
                      [(2, "https://arxiv.org/html/2405.01234v2"), (3, ""), (4, ""), (9, "")])  # fmt: skip
    text = body(p("As said " + cite.format(links) + ".") + BIBLIOGRAPHY)
    assert text.splitlines()[0] == "As said ([E2](#^bib2); [E3](#^bib3); [E4](#^bib4); [E9](#^bib9))."
    assert text.splitlines()[2:] == [
        "## References",
        "",
        "- Ekdahl (2023): T. Ekdahl. 2023. **Zeros are data.** arXiv preprint [arXiv:2305.00007]"
        "(https://arxiv.org/abs/2305.00007), doi [10.1000/zeros_(1)](https://doi.org/10.1000/zeros_%281%29). ^bib2",
        "- [3] M. Sorel (2018) **On routes.** [10.1000/routes](https://doi.org/10.1000/routes) ^bib3",
        "- [4] Nobody. A note of one block. ^bib4",
    ]
    blocks, references = papers.structure(text)
    cited: list[Reference] = [one for one in references if one.kind == "citation"]
    assert [(one.fragment, one.target, one.alias) for one in cited[:4]] == [
        ("^bib2", "https://arxiv.org/abs/2305.00007", "Zeros are data"),
        ("^bib3", "https://doi.org/10.1000/routes", "On routes"),
        ("^bib4", "", None),
        ("^bib9", "", None),
    ]
    # An entry's arXiv id and DOI are one work.
    assert {(one.target, one.alias) for one in cited[4:]} == {(one.target, one.alias) for one in cited[:2]}
    assert [one.kind for one in blocks] == ["paragraph", "heading", "table", "table", "table"]
    assert all(text[one.start : one.end] == one.raw for one in references)
