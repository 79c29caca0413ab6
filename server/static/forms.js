// Forms that write: what is refused is told where it was typed, and nothing typed is lost; what is done leaves one where one is.
const KEPT = 'kb-said';

function tell(words) {
  const place = document.getElementById('said');
  place.textContent = words;
  place.hidden = false;
  setTimeout(() => { place.hidden = true; }, 4000);
}

function refuse(form, html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const problem = page.querySelector('.problem') ?? page.body;
  form.querySelector('.refused')?.remove();
  const place = document.createElement('div');
  place.className = 'refused';
  place.append(...problem.childNodes);
  form.append(place);
  place.setAttribute('role', 'alert');
  const field = form.elements.ref;
  place.querySelectorAll('li a').forEach((one) => {
    if (!field) { return; }
    one.addEventListener('click', (event) => {  // what an ambiguous name may mean, to be chosen
      event.preventDefault();
      field.value = decodeURIComponent(new URL(one.href).pathname.split('/').pop());
      place.remove();
      field.focus();
    });
  });
  place.scrollIntoView({ block: 'nearest' });
}

async function send(form, button) {
  const given = new URLSearchParams(new FormData(form, button));
  let answer;
  try {
    answer = await fetch(form.action, { method: 'POST', body: given, headers: { 'HX-Request': 'true' } });
  } catch {
    refuse(form, '<p>The server does not answer: is kb serve still running? What you typed is still here.</p>');
    return;
  }
  const to = answer.headers.get('HX-Redirect');
  if (to === null) { refuse(form, await answer.text()); return; }
  sessionStorage.setItem(KEPT, form.dataset.done ?? '');
  const next = new URL(to, location.href);
  if (next.pathname === location.pathname && next.search === location.search) { location.reload(); } else { location.assign(next); }
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post' || form.enctype === 'multipart/form-data' || event.defaultPrevented) { return; }
  event.preventDefault();
  send(form, event.submitter);
});

const said = sessionStorage.getItem(KEPT);
sessionStorage.removeItem(KEPT);
if (said) { tell(said); }
