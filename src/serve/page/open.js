/* What a reader finds behind a lock, without the lock: the bundle stands in the page, and the
   script that travels in every bundle shows it. When the texts change, it is shown anew. */
(function () {
  'use strict';
  const box = document.getElementById('_boekje-open');
  const bundle = document.getElementById('_boekje-bundle');
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  let shown, times = 0;

  function show() {
    if (bundle.textContent === shown) return;
    const place = shown === undefined ? 0 : scrollY;
    shown = bundle.textContent;
    const B = JSON.parse(shown);
    sheet.replaceSync(B.css);
    // The page that was asked for comes in front: the script begins with the first one.
    const first = B.pages.findIndex((page) => page.a === B.first);
    B.pages.unshift(...B.pages.splice(Math.max(0, first), 1));
    document.title = B.pages[0].t;
    const file = (n) => Promise.resolve(B.files[n].n);
    self.boekje = { B, box, file, rules: { createHTML: (text) => text } };
    const script = document.createElement('script');
    script.src = `/_boekje/reader.js?${(times += 1)}`;
    script.onload = () => {
      script.remove();
      scrollTo(0, place);
    };
    document.head.append(script);
  }
  document.addEventListener('boekje:changed', show);
  show();
})();
