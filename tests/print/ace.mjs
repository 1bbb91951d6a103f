// Reads a report of Ace: every finding on a line, and 1 when there is one.
//
//     node ace.mjs REPORT BOOK

import { readFileSync } from 'node:fs';

const [file, book] = process.argv.slice(2);
const report = JSON.parse(readFileSync(file, 'utf8'));
let found = 0;
for (const page of report.assertions) {
  for (const one of page.assertions) {
    found += 1;
    const where = page['earl:testSubject'].url;
    const what = `${one['earl:test']['dct:title']} (${one['earl:test']['earl:impact']})`;
    console.log(`${book}: ${where}: ${what} ${one['earl:result'].html ?? ''}`);
  }
}
if (!report['a11y-metadata'] || report['earl:result']['earl:outcome'] !== 'pass') found += 1;
console.log(`${book}: ${found} things off`);
process.exit(found ? 1 : 0);
