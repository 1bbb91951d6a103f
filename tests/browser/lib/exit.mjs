// Leaving quickly, used: with the mouse, with Shift, back again, and without JavaScript.

import { launch } from "./browser.mjs";
import { address, serve } from "./site.mjs";

export async function checkExit(site, report) {
  const name = site.pages.find((page) => site.read(page).includes("data-exit"));
  if (!name) return;
  const server = await serve(site);
  const browser = await launch();
  const url = server.url + address(name);
  const look = async (what, options, act) => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const left = [];
    // Nobody is asked over the network: the other site answers here.
    await page.route(/^https:/, async (route) => {
      left.push(route.request().url());
      await route.fulfill({ contentType: "text/html", body: "<title>Elsewhere</title>" });
    });
    await page.goto(url, { waitUntil: "load" });
    const findings = await act(page, left);
    report.look("leave quickly", what, findings.filter(Boolean));
    await context.close();
  };
  const shift = async (page, times) => {
    for (let at = 0; at < times; at += 1) await page.keyboard.press("Shift");
  };
  const status = (page) => page.locator("[role=status]").last().textContent();
  const away = (page) => page.waitForURL(/^https:/, { timeout: 5000 }).then(() => null, () => "stays");
  try {
    await look("second link", {}, async (page) => {
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      const second = await page.evaluate(() => document.activeElement.hasAttribute("data-exit"));
      return [second ? null : "the second link of the page does not leave"];
    });
    await look("button", {}, async (page, left) => {
      await page.evaluate(remember);
      await page.locator("header [data-exit]").click({ noWaitAfter: true });
      const gone = await away(page);
      // The page took the place of this one in the history: it is opened anew.
      await page.goto(url, { waitUntil: "load" });
      const { blank, said } = await page.evaluate(() => JSON.parse(sessionStorage.seen ?? "{}"));
      return [
        gone,
        left.length ? null : "asks nothing",
        blank ? null : "the page stays to be seen while the other loads",
        said?.trim() ? null : "nothing is said",
        (await page.locator("main").isVisible()) ? null : "who comes back sees nothing",
      ];
    });
    await look("Shift three times", {}, async (page) => {
      await shift(page, 1);
      const said = await status(page);
      await shift(page, 2);
      return [said.includes("2") ? null : `after one Shift it says “${said}”`, await away(page)];
    });
    await look("Shift with a letter", {}, async (page, left) => {
      for (const letter of ["A", "B", "C", "D"]) await page.keyboard.press(`Shift+${letter}`);
      await shift(page, 2);
      await page.keyboard.press("a");
      await shift(page, 2);
      await page.waitForTimeout(300);
      return [left.length ? "leaves while somebody types" : null];
    });
    await look("without JavaScript", { javaScriptEnabled: false }, async (page) => {
      await page.locator("header [data-exit]").click({ noWaitAfter: true });
      return [await away(page)];
    });
  } finally {
    await browser.close();
    server.close();
  }
}

/** Runs in the page: notes what is to be seen and heard when it is left. */
function remember() {
  new MutationObserver(() => {
    const said = [...document.querySelectorAll("[role=status]")].map((one) => one.textContent).join("");
    const blank = !document.querySelector("main").checkVisibility();
    if (blank) sessionStorage.seen = JSON.stringify({ blank, said });
  }).observe(document.documentElement, { attributes: true, subtree: true, childList: true });
}
