/* A page that changes without loading again. A Twin knows the tree as it was served (old)
   and the tree on the screen (live), where scripts, readers and the browser changed things
   of their own. `change` compares the old tree with a new one and does on the screen only
   what differs between those two: the place, the focus, the selection, open parts and what
   scripts added stay. */
(function () {
  'use strict';
  const ROOM = 250000; // Pairs of children that are compared one by one.
  const ran = new Set([...document.scripts].map((script) => script.src));

  class Twin {
    constructor(old, live) {
      this.old = old;
      this.live = new Map();
      this.pair(old, live);
    }

    /** Finds for every served node the one on the screen; what scripts added has none. */
    pair(old, live) {
      this.live.set(old, live);
      let at = live.firstChild;
      for (const child of old.childNodes) {
        let found = at;
        while (found && !alike(child, found)) found = found.nextSibling;
        if (!found) continue;
        this.pair(child, found);
        at = found.nextSibling;
      }
    }

    /** Becomes `next`; returns the elements on the screen whose words changed. */
    change(next) {
      this.touched = new Set();
      this.become(this.old, next);
      return [...this.touched].filter((element) => element.isConnected);
    }

    become(old, next) {
      if (old.nodeType !== Node.ELEMENT_NODE) return this.write(old, next);
      this.attributes(old, next);
      const partners = align([...old.childNodes], [...next.childNodes]);
      const kept = new Set(partners.values());
      for (const child of [...old.childNodes]) if (!kept.has(child)) this.remove(child);
      let before = null;
      for (const child of [...next.childNodes]) {
        const partner = partners.get(child);
        if (!partner) before = this.insert(old, child, before);
        else {
          if (!partner.isEqualNode(child)) this.become(partner, child);
          before = partner;
        }
      }
    }

    attributes(old, next) {
      const live = this.live.get(old);
      for (const { name } of [...old.attributes]) {
        if (next.hasAttribute(name)) continue;
        old.removeAttribute(name);
        live?.removeAttribute(name);
      }
      for (const { name, value } of [...next.attributes]) {
        if (old.getAttribute(name) === value) continue;
        old.setAttribute(name, value);
        live?.setAttribute(name, value);
      }
    }

    /** Only the letters between the first and the last that differ: a selection stays. */
    write(old, next) {
      const live = this.live.get(old);
      const [was, is] = [old.data, next.data];
      let start = 0;
      while (start < was.length && was[start] === is[start]) start += 1;
      let end = 0;
      const most = Math.min(was.length, is.length) - start;
      while (end < most && was[was.length - 1 - end] === is[is.length - 1 - end]) end += 1;
      if (live?.data === was) live.replaceData(start, was.length - start - end, is.slice(start, is.length - end));
      else if (live) live.data = is;
      old.data = is;
      this.touch(live);
    }

    remove(old) {
      this.live.get(old)?.remove();
      this.live.delete(old);
      old.remove();
    }

    /** Puts a copy behind `before`, in the old tree and on the screen. */
    insert(parent, node, before) {
      const old = parent.ownerDocument.importNode(node, true);
      parent.insertBefore(old, before ? before.nextSibling : parent.firstChild);
      const screen = this.live.get(parent);
      if (!screen) return old;
      const live = revive(document.importNode(node, true));
      const last = this.live.get(before);
      if (last?.parentNode === screen) last.after(live);
      else screen.insertBefore(live, this.firstAfter(old, screen));
      this.pair(old, live);
      this.touch(live);
      return old;
    }

    firstAfter(old, screen) {
      for (let next = old.nextSibling; next; next = next.nextSibling) {
        if (this.live.get(next)?.parentNode === screen) return this.live.get(next);
      }
      return null;
    }

    touch(live) {
      if (!live || (live.nodeType === Node.TEXT_NODE && !live.data.trim())) return;
      this.touched.add(live.nodeType === Node.ELEMENT_NODE ? live : live.parentElement);
    }
  }

  /** Whether two nodes may be the same one, before and after. */
  function alike(a, b) {
    if (a.nodeName !== b.nodeName) return false;
    if (a.nodeType !== Node.ELEMENT_NODE) return true;
    const names = ['SCRIPT', 'LINK', 'IMG'].includes(a.nodeName) ? ['id', 'src', 'href'] : ['id'];
    return names.every((name) => a.getAttribute(name) === b.getAttribute(name));
  }

  /** A heading that is typed anew has another id each time, and is the same heading. */
  function renamed(a, b) {
    return a.nodeName === b.nodeName && a.nodeType === Node.ELEMENT_NODE && !['SCRIPT', 'LINK'].includes(a.nodeName);
  }

  /** For every child of the new list its partner in the old one, in the same order. */
  function align(old, next) {
    const partners = new Map();
    while (old.length && next.length && old[0].isEqualNode(next[0])) partners.set(next.shift(), old.shift());
    while (old.length && next.length && old.at(-1).isEqualNode(next.at(-1))) partners.set(next.pop(), old.pop());
    let [from, to] = [0, 0];
    for (const [a, b] of [...common(old, next), [old.length, next.length]]) {
      const gap = next.slice(to, b);
      for (const child of gap) {
        const rest = old.slice(from, a);
        let found = rest.findIndex((one) => alike(one, child));
        if (found < 0) found = rest.findIndex((one) => renamed(one, child) && !gap.some((other) => alike(one, other)));
        if (found < 0) continue;
        partners.set(child, rest[found]);
        from += found + 1;
      }
      if (b < next.length) partners.set(next[b], old[a]);
      [from, to] = [a + 1, b + 1];
    }
    return partners;
  }

  /** The longest row of equal children in both lists, as pairs of places. */
  function common(old, next) {
    if (!old.length || !next.length || old.length * next.length > ROOM) return [];
    const [a, b] = [old, next].map((list) => list.map((node) => node.outerHTML ?? node.data));
    const longest = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
    for (let i = a.length - 1; i >= 0; i -= 1) {
      for (let j = b.length - 1; j >= 0; j -= 1) {
        longest[i][j] = a[i] === b[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    const pairs = [];
    for (let i = 0, j = 0; i < a.length && j < b.length; ) {
      if (a[i] === b[j]) pairs.push([i++, j++]);
      else if (longest[i + 1][j] >= longest[i][j + 1]) i += 1;
      else j += 1;
    }
    return pairs;
  }

  /** A script in a parsed page stays asleep. One that did not run here before is made anew. */
  function revive(live) {
    if (live.nodeType !== Node.ELEMENT_NODE) return live;
    const scripts = live.matches('script') ? [live] : [...live.querySelectorAll('script')];
    let first = live;
    for (const script of scripts) {
      if (ran.has(script.src)) continue;
      ran.add(script.src);
      const fresh = document.createElement('script');
      for (const { name, value } of script.attributes) fresh.setAttribute(name, value);
      fresh.async = false;
      if (script === live) first = fresh;
      else script.replaceWith(fresh);
    }
    return first;
  }

  window.boekjeLive = { Twin };
})();
