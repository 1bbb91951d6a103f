// html-validate: a second opinion beside the Nu checker, with its recommended rules and
// those for accessibility.

import { HtmlValidate } from "html-validate";

const rules = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    // How long a title is, is for its writer to say.
    "long-title": "off",
    // Code is shown as it was typed.
    "no-trailing-whitespace": "off",
  },
});

export function checkHtmlAgain(site, report) {
  for (const name of site.html) {
    const { results } = rules.validateStringSync(site.read(name));
    const findings = results
      .flatMap((one) => one.messages)
      .map((one) => `line ${one.line}: ${one.ruleId}: ${one.message}`);
    report.look("html again", name, findings);
  }
}
