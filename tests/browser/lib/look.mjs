// What axe cannot see: whether a page scrolls sideways, keeps its words when text is set
// wider, has targets one can hit, and shows where the keyboard is.

/** A page scrolls one way only. */
export async function scrolling(page) {
  const [wide, room] = await page.evaluate(() => [
    document.scrollingElement.scrollWidth,
    document.scrollingElement.clientWidth,
  ]);
  return wide > room ? [`scrolls sideways: ${wide} px in ${room} px`] : [];
}

/** WCAG 1.4.12: with more space between letters, words and lines nothing is lost. */
export async function textSpacing(page) {
  await page.addStyleTag({
    content:
      "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}" +
      "p{margin-block-end:2em!important}",
  });
  const lost = await page.evaluate(() =>
    [...document.querySelectorAll("body *")]
      .filter((part) => {
        const style = getComputedStyle(part);
        const hides = (how) => how === "hidden" || how === "clip";
        const small = part.clientHeight <= 1 || part.clientWidth <= 1;
        if (small || part.closest("svg") || style.display === "inline") return false;
        return (
          (hides(style.overflowY) && part.scrollHeight > part.clientHeight + 2) ||
          (hides(style.overflowX) && part.scrollWidth > part.clientWidth + 2)
        );
      })
      .filter((part) => part.innerText?.trim())
      .map((part) => `${part.tagName.toLowerCase()}.${part.className}`),
  );
  return [...lost.map((part) => `text spacing: words are cut off in ${part}`), ...(await scrolling(page))];
}

/** What stands in a frame stays in it: no balloon hangs over the edge of its box. */
export async function framed(page) {
  const over = await page.evaluate(() => {
    const frame = (part) => {
      const style = getComputedStyle(part);
      return parseFloat(style.borderLeftWidth) > 0 && parseFloat(style.borderRightWidth) > 0;
    };
    return [...document.querySelectorAll("main *")]
      .filter((part) => !part.closest("svg, pre, .table-scroll, .cover-picture") && frame(part))
      .filter((part) => part.checkVisibility())
      .filter((part) => {
        let around = part.parentElement;
        while (around && !frame(around)) around = around.parentElement;
        if (!around) return false;
        const [inner, outer] = [part.getBoundingClientRect(), around.getBoundingClientRect()];
        return inner.left < outer.left - 0.5 || inner.right > outer.right + 0.5;
      })
      .map((part) => `hangs over the edge of its frame: ${part.outerHTML.slice(0, 90)}`);
  });
  return over.slice(0, 5);
}

/** Lines that read easily: not too long, and with room between them. */
export async function lines(page) {
  const found = await page.evaluate(() => {
    const parts = [...document.querySelectorAll("main p, main li, main dd, main td, main figcaption, body > footer p")];
    return parts
      .filter((part) => part.checkVisibility() && !part.querySelector("p, li, td, table, figure"))
      // A link as large as a button is no text to read.
      .filter((part) => !part.closest("nav, .downloads, .sr-only") && !part.querySelector(":scope > a:only-child"))
      .flatMap((part) => {
        const words = part.innerText.trim();
        const range = document.createRange();
        range.selectNodeContents(part);
        const rows = new Map();
        for (const { bottom, width } of range.getClientRects()) {
          const row = [...rows.keys()].find((one) => Math.abs(one - bottom) < 8) ?? bottom;
          rows.set(row, (rows.get(row) ?? 0) + width);
        }
        const style = getComputedStyle(part);
        const [high, size] = [parseFloat(style.lineHeight), parseFloat(style.fontSize)];
        if (rows.size < 2 && words.length <= 75) return [];
        const all = [...rows.values()].reduce((sum, width) => sum + width, 0);
        const most = Math.round((words.length * Math.max(...rows.values())) / all);
        const found = [];
        // Nodes in nodes are counted twice, and letters differ: an estimate.
        if (most > 78 && part.children.length === 0) found.push(`a line of ${most} letters: ${words.slice(0, 50)}`);
        if (rows.size > 1 && high / size < 1.495) found.push(`lines ${(high / size).toFixed(2)} apart: ${part.outerHTML.slice(0, 70)}`);
        return found;
      });
  });
  return found.slice(0, 8);
}

/** Two columns fit on a telephone: a long word breaks, so that nobody has to scroll. */
export async function twoColumns(page) {
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll("main table:not(:has(tr > :nth-child(3)))")]
      .map((table) => table.closest(".table-scroll") ?? table)
      .filter((around) => around.scrollWidth > around.clientWidth + 1)
      .map((around) => `a table of two columns scrolls: ${around.innerText.slice(0, 60)}`),
  );
  return wide.slice(0, 5);
}

