// The keyboard, the same on every page: a key belongs to the element that names it (data-key), lists have j, k and Enter.
const typing = (element) => element instanceof Element && element.closest('input, textarea, select, [contenteditable]');
const seen = (element) => element.checkVisibility() && !element.closest('details:not([open]) > :not(summary)');

let going = false;

function press(key) {
  const dialog = document.querySelector('dialog[open]');
  const inside = dialog ?? document.querySelector('details.pop[open] form');
  const all = (root) => [...root.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter(seen);
  const found = (inside ? all(inside) : [])[0] ?? (dialog ? undefined : all(document)[0]);
  if (!found) { return false; }
  found.click();
  if (found.matches('summary')) {
    found.parentElement.querySelector('form input:not([type=hidden]), form textarea, form button')?.focus();
  }
  return true;
}

function step(by) {
  const rows = [...document.querySelectorAll('.row-item')].filter(seen);
  if (!rows.length) { return false; }
  const now = rows.findIndex((row) => row.classList.contains('at'));
  const next = rows[Math.min(rows.length - 1, Math.max(0, now < 0 && by > 0 ? 0 : now + by))];
  rows[now]?.classList.remove('at');
  next.classList.add('at');
  next.scrollIntoView({ block: 'nearest' });
  const link = next.matches('a') ? next : next.querySelector('a.go') ?? next.querySelector('.words a') ?? next.querySelector('a');
  link?.focus({ preventScroll: true });
  return true;
}

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) { return; }
  if (event.key === 'Escape') {
    const open = document.querySelector('details.pop[open]');
    if (typing(event.target)) { event.preventDefault(); event.target.blur(); }  // a search box would be emptied
    if (open) { open.open = false; }
    document.dispatchEvent(new CustomEvent('kb:escape'));
    return;
  }
  if (typing(event.target)) {
    if (event.key === 'ArrowDown' && event.target.id === 'q' && step(1)) { event.preventDefault(); }
    return;
  }
  if (event.target instanceof Element && event.target.closest('#map') && event.key !== 'g') { return; }
  let done = false;
  if (going) {
    going = false;
    const link = document.querySelector(`nav a[data-go="${CSS.escape(event.key)}"]`);
    if (link) { link.click(); done = true; }
  } else if (event.key === 'g') {
    going = true;
    setTimeout(() => { going = false; }, 1500);
  } else if (event.key === '/') {
    const box = document.querySelector('#q, #ask');
    if (box) { box.focus(); box.select(); } else { location.href = '/'; }
    done = true;
  } else if (event.key === 'j') {
    done = step(1);
  } else if (event.key === 'k') {
    done = step(-1);
  } else {
    done = press(event.key);
  }
  if (done) { event.preventDefault(); }
});

document.querySelector('nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center', behavior: 'instant' });
document.getElementById('help-button').addEventListener('click', () => document.getElementById('help').showModal());
document.addEventListener('change', (event) => {
  if (event.target instanceof Element && event.target.matches('[data-submit]')) { event.target.form.requestSubmit(); }
});
document.addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('[data-close]')) { event.target.closest('dialog')?.close(); }
});
document.getElementById('search')?.addEventListener('change', (event) => {
  if (event.target.matches('select')) { event.target.form.requestSubmit(); }
});
