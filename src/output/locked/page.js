"use strict";
(() => {
// Opens a locked page: docs/format.md. Keeps nothing: no storage, no title, no address.
const d = document, at = (id) => d.getElementById(id), { subtle } = self.crypto || {};
const say = JSON.parse(at("t").textContent), M = at("m"), W = at("w"), E = at("e"), P = at("p");
const utf = new TextEncoder();
const un64 = (s) => Uint8Array.from(atob(s.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt());
const hex = (b) => [...b].map((n) => n.toString(16).padStart(2, 0)).join("");
const join = (...parts) => new Uint8Array(parts.flatMap((p) => [...(typeof p == "string" ? utf.encode(p) : p)]));
const as = (s) => s, same = { createHTML: as, createScript: as };
const rules = self.trustedTypes ? trustedTypes.createPolicy("b", same) : same;
let H = [];
try { H = un64(at("v").textContent.trim()); } catch {}
const epoch = H.slice(26, 30), salt = H.slice(30, 62);
// Only a header of ours, whole; and it keeps nobody busy for an hour.
const ours = H.length == 1535 && hex(H.slice(0, 6)) == "424b4a310101" && H[62] == 16;
const rounds = ours ? new DataView(H.buffer).getUint32(6) : 0;

const use = (key, name, what) => subtle.importKey("raw", key, name, false, [what]);
const derive = async (key, salt, purpose, n) => new Uint8Array(await subtle.deriveBits(
  { name: "HKDF", hash: "SHA-256", salt, info: join("boekje/1 " + purpose, epoch) },
  await use(key, "HKDF", "deriveBits"), n * 8));
const unlock = async (key, iv, shut, kind, name) => new Uint8Array(await subtle.decrypt(
  { name: "AES-GCM", iv, additionalData: join("boekje/1\0", H.slice(10, 30), [kind], name) },
  await use(key, "AES-GCM", "decrypt"), shut));

// What is fetched stays off the disk.
const get = (name) => fetch(name, { cache: "no-store" });

// A blob stands in this page (the single file) or beside it.
const blob = async (name, kind, keyOf) => {
  let b;
  try {
    const here = at("b" + name);
    if (here) b = un64(here.textContent.trim());
    else {
      const got = await get(name + ".bin");
      if (!got.ok) throw 0;
      b = new Uint8Array(await got.arrayBuffer());
    }
  } catch { throw say.missing; }
  try {
    const siv = b.slice(0, 32), n = Uint8Array.from(name.match(/../g), (x) => parseInt(x, 16));
    const p = await unlock(await keyOf(siv), new Uint8Array(12), b.slice(32), kind, join(n, siv));
    return p.subarray(4, 4 + new DataView(p.buffer).getUint32());
  } catch { throw say.changed; }
};

const norm = (s) => [...s.normalize("NFKC")].map((c) => c.toLowerCase()).join("").replace(/\P{Alphabetic}/gu, "");
const ofWords = async (words) => new Uint8Array(await subtle.deriveBits(
  { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds },
  await use(utf.encode(norm(words)), "PBKDF2", "deriveBits"), 256));
const readerOf = async (secret) => {
  const both = await derive(secret, salt, "slot", 64), tag = both.slice(0, 32), mark = hex(tag);
  for (let o = 63; o < H.length; o += 92) {
    if (hex(H.slice(o, o + 32)) == mark)
      return unlock(both.slice(32), H.slice(o + 32, o + 44), H.slice(o + 44, o + 92), 1, tag);
  }
};

// How many slips lie between two words: one more, one less, another, two swapped.
const slips = (a, b) => {
  let old = [], row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] != b[j - 1]));
      if (a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) next[j] = Math.min(next[j], old[j - 2] + 1);
    }
    [old, row] = [row, next];
  }
  return row[b.length];
};
const help = async (words) => {
  let list = at("l")?.textContent;
  try { list ??= await (await get("../words.txt")).text(); } catch { return ""; }
  list = list.trim().split("\n");
  return words.filter((w) => !list.includes(w)).map((w) => {
    const far = list.map((l) => slips(w, l)), least = Math.min(...far);
    const near = list.filter((_, n) => far[n] == least).slice(0, 3).join("” / “");
    return "\n" + (least < 3 ? say.near : say.unknown).replace("{x}", w).replace("{s}", near);
  }).join("");
};

