// What every browser needs to use a locked page: SITE and CARDS of the command line, a plain
// server that can give other bytes, and a line for each thing somebody does.

import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { createRequire } from "node:module";

export const folder = path.resolve(process.argv[2]);
export const cards = JSON.parse(fs.readFileSync(process.argv[3], "utf8"));
cards.oma.secret = "De sleutel ligt onder de steen.";
cards.school.secret = "Noor leest graag.";
export const plan = path.join(folder, "p", cards.oma.plan);
export const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let failed = 0;
export const hold = (what, right, found = "") => {
  console.log(`${right ? "ok  " : "NOT "} ${what}${right ? "" : `: ${found}`}`);
  failed += !right;
};

// The server; `change` may give other bytes for a name, or null for 404. `asked`: addresses.
export const site = { change: () => undefined, asked: [] };
const server = http.createServer((request, answer) => {
  const pathname = new URL(request.url, "http://x").pathname.replace(/\/$/, "/index.html");
  const name = path.basename(pathname), file = path.join(folder, pathname);
  site.asked.push(request.url);
  let bytes = fs.existsSync(file) ? fs.readFileSync(file) : null;
  const other = site.change(name, bytes);
  if (other !== undefined) bytes = other;
  answer.writeHead(bytes ? 200 : 404, {
    "content-type": name.endsWith(".html") ? "text/html" : "application/octet-stream",
  });
  answer.end(bytes ?? "");
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
export const { port } = server.address();
export const base = `http://127.0.0.1:${port}/p/${cards.oma.plan}/`;

// A file of the build before, and a page with another header.
export const before = (name) => fs.readFileSync(path.join(cards.earlier.folder, name));
export const header = (how) => (name, b) =>
  name === "index.html"
    ? Buffer.from(b.toString().replace(/(id="v">)([^<]*)/, (_, id, v) => id + how(Buffer.from(v, "base64"))))
    : undefined;

// Says how it went, and ends.
export const end = () => {
  server.close();
  console.log(failed ? `${failed} went another way` : "all as it should be");
  process.exit(failed ? 1 : 0);
};
