//! `boekje explain K01`: why a message exists, with an example.

use super::Code;
use crate::lang::Lang;

/// Returns why a code exists, an example that brings it up, and the same put right.
pub fn explain(code: Code, lang: &Lang) -> String {
    let table = lang.terminal();
    let level = table.get(match code.severity() {
        super::Severity::Quiet => "problem.level.quiet",
        super::Severity::Hint => "problem.level.hint",
        super::Severity::HeadsUp => "problem.level.heads-up",
        super::Severity::Stop => "problem.level.stop",
    });
    let Some(said) = lang.sentences().get(code.name()) else {
        return format!("{code}\n");
    };
    let mut told = format!("{code} ({level})\n\n");
    for sentence in [&said.see, &said.now, &said.you] {
        let words = without_gaps(sentence);
        if !words.is_empty() {
            told.push_str(&words);
            told.push('\n');
        }
    }
    let parts = [
        ("problem.why", said.why.clone()),
        ("problem.example", indented(&said.example)),
        ("problem.better", indented(&said.better)),
    ];
    for (label, words) in parts {
        told.push_str(&format!("\n{}\n{}\n", table.get(label), words.trim_end()));
    }
    told
}

/// Puts `…` where a problem fills in the writer's words.
fn without_gaps(sentence: &str) -> String {
    let mut words = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        words.push_str(before);
        match after.split_once('}') {
            Some((name, after)) if name.chars().all(char::is_alphabetic) => {
                words.push('…');
                rest = after;
            }
            _ => {
                words.push('{');
                rest = after;
            }
        }
    }
    words.push_str(rest);
    if words.trim() == "…" { String::new() } else { words }
}

fn indented(text: &str) -> String {
    let line = |line: &str| format!("    {line}").trim_end().to_string();
    text.trim_end().lines().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_why_with_an_example_in_both_languages() {
        let told = explain(Code::P09, &Lang::dutch());
        assert!(told.starts_with("P09 (let op)\n\nDit deel is voor ….\n"), "{told}");
        assert!(told.contains("\n    Voor: iedereen\n"), "{told}");
        for code in Code::ALL {
            for tag in ["nl", "en"] {
                let lang = Lang::read(tag).expect("a language of ours");
                let told = explain(*code, &lang);
                assert!(!told.contains("problem."), "{code} {tag} lacks a word");
                assert!(told.lines().count() > 9, "{code} {tag}: {told}");
            }
        }
    }
}
