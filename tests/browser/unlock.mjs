// How long a reader waits for a locked page: node unlock.mjs SITE WORDS [TIMES]
//
// SITE is a folder that boekje built; WORDS stand on the card of a reader. Says how large the
// page with the lock and its script are, and how long it takes in Chromium from pressing the
// button until the text is drawn: each time in a new window, with nothing kept. It holds
// nobody to it: what it tells is for people, on a quiet computer.

import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import zlib from "node:zlib";
import { launch } from "./lib/browser.mjs";

const [folder, words, times = "5"] = process.argv.slice(2);
if (!words) {
  console.log("node unlock.mjs SITE WORDS [TIMES]");
  process.exit(2);
}
const locks = path.join(folder, "p");
const plans = fs.readdirSync(locks).filter((name) => /^[0-9a-f]{32}$/.test(name));
const server = http.createServer((request, response) => {
  const name = path.normalize(new URL(request.url, "http://a").pathname).replace(/\/$/, "/index.html");
  fs.readFile(path.join(folder, name), (missing, bytes) => {
    const type = name.endsWith(".html") ? "text/html; charset=utf-8" : "application/octet-stream";
    response.writeHead(missing ? 404 : 200, { "content-type": type }).end(bytes);
  });
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const browser = await launch();
for (const plan of plans) {
  const html = fs.readFileSync(path.join(locks, plan, "index.html"));
  const [, script] = /<script>([^]*?)<\/script>/.exec(html.toString());
  const packed = zlib.gzipSync(script, { level: 9 }).length;
  console.log(`p/${plan}: page ${html.length} bytes, its script ${packed} bytes gzipped`);
  const took = [];
  for (let at = 0; at < Number(times); at += 1) took.push(await unlock(plan));
  const said = took.every((one) => one < Infinity)
    ? `open in ${took.sort((a, b) => a - b).map(Math.round).join(", ")} ms`
    : "these words do not open it";
  console.log(said);
}
await browser.close();
server.close();

async function unlock(plan) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/p/${plan}/`, { waitUntil: "load" });
  await page.fill("#w", words);
  // Counted in the page itself, from the press until the text is drawn.
  const took = await page.evaluate(
    () =>
      new Promise((done) => {
        const start = performance.now();
        const since = () => done(performance.now() - start);
        const look = (_, seen) => {
          if (document.getElementById("main")) {
            seen.disconnect();
            requestAnimationFrame(() => setTimeout(since));
          } else if (document.getElementById("e")?.textContent) done(null);
        };
        const all = { childList: true, subtree: true, characterData: true };
        new MutationObserver(look).observe(document.documentElement, all);
        document.getElementById("b").click();
      }),
  );
  await context.close();
  return took ?? Infinity;
}
