//! The card of a reader on paper, A6: where to go, the words, what to do, when it ends.
//! Like the card on the screen it tells nothing of whose plan it is.

use super::book::Book;
use super::qr;
use std::fmt::Write;

/// What stands on the card of a reader.
#[derive(Debug, Clone)]
pub struct ReaderCard {
    /// What to do first: go to the address.
    pub go: String,
    /// The address.
    pub address: String,
    /// What to do there.
    pub ask: String,
    /// The words to type there.
    pub words: Vec<String>,
    /// What helps, and how long the card works: a line each.
    pub help: Vec<String>,
}

impl ReaderCard {
    /// Writes `/main.typ`.
    pub(super) fn sheet(&self, book: &Book<'_>) -> String {
        let mut out = String::from("#import \"/theme.typ\" as t\n#show: t.booklet\n");
        let _ = write!(
            out,
            "#t.reader-card({}, {}, ",
            book.literal(&self.go),
            book.literal(&self.address)
        );
        // An address that is not known yet leads nowhere.
        match qr::svg(&self.address).filter(|_| self.address.contains("://")) {
            Some(svg) => super::literal::push_exact(&mut out, &svg),
            None => out.push_str("none"),
        }
        let _ = write!(out, ", {}, (", book.literal(&self.ask));
        let list = |lines: &[String]| -> String {
            lines.iter().map(|one| book.literal(one) + ",").collect()
        };
        out.push_str(&list(&self.words));
        out.push_str("), (");
        out.push_str(&list(&self.help));
        out.push_str("))\n");
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose;
    use crate::lang::Lang;
    use crate::model::Library;
    use crate::theme::Theme;

    #[test]
    fn a_card_of_any_length_is_one_page() {
        let (theme, _) = Theme::load(crate::theme::BUILT_IN, None);
        for (lang, words, address) in [
            (
                Lang::dutch(),
                6,
                "https://noor.example/p/a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0/",
            ),
            (Lang::english(), 12, "…/p/a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0/"),
        ] {
            let mut library = Library::default();
            library.settings.lang = lang.clone();
            let day = jiff::civil::date(2026, 6, 1);
            let composed = compose::on_paper(&library, day, false);
            let say = |key: &str| lang.terminal().get(key).to_string();
            let card = ReaderCard {
                go: say("card.go"),
                address: address.into(),
                ask: say("card.type"),
                words: vec!["koelkast".into(); words],
                help: say("card.help").lines().map(String::from).collect(),
            };
            let (edition, mut noticed) = (&composed.edition, Vec::new());
            let pdf = super::super::reader_card(edition, &theme, &card, &mut noticed);
            let pdf = pdf.expect("a card");
            assert_eq!(noticed, []);
            let pages = String::from_utf8_lossy(&pdf).matches("/Type /Page\n").count();
            assert!(pages <= 1, "{pages} pages");
            assert!(pdf.starts_with(b"%PDF-"));
        }
    }
}
