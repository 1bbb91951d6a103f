/* The bar of the preview: what happened (notes), what stood out (problems), look as,
   booklets and where a passage comes from. It is made anew from `view` each time and taken
   over as a page is: what is open stays open, the focus stays. */
(function () {
  'use strict';
  const { Twin } = window.boekjeLive;
  const WRITER = 'schrijver';
  const SHAPES = { stop: '■', 'heads-up': '▲', hint: '●' };

  // Which page this is, and as whom: /_boekje/as/gezin/tips/a.html.
  const reader = /^\/_boekje\/as\/([^/]+)\//.exec(location.pathname)?.[1] ?? '';
  const top = reader ? `/_boekje/as/${reader}/` : '/';
  const own = location.pathname.slice(top.length).replace(/(^|\/)$/, '$1index.html');
  const address = (id) => (id ? `/_boekje/as/${encodeURIComponent(id)}/${own}` : `/${own}`);

  /** What the bar shows now. */
  const view = { state: null, notes: {}, follow: false, passages: null, page: decodeURI(own) };
  let twins = {};

  /** Asks the server something about the preview. */
  function ask(what, values = {}) {
    return fetch(`/_boekje/${what}?${new URLSearchParams({ ...values, as: decodeURIComponent(reader) })}`, { cache: 'no-store' });
  }

  /** Makes an element; null and '' among its children are left out. */
  function make(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
    }
    // What a note holds is used each time the bar is made.
    made.append(...children.filter((child) => child !== null && child !== '').map((child) => child.cloneNode?.(true) ?? child));
    return made;
  }

  /** A sentence with its places filled. */
  function say(key, values = {}) {
    return (view.state?.words[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  }

  /** A title or a passage, short enough for a line or two. */
  function short(text) {
    const letters = [...text.trim().replace(/\s+/g, ' ')];
    return letters.length > 60 ? `${letters.slice(0, 60).join('')}…` : letters.join('');
  }

  /** The same with elements: names of others may run the other way. */
  function tell(key, values) {
    return (view.state?.words[key] ?? key).split(/(\{\w+\})/).map((part) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      return name in values ? make('bdi', {}, short(String(values[name]))) : part;
    });
  }

  function button(what, label, data = {}) {
    const names = Object.entries(data).map(([key, value]) => [`data-${key}`, value]);
    return make('button', { type: 'button', 'data-do': what, ...Object.fromEntries(names) }, label);
  }

  /** Opens a line, when there is an editor to open it in. */
  function opens({ file, line }) {
    return view.state.editor === false ? null : button('open', say('source.open', { line }), { file, line });
  }

  const total = () => Object.values(view.state.counts).reduce((sum, n) => sum + n, 0);
  const amongHere = (severity) => view.state.here.filter((one) => one.severity === severity).length;

  /** How much stood out, by severity, in words: of the whole booklet, of this page. */
  function counted(stop, headsUp, hint) {
    const some = [['stop', stop], ['heads-up', headsUp], ['hint', hint]].filter(([, n]) => n > 0);
    return some.map(([name, n]) => say(`count.${name}-${n === 1 ? 'one' : 'many'}`, { n })).join(', ') || say('bar.nothing');
  }
  function sums() {
    const { stop, attention, tip } = view.state.counts;
    if (!total()) return [say('bar.calm')];
    return [say('bar.here', { counts: counted(...Object.keys(SHAPES).map(amongHere)) }), say('bar.whole', { counts: counted(stop, attention, tip) })];
  }

  function problem(one) {
    const place = one.file ? make('p', { class: 'place' }, make('span', {}, ...(one.line ? tell('problems.place', one) : [one.file])),
      one.line ? opens(one) : null) : null;
    const told = (key, text) => (text ? make('p', {}, make('b', {}, say(key)), ' ', text) : null);
    return make('li', { class: `problem ${one.severity}` },
      make('p', { class: 'what' }, severity(one.severity), ' ', one.message), place,
      one.source ? make('pre', { dir: 'auto' }, one.source) : null,
      one.page ? make('p', {}, make('a', { href: one.page }, say('problems.theme'))) : null,
      told('problems.did', one.action), told('problems.you', one.suggestion),
      one.explain ? make('details', {}, make('summary', {}, say('problems.why')), make('p', { class: 'why' }, one.explain)) : null);
  }

  function severity(name) {
    return make('strong', { class: 'severity' }, make('span', { 'aria-hidden': 'true' }, SHAPES[name] ?? SHAPES.hint), ` ${say(`severity.${name}`)}:`);
  }

  const list = (some) => make('ul', { class: 'problems' }, ...some.map(problem));

  function problems() {
    const { here, all } = view.state;
    return make('section', { 'aria-labelledby': '_boekje-here' },
      make('h2', { id: '_boekje-here' }, say('problems.here')),
      here.length ? list(here) : make('p', {}, say('problems.here-none')),
      total() > here.length ? make('details', {}, make('summary', {}, say('problems.all', { n: total() })), list(all),
        total() > all.length ? make('p', {}, say('problems.more', { n: total() - all.length })) : null) : null);
  }

  function lookAs() {
    const { choices, now } = view.state.as;
    if (choices.length < 2) return null;
    return make('nav', { 'aria-labelledby': '_boekje-as' },
      make('h2', { id: '_boekje-as' }, say('as.title')), make('p', {}, say('as.about')),
      make('ul', { class: 'chips' }, ...choices.map(({ id, name }) => make('li', {},
        make('a', { href: address(id), 'data-do': 'as', 'data-reader': id, 'aria-current': id === now ? 'true' : null }, make('bdi', {}, name))))));
  }

  function booklets() {
    const some = view.state.booklets ?? [];
    if (!some.length) return null;
    const several = new Set(some.map((one) => one.name)).size > 1;
    return make('nav', { 'aria-labelledby': '_boekje-booklets' },
      make('h2', { id: '_boekje-booklets' }, say('booklets.title')), make('p', {}, say('booklets.about')),
      make('ul', { class: 'chips' }, ...some.map(({ name, label, href }) => make('li', {},
        make('a', { href, 'data-do': 'booklet', target: /\.pdf$/.test(href) ? `boekje${href.replace(/\W/g, '-')}` : null }, several ? make('bdi', {}, `${name}: `) : '', label)))));
  }

  function locked() {
    const some = view.state.locked ?? [];
    return some.length ? make('nav', { 'aria-labelledby': '_boekje-locked' },
      make('h2', { id: '_boekje-locked' }, say('locked.title')), make('p', {}, say('locked.about')),
      make('ul', { class: 'chips' }, ...some.map(({ name, href }) => make('li', {}, make('a', { href }, make('bdi', {}, name)))))) : null;
  }

  function passages() {
    const blocks = view.passages?.blocks ?? [];
    const one = ({ line, text, file = view.passages.file }) => make('li', {}, make('span', { dir: 'auto' }, text),
      opens({ file, line }) ?? make('span', { class: 'place' }, ...tell('problems.place', { file, line })));
    return make('section', { 'aria-labelledby': '_boekje-source' },
      make('h2', { id: '_boekje-source' }, say('source.title')), make('p', {}, say('source.how')),
      make('details', { 'data-do': 'passages' }, make('summary', {}, say('source.list')),
        blocks.length ? make('ol', { class: 'passages' }, ...blocks.map(one)) : make('p', {}, say('source.none'))));
  }

  function follow() {
    return make('label', { class: 'follow' }, make('input', { type: 'checkbox', 'data-do': 'follow' }), say('changed.follow'));
  }

  function panel() {
    return make('div', { class: 'panel' }, problems(), lookAs(), locked(), booklets(), passages(), make('p', {}, follow()));
  }

  /** A note: words, links and buttons, and a way to put it away. */
  function note(name, { words, links = [], buttons = [], list = [], extra = '' }) {
    return make('div', { class: 'note', id: `_boekje-note-${name}` },
      make('p', {}, ...words),
      list.length ? make('ul', {}, ...list.map((item) => make('li', {}, item))) : null,
      make('div', { class: 'ways' }, ...links, ...buttons, extra, button('close', say('bar.close'), { note: name })));
  }

  /** The name of who looks; who writes has none. */
  function name() {
    const { now, choices } = view.state.as;
    return now === WRITER ? '' : choices.find(({ id }) => id === now && id)?.name;
  }

  function bar() {
    const now = view.state.as.now;
    return make('section', { id: '_boekje', class: now ? 'private' : null, lang: view.state.lang, dir: 'ltr', 'aria-label': say('bar.name') },
      make('p', { role: 'status', class: 'aloud' }),
      ...Object.entries(view.notes).slice(-2).map(([name, one]) => note(name, one.extra === 'follow' ? { ...one, extra: follow() } : one)),
      make('details', { class: 'sheet' },
        make('summary', {}, make('span', { class: 'title' }, say('bar.short')),
          now ? make('span', { class: 'mark' }, say('bar.private'), ...(name() ? [': ', make('bdi', {}, name())] : [])) : null,
          ...sums().map((one) => make('span', { class: 'count' }, one))),
        panel()));
  }

  /** The banner at the top: this is not what the world sees, and why. */
  function banner() {
    const { as, inside, lang } = view.state;
    if (!as.now && !inside) return null;
    const who = as.now === WRITER ? [say('as.all')] : name() ? tell('as.who', { name: name() }) : [];
    return make('aside', { id: '_boekje-private', lang, dir: 'ltr', 'aria-label': say('as.banner') },
      make('p', {}, make('strong', {}, say('as.banner')), ' ', ...who),
      inside ? make('p', {}, ...tell('as.withheld', { reason: inside.reason })) : null);
  }

  /** For who writes: a link to a text that stays inside says so, and why. */
  function marks() {
    const stays = new Map((view.state.withheld ?? []).map(({ href, reason }) => [new URL(top + href, location.href).pathname, reason]));
    for (const old of document.querySelectorAll('._boekje-inside')) old.remove();
    if (!stays.size) return;
    for (const link of document.querySelectorAll('main a[href]')) {
      const reason = stays.get(link.pathname);
      if (reason) link.after(make('span', { class: '_boekje-inside', lang: view.state.lang, dir: 'ltr' }, say('as.stays', { reason })));
    }
  }

  /** Brings one part of the preview on the screen, or takes it away. */
  function place(name, part, put) {
    if (!part) {
      twins[name]?.live.get(twins[name].old)?.remove();
      delete twins[name];
    } else if (twins[name]) twins[name].change(part);
    else {
      const live = part.cloneNode(true);
      put(live);
      twins[name] = new Twin(part, live);
    }
  }

  function render() {
    if (!view.state) return;
    const had = document.activeElement?.closest('#_boekje');
    place('bar', bar(), (live) => {
      document.body.append(live);
      new ResizeObserver(() => document.documentElement.style.setProperty('--_boekje', `${live.offsetHeight}px`)).observe(live);
    });
    place('banner', banner(), (live) => document.body.prepend(live));
    marks();
    for (const box of document.querySelectorAll('#_boekje [data-do=follow]')) box.checked = view.follow;
    // What had the focus went away with its note: the bar itself keeps it.
    if (had && !had.contains(document.activeElement)) had.querySelector('.sheet > summary').focus();
  }

  /** What gets the focus is not left under the bar. */
  document.addEventListener('focusin', ({ target }) => {
    const bar = document.getElementById('_boekje');
    if (!bar || bar.contains(target) || getComputedStyle(bar).position !== 'sticky') return;
    const under = target.getBoundingClientRect().bottom - bar.getBoundingClientRect().top;
    if (under > 0 && target.offsetHeight < innerHeight / 2) window.scrollBy(0, under + 16);
  });

  /** Says it aloud, when nothing else is being said. */
  function aloud(words) {
    const status = document.querySelector('#_boekje [role=status]');
    if (status) status.textContent = words;
  }

  function notice(name, one) {
    delete view.notes[name];
    if (one) view.notes[name] = one; // As the newest: the last two are shown.
    render();
    if (one) aloud(document.querySelector(`#_boekje-note-${name} p`)?.textContent ?? '');
  }

  Object.assign(window.boekjeLive, { view, WRITER, reader, top, own, ask, address, make, button, opens, short, say, tell, render, notice, aloud, sums });
})();
