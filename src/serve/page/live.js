/* Keeps the page the same as the files. The server tells that something changed; the page
   is asked for again and only what differs is done on the screen. When the server is away
   the page stays, and it comes back by itself. */
(function () {
  'use strict';
  const { Twin, view, WRITER, reader, top, own, ask, address, make, button, short, say, tell, render, notice, aloud, sums } = window.boekjeLive;
  const PATIENCE = 2000; // Milliseconds without an answer before we say so.
  const KEPT = { follow: 'boekje.follow', moved: 'boekje.moved', place: 'boekje.place' };
  const behind = new WeakMap(); // Style sheets that leave when one has come.
  const leaves = new WeakSet();
  const windows = new Map(); // Booklets that are open beside this page.
  let twin, status, file, now, shown, events, waiting, lost;

  const fetchPage = () => fetch(location.pathname + location.search, { cache: 'no-store', headers: { accept: 'text/html' } });
  async function parse(answer) {
    if (!/^text\/html/.test(answer.headers.get('content-type'))) throw new Error('no page');
    return new DOMParser().parseFromString(await answer.text(), 'text/html').documentElement;
  }
  const there = (href) => fetch(href, { method: 'HEAD', cache: 'no-store' }).then((answer) => answer.ok, () => false);
  const remember = (key, value) => (value ? sessionStorage.setItem(key, value) : sessionStorage.removeItem(key));

  /** Brings the page up to date; what comes meanwhile is done together, after it. */
  async function update(news) {
    if (update.busy) return void (update.next = both(update.next, news));
    update.busy = true;
    await renew(news).catch(() => {});
    update.busy = false;
    const next = update.next;
    update.next = null;
    if (next) await update(next);
  }
  const both = (a, b) => (a ? { changed: [...a.changed, ...b.changed], css: [...a.css, ...b.css], all: a.all || b.all, quiet: a.quiet && b.quiet } : b);

  async function renew({ changed, css, all, quiet }) {
    const { run, v } = now;
    const answer = await fetchPage();
    if (answer.status === 404 && status !== 404) return gone(changed);
    if (answer.status !== status) return anew();
    const next = await parse(answer);
    const focus = document.activeElement;
    swap(css, all);
    const touched = twin.change(next);
    // A booklet was set, and its link tells how large it is: nothing that anybody typed.
    if (!quiet && !changed.length && !css.length) pictures();
    shown = { run, v };
    document.dispatchEvent(new CustomEvent('boekje:changed'));
    // What had the focus is gone: the text has it, and the next Tab goes on from there.
    if (!focus.isConnected) document.querySelector('main')?.focus({ preventScroll: true });
    delete view.notes.page;
    if (!quiet) light(touched);
    await refresh();
  }

  /** From a page to the tale of what is amiss with it, or back: they have nothing in common. */
  function anew() {
    if (status === 200) remember(KEPT.place, String(scrollY));
    location.reload();
  }

  /** What the bar shows, from the server. */
  async function refresh() {
    const before = view.state && sums().join();
    const answer = await ask('state', { page: view.page });
    if (!answer.ok) return;
    view.state = await answer.json();
    render();
    if (before && before !== sums().join()) aloud(sums().join('; '));
  }

  /** A new style sheet is laid over the old ones, which leave when it is there. */
  function swap(css, all) {
    const places = css.map((href) => new URL(top + href, location.href).pathname);
    for (const link of document.querySelectorAll('link[rel=stylesheet]')) {
      const url = new URL(link.href);
      if (leaves.has(link) || url.pathname.startsWith('/_boekje/') || !(all || places.includes(url.pathname))) continue;
      const fresh = link.cloneNode();
      url.searchParams.set('v', `${now.run}-${now.v}`);
      fresh.href = url.href;
      leaves.add(link);
      const older = [...(behind.get(link) ?? []), link];
      behind.set(fresh, older);
      fresh.onload = fresh.onerror = () => older.forEach((one) => one.remove());
      link.after(fresh);
      twin.live.forEach((live, old) => live === link && twin.live.set(old, fresh));
    }
  }

  /** No words and no style changed: then a picture may have. The old one stays until it is there. */
  function pictures() {
    const own = /([^\s,:]+\.(?:webp|jpe?g|png|gif|svg))(?:\?v=[^\s,]*)?/g;
    for (const picture of document.querySelectorAll('img, source')) {
      for (const name of ['srcset', 'src']) {
        const value = picture.getAttribute(name);
        if (value && !value.includes(':')) picture.setAttribute(name, value.replace(own, `$1?v=${now.run}-${now.v}`));
      }
    }
  }

  /** What changed lights up; is it out of sight, we say so and leave the page where it is. */
  function light(changed) {
    const parts = changed.filter((one) => one.closest('main')).map((one) => one.closest('p, li, tr, dt, dd, figure, h1, h2, h3, h4, h5, h6') ?? one);
    const seen = (one) => {
      const { top: above, bottom } = one.getBoundingClientRect();
      return bottom > 0 && above < innerHeight;
    };
    for (const part of new Set(parts)) {
      part.classList.add('_boekje-lit');
      setTimeout(() => part.classList.remove('_boekje-lit'), 2500);
    }
    if (parts.some(seen)) notice('further', null);
    else if (parts.length && view.follow) parts[0].scrollIntoView({ block: 'center' });
    else if (parts.length) {
      view.further = parts[0];
      notice('further', { words: [say('changed.further')], buttons: [button('further', say('bar.show'))], extra: 'follow' });
    }
  }

  /** Other texts changed: a word about it, or along with them. */
  function elsewhere(changed) {
    const others = changed.filter(({ href }) => new URL(top + href, location.href).pathname !== location.pathname || !href);
    const pages = others.filter(({ href }) => href);
    if (view.follow && pages.length && !changed.some((one) => !others.includes(one))) return location.assign(top + pages[0].href);
    // When this page itself is gone, that is told already.
    if (!others.length || (view.notes.page && !pages.length)) return;
    const link = ({ title, href }, label) => make('a', { href: top + href }, label ?? make('bdi', {}, short(title)));
    const [first] = others;
    if (others.length > 1) {
      const list = others.slice(0, 5).map((one) => (one.href ? link(one) : make('bdi', {}, short(one.title))));
      return notice('changed', { words: [say('changed.many', { n: others.length })], list, extra: 'follow' });
    }
    notice('changed', {
      words: tell(first.href ? 'changed.one' : 'changed.nowhere', { title: first.title }),
      links: first.href ? [link(first, say('bar.show'))] : [],
      extra: 'follow',
    });
  }

  /** The page is not there any more: along to its new address, or the ways on. */
  async function gone(changed) {
    const pages = changed.filter(({ href }) => href);
    for (const { href } of pages) {
      const answer = await ask('lines', { page: href }).catch(() => null);
      if (!file || !answer?.ok || (await answer.json()).file !== file) continue;
      remember(KEPT.moved, '1');
      return location.replace(top + href);
    }
    await refresh();
    const links = pages.slice(0, 3).map(({ title, href }) => make('a', { href: top + href }, ...tell('page.maybe', { title })));
    if (reader !== WRITER && (await there(address(WRITER)))) links.push(make('a', { href: address(WRITER) }, say('page.writer')));
    notice('page', {
      words: [`${say('page.gone')} ${say('page.gone-how')}`],
      links: [...links, make('a', { href: `${top}index.html` }, say('page.home'))],
    });
  }

  /** The server tells how things are: at the start, and after each change. */
  async function hear(data) {
    const first = !now;
    const opened = events.opened;
    events.opened = false;
    now = data;
    const served = document.querySelector('script[src*="/_boekje/live.js?v="]')?.src.split('?v=')[1];
    // The page changed between its loading and now: what we hold is not what is shown.
    if (first && served && served !== `${data.run}-${data.v}`) return location.reload();
    if (lost) back('line.back');
    if (first) shown = data;
    const same = shown.run === data.run && shown.v === data.v;
    if (same) return refresh();
    // After a silence we do not know which style sheets changed meanwhile.
    await update({ ...data, all: opened || shown.run !== data.run || data.v > shown.v + 1 });
    elsewhere(data.changed);
    follow();
  }

  function back(key) {
    lost = false;
    notice('line', { words: [say(key)] });
    setTimeout(() => lost || notice('line', null), 10000);
  }
  function away(key) {
    lost = true;
    notice('line', { words: [say(key)] });
  }

  /** Booklets that stand open are made again, a moment after the last change. */
  function follow() {
    clearTimeout(follow.timer);
    follow.timer = setTimeout(() => {
      for (const [href, other] of windows) {
        if (other.closed) windows.delete(href);
        else other.location.replace(href);
      }
    }, 700);
  }

  function connect() {
    if (events && events.readyState !== EventSource.CLOSED) return;
    events = new EventSource(`/_boekje/events?${new URLSearchParams({ as: decodeURI(reader) })}`);
    events.addEventListener('now', (event) => hear(JSON.parse(event.data)).catch(() => {}));
    events.addEventListener('away', () => away('line.folder-gone'));
    events.addEventListener('back', () => back('line.folder-back'));
    events.onopen = () => {
      events.opened = true;
      clearTimeout(waiting);
      waiting = null;
    };
    events.onerror = () => {
      waiting ??= setTimeout(() => away('line.gone'), PATIENCE);
      if (events.readyState === EventSource.CLOSED) setTimeout(connect, 1000);
    };
  }
  function rest() {
    clearTimeout(waiting);
    waiting = null;
    events?.close();
  }

  const acts = {
    close: (at) => {
      if (at.dataset.note === 'source') window.boekjeLive.unmark();
      notice(at.dataset.note, null);
    },
    open: (at) => window.boekjeLive.open(at.dataset.file, at.dataset.line),
    further: () => {
      view.further?.scrollIntoView({ block: 'center' });
      notice('further', null);
    },
    follow: (at) => {
      view.follow = at.checked;
      remember(KEPT.follow, at.checked ? '1' : '');
      render();
    },
    as: async (at, event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      location.assign((await there(at.href)) ? at.href : at.href.slice(0, -own.length) + 'index.html');
    },
    booklet: (at, event) => {
      if (!at.target) return;
      event.preventDefault();
      windows.set(at.href, window.open(at.href, at.target));
    },
  };
  document.addEventListener('click', (event) => {
    const at = event.target.closest('#_boekje [data-do]');
    if (at && !event.defaultPrevented) acts[at.dataset.do]?.(at, event);
  });
  document.addEventListener('toggle', async (event) => {
    if (!event.target.closest?.('#_boekje')) return;
    if (event.target.dataset.do !== 'passages' || !event.target.open) return;
    await window.boekjeLive.passages();
    render();
  }, true);
  document.addEventListener('keydown', (event) => {
    const note = event.key === 'Escape' && event.target.closest('#_boekje .note');
    const sheet = event.key === 'Escape' && event.target.closest('#_boekje .sheet');
    if (note) note.querySelector('[data-do=close]').click();
    else if (sheet) {
      sheet.open = false;
      sheet.querySelector('summary').focus();
    }
  });
  // A page nobody looks at holds no line: browsers allow six to one server.
  document.addEventListener('visibilitychange', () => {
    clearTimeout(rest.timer);
    if (document.visibilityState === 'visible') connect();
    else rest.timer = setTimeout(rest, 20000);
  });
  window.addEventListener('pagehide', rest);
  window.addEventListener('pageshow', (event) => event.persisted && connect());

  async function start() {
    view.follow = Boolean(sessionStorage.getItem(KEPT.follow));
    const answer = await fetchPage();
    status = answer.status;
    twin ??= new Twin(await parse(answer), document.documentElement);
    connect();
    if (status === 200 && sessionStorage.getItem(KEPT.place)) {
      window.scrollTo(0, Number(sessionStorage.getItem(KEPT.place)));
      remember(KEPT.place, '');
    }
    file = await ask('lines', { page: view.page }).then((lines) => (lines.ok ? lines.json() : null), () => null).then((lines) => lines?.file);
    if (!sessionStorage.getItem(KEPT.moved)) return;
    remember(KEPT.moved, '');
    await refresh();
    notice('page', { words: [say('page.moved')] });
  }

  const begin = () => start().catch(() => setTimeout(begin, PATIENCE));
  begin();
})();
