"""The map as one page: the picture to pan and zoom, and every statement with its quote beneath it.

The page asks for nothing from any network, runs no script but its own (the policy in its head names that one by
its hash), and is whole without it.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from kb.graph import Edge, Graph, Node
from kb.render._outline import Parts, outline, parts
from kb.render._shapes import safe
from kb.render._style import RELATIONS, edge_words
from kb.render._text import KIND_NAMES, byline, counted, hidden_note, one_line, safe_url, shorten
from kb.render.svg import draw

_STYLE = """\
body { margin: 0; font: 16px/1.5 system-ui, Helvetica, Arial, sans-serif; color: #222; background: #fff; }
header, main { max-width: 60rem; margin: 0 auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin: 1rem 0 .2rem; }
.counts, .by { color: #555; }
#map { position: relative; height: 72vh; overflow: auto; border: solid #ccc; border-width: 1px 0; margin: 1rem 0; }
#map.live { overflow: hidden; cursor: grab; touch-action: none; }
#map.live svg { transform-origin: 0 0; }
#map .node { cursor: pointer; }
#map .node:focus { outline: 3px solid #0072B2; }
#tools { position: absolute; top: .5rem; right: .5rem; z-index: 1; }
#tools button { font: inherit; min-width: 2.2rem; }
#panel { position: absolute; left: .5rem; bottom: .5rem; max-width: min(34rem, 90%); max-height: 60%; overflow: auto;
  background: #fff; border: 2px solid #444; padding: .5rem 1rem; box-shadow: 0 2px 8px #0004; cursor: auto; }
article { border-top: 1px solid #ddd; padding: .6rem 0; overflow-wrap: anywhere; }
article p, article ul { margin: .2rem 0; }
blockquote { margin: .4rem 0 .4rem .2rem; padding-left: .8rem; border-left: 3px solid #bbb; white-space: pre-line; }
.kind { font-size: .8rem; text-transform: uppercase; letter-spacing: .04em; }
@media print { #map { display: none; } }
"""

_SCRIPT = """\
(function () {
  'use strict';
  var map = document.getElementById('map'), svg = map.querySelector('svg');
  var panel = document.getElementById('panel'), tools = document.getElementById('tools');
  var x = 0, y = 0, scale = 1, start = null, moved = false;
  map.classList.add('live');
  tools.hidden = false;
  function show() { svg.style.transform = 'translate(' + x + 'px,' + y + 'px) scale(' + scale + ')'; }
  function zoom(factor, cx, cy) {
    var next = Math.min(4, Math.max(0.05, scale * factor));
    x = cx - (cx - x) * next / scale; y = cy - (cy - y) * next / scale; scale = next; show();
  }
  function fit() {
    var w = svg.width.baseVal.value, h = svg.height.baseVal.value;
    scale = Math.min(1, Math.max(0.45, Math.min(map.clientWidth / w, map.clientHeight / h)));
    x = (map.clientWidth - w * scale) / 2; y = 0; show();
  }
  function tell(node) {
    var article = document.getElementById('n' + node.getAttribute('data-node'));
    if (!article) { return; }
    panel.replaceChildren.apply(panel, Array.from(article.cloneNode(true).childNodes));
    panel.hidden = false;
  }
  map.addEventListener('wheel', function (event) {
    if (panel.contains(event.target)) { return; }
    event.preventDefault();
    var box = map.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * 0.0015), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });
  map.addEventListener('pointerdown', function (event) {
    if (panel.contains(event.target) || tools.contains(event.target)) { return; }
    start = { x: event.clientX - x, y: event.clientY - y, cx: event.clientX, cy: event.clientY }; moved = false;
  });
  window.addEventListener('pointermove', function (event) {
    if (!start) { return; }
    if (Math.abs(event.clientX - start.cx) + Math.abs(event.clientY - start.cy) > 4) { moved = true; }
    x = event.clientX - start.x; y = event.clientY - start.y; show();
  });
  window.addEventListener('pointerup', function () { start = null; });
  window.addEventListener('pointercancel', function () { start = null; });
  map.addEventListener('click', function (event) {
    if (moved || panel.contains(event.target) || tools.contains(event.target)) { return; }
    var node = event.target.closest('.node');
    if (node) { tell(node); } else { panel.hidden = true; }
  });
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape') { panel.hidden = true; }
    var node = event.key === 'Enter' && event.target.closest && event.target.closest('.node');
    if (node) { tell(node); }
  });
  tools.addEventListener('click', function (event) {
    var action = event.target.getAttribute('data-zoom');
    if (action === 'fit') { fit(); }
    else if (action) { zoom(Number(action), map.clientWidth / 2, map.clientHeight / 2); }
  });
  Array.from(svg.querySelectorAll('.node')).forEach(function (node) { node.setAttribute('tabindex', '0'); });
  fit();
}());
"""
