// Reading: a statement opens beside the text; words that are selected become a claim, a note, a link or a quotation.
const text = () => document.getElementById('text');
const panel = () => document.getElementById('panel');
const bar = document.querySelector('#selected');
let chosen = null;

// The place that the address names: the block in which an offset of the text lies.
function arrive() {
  const at = /^#at=(\d+)/.exec(location.hash);
  if (!at) { return; }
  const blocks = [...text().querySelectorAll('[data-at]')];
  const found = blocks.filter((one) => Number(one.dataset.at) <= Number(at[1])).pop() ?? blocks[0];
  found?.scrollIntoView({ block: 'center', behavior: 'instant' });
  found?.classList.add('here');
}

async function open(name, from) {
  const asked = new URLSearchParams({ panel: '1', back: location.pathname + location.search });
  const answer = await fetch(`/statement/${encodeURIComponent(name)}?${asked}`);
  const place = panel();
  place.innerHTML = await answer.text();  // our own template: every text in it is escaped
  place.hidden = false;
  place.dataset.from = from ?? '';
  window.htmx?.process(place);
  document.querySelectorAll('mark.open').forEach((one) => one.classList.remove('open'));
  document.querySelectorAll(`mark[data-s~="${CSS.escape(name)}"]`).forEach((one) => one.classList.add('open'));
  place.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  document.getElementById('side').scrollTop = 0;
  place.focus({ preventScroll: true });
}

function close() {
  if (panel().hidden) { return; }
  panel().hidden = true;
  document.querySelectorAll('mark.open').forEach((one) => one.classList.remove('open'));
  document.getElementById(panel().dataset.from)?.focus();
}

document.addEventListener('click', (event) => {
  const target = event.target;
  if (!(target instanceof Element)) { return; }
  if (target.closest('[data-close-panel]')) { close(); return; }
  const link = target.closest('[data-open]');
  if (link && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    const name = link.dataset.open;
    open(name, link.id);
    if (link.closest('#list')) { document.getElementById(`st-${name}`)?.scrollIntoView({ block: 'center' }); }
    return;
  }
  const mark = target.closest('mark[data-s]');
  if (mark && getSelection().isCollapsed && !target.closest('a')) { open(mark.dataset.s.split(' ').pop(), ''); }
});
document.addEventListener('kb:escape', () => { close(); hide(); });

// Words that are selected

const element = (node) => (node instanceof Element ? node : node.parentElement);

// The words as the text has them: a formula by its TeX, each block on a line of its own.
function shown(range) {
  const part = range.cloneContents();
  part.querySelectorAll('.math').forEach((one) => {
    const tex = one.querySelector('annotation')?.textContent;
    if (tex) { one.textContent = ` ${tex} `; }
  });
  part.querySelectorAll('p, li, h1, h2, h3, h4, h5, h6, td, th, pre, blockquote, div, br').forEach((one) => one.after('\n'));
  return part.textContent;
}

function hide() { bar.hidden = true; chosen = null; }

document.addEventListener('selectionchange', () => {
  const selection = getSelection();
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const whole = range && element(range.commonAncestorContainer).closest('.text[data-source]');
  if (!whole) {
    if (!document.querySelector('dialog[open]') && !bar.contains(document.activeElement)) { hide(); }
    return;
  }
  const words = shown(range);
  if (!words.trim()) { return; }
  chosen = { words, at: element(range.startContainer).closest('[data-at]')?.dataset.at ?? '0', source: whole.dataset.source };
  const box = range.getBoundingClientRect();
  bar.hidden = false;
  const left = Math.min(box.left + scrollX, scrollX + document.documentElement.clientWidth - bar.offsetWidth - 8);
  bar.style.left = `${Math.max(8, left)}px`;
  bar.style.top = `${box.bottom + scrollY + 8}px`;
});
bar.addEventListener('mousedown', (event) => event.preventDefault());  // the selection stays

const TITLES = { claim: 'Claim', note: 'Note', link: 'Claim with a link' };

function say(what) {
  const dialog = document.getElementById('say');
  if (!dialog) { return; }
  const form = document.getElementById('say-form');
  const quote = document.getElementById('say-quote');
  document.getElementById('say-title').textContent = TITLES[what];
  form.action = what === 'note' ? '/note' : '/claim';
  form.elements.source.value = chosen?.source ?? text().dataset.source;
  form.elements.words.value = chosen?.words ?? '';
  form.elements.at.value = chosen?.at ?? '';
  form.elements.text.value = what === 'note' ? '' : (chosen?.words ?? '').replace(/\s+/g, ' ').trim();
  form.elements.text.required = what === 'note';
  quote.textContent = chosen?.words ?? '';
  quote.hidden = !chosen;
  form.querySelector('.claim-only').hidden = what === 'note';
  form.querySelectorAll('.claim-only select, .claim-only input').forEach((one) => { one.disabled = what === 'note'; });
  form.elements.relation.value = what === 'link' ? 'supports' : '';
  dialog.showModal();
  (what === 'link' ? form.elements.ref : form.elements.text).focus();
}

async function copy() {
  const asked = new URLSearchParams({ words: chosen.words, at: chosen.at });
  const answer = await fetch(`/source/${encodeURIComponent(chosen.source)}/quotation?${asked}`);
  const told = document.getElementById('said');
  told.hidden = false;
  setTimeout(() => { told.hidden = true; }, 4000);
  if (answer.ok) {
    await navigator.clipboard.writeText(await answer.text());
    told.textContent = 'The quotation and where it stands are in the clipboard.';
    bar.querySelector('[data-say=copy]').textContent = 'Copied';
    setTimeout(() => { bar.querySelector('[data-say=copy]').textContent = 'Copy with citation'; }, 1500);
  } else {
    told.textContent = 'The words were not found in the text: select them again.';
  }
}

document.addEventListener('click', (event) => {
  const what = event.target instanceof Element && event.target.closest('[data-say]')?.dataset.say;
  if (!what) { return; }
  if (what === 'copy') { if (chosen) { copy(); } } else { say(what); }
});
document.addEventListener('keydown', (event) => {
  const what = { c: 'claim', n: 'note', l: 'link', y: 'copy' }[event.key];
  if (!chosen || !what || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) { return; }
  event.preventDefault();
  if (what === 'copy') { copy(); } else { say(what); }
}, true);

if (performance.getEntriesByType('navigation')[0]?.type !== 'reload') { arrive(); }
addEventListener('hashchange', arrive);
