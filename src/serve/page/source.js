/* From a passage on the page to its file and line: Alt and a click, or F2. The server knows
   the passages of a text in their order with their first letters; the elements of the page
   are laid beside them by those letters, whatever a template put around them. */
(function () {
  'use strict';
  const { view, top, make, opens, short, say, tell, notice, ask } = window.boekjeLive;
  const BLOCKS = 'p, li, h1, h2, h3, h4, h5, h6, tr, td, th, dt, dd, blockquote, figcaption, caption, pre, img';
  const AHEAD = 40; // Elements to look through before the order is given up.
  const SURE = 12; // Letters that are not the same by chance.

  const letters = (text) => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  const inBar = (node) => node.closest('#_boekje, #_boekje-private');

  /** The elements that may begin a passage, with their letters, in order. */
  function elements() {
    return [...document.querySelectorAll(`:is(main, header) :is(${BLOCKS})`)].filter((element) => !inBar(element))
      .map((element) => [element, letters(element.alt ?? element.textContent)]);
  }

  /** Gives each element that begins a passage its file and line. */
  function lay(blocks) {
    const all = elements();
    const found = new Map();
    let at = 0;
    for (const block of blocks) {
      const start = letters(block.text);
      // A name of a voice or a number may stand before the words themselves.
      const fits = ([element, text]) => !found.has(element) && text.slice(0, start.length + 40).includes(start);
      const find = (from, to) => all.findIndex((one, place) => place >= from && place < to && fits(one));
      if (!start) continue;
      let place = find(at, at + AHEAD);
      if (place >= 0) at = place + 1;
      else if (start.length >= SURE) place = find(0, all.length);
      if (place >= 0) found.set(all[place][0], block);
    }
    return found;
  }

  /** The nearest passage at or around a place, else the one before it. */
  function nearest(found, node) {
    for (let around = node; around; around = around.parentElement) if (found.has(around)) return around;
    if (!node.closest('main')) return null;
    const before = [...found.keys()].filter((one) => one.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
    return before.at(-1) ?? null;
  }

  /** Where the reader is: a selection, the focus, or the first passage on the screen. */
  function current(found) {
    const { anchorNode, isCollapsed } = document.getSelection();
    const chosen = anchorNode && !isCollapsed && (anchorNode.nodeType === Node.TEXT_NODE ? anchorNode.parentElement : anchorNode);
    for (const one of [chosen, document.activeElement]) {
      if (one && !inBar(one) && one.closest('main') && one.id !== 'main') return nearest(found, one);
    }
    return [...found.keys()].find((one) => one.getBoundingClientRect().top >= 0) ?? null;
  }

  /** The passages of a page, as they are now. */
  function linesOf(page) {
    return ask('lines', { page }).then((answer) => (answer.ok ? answer.json() : null), () => null);
  }
  async function passages() {
    view.passages = await linesOf(view.page);
    return view.passages ?? { file: '', blocks: [] };
  }

  /** A card on a list leads to its text. */
  async function ofCard(node) {
    const card = node?.closest('main :is(li, .card)');
    const link = node?.closest('a[href]') ?? card?.querySelector('a[href]');
    const page = link && new URL(link.href);
    if (!page || page.origin !== location.origin || !page.pathname.startsWith(top)) return null;
    const lines = await linesOf(decodeURI(page.pathname.slice(top.length)));
    return lines?.file ? [card ?? link, { file: lines.file, line: lines.blocks[0]?.line ?? 1 }] : null;
  }

  /** Shows where a passage stands: the one that is chosen, or what its link leads to. */
  async function show(choose, node) {
    const { file, blocks } = await passages();
    const found = lay(blocks);
    const chosen = choose(found);
    const [element, block] = (chosen ? [chosen, { file, ...found.get(chosen) }] : await ofCard(node)) ?? [];
    unmark();
    if (!element) return notice('source', { words: [say('source.none')] });
    element.classList.add('_boekje-picked');
    notice('source', {
      words: [...tell('source.found', block), ' ', make('bdi', {}, short(element.alt ?? element.innerText))],
      buttons: [opens(block)],
    });
  }

  function unmark() {
    for (const one of document.querySelectorAll('._boekje-picked')) one.classList.remove('_boekje-picked');
  }

  async function open(file, line) {
    const answer = await ask('open', { file, line, key: view.state.key }).catch(() => null);
    notice('source', { words: tell(answer?.ok ? 'source.opened' : 'source.closed', { file, line }) });
  }

  document.addEventListener('click', (event) => {
    if (!event.altKey || event.button !== 0 || inBar(event.target) || !view.state) return;
    event.preventDefault();
    event.stopPropagation();
    show((found) => nearest(found, event.target), event.target);
  }, true);
  document.addEventListener('keydown', async (event) => {
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (event.key !== 'F2' || !plain || !view.state) return;
    event.preventDefault();
    await show(current, document.activeElement);
    document.querySelector('#_boekje-note-source button')?.focus();
  });

  Object.assign(window.boekjeLive, { passages, open, unmark });
})();
