//! K09: a voice we do not know. Every voice is shown; a known one gets its own shape.

use super::lines::Lines;
use super::rule::{Ground, Rule};
use crate::kind::abroad;
use crate::kind::words::{named_voice, read_voice};
use crate::model::{BlockKind, Key, Kind, Library, Text, plain, walk_blocks};
use crate::problem::{Code, Problem};
use crate::text::{Span, fold, is_comma};
use std::collections::BTreeSet;

struct Voices {
    /// Voices of the booklet, as typed.
    own: Vec<String>,
    /// The same, folded.
    known: BTreeSet<String>,
}

pub(super) fn make<'a>(ground: &'a Ground<'a>) -> Box<dyn Rule + 'a> {
    let own = own_voices(ground.library);
    let known = own.iter().map(|voice| fold(voice)).collect();
    Box::new(Voices { own, known })
}

/// Returns the voices that texts of kind *voices* add: list items `Naam: uitleg`, and
/// headings.
fn own_voices(library: &Library) -> Vec<String> {
    let mut own: Vec<String> = Vec::new();
    let mut add = |line: &str| {
        let name = line.split([':', '–', '—']).next().unwrap_or_default().trim();
        let new = !own.iter().any(|voice| fold(voice) == fold(name));
        if !name.is_empty() && new && read_voice(name).is_none() {
            own.push(name.to_string());
        }
    };
    for text in library.all().filter(|text| text.kind == Kind::Voices) {
        walk_blocks(&text.body, &mut |block| {
            let BlockKind::List { items, .. } = &block.kind else { return };
            for item in items {
                if let Some(BlockKind::Paragraph(line)) =
                    item.blocks.first().map(|block| &block.kind)
                {
                    add(&plain(line));
                }
            }
        });
        for part in text.body.all_sections() {
            add(&plain(&part.title));
        }
    }
    own
}

impl Rule for Voices {
    fn text(&self, text: &Text, _: &Lines<'_>, found: &mut Vec<Problem>) {
        let mut look = |role: &str, span: Span| {
            if !role.trim().is_empty() && !self.knows(role) {
                let problem = Problem::at(Code::K09, span).with("v", role.trim());
                // The sentence itself names the built-in voices, in the reader's language.
                found.push(match self.own.is_empty() {
                    true => problem,
                    false => problem.with("l", self.own.join(", ")),
                });
            }
        };
        for (role, span) in text.fields.list(Key::Voices) {
            look(role, *span);
        }
        if text.body.glance().roles.is_empty() {
            return;
        }
        walk_blocks(&text.body, &mut |block| {
            if let BlockKind::Quote { voice: Some(voice), .. } = &block.kind {
                look(&voice.role, voice.role_span);
            }
        });
    }
}

impl Voices {
    /// Tells whether a role is known, or one of the words in it is: "jongere, 16 jaar",
    /// "ouder en ervaringsdeskundige".
    fn knows(&self, role: &str) -> bool {
        let known = |role: &str| {
            let built_in = read_voice(role).or_else(|| named_voice(role));
            built_in.is_some()
                || abroad::is_voice(role)
                || self.known.contains(&fold(role.trim()))
        };
        let folded = fold(role);
        known(role)
            || folded.split(|c| is_comma(c) || matches!(c, '/' | '&' | '(' | ')')).any(
                |part| [" en ", " and "].iter().any(|word| part.split(word).any(known)),
            )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::{block, library, page, words};
    use crate::check::{Options, check, tests::TODAY};
    use crate::kind::words::VOICES;
    use crate::lang::Lang;
    use crate::model::{Item, Voice};

    fn told(role: &str) -> Vec<String> {
        let mut text = page();
        text.body.lead.push(block(BlockKind::Quote {
            voice: Some(Box::new(Voice {
                span: Span::default(),
                name: "Noor".into(),
                role: role.into(),
                role_span: Span::default(),
            })),
            blocks: Vec::new(),
        }));
        let mut voices = page();
        voices.kind = Kind::Voices;
        voices.body.lead.push(block(BlockKind::List {
            start: None,
            tight: true,
            items: vec![Item {
                span: Span::default(),
                done: None,
                blocks: vec![block(BlockKind::Paragraph(words("Maatje: loopt mee")))],
            }],
        }));
        let found = check(&library(&[text, voices]), TODAY, Options::default());
        found.into_iter().flat_map(|one| one.args).map(|(_, value)| value).collect()
    }

    #[test]
    fn known_roles_and_those_of_the_booklet() {
        for role in ["Jongere", "", "maatje", "jongere, 16 jaar", "ouder en maatje"] {
            assert_eq!(told(role), [""; 0], "{role}");
        }
        let unknown = told("wijkagent");
        assert_eq!(unknown, ["wijkagent", "Maatje"]);
    }

    #[test]
    fn the_sentence_names_every_built_in_voice() {
        for lang in [Lang::dutch(), Lang::english()] {
            let sentence = lang.sentences().get("K09").expect("it has a sentence");
            for voice in VOICES {
                let name = lang.words().get(&format!("voice.{}", voice.name)).to_string();
                let name = name.to_lowercase();
                assert!(sentence.you.contains(&name), "{} lacks {name}", lang.tag());
                assert!(read_voice(&name).is_some(), "{name}");
            }
        }
    }
}
