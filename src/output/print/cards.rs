//! Small papers: tip cards, eight on an A4 to cut apart, and the card for when things go
//! less well, one A4 that folds to the size of a bank card.

use super::book::{Book, anchor};
use super::writer::{Own, Writer, tag};
use crate::model::{Key, Kind, Role, Section, plain};
use std::fmt::Write;

/// Writes `/main.typ` of the tip cards; `None` when there are no tips.
pub(super) fn cards(book: &Book<'_>) -> Option<String> {
    let tips: Vec<_> =
        book.texts().filter(|(_, entry)| entry.kind == Kind::Tip).collect();
    if tips.is_empty() {
        return None;
    }
    let mut out =
        String::from("#import \"/theme.typ\" as t\n#show: t.booklet\n#t.cards((\n");
    for (_, entry) in tips {
        let kicker = book.kicker(entry).unwrap_or_default();
        let short = entry.fields.text(Key::Summary).unwrap_or(&entry.summary);
        let _ = write!(
            out,
            "({}, {}, {}",
            book.literal(&kicker),
            book.literal(&entry.title),
            book.literal(short)
        );
        // A fourth: the language, when that is not the booklet's.
        if book.booklet.lang != entry.lang {
            let (tag, region) = tag(entry.lang);
            let _ = write!(out, ", (\"{tag}\", {region}, {})", entry.lang.is_rtl());
        }
        out.push_str("),\n");
    }
    out.push_str("))\n");
    Some(out)
}

/// Writes `/main.typ` of the crisis cards, one for each plan that has signs; `None` when
/// there is none.
pub(super) fn crisis(book: &Book<'_>) -> Option<String> {
    let mut out = String::from("#import \"/theme.typ\" as t\n#show: t.booklet\n#{\n");
    let mut any = false;
    for (id, entry) in book.texts().filter(|(_, entry)| entry.kind == Kind::Plan) {
        let all = entry.body.all_sections();
        let Some(signs) = all.into_iter().find(|one| one.role == Role::Signs) else {
            continue;
        };
        any = true;
        let of = entry.fields.text(Key::Of).unwrap_or(&entry.title);
        let own = Own::begin(book, entry, &mut out);
        let _ = write!(
            out,
            "t.crisis({}, {}, (",
            book.literal(plain(&signs.title).trim()),
            book.literal(of)
        );
        let inner: Vec<&Section> = match signs.sections.is_empty() {
            true => vec![signs],
            false => signs.sections.iter().collect(),
        };
        for section in inner {
            let mut writer = Writer::new(book, id, entry);
            writer.quiet = 1;
            writer.in_link = true;
            writer.code(&format!("(\"{}\", ", section.role.name()));
            let title = plain(&section.title);
            writer.literal(title.trim());
            writer.code(", ");
            writer.block_of(|w| w.blocks(&section.blocks));
            writer.code("), ");
            out.push_str(&writer.out);
        }
        let place = anchor(id, "kaart");
        let _ = writeln!(out, "), {})", book.literal(&place));
        own.end(&mut out);
    }
    out.push_str("}\n");
    any.then_some(out)
}
