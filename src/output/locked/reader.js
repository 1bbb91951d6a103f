"use strict";
(() => {
// Shows what was opened: comes with the parcel, and runs only because the page with the
// lock names its fingerprint. Pages, links between them, pictures, files, search, paper.
const { B, box, file, rules } = self.boekje;
delete self.boekje;
const d = document, root = d.documentElement, at = (id) => d.getElementById(id);
const pages = B.pages.map((page) => new DOMParser().parseFromString(rules.createHTML(page.h), "text/html"));
let here;
if (B.exit && at("x")) at("x").href = B.exit;

// What can be found: each smallest piece of text, by its place on its page.
const kinds = "h1,h2,h3,h4,h5,h6,p,li,td,th,dt,dd,figcaption,pre";
const pieces = (from) => [...from.querySelectorAll("main :is(" + kinds + ")")].filter((e) => !e.querySelector(kinds));
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const words = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];
let all;
const find = (typed) => {
  const asked = words(typed);
  if (!asked.length) return [];
  all ??= pages.flatMap((page, n) => pieces(page).map((e, i) => ({ n, i, text: e.textContent.trim(), folded: fold(e.textContent) })));
  return all.filter((one) => asked.every((word) => one.folded.includes(word)));
};
const search = (field) => {
  const count = at("zoek_aantal"), list = at("zoek_lijst"), hits = find(field.value);
  count.textContent = field.value.trim() ? count.dataset.found.replace("{n}", hits.length) : "";
  list.replaceChildren(...hits.slice(0, 50).map(({ n, i, text }) => {
    const item = d.createElement("li"), link = d.createElement("a");
    link.href = "#";
    link.textContent = text.length > 150 ? text.slice(0, 150) + "…" : text;
    link.onclick = (e) => { e.preventDefault(); go(n, (main) => pieces(main)[i]); };
    item.append(link);
    return item;
  }));
};

// A table of agreements says what it is, so that the style may lay it out as cards.
const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell", CAPTION: "caption" };
const dress = () => {
  for (const table of box.querySelectorAll(".agreements")) {
    for (const e of [table, ...table.querySelectorAll("*")]) {
      const role = e.tagName === "TH" ? (e.scope === "row" ? "rowheader" : "columnheader") : roles[e.tagName];
      if (role) e.setAttribute("role", role);
    }
  }
  for (const img of box.querySelectorAll("img[data-b]"))
    file(img.dataset.b).then((url) => { img.src = url; }, (why) => { img.alt += " (" + why + ")"; });
  for (const button of box.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.onclick = () => print();
  }
  const field = at("zoek_veld");
  if (field) field.oninput = () => search(field);
};

// Shows a page, and goes to a piece of it.
const go = (n, place) => {
  const { documentElement, body } = pages[here = n];
  root.className = "";
  root.lang = documentElement.lang;
  root.dir = documentElement.dir;
  d.body.className = body.className;
  box.replaceChildren(...d.importNode(body, true).childNodes);
  dress();
  const found = place && place(box), to = found || box.querySelector("main") || box;
  to.tabIndex = -1;
  if (found) found.scrollIntoView();
  else scrollTo(0, 0);
  to.focus({ preventScroll: !found });
};

box.onclick = (e) => {
  const link = e.target.closest("a"), typed = link?.getAttribute("href");
  if (!typed || e.defaultPrevented) return;
  // Not by address: the name of a part would stay in the history.
  const url = new URL(typed, "http://b/" + B.pages[here].a);
  if (url.host !== "b") return;
  e.preventDefault();
  if (link.dataset.b) {
    file(link.dataset.b).then((href) => {
      const save = d.createElement("a");
      save.href = href;
      save.download = B.files[link.dataset.b].f;
      save.click();
    }, alert);
    return;
  }
  const n = B.pages.findIndex((page) => "/" + page.a === decodeURI(url.pathname));
  const part = decodeURIComponent(url.hash.slice(1));
  if (n >= 0) go(n, part ? () => at(part) : null);
};
go(0);
})();