/** A short page ends where the window ends: below its foot is nothing. */
export async function atFoot(page) {
  const below = await page.evaluate(() => {
    const foot = document.querySelector("body > footer");
    if (!foot) return 0;
    return document.scrollingElement.scrollHeight - (foot.getBoundingClientRect().bottom + scrollY);
  });
  // Heights are rounded.
  return below > 2 ? [`the foot floats: ${Math.round(below)} px of nothing below it`] : [];
}

/** The number of a note stands close to its word, and to the mark behind it. */
export async function closeNotes(page) {
  const holes = await page.evaluate(() => {
    const box = (node, from, to) => {
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      return range.getBoundingClientRect();
    };
    return [...document.querySelectorAll("sup.note-ref")]
      .filter((part) => part.checkVisibility() && part.nextSibling?.nodeType === Node.TEXT_NODE)
      .filter((part) => {
        const [number, text] = [part.lastChild.firstChild ?? part.lastChild, part.nextSibling];
        if (!/^[.,;:!?]/.test(text.data)) return false;
        const [before, behind] = [box(number, 0, number.length), box(text, 0, 1)];
        const gap = Math.max(behind.left - before.right, before.left - behind.right);
        return gap > parseFloat(getComputedStyle(part.parentElement).fontSize) * 0.3;
      })
      .map((part) => `a hole behind the number of a note: ${part.parentElement.textContent.slice(0, 60)}`);
  });
  return holes.slice(0, 5);
}

/** Every target outside running text is at least 44 px high and wide. */
export async function targets(page) {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
      .filter((part) => part.checkVisibility({ visibilityProperty: true }))
      .filter((part) => {
        if (getComputedStyle(part).display !== "inline") return true;
        // In running text: words that are no link stand beside it.
        const around = part.closest("p, li, dd, dt, td, th, figcaption, blockquote, h1, h2, h3");
        const links = [...(around?.querySelectorAll("a[href]") ?? [])];
        const rest = links.reduce((text, link) => text.replace(link.innerText, ""), around?.innerText ?? "");
        return !/[\p{L}\p{N}]/u.test(rest);
      })
      .filter((part) => !part.closest("sup"))
      .map((part) => ({ part, box: (part.closest("label") ?? part).getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > 0 && (box.width < 43.5 || box.height < 43.5))
      .map(({ part, box }) => {
        const size = `${Math.round(box.width)} × ${Math.round(box.height)}`;
        return `small target, ${size} px: ${part.outerHTML.slice(0, 90)}`;
      }),
  );
  return small.slice(0, 5);
}

/** Goes through the page with the tab key: where one is shows, and nothing lies over it. */
export async function focus(page, most = 45) {
  const findings = [];
  await page.evaluate(() => window.scrollTo(0, 0));
  for (let at = 0; at < most; at += 1) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(focused);
    if (!seen) break;
    if (seen.what) findings.push(`${seen.what}: ${seen.part}`);
    if (seen.back) findings.push(`the focus goes back on its line: ${seen.back}`);
  }
  return findings;
}

