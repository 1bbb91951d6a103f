//! What was noticed before, in a drawer that one build leaves for the next.
//!
//! A note holds what the checks that look at one text alone found. It is found with the sum
//! of what the text was made of ([`crate::model::Tree::sum`]), with what others say of it,
//! and with all else that was asked.

use super::memory::Asked;
use crate::lock::Drawer;
use crate::model::Text;
use crate::problem::Problem;
use crate::text::for_source;
use sha2::{Digest, Sha256};

/// Notes of one asking.
pub(super) struct Kept<'a> {
    drawer: &'a Drawer,
    asked: [u8; 32],
}

impl<'a> Kept<'a> {
    /// In this drawer, of what is asked now.
    pub(super) fn of(drawer: &'a Drawer, asked: &Asked) -> Kept<'a> {
        let asked = Sha256::digest(format!("advice {asked:?}")).into();
        Kept { drawer, asked }
    }

    /// Returns what was found about a text, or finds it now, and keeps that.
    pub(super) fn found(
        &self,
        text: &Text,
        find: impl FnOnce() -> Vec<Problem>,
    ) -> Vec<Problem> {
        let Some(sum) = text.body.sum() else { return find() };
        // A text that does not say its language gets it from the site, or from its words.
        let said = format!("{:?} {:?}", text.lang, text.title);
        let key = Sha256::new_with_prefix(self.asked).chain_update(sum);
        let key: [u8; 32] = key.chain_update(said).finalize().into();
        let kept = self.drawer.find(&key).and_then(|note| {
            for_source(text.source, || postcard::from_bytes(&note)).ok()
        });
        kept.unwrap_or_else(|| {
            let found = find();
            let note =
                for_source(text.source, || postcard::to_extend(&found, Vec::new()));
            if let Ok(note) = note {
                self.drawer.put(&key, &note);
            }
            found
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TODAY, block, library, page, words};
    use super::super::{Options, check, check_kept};
    use super::*;
    use crate::lang::Lang;
    use crate::model::{BlockKind, Field, Key, Kind, Library, Value};
    use crate::text::Span;
    use jiff::ToSpan;

    fn drawer(kept: &[u8]) -> Drawer {
        Drawer::open(Box::new(kept.to_vec()), b"program", |bytes| {
            bytes.fill(5);
            Ok(())
        })
    }

    /// A plan to look back on today, with a word that is hard to read.
    fn folder() -> Library {
        let mut text = Text { kind: Kind::Plan, ..page() };
        let line = words("De casus");
        text.body.lead.push(block(BlockKind::Paragraph(line)));
        text.body.say_sum([1; 32]);
        text.fields.list.push(Field {
            key: Key::ReviewOn,
            key_span: Span::default(),
            value_span: Span::default(),
            value: Value::Date(TODAY),
        });
        library(&[text])
    }

    #[test]
    fn what_was_kept_answers_the_same_question_only() {
        let (library, options) = (folder(), Options::default());
        let later = TODAY.saturating_add(1.day());
        let mut other = library.clone();
        other.settings.hints = false;
        let first = drawer(&[]);
        let cold = check(&library, TODAY, options);
        assert_eq!(cold.len(), 1, "{cold:?}");
        assert_eq!(check_kept(&library, TODAY, options, &first), cold);
        let kept = first.fresh().expect("a note").pieces.concat();
        // All of it comes from the note: this text has no words any more.
        let mut empty = library.clone();
        let mut bare = Text::clone(library.text(crate::model::TextId(0)));
        bare.body.lead.clear();
        bare.body.say_sum([1; 32]);
        empty.texts = vec![bare.into()];
        assert_eq!(check_kept(&empty, TODAY, options, &drawer(&kept)), cold);
        for (library, day) in [(&library, later), (&other, TODAY)] {
            let asked = drawer(&kept);
            let cold = check(library, day, options);
            assert_eq!(check_kept(library, day, options, &asked), cold);
            assert!(asked.fresh().is_some(), "it was looked at again");
        }
    }

    #[test]
    fn what_was_kept_of_a_text_in_another_language_is_no_answer() {
        let (library, first) = (folder(), drawer(&[]));
        check_kept(&library, TODAY, Options::default(), &first);
        let kept = first.fresh().expect("a note").pieces.concat();
        let mut other = library.clone();
        let mut text = Text::clone(library.text(crate::model::TextId(0)));
        text.lang = Lang::english();
        assert!(text.body.sum().is_some(), "its tree is the same");
        other.texts = vec![text.into()];
        let cold = check(&other, TODAY, Options::default());
        assert_ne!(cold, check(&library, TODAY, Options::default()));
        let warm = check_kept(&other, TODAY, Options::default(), &drawer(&kept));
        assert_eq!(warm, cold);
    }
}
