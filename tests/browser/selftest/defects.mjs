// A good page, and one defect at a time to plant in it.

export const FILES = {
  "style.css": "body { background: #fff; color: #000; font: 1.2rem/1.6 sans-serif; margin: 1rem } a { color: #00f } :focus-visible { outline: 3px solid #00f }\n",
  "broken.css": "body { background: url(nowhere.png) }\n",
  "wide.css": "p { width: 40rem }\n",
  "dark.css": "@media (prefers-color-scheme: dark) { body { background: #222; color: #444 } }\n",
  "grey.css": "p { color: #767676 }\n",
  "forced.css":
    "@media (forced-colors: active) { p { forced-color-adjust: none; color: #888; background: #999 } }\n",
  "tiny.css": "nav a { display: inline-block; width: 9px; height: 9px; overflow: hidden; margin: 0 }\n",
  "spacing.css": "p { height: 2rem; overflow: hidden }\n",
  "no-focus.css": "a:focus-visible { outline: none }\n",
  "pale-focus.css": "a:focus-visible { outline: 3px solid #ddd }\n",
  "over.css": "main::after { content: ''; position: fixed; inset: 0; background: #fff }\n",
  "large.css": "p { min-width: 45rem } @media (max-width: 639px) { p { min-width: 0 } }\n",
  "large-small.css": "p { min-width: 12rem }\n",
  "two.css": ".table-scroll { overflow: auto } td { min-width: 15rem }\n",
  "long-lines.css": "p { font-size: 1rem }\n",
  "tight.css": "p { line-height: 1.3 }\n",
  "paper.css": "@media print { p { display: none } }\n",
  "flat.css": "main a { display: inline-block; height: 0; line-height: 0 }\n",
  "turned.css": "nav { display: flex; flex-direction: row-reverse; justify-content: flex-end }\n",
  "heap.css": "h1 + p { margin-top: -4.5rem }\n",
  "roll.css": "p { overflow: auto; white-space: nowrap; width: 5rem } a { white-space: normal }\n",
  "hole.css": ".note-ref a { margin-right: 1em }\n",
  "other-way.css": "p { direction: rtl }\n",
  "empty.js": "",
  "talks.js": 'console.log("hello");\n',
  "throws.js": "throw new Error('hello');\n",
  "fills.js": 'document.querySelector("main").innerHTML = "<h1>Here</h1><p>By script.</p>";\n',
  "feed.xml": '<?xml version="1.0"?><feed><title>Good</title></feed>\n',
  "torn.xml": '<?xml version="1.0"?><feed><title>Torn</feed>\n',
};

