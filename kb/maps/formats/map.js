/* What a map on a page does: zoom, pan, fold, filter, find, tell. It works on the one element #map (fragment.html) and
   starts by itself; after another map was put in its place, kbMap.start() starts that one. */
(function () {
  'use strict';
  const LEAST = 0.05, MOST = 4, READABLE = 0.85;
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  let running = null;  // stops what listens for the map before

  function start() {
    const root = document.getElementById('map');
    if (running) { running.abort(); running = null; }
    if (!root || !root.querySelector('.map-view svg')) { return; }
    running = new AbortController();
    live(root, running.signal);
  }

  function live(root, signal) {
    const one = selector => root.querySelector(selector);
    const all = selector => Array.from(root.querySelectorAll(selector));
    const view = one('.map-view'), svg = one('.map-view svg'), panel = one('.map-panel'), outline = one('.map-outline');
    const find = one('.map-find'), found = one('.map-found'), filters = all('.map-filter');
    const width = svg.width.baseVal.value, height = svg.height.baseVal.value;
    const shapes = all('.map-view .node'), edges = all('.map-view .edge');
    const nodes = [];  // by number: what is drawn, its item of the outline, the number above it, what can be found in it
    const folded = new Set(), hits = [];
    let scale = 1, told = null, now = -1, plain = false;
    const on = (target, name, act, more) => target.addEventListener(name, act, { signal, ...more });

    // Nodes

    shapes.forEach(shape => {
      const number = Number(shape.dataset.node), article = document.getElementById('map-n' + number);
      const item = article.parentElement, above = item.parentElement.closest('[data-item]');
      const words = article.textContent.toLowerCase();
      nodes[number] = { number, shape, item, article, words, above: above ? Number(above.dataset.item) : -1, below: 0 };
      shape.setAttribute('tabindex', '0');
      shape.setAttribute('role', 'button');
      shape.setAttribute('aria-label', shape.querySelector('title').textContent);
    });
    nodes.forEach(node => {
      for (let up = nodes[node.above]; up; up = nodes[up.above]) { up.below += 1; }
    });
    nodes.filter(node => node.below).forEach(node => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'map-fold';
      node.article.querySelector('.map-kind').append(button);
      node.button = button;
    });
    const nodeOf = element => {
      const shape = element.closest && element.closest('.node');
      return shape && view.contains(shape) ? nodes[Number(shape.dataset.node)] : null;
    };

    function isFolded(node) {
      for (let up = nodes[node.above]; up; up = nodes[up.above]) { if (folded.has(up.number)) { return true; } }
      return false;
    }
    /* The nodes that lines which are not suggested lead to, from those that nothing stands above. */
    function unsuggested() {
      const near = nodes.map(() => []);
      edges.forEach(edge => {
        const { from, to, status } = edge.dataset;
        if (status === 'suggested' || to === undefined) { return; }
        near[from].push(Number(to));
        near[to].push(Number(from));
      });
      const reached = new Set(nodes.filter(node => node.above < 0).map(node => node.number));
      reached.forEach(number => near[number].forEach(other => reached.add(other)));  // grows while it is walked
      return reached;
    }
    /* Shows what is to be seen: nothing folded away, nothing suggested where that is hidden; others are dimmed. */
    function see() {
      const reached = plain ? unsuggested() : null;
      const wanted = filters.map(filter => [filter.dataset.filter, filter.value]).filter(pair => pair[1]);
      nodes.forEach(node => {
        node.gone = isFolded(node) || Boolean(reached && !reached.has(node.number));
        node.shape.classList.toggle('map-gone', node.gone);
        node.item.classList.toggle('map-gone', Boolean(reached && !reached.has(node.number)));
        const dim = wanted.some(([name, value]) => node.shape.dataset[name] !== value);
        node.dim = dim;
        node.shape.classList.toggle('map-dim', dim);
        node.article.classList.toggle('map-dim', dim);
        if (node.button) {
          const shut = folded.has(node.number);
          node.item.classList.toggle('map-shut', shut);
          node.shape.setAttribute('aria-expanded', String(!shut));
          node.button.setAttribute('aria-expanded', String(!shut));
          node.button.textContent = shut ? '+' + node.below : '−';
          node.button.setAttribute('aria-label', (shut ? 'Unfold ' : 'Fold ') + node.below + ' below');
          const sign = node.shape.querySelector('.fold text');
          if (sign) { sign.textContent = shut ? '+' + node.below : '−'; }
        }
      });
      const lost = new Set();
      const gone = number => number !== undefined && nodes[number].gone;
      for (let before = -1; before !== lost.size;) {  // a link that aims at a link that is gone is gone
        before = lost.size;
        edges.forEach(edge => {
          const { edge: name, from, to, at, status } = edge.dataset;
          if (gone(from) || gone(to) || lost.has(at) || (plain && status === 'suggested')) { lost.add(name); }
        });
      }
      edges.forEach(edge => {
        const { edge: name, from, to } = edge.dataset;
        edge.classList.toggle('map-gone', lost.has(name));
        edge.classList.toggle('map-dim', nodes[from].dim || (to !== undefined && nodes[to].dim));
      });
      one('[data-do="unfold"]').hidden = !folded.size;
      seek(false);
    }
    function fold(node) {
      if (!node.below) { return; }
      if (!folded.delete(node.number)) { folded.add(node.number); }
      see();
      say(folded.has(node.number) ? node.below + ' folded' : 'unfolded');
    }
    function unfoldTo(node) {
      for (let up = nodes[node.above]; up; up = nodes[up.above]) { folded.delete(up.number); }
      see();
    }

    // Zoom and pan: the view scrolls, so that nothing is done for a node while it moves.

    function zoom(to, atX, atY) {
      const next = Math.min(MOST, Math.max(LEAST, to));
      const x = (view.scrollLeft + atX) / scale, y = (view.scrollTop + atY) / scale;
      scale = next;
      svg.style.width = width * scale + 'px';
      svg.style.height = height * scale + 'px';
      view.scrollLeft = x * scale - atX;
      view.scrollTop = y * scale - atY;
    }
    const middle = factor => zoom(scale * factor, view.clientWidth / 2, view.clientHeight / 2);
    const fit = least => zoom(Math.min(1, Math.max(least || LEAST, view.clientWidth / width)), 0, 0);
    function bring(node) {
      const box = node.shape.getBoundingClientRect(), around = view.getBoundingClientRect();
      if (box.left < around.left || box.right > around.right) {
        view.scrollLeft += box.left + box.width / 2 - around.left - view.clientWidth / 2;
      }
      if (box.top < around.top || box.bottom > around.bottom) {
        view.scrollTop += box.top + box.height / 2 - around.top - view.clientHeight / 2;
      }
    }
    let held = null, moved = false;
    on(view, 'pointerdown', event => {
      moved = false;
      if (event.pointerType !== 'mouse' || event.button) { return; }  // fingers scroll by themselves
      held = { x: event.clientX + view.scrollLeft, y: event.clientY + view.scrollTop, id: event.pointerId };
    });
    on(view, 'pointermove', event => {
      if (!held || event.pointerId !== held.id) { return; }
      const left = held.x - event.clientX, top = held.y - event.clientY;
      if (!moved && Math.abs(left - view.scrollLeft) + Math.abs(top - view.scrollTop) < 4) { return; }
      if (!moved) { view.setPointerCapture(held.id); view.classList.add('map-held'); }
      moved = true;
      view.scrollLeft = left;
      view.scrollTop = top;
    });
    ['pointerup', 'pointercancel'].forEach(name => on(view, name, () => {
      held = null;
      view.classList.remove('map-held');
    }));
    on(view, 'wheel', event => {
      if (!(event.ctrlKey || event.metaKey)) { return; }
      event.preventDefault();
      const box = view.getBoundingClientRect();
      zoom(scale * Math.exp(-event.deltaY * 0.003), event.clientX - box.left, event.clientY - box.top);
    }, { passive: false });

    // The panel

    function tell(node, focus) {
      const close = document.createElement('button');
      close.type = 'button';
      close.className = 'map-close';
      close.textContent = '×';
      close.setAttribute('aria-label', 'Close');
      const copy = node.article.cloneNode(true);
      copy.querySelectorAll('.map-fold').forEach(button => button.remove());
      panel.replaceChildren(close, ...copy.childNodes);
      panel.hidden = false;
      mark(node);
      bring(node);
      if (focus) { panel.focus({ preventScroll: true }); }
    }
    function mark(node) {
      if (told) { told.shape.classList.remove('map-told'); }
      told = node;
      if (node) { node.shape.classList.add('map-told'); }
    }
    function hide() {
      panel.hidden = true;
      const node = told;
      mark(null);
      if (node) { node.shape.focus({ preventScroll: true }); }
    }
    on(view, 'click', event => {
      const node = moved ? null : nodeOf(event.target);
      if (!node) { return; }
      if (event.target.closest('.fold')) { fold(node); } else { tell(node, false); }
    });
    on(panel, 'click', event => {
      const link = event.target.closest('a[href^="#map-n"]');
      if (event.target.closest('.map-close')) { hide(); }
      if (!link) { return; }
      event.preventDefault();
      const node = nodes[Number(link.getAttribute('href').slice(6))];
      unfoldTo(node);
      tell(node, true);
    });
    on(outline, 'click', event => {
      const button = event.target.closest('.map-fold');
      if (button) { fold(nodes[Number(button.closest('[data-item]').dataset.item)]); }
    });

    // Finding

    function say(words) { found.textContent = words; }
    function seek(anew) {
      const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
      const before = hits[now];
      hits.forEach(node => node.shape.classList.remove('map-hit', 'map-now'));
      hits.length = 0;
      if (words.length) {
        const seen = node => !(node.gone && !isFolded(node));  // what is folded is found, what is hidden not
        hits.push(...nodes.filter(node => seen(node) && words.every(word => node.words.includes(word))));
      }
      hits.forEach(node => node.shape.classList.add('map-hit'));
      now = anew ? -1 : hits.indexOf(before);
      if (words.length) { say(hits.length + (hits.length === 1 ? ' match' : ' matches')); } else { say(''); }
    }
    function next(step) {
      if (!hits.length) { return; }
      const node = hits[now = (now + step + hits.length) % hits.length];
      if (node.gone) { unfoldTo(node); }
      hits.forEach(other => other.shape.classList.toggle('map-now', other === node));
      bring(node);
      say(now + 1 + ' of ' + hits.length);
      if (!panel.hidden) { tell(node, false); }
    }
    on(find, 'input', () => seek(true));
    on(find, 'keydown', event => {
      if (event.key === 'Enter') { event.preventDefault(); next(event.shiftKey ? -1 : 1); }
      if (event.key === 'Escape') { find.value = ''; seek(true); }
    });

    // Tools and keys

    filters.forEach(filter => {
      const names = Array.from(new Set(nodes.map(node => node.shape.dataset[filter.dataset.filter]))).filter(Boolean);
      names.sort((a, b) => a.localeCompare(b));
      filter.replaceChildren(filter.options[0], ...names.map(name => new Option(name, name)));
      filter.hidden = names.length + nodes.some(node => !node.shape.dataset[filter.dataset.filter]) < 2;
      on(filter, 'change', see);
    });
    const acts = {
      in: () => middle(1.25), out: () => middle(0.8), fit: () => fit(), next: () => next(1),
      unfold: () => { folded.clear(); see(); },
      suggested: button => {
        plain = !plain;
        button.setAttribute('aria-pressed', String(plain));
        see();
        say(nodes.filter(node => !node.gone).length + ' shown');
      },
      outline: button => {
        outline.hidden = !outline.hidden;
        button.setAttribute('aria-expanded', String(!outline.hidden));
        if (!outline.hidden) { outline.scrollIntoView({ block: 'nearest' }); }
      },
    };
    on(root, 'click', event => {
      const button = event.target.closest('[data-do]');
      if (button) { acts[button.dataset.do](button); }
    });
    /* The nearest node in a direction; what is far to the side is far. */
    function beside(node, [dx, dy]) {
      const centre = other => { const box = other.shape.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; };
      const [x, y] = centre(node);
      let best = null, least = Infinity;
      nodes.forEach(other => {
        if (other === node || other.gone) { return; }
        const [left, top] = centre(other), along = (left - x) * dx + (top - y) * dy;
        const aside = Math.abs((left - x) * dy) + Math.abs((top - y) * dx), far = along + 2 * aside;
        if (along > 1 && far < least) { best = other; least = far; }
      });
      return best;
    }
    on(root, 'keydown', event => {
      if (event.key === 'Escape' && !panel.hidden && event.target !== find) { hide(); return; }
      if (event.ctrlKey || event.metaKey || event.altKey || !view.contains(event.target)) { return; }
      const node = nodeOf(event.target), arrow = ARROWS[event.key];
      if (node && (event.key === 'Enter' || event.key === ' ')) {
        tell(node, true);
      } else if (node && event.key === 'c') {
        fold(node);
      } else if (node && arrow) {
        const other = beside(node, arrow);
        if (other) { other.shape.focus({ preventScroll: true }); bring(other); }
      } else if (event.key === '+' || event.key === '=') {
        middle(1.25);
      } else if (event.key === '-') {
        middle(0.8);
      } else if (event.key === '0') {
        fit();
      } else { return; }
      event.preventDefault();
    });
    on(document, 'keydown', event => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) { return; }
      if (event.target.closest('input, textarea, select, [contenteditable]')) { return; }
      event.preventDefault();
      find.focus();
      find.select();
    });
    on(view, 'focusin', event => {
      const node = nodeOf(event.target);
      if (node && node.shape.matches(':focus-visible')) { bring(node); }
    });

    root.classList.add('map-live');
    one('.map-tools').hidden = false;
    one('.map-hint').hidden = false;
    one('[data-do="suggested"]').hidden = !edges.some(edge => edge.dataset.status === 'suggested');
    view.setAttribute('tabindex', '0');
    svg.removeAttribute('role');
    see();
    fit(READABLE);
  }

  window.kbMap = { start };
  if (document.readyState === 'loading') { document.addEventListener('DOMContentLoaded', start); } else { start(); }
}());
