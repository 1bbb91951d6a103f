// How heavy a page is on its way to a telephone: HTML, CSS and JS gzipped at most 20 kB,
// with fonts at most 60 kB. And the index: what a first search asks.

import fs from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

const LEAN = 20_000;
const WITH_FONTS = 60_000;
const SCRIPT = 4_000;

export function checkWeight(site, report) {
  const packed = new Map();
  const size = (name) => {
    if (!packed.has(name)) {
      const bytes = fs.readFileSync(path.join(site.root, name));
      packed.set(name, name.endsWith(".woff2") ? bytes.length : gzipSync(bytes, { level: 9 }).length);
    }
    return packed.get(name);
  };
  // A text in Latin letters asks for two files; Polish and Turkish ask for two more.
  const fonts = site.files.filter((name) => name.endsWith(".woff2"));
  const letters = fonts.reduce((sum, name) => sum + size(name), 0);
  let heaviest = [0, ""];
  for (const name of site.pages) {
    const html = site.read(name);
    const parts = [...html.matchAll(/<(?:script src|link rel="stylesheet" href)="([^"]+)"/g)];
    const files = parts.map(([, link]) => path.posix.join(path.posix.dirname(name), link));
    const own = files.filter((file) => site.has(file) && !file.startsWith("zoek/"));
    const lean = size(name) + own.reduce((sum, file) => sum + size(file), 0);
    if (lean > heaviest[0]) heaviest = [lean, name];
    const findings = [];
    // A long text is long; what comes with it is not.
    const long = size(name) > 8_000 ? size(name) - 8_000 : 0;
    if (lean - long > LEAN) findings.push(`${lean} bytes of HTML, CSS and JS`);
    if (lean - long + letters > WITH_FONTS) findings.push(`${lean + letters} bytes with all fonts`);
    report.look("weight", name, findings);
  }
  const script = "thema/js/search.js";
  if (site.has(script)) {
    report.look("weight", script, size(script) > SCRIPT ? [`${size(script)} bytes`] : []);
  }
  console.log(`  heaviest: ${heaviest[1]}, ${heaviest[0]} bytes; all fonts ${letters} bytes`);
}
