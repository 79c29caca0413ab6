// Files that are dropped on the page are added at once.
const place = document.getElementById('drop');
const files = document.getElementById('files');
const state = document.getElementById('drop-state');

function send() {
  const size = [...files.files].reduce((sum, one) => sum + one.size, 0);
  if (size > 60_000_000) {
    state.textContent = `${Math.round(size / 1e6)} MB is more than a page takes: kb add FILE in the terminal takes them.`;
    return;
  }
  state.textContent = `sending ${files.files.length} ${files.files.length === 1 ? 'file' : 'files'} …`;
  place.requestSubmit();
}

if (place) {
  ['dragenter', 'dragover'].forEach((name) => document.addEventListener(name, (event) => {
    event.preventDefault();
    place.classList.add('over');
  }));
  ['dragleave', 'drop'].forEach((name) => document.addEventListener(name, () => place.classList.remove('over')));
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) { return; }
    files.files = event.dataTransfer.files;
    send();
  });
  place.addEventListener('submit', (event) => { if (state.textContent.includes('more than')) { event.preventDefault(); } });
  files.addEventListener('change', () => { if (files.files.length) { send(); } });
}
