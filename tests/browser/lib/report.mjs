// Counts what passed and says what did not, per suite.

export class Report {
  suites = new Map();

  /** Runs a suite that needs no browser. */
  suite(name, run) {
    this.count(name);
    run();
  }

  /** Notes that one thing was looked at; `findings` is what was found, best empty. */
  look(suite, where, findings) {
    const count = this.count(suite);
    if (findings.length === 0) {
      count.passed += 1;
      return;
    }
    count.failed += 1;
    for (const what of findings) count.findings.push({ suite, where, what });
  }

  count(suite) {
    if (!this.suites.has(suite)) this.suites.set(suite, { passed: 0, failed: 0, findings: [] });
    return this.suites.get(suite);
  }

  /** All findings, for the self-test. */
  get findings() {
    return [...this.suites.values()].flatMap((count) => count.findings);
  }

  /** Prints everything; true when nothing was found. */
  end() {
    let good = true;
    for (const [name, { passed, failed, findings }] of this.suites) {
      for (const { where, what } of findings.slice(0, 60)) console.log(`  ${where}: ${what}`);
      if (findings.length > 60) console.log(`  … and ${findings.length - 60} more`);
      console.log(`${name}: ${passed} passed, ${failed} failed`);
      // A suite that looked at nothing proves nothing.
      good &&= failed === 0 && passed > 0;
    }
    return good;
  }
}