export const GOOD = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A good page</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<header><p>Site</p></header>
<main id="main">
<h1>A good page</h1>
<p>Words to read. <a href="#main">To the start of this page</a>.</p>
</main>
</body>
</html>
`;

const at = (mark, text) => (page) => page.replace(mark, `${text}${mark}`);
const inMain = (text) => at("</main>", text);
const inHead = (text) => at("</head>", text);
const style = (name) => inHead(`<link rel="stylesheet" href="${name}">`);

export const DEFECTS = [
  { name: "nu-error", suite: "html", says: "Duplicate ID", plant: inMain('<p id="main">x</p>') },
  {
    name: "nu-warning",
    suite: "html",
    says: "warning",
    plant: inMain("<section><p>No heading.</p></section>"),
  },
  {
    name: "digit-anchor",
    suite: "html again",
    says: "valid-id",
    plant: inMain('<h2 id="1-first">x</h2>'),
  },
  { name: "no-file", suite: "links", says: "not there", plant: inMain('<a href="no.html">x</a>') },
  {
    name: "no-anchor",
    suite: "links",
    says: "no such place",
    plant: inMain('<a href="index.html#nowhere">x</a>'),
  },
  {
    name: "no-picture-size",
    suite: "links",
    says: "not there",
    plant: inMain('<img src="style.css" srcset="no-2.png 2x" alt="x">'),
  },
  { name: "rooted", suite: "links", says: "another base", plant: inMain('<a href="/x.html">x</a>') },
  { name: "folder", suite: "links", says: "folder", plant: inMain('<a href="./tips/">x</a>') },
  {
    name: "sends-on",
    suite: "links",
    says: "not there",
    plant: inHead('<meta http-equiv="refresh" content="0; url=gone.html">'),
  },
  { name: "css-url", file: "broken.css", suite: "links", says: "not there" },
  { name: "torn-xml", file: "torn.xml", suite: "xml", says: "error" },
  { name: "no-alt", suite: "pages light", says: "image-alt", plant: inMain('<img src="x.svg">') },
  {
    name: "two-mains",
    suite: "pages light",
    says: "landmark",
    plant: at("</body>", "<main><p>Again.</p></main>"),
  },
  { name: "grey", suite: "pages light", says: "color-contrast-enhanced", plant: style("grey.css") },
  { name: "dark-contrast", suite: "pages dark", says: "color-contrast", plant: style("dark.css") },
  { name: "forced", suite: "pages forced", says: "color-contrast", plant: style("forced.css") },
  { name: "wide", suite: "pages 320px", says: "sideways", plant: style("wide.css") },
  {
    name: "tiny",
    suite: "pages light",
    says: "target-size",
    plant: (page) =>
      style("tiny.css")(
        inMain('<nav aria-label="x"><a href="#main">aa</a><a href="index.html">bb</a></nav>')(page),
      ),
  },
  { name: "cut", suite: "pages text spacing", says: "cut off", plant: style("spacing.css") },
  { name: "no-focus", suite: "pages light, keyboard", says: "no visible", plant: style("no-focus.css") },
  { name: "pale-focus", suite: "pages light, keyboard", says: "to 1", plant: style("pale-focus.css") },
  { name: "over", suite: "pages light, keyboard", says: "covered", plant: style("over.css") },
  { name: "large", suite: "pages letters twice as large", says: "sideways", plant: style("large.css") },
  {
    name: "large-small",
    suite: "pages letters twice as large, 320px",
    says: "sideways",
    plant: style("large-small.css"),
  },
  {
    name: "two",
    suite: "pages 320px, every page",
    says: "two columns scrolls",
    plant: (page) =>
      style("two.css")(
        inMain(
          '<section class="table-scroll" tabindex="0" aria-label="x"><table><tr><td>a</td><td>b</td></tr></table></section>',
        )(page),
      ),
  },
  {
    name: "long-lines",
    suite: "pages light",
    says: "a line of",
    plant: (page) => style("long-lines.css")(inMain(`<p>${"words ".repeat(60)}</p>`)(page)),
  },
  {
    name: "tight",
    suite: "pages light",
    says: "apart",
    plant: (page) => style("tight.css")(inMain(`<p>${"words ".repeat(60)}</p>`)(page)),
  },
  { name: "paper", suite: "pages paper", says: "not on paper", plant: style("paper.css") },
  {
    name: "small-target",
    suite: "pages light",
    says: "small target",
    plant: inMain('<form action="index.html"><button>ok</button></form>'),
  },
  {
    name: "links-in-a-row",
    suite: "pages light",
    says: "small target",
    plant: inMain('<p><a href="#main">one</a>, <a href="index.html">two</a>.</p>'),
  },
  { name: "flat", suite: "pages light, keyboard", says: "no size", plant: style("flat.css") },
  {
    name: "turned",
    suite: "pages light, keyboard",
    says: "goes back",
    plant: (page) =>
      style("turned.css")(
        inMain('<nav aria-label="x"><a href="#main">first</a><a href="index.html">second</a></nav>')(page),
      ),
  },
  { name: "other-way", suite: "pages light", says: "another way", plant: style("other-way.css") },
  { name: "heap", suite: "pages light", says: "words stand on words", plant: style("heap.css") },
  { name: "roll", suite: "pages paper", says: "does not scroll", plant: style("roll.css") },
  {
    name: "foot-floats",
    suite: "pages light",
    says: "foot floats",
    plant: at("</body>", "<footer><p>Foot</p></footer>"),
  },
  {
    name: "hole",
    suite: "pages light",
    says: "a hole behind",
    plant: (page) =>
      style("hole.css")(
        inMain('<p>Words<sup class="note-ref"><a href="#main">1</a></sup>, and more.</p>')(page),
      ),
  },
  {
    name: "inline-style",
    suite: "pages light",
    says: "console",
    plant: inMain('<p style="margin: 0">x</p>'),
  },
  {
    name: "talks",
    suite: "pages light",
    says: "console",
    plant: inHead('<script src="talks.js"></script>'),
  },
  {
    name: "throws",
    suite: "pages light",
    says: "script",
    plant: inHead('<script src="throws.js"></script>'),
  },
  {
    name: "other-host",
    suite: "pages light",
    says: "another host",
    plant: inMain('<img src="http://127.0.0.1:9/x.png" alt="x">'),
  },
  {
    name: "policy",
    suite: "pages light",
    says: "console",
    plant: (page) =>
      inMain('<p style="color: #000">x</p>')(
        at(
          "<title>",
          `<meta http-equiv="Content-Security-Policy" content="default-src 'self'">`,
        )(page),
      ),
  },
  {
    name: "not-by-double-click",
    suite: "pages file://",
    says: "did not load",
    plant: inHead('<script src="/ergens/onder/empty.js"></script>'),
  },
  {
    name: "only-by-script",
    suite: "pages without JavaScript",
    says: "empty",
    plant: (page) =>
      page.replace(/<h1>[\s\S]*<\/p>/, "").replace("</body>", '<script src="fills.js"></script></body>'),
  },
  {
    name: "dead-button",
    suite: "pages without JavaScript",
    says: "does nothing",
    plant: inMain('<button type="button">Print</button>'),
  },
];