/** Runs in the page: what is off about the part that has the focus. */
function focused() {
  const part = document.activeElement;
  if (!part || part === document.body || part === document.documentElement) return null;
  const tell = (what) => ({ what, part: part.outerHTML.slice(0, 90) });
  const style = getComputedStyle(part);
  const width = parseFloat(style.outlineWidth);
  if (style.outlineStyle === "none" || width < 2) return tell("no visible focus");
  // "auto" rings and colours of the system are the browser's own.
  const numbers = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const light = (color) => {
    const [r, g, b] = numbers(color).map((value) => {
      const one = value / 255;
      return one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let behind = part.parentElement;
  while (behind && (numbers(getComputedStyle(behind).backgroundColor)[3] ?? 1) === 0) {
    behind = behind.parentElement;
  }
  const paper = behind ? getComputedStyle(behind).backgroundColor : "rgb(255,255,255)";
  const [a, b] = [light(style.outlineColor), light(paper)];
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (contrast < 3) return tell(`focus of ${contrast.toFixed(1)} to 1`);
  const box = part.getClientRects()[0];
  if (!box) return tell("focus on what is not there");
  if (box.width < 1 || box.height < 1) return tell("focus on what has no size");
  const x = Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.y + Math.min(box.height / 2, 40), 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  if (!top || !part.contains(top)) {
    return tell(`focus is covered by ${top?.outerHTML.slice(0, 60)}`);
  }
  // Where it was before: the keyboard goes the way people read. In a table, and from one
  // part of the page to another that scrolled, lines say nothing.
  const before = window.focusedBefore;
  window.focusedBefore = { left: box.left, right: box.right, top: box.top + scrollY };
  const aside = part.closest("table, .skips") || !before || Math.abs(before.top - box.top - scrollY) > 8;
  const rtl = getComputedStyle(part.parentElement).direction === "rtl";
  const back = !aside && (rtl ? box.left >= before.right : box.right <= before.left);
  return { part: "", back: back ? part.outerHTML.slice(0, 90) : "" };
}

/** A paragraph runs the way its language does, unless all its words run the other way. */
export async function directions(page) {
  const turned = await page.evaluate(() =>
    [...document.querySelectorAll("main p")]
      .filter((part) => getComputedStyle(part).direction !== (part.closest("[dir]")?.dir || "ltr"))
      .filter((part) => [...part.childNodes].some((node) => !node.matches?.(".whole") && node.textContent.trim()))
      .map((part) => `runs another way than its language: ${part.outerHTML.slice(0, 90)}`),
  );
  return turned.slice(0, 5);
}

/** Words of one part do not stand on words of another. */
export async function tangled(page) {
  const found = await page.evaluate(() => {
    const lines = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const around = node.parentElement;
      if (!node.data.trim() || !around.checkVisibility() || around.closest("svg, .skips, option")) continue;
      range.selectNodeContents(node);
      let shown = around;
      while (shown && getComputedStyle(shown).clipPath === "none") shown = shown.parentElement;
      // What is clipped away is there for who hears the page.
      for (const box of shown ? [] : range.getClientRects()) {
        if (box.width > 1 && box.height > 1) lines.push({ node, box });
      }
    }
    lines.sort((a, b) => a.box.top - b.box.top);
    const over = [];
    lines.forEach(({ node, box }, at) => {
      for (let next = at + 1; next < lines.length && lines[next].box.top < box.bottom; next += 1) {
        const other = lines[next];
        const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const down = Math.min(box.bottom, other.box.bottom) - other.box.top;
        const low = Math.min(box.height, other.box.height);
        if (other.node === node || across < 3 || down < low * 0.5) continue;
        over.push(`words stand on words: “${node.data.trim().slice(0, 30)}”, “${other.node.data.trim().slice(0, 30)}”`);
      }
    });
    return over;
  });
  return found.slice(0, 5);
}

/** A page has its words, and a heading. */
export async function complete(page) {
  const main = page.locator("main");
  if ((await main.count()) !== 1) return ["has no main part"];
  const text = (await main.innerText()).trim();
  const findings = [];
  if (text.length === 0) findings.push("the main part is empty");
  if ((await main.locator("h1").count()) + (await page.locator("header h1").count()) === 0) {
    findings.push("has no h1");
  }
  return findings;
}

/** Without JavaScript a button outside a form does nothing: it may not be seen. */
export async function deadButtons(page) {
  const findings = [];
  for (const button of await page.locator("button:not(form button), [onclick]").all()) {
    if (await button.isVisible()) findings.push(`a button does nothing: ${await button.innerText()}`);
  }
  return findings;
}

/** On paper every word of the text is there, and nothing to click. */
export async function onPaper(page) {
  const words = () =>
    page.evaluate(() => {
      const skip = "nav, form, search, button, .all, .content-note a, .note-back, .to-booklet, .results, .small";
      const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
      const words = [];
      while (walker.nextNode()) {
        const { parentElement: around, data } = walker.currentNode;
        if (data.trim() && !around.closest(skip) && !around.checkVisibility()) {
          words.push(data.trim().slice(0, 40));
        }
      }
      return words;
    });
  const clicks = await page.evaluate(() =>
    [...document.querySelectorAll("header nav, footer nav, button, .exit, .skip, .note-back")]
      .filter((part) => part.checkVisibility())
      .map((part) => part.outerHTML.slice(0, 60)),
  );
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll("main *")]
      .filter((part) => getComputedStyle(part).overflowX !== "visible")
      .filter((part) => !part.closest("svg, .sr-only"))
      .filter((part) => part.checkVisibility() && part.scrollWidth > part.clientWidth + 1)
      .map((part) => `paper does not scroll: ${part.outerHTML.slice(0, 60)}`),
  );
  const lost = [...(await words()).map((word) => `not on paper: “${word}”`), ...cut];
  return [...lost, ...clicks.map((part) => `on paper, and nothing to click there: ${part}`)];
}
