// How soon a page shows on a slow telephone: node speed.mjs SITE [PAGE…]
//
// Slow 4G (1.6 Mbit/s, 150 ms) and a processor four times slower, each page three times
// in a new browser profile; the middle one counts. Says the largest contentful paint and
// the layout shift; the exit code is 1 above 1.5 s or 0.02. Run it on a quiet machine.

import path from "node:path";
import { launch } from "./lib/browser.mjs";
import { address, readSite, serve } from "./lib/site.mjs";

const [folder, ...asked] = process.argv.slice(2);
const site = readSite(path.resolve(folder));
const kinds = new Map(
  site.pages.map((name) => [/<body class="([^"]*)"/.exec(site.read(name))?.[1], name]),
);
const pages = asked.length ? asked : [...kinds.values()];
const server = await serve(site);
const browser = await launch();
let good = true;
for (const name of pages) {
  const runs = [];
  for (let at = 0; at < 3; at += 1) runs.push(await measure(server.url + address(name)));
  runs.sort((a, b) => a.lcp - b.lcp);
  const { lcp } = runs[1];
  const shift = Math.max(...runs.map((run) => run.shift));
  good &&= lcp <= 1500 && shift <= 0.02;
  console.log(`${name}: LCP ${Math.round(lcp)} ms, shift ${shift.toFixed(3)}`);
}
await browser.close();
server.close();
process.exit(good ? 0 : 1);

async function measure(url) {
  const context = await browser.newContext({ viewport: { width: 360, height: 720 } });
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  await client.send("Network.enable");
  await client.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1024 * 1024) / 8,
    uploadThroughput: (750 * 1024) / 8,
  });
  await client.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.goto(url, { waitUntil: "load" });
  await page.waitForTimeout(1500);
  const seen = await page.evaluate(
    () =>
      new Promise((done) => {
        const seen = { lcp: 0, shift: 0 };
        new PerformanceObserver((list) => {
          for (const one of list.getEntries()) seen.lcp = one.startTime;
        }).observe({ type: "largest-contentful-paint", buffered: true });
        new PerformanceObserver((list) => {
          for (const one of list.getEntries()) if (!one.hadRecentInput) seen.shift += one.value;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done(seen), 300);
      }),
  );
  await context.close();
  return seen;
}