// Locks: everything that was open goes, and the page begins again.
const urls = [];
let open = 0, last = Date.now();
const shut = () => {
  urls.forEach((u) => URL.revokeObjectURL(u));
  d.adoptedStyleSheets = [];
  d.body.replaceChildren();
};
const lock = () => { shut(); location.reload(); };

const show = async (secret) => {
  const reader = await readerOf(secret);
  if (!reader) return 0;
  const enc = await derive(reader, salt, "enc", 32);
  const name = hex(await derive(reader, salt, "name", 16));
  const B = JSON.parse(new TextDecoder().decode(await blob(name, 2, (siv) => derive(enc, siv, "cek", 32))));
  if (B.expires && B.expires < new Date().toLocaleDateString("sv")) throw say.ended;
  const sheet = new CSSStyleSheet(), box = d.createElement("div"), js = d.createElement("script"), got = [];
  sheet.replaceSync(B.css);
  d.adoptedStyleSheets = [sheet];
  M.replaceWith(box);
  at("k").hidden = false;
  open = 1;
  const file = (n) => got[n] ??= (async (f) => {
    const u = URL.createObjectURL(new Blob([await blob(f.n, 3, () => un64(f.k))], { type: f.t }));
    urls.push(u);
    return u;
  })(B.files[n]);
  // What shows the pages comes in the parcel; the policy above names its fingerprint.
  self.boekje = { B, box, file, rules };
  js.textContent = rules.createScript(B.js);
  d.head.append(js);
  return 1;
};

const attempt = async (secretOf, typed) => {
  E.textContent = "";
  W.removeAttribute("aria-invalid");
  P.textContent = say.busy;
  at("b").disabled = true;
  let wrong;
  try {
    if (!(await show(await secretOf()))) {
      wrong = say.link;
      if (typed != null) {
        const words = typed.split(/[^\p{Alphabetic}]+/u).map(norm).filter(Boolean);
        wrong = say.none.replace("{n}", words.length) + (await help(words));
      }
    }
  } catch (m) { wrong = typeof m == "string" ? m : say.changed; }
  at("b") && (at("b").disabled = false);
  if (wrong) {
    P.textContent = "";
    E.textContent = wrong;
    W.setAttribute("aria-invalid", "true");
    W.focus();
  }
};

at("x").onclick = (e) => { e.preventDefault(); const to = at("x").href; shut(); location.replace(to); };
at("k").onclick = lock;
addEventListener("pagehide", () => open && shut());
addEventListener("pageshow", (e) => e.persisted && location.reload());
// A link in the same tab only changes the end of the address.
addEventListener("hashchange", () => location.hash && location.reload());
for (const kind of ["pointerdown", "keydown", "scroll"])
  addEventListener(kind, () => { last = Date.now(); }, { passive: true, capture: true });
setInterval(() => open && Date.now() - last > 9e5 && lock(), 5e3);
if (!subtle) return void (at("h").hidden = false);
if (rounds < 1e5 || rounds > 1e7) return void (P.textContent = say.changed);
at("s").onchange = () => W.classList.toggle("n", !at("s").checked);
at("f").hidden = false;
W.onkeydown = (e) => { if (e.key == "Enter") { e.preventDefault(); at("b").click(); } };
at("f").onsubmit = (e) => { e.preventDefault(); attempt(() => ofWords(W.value), W.value); };
const key = /^#s=([\w-]{43})$/.exec(location.hash);
if (location.hash) try { history.replaceState(null, "", location.pathname + location.search); } catch {}
if (key) attempt(() => un64(key[1]));
})();
