// Formulas: the page has them as TeX, KaTeX draws them. What it does not understand stays as it was written.
const LONGEST = 10_000;
const DEEPEST = 60;  // of braces within braces: what is drawn of many more has brought browsers down

function depth(tex) {
  let now = 0;
  let most = 0;
  for (const sign of tex) {
    now += sign === '{' ? 1 : sign === '}' ? -1 : 0;
    most = Math.max(most, now);
  }
  return most;
}

function draw(root) {
  root.querySelectorAll('.math:not(.drawn)').forEach((place) => {
    const tex = place.textContent;
    place.classList.add('drawn');
    if (tex.length > LONGEST || depth(tex) > DEEPEST) { return; }
    try {
      window.katex.render(tex, place, {
        displayMode: place.classList.contains('block'), throwOnError: true, trust: false, maxExpand: 200, maxSize: 20,
      });
    } catch {
      place.textContent = tex;
      place.title = 'a formula that could not be drawn';
    }
  });
}
draw(document);
document.addEventListener('kb:fresh', () => draw(document));
