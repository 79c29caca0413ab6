/* What a map on a page does: zoom, pan, fold, filter, find, tell. It works on the one element #map (fragment.html) and
   starts by itself; after another map was put in its place, kbMap.start() starts that one. */
(function () {
  'use strict';
  const LEAST = 0.1, MOST = 4, READABLE = 0.874;  // scales; the last is the smallest that a map opens with
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  let running = null;  // stops what listens for the map before

  function start() {
    const root = document.getElementById('map');
    if (running) { running.abort(); }
    running = root && root.querySelector('.map-view svg') ? new AbortController() : null;
    if (running) { live(root, running.signal); }
  }

  function live(root, signal) {
    const one = selector => root.querySelector(selector);
    const all = selector => Array.from(root.querySelectorAll(selector));
    const on = (target, name, act, more) => target.addEventListener(name, act, { signal, ...more });
    const view = one('.map-view'), svg = one('.map-view svg'), panel = one('.map-panel'), outline = one('.map-outline');
    const find = one('.map-find'), found = one('.map-found'), filters = all('.map-filter'), edges = all('.edge');
    const width = svg.width.baseVal.value, height = svg.height.baseVal.value;
    const nodes = [];  // by number: its shape, its article, what can be found in it, the number of what it hangs under
    const folded = new Set();
    let hits = [], now = -1, told = null, plain = false, scale = 1, fitted = true;

    // Statements
    all('.node').forEach(shape => {
      const number = Number(shape.dataset.node), article = document.getElementById('map-n' + number);
      const item = article.parentElement, above = item.parentElement.closest('[data-item]');
      const own = Array.from(article.children).filter(part => !part.matches('.map-kind, .map-links'));
      const words = own.map(part => part.textContent).join(' ').toLowerCase();
      nodes[number] = { number, shape, article, item, words, above: above ? Number(above.dataset.item) : -1, below: 0 };
    });
    all('.node, .reference').forEach(shape => {
      const words = shape.querySelector('title').textContent, role = shape.dataset.refers ? 'link' : 'button';
      Object.entries({ tabindex: 0, role, 'aria-label': words }).forEach(pair => shape.setAttribute(...pair));
    });
    const over = node => nodes[node.above] ? [nodes[node.above], ...over(nodes[node.above])] : [];
    const isFolded = node => over(node).some(up => folded.has(up.number));
    nodes.forEach(node => over(node).forEach(up => { up.below += 1; }));
    nodes.filter(node => node.below).forEach(node => {
      node.button = make('map-fold', '');
      node.article.querySelector('.map-kind').append(node.button);
    });
    function make(name, words) {
      const button = document.createElement('button');
      Object.assign(button, { type: 'button', className: name, textContent: words });
      return button;
    }
    /* The statement that something of the picture is, or refers to. */
    function nodeOf(element) {
      const shape = view.contains(element) && element.closest('.node, .reference');
      return shape ? nodes[Number(shape.dataset.node || shape.dataset.refers)] : null;
    }

    // What is seen
    /* What lines lead to that are not suggested, from what nothing stands above. */
    function unsuggested() {
      const near = nodes.map(() => []);
      edges.filter(edge => edge.dataset.status !== 'suggested').forEach(({ dataset: { from, to } }) => {
        near[from].push(Number(to));
        near[to].push(Number(from));
      });
      const reached = new Set(nodes.filter(node => node.above < 0).map(node => node.number));
      reached.forEach(number => near[number].forEach(other => reached.add(other)));  // grows while it is walked
      return reached;
    }
    /* Nothing folded away, nothing suggested where that is hidden; what the filters do not ask for is dimmed. */
    function see() {
      const reached = plain ? unsuggested() : null, lost = new Set();
      const wanted = filters.map(filter => [filter.dataset.filter, filter.value]).filter(pair => pair[1]);
      nodes.forEach(node => {
        const hidden = Boolean(reached && !reached.has(node.number));
        node.gone = hidden || isFolded(node);
        node.dim = wanted.some(([name, value]) => node.shape.dataset[name] !== value);
        node.shape.classList.toggle('map-gone', node.gone);
        node.article.classList.toggle('map-gone', hidden);
        [node.shape, node.article].forEach(element => element.classList.toggle('map-dim', node.dim));
        if (node.button) { showFold(node, folded.has(node.number)); }
      });
      edges.forEach(edge => {  // a link that aims at another comes after it
        const { edge: number, from, to, at, under, child, status } = edge.dataset;
        const gone = nodes[under].gone || folded.has(Number(under)) || (child && nodes[child].gone);
        if (gone || lost.has(at) || (plain && status === 'suggested')) { lost.add(number); }
        edge.classList.toggle('map-gone', lost.has(number));
        edge.classList.toggle('map-dim', nodes[from].dim || nodes[to].dim);
      });
      one('[data-do="unfold"]').hidden = !folded.size;
      seek(hits[now]);
    }
    function showFold(node, shut) {
      const words = shut ? '+' + node.below : '−', sign = node.shape.querySelector('.fold text');
      node.item.classList.toggle('map-shut', shut);
      [node.shape, node.button].forEach(element => element.setAttribute('aria-expanded', String(!shut)));
      node.button.textContent = words;
      node.button.setAttribute('aria-label', (shut ? 'Unfold ' : 'Fold ') + node.below + ' below');
      if (sign) { sign.textContent = words; }
    }
    function fold(node) {
      if (!node.below) { return; }
      if (!folded.delete(node.number)) { folded.add(node.number); }
      see();
      say(node.below + (folded.has(node.number) ? ' folded' : ' unfolded'));
    }
    function unfoldTo(node) {
      if (isFolded(node)) { over(node).forEach(up => folded.delete(up.number)); see(); }
    }

    // Zoom and pan: the view scrolls, so that nothing is done for a statement while it moves
    function zoom(to, atX, atY) {
      const x = (view.scrollLeft + atX) / scale, y = (view.scrollTop + atY) / scale;
      scale = Math.min(MOST, Math.max(LEAST, to));
      fitted = false;
      svg.style.width = width * scale + 'px';
      svg.style.height = height * scale + 'px';
      view.scrollTo(x * scale - atX, y * scale - atY);
    }
    const middle = factor => zoom(scale * factor, view.clientWidth / 2, view.clientHeight / 2);
    function fit(least) {
      for (let times = 0; times < 2; times += 1) {  // a bar to scroll with may have come, or gone
        zoom(Math.min(1, Math.max(least || LEAST, view.clientWidth / width)), 0, 0);
      }
      fitted = true;
    }
    function bring(node) {
      const box = node.shape.getBoundingClientRect(), around = view.getBoundingClientRect();
      const aside = box.left < around.left || box.right > around.right;
      const beyond = box.top < around.top || box.bottom > around.bottom;
      if (aside) { view.scrollLeft += box.left + box.width / 2 - around.left - view.clientWidth / 2; }
      if (beyond) { view.scrollTop += box.top + box.height / 2 - around.top - view.clientHeight / 2; }
    }
    let held = null, moved = false;
    on(view, 'pointerdown', event => {
      const fine = event.pointerType === 'mouse' && !event.button;  // fingers scroll by themselves
      held = fine ? { x: event.clientX + view.scrollLeft, y: event.clientY + view.scrollTop } : null;
      moved = false;
    });
    on(view, 'pointermove', event => {
      if (!held || !event.buttons) { return; }
      const left = held.x - event.clientX, top = held.y - event.clientY;
      if (!moved && Math.abs(left - view.scrollLeft) + Math.abs(top - view.scrollTop) < 4) { return; }
      if (!moved) { view.setPointerCapture(event.pointerId); }
      moved = true;
      view.scrollTo(left, top);
    });
    on(view, 'pointerup', () => { held = null; });
    on(view, 'wheel', event => {
      if (!(event.ctrlKey || event.metaKey)) { return; }
      event.preventDefault();
      const box = view.getBoundingClientRect();
      zoom(scale * Math.exp(-event.deltaY * 0.003), event.clientX - box.left, event.clientY - box.top);
    }, { passive: false });
    on(window, 'resize', () => { if (fitted) { fit(READABLE); } });

    // The panel
    function tell(node, focus) {
      const close = make('map-close', '×'), copy = node.article.cloneNode(true);
      close.setAttribute('aria-label', 'Close');
      copy.querySelectorAll('.map-fold').forEach(button => button.remove());
      panel.replaceChildren(close, ...copy.childNodes);
      panel.hidden = false;
      unfoldTo(node);
      if (told) { told.shape.classList.remove('map-told'); }
      told = node;
      node.shape.classList.add('map-told');
      bring(node);
      panel.scrollIntoView({ block: 'nearest' });
      if (focus) { panel.focus({ preventScroll: true }); }
    }
    function hide() {
      panel.hidden = true;
      told.shape.classList.remove('map-told');
      told.shape.focus({ preventScroll: true });
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
      const node = nodes[Number(link.getAttribute('href').slice('#map-n'.length))];
      event.preventDefault();
      tell(node, true);
    });
    on(outline, 'click', event => {
      const button = event.target.closest('.map-fold');
      if (button) { fold(nodes[Number(button.closest('[data-item]').dataset.item)]); }
    });

    // Finding
    function say(words) { found.textContent = words; }
    function seek(kept) {
      const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
      hits.forEach(node => node.shape.classList.remove('map-hit', 'map-now'));
      // What is folded away is found, what is hidden is not.
      const seen = words.length ? nodes.filter(node => !node.gone || isFolded(node)) : [];
      hits = seen.filter(node => words.every(word => node.words.includes(word)));
      hits.forEach(node => node.shape.classList.add('map-hit'));
      now = hits.indexOf(kept);
      say(words.length ? hits.length + (hits.length === 1 ? ' match' : ' matches') : '');
    }
    function next(step) {
      if (!hits.length) { return; }
      now = now < 0 && step < 0 ? hits.length - 1 : (now + step + hits.length) % hits.length;
      const node = hits[now];
      unfoldTo(node);
      hits.forEach(other => other.shape.classList.toggle('map-now', other === node));
      bring(node);
      if (!panel.hidden) { tell(node, false); }
      say(now + 1 + ' of ' + hits.length);
    }
    on(find, 'input', () => seek());
    on(find, 'keydown', event => {
      if (event.key === 'Enter') { event.preventDefault(); next(event.shiftKey ? -1 : 1); }
      if (event.key === 'Escape') { find.value = ''; seek(); }
    });
    on(document, 'keydown', event => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) { return; }
      if (event.target.closest('input, textarea, select, [contenteditable]')) { return; }
      event.preventDefault();
      find.focus();
      find.select();
    });

    // Tools and keys
    filters.forEach(filter => {
      const values = nodes.map(node => node.shape.dataset[filter.dataset.filter]);
      const names = Array.from(new Set(values)).filter(Boolean).sort((a, b) => a.localeCompare(b));
      filter.replaceChildren(filter.options[0], ...names.map(name => new Option(name, name)));
      filter.hidden = new Set(values).size < 2;
      on(filter, 'change', see);
    });
    const acts = {
      in: () => middle(1.25), out: () => middle(0.8), fit: () => fit(), next: () => next(1),
      unfold: () => { folded.clear(); see(); },
      suggested: button => {
        plain = !plain;
        button.setAttribute('aria-pressed', String(plain));
        root.classList.toggle('map-plain', plain);
        see();
        say(nodes.filter(node => !node.gone).length + ' shown');
      },
      outline: button => {
        outline.hidden = !outline.hidden;
        button.setAttribute('aria-expanded', String(!outline.hidden));
        if (!outline.hidden) { outline.scrollIntoView({ block: 'start' }); }
      },
    };
    on(root, 'click', event => {
      const button = event.target.closest('[data-do]');
      if (button) { acts[button.dataset.do](button); }
    });
    /* The nearest statement in a direction; what is far to the side is far. */
    function beside(node, [dx, dy]) {
      const place = other => other.shape.querySelector('.box').getBoundingClientRect(), from = place(node);
      const far = other => {
        const x = place(other).x - from.x, y = place(other).y - from.y, along = x * dx + y * dy;
        return along > 1 ? along + 2 * (Math.abs(x * dy) + Math.abs(y * dx)) : Infinity;
      };
      const near = nodes.filter(other => !other.gone).map(other => [far(other), other]).sort((a, b) => a[0] - b[0])[0];
      return near[0] < Infinity ? near[1] : null;
    }
    const keys = {  // what takes a statement does so where one has the focus
      '+': () => middle(1.25), '=': () => middle(1.25), '-': () => middle(0.8), 0: () => fit(),
      c: node => fold(node), Enter: node => tell(node, true), ' ': node => tell(node, true),
    };
    on(root, 'keydown', event => {
      if (event.key === 'Escape' && !panel.hidden && event.target !== find) { hide(); return; }
      if (event.ctrlKey || event.metaKey || event.altKey || !view.contains(event.target)) { return; }
      const node = nodeOf(event.target), other = node && ARROWS[event.key] && beside(node, ARROWS[event.key]);
      if (other) {
        other.shape.focus({ preventScroll: true });
        bring(other);
      } else if (Object.hasOwn(keys, event.key) && (node || !keys[event.key].length)) {
        keys[event.key](node);
      } else { return; }
      event.preventDefault();
    });
    on(view, 'focusin', event => {
      const node = nodeOf(event.target);
      if (node && node.shape.matches(':focus-visible')) { bring(node); }
    });

    root.classList.add('map-live');
    [one('.map-tools'), one('.map-hint')].forEach(element => { element.hidden = false; });
    one('[data-do="suggested"]').hidden = !edges.some(edge => edge.dataset.status === 'suggested');
    view.setAttribute('tabindex', '0');
    svg.removeAttribute('role');
    see();
    fit(READABLE);
  }

  window.kbMap = { start };
  if (document.readyState === 'loading') { document.addEventListener('DOMContentLoaded', start); } else { start(); }
}());
