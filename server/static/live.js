// A page that is open follows the store: what changed is fetched and put in, unless somebody is in the middle of something.
const live = document.getElementById('live');
const stale = document.getElementById('stale');

const changed = (one) => {
  if (one.matches('select')) {
    const given = [...one.options].some((option) => option.defaultSelected);
    return [...one.options].some((option, place) => option.selected !== (given ? option.defaultSelected : place === 0));
  }
  return one.matches('[type=checkbox], [type=radio]') ? one.checked !== one.defaultChecked : one.value !== one.defaultValue;
};

const busy = () => {
  const typing = [...live.querySelectorAll('form:not(#search) :is(input:not([type=hidden]), textarea, select)')].some(changed);
  const selected = !(getSelection()?.isCollapsed ?? true);
  const open = document.querySelector('dialog[open], details.pop[open], .panel:not([hidden])');
  return typing || selected || Boolean(open) || Boolean(document.querySelector('[data-keep] progress'));
};

async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
  if (!answer.ok) { return; }
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const next = page.getElementById('live');
  if (!next || next.innerHTML === live.dataset.was) { return; }
  if (busy()) { stale.hidden = false; return; }
  stale.hidden = true;
  live.dataset.was = next.innerHTML;
  const at = [...live.querySelectorAll('.row-item')].findIndex((row) => row.classList.contains('at'));
  const open = [...live.querySelectorAll('details')].map((one) => one.open);
  const y = scrollY;
  const focused = live.contains(document.activeElement) ? document.activeElement.id : '';
  live.replaceChildren(...next.childNodes);
  live.querySelectorAll('details').forEach((one, number) => { if (number in open) { one.open = open[number]; } });
  live.querySelectorAll('.row-item')[at]?.classList.add('at');
  if (focused) { document.getElementById(focused)?.focus({ preventScroll: true }); }
  scrollTo({ top: y, behavior: 'instant' });
  window.htmx?.process(live);
  window.kbMap?.start();
  document.dispatchEvent(new CustomEvent('kb:fresh'));
}

// An import writes twice a second: a page that is slow to make is asked for less often, one that nobody sees not at all.
const PAUSE = 150;
let waiting = false;
let least = 0;

async function soon() {
  if (waiting || document.hidden) { waiting ||= document.hidden; return; }
  waiting = true;
  await new Promise((go) => { setTimeout(go, Math.max(PAUSE, least - Date.now())); });
  waiting = false;
  const began = Date.now();
  await refresh().catch(() => {});
  least = Date.now() + 4 * (Date.now() - began);
}

const follow = () => {
  const events = new EventSource('/live');
  events.addEventListener('changed', soon);
  addEventListener('pagehide', () => events.close());
};

document.addEventListener('visibilitychange', () => {
  if (!document.hidden && waiting) { waiting = false; soon(); }
});

document.getElementById('refresh').addEventListener('click', () => location.reload());
follow();
addEventListener('pageshow', (event) => { if (event.persisted) { refresh().catch(() => {}); follow(); } });
