//! Sheets for the fridge: the agreements of a plan on one page, and one page for every
//! person with what they took on. Nothing else stands on it: a guest may see a fridge.

use super::book::Book;
use super::writer::{Own, Writer};
use crate::compose::{Entry, EntryId};
use crate::kind::people::names_some;
use crate::model::{
    Agreement, Block, BlockKind, Key, Kind, Role, Section, Status, plain, walk_blocks,
};
use crate::output::about;
use crate::text::{fold, fold_key};
use jiff::civil::Date;
use std::fmt::Write;

/// Writes `/main.typ` of the fridge sheets; `None` when no plan has agreements.
pub(super) fn main(book: &Book<'_>) -> Option<String> {
    let mut out = String::from("#import \"/theme.typ\" as t\n#show: t.booklet\n#{\n");
    let mut any = false;
    for (id, entry) in book.texts().filter(|(_, one)| one.kind == Kind::Plan) {
        let all = agreements(entry);
        if all.is_empty() {
            continue;
        }
        any = true;
        let own = Own::begin(book, entry, &mut out);
        page(book, id, entry, None, &all, &mut out);
        for person in people(entry, &all) {
            let promises: Vec<_> =
                all.iter().copied().filter(|one| promised(one, &person)).collect();
            page(book, id, entry, Some(&person), &promises, &mut out);
        }
        own.end(&mut out);
    }
    out.push_str("}\n");
    any.then_some(out)
}

fn page<'w>(
    book: &'w Book<'w>,
    id: EntryId,
    entry: &'w Entry<'w>,
    person: Option<&str>,
    list: &[&'w Agreement],
    out: &mut String,
) {
    let words = book.words(entry.lang);
    let title = match person {
        Some(name) => words.say("booklet.promised", &[("name", name)]),
        None => words.get("role.agreements").to_string(),
    };
    let _ = write!(
        out,
        "t.fridge({}, {}, ",
        book.literal(&title),
        book.literal(&entry.title)
    );
    let next = next_review(entry, book.today).map(|day| {
        let day = about::day(words, day);
        words.say("booklet.look-back", &[("date", &day)])
    });
    out.push_str(&next.map_or("none".into(), |next| book.literal(&next)));
    out.push_str(", (");
    for one in list {
        let mut writer = Writer::new(book, id, entry);
        writer.quiet = 1;
        writer.in_link = true;
        writer.code("(");
        if person.is_some() {
            writer.code("none");
        } else {
            writer.maybe(&one.who);
        }
        writer.code(", ");
        writer.block_of(|w| w.line(&one.what));
        writer.code(", ");
        writer.maybe(&one.when);
        writer.code(", ");
        match one.status {
            Some(status) => writer.status(Some(status), &one.status_typed),
            None => writer.code("none"),
        }
        writer.code("), ");
        out.push_str(&writer.out);
    }
    out.push_str("))\n");
}

/// Returns the agreements that still count, in order. What changed or stopped stands in
/// the plan, with what was learned; on the fridge it would only confuse.
fn agreements<'e>(entry: &'e Entry<'_>) -> Vec<&'e Agreement> {
    let mut all = Vec::new();
    walk_blocks(&entry.body, &mut |block| {
        if let BlockKind::Agreements { list, .. } = &block.kind {
            all.extend(list);
        }
    });
    all.retain(|one| !one.status.is_some_and(Status::went_differently));
    all.retain(|one| !one.what.is_empty() || !one.who.is_empty());
    all
}

/// Returns the names of those who took something on: people of the plan first, then other
/// names as they stand behind "who".
fn people(entry: &Entry<'_>, all: &[&Agreement]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    walk_blocks(&entry.body, &mut |block| {
        if let BlockKind::People(list) = &block.kind {
            names.extend(list.iter().map(|person| person.name.trim().to_string()));
        }
    });
    names.retain(|name| !name.is_empty() && all.iter().any(|one| takes_on(one, name)));
    for one in all {
        let who = plain(&one.who).trim().to_string();
        if !who.is_empty() && !names.iter().any(|name| takes_on(one, name)) {
            names.push(who);
        }
    }
    let mut seen: Vec<String> = Vec::new();
    // What all took on stands with everybody, and is a sheet of nobody's own.
    names.retain(|name| !for_all(name));
    names.retain(|name| {
        let key = fold_key(name);
        let new = !seen.contains(&key);
        seen.push(key);
        new
    });
    names
}

/// Tells whether words mean everybody: `Iedereen`.
fn for_all(who: &str) -> bool {
    !who.trim().is_empty() && !names_some(who)
}

/// Tells whether a name stands behind "who", as whole words, or everybody does.
fn promised(one: &Agreement, name: &str) -> bool {
    takes_on(one, name) || for_all(&plain(&one.who))
}

/// Tells whether a name stands behind "who", as whole words.
fn takes_on(one: &Agreement, name: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let folded = fold(text);
        let parts = folded.split(|c: char| !c.is_alphanumeric());
        parts.filter(|part| !part.is_empty()).map(String::from).collect()
    };
    let (who, name) = (words(&plain(&one.who)), words(name));
    !name.is_empty() && who.windows(name.len()).any(|part| part == name.as_slice())
}

/// Returns the first day to look back that is still to come.
fn next_review(entry: &Entry<'_>, today: Date) -> Option<Date> {
    let mut days: Vec<Date> = entry.fields.date(Key::ReviewOn).into_iter().collect();
    reviews(&entry.body.sections, &mut days);
    days.into_iter().filter(|day| *day >= today).min()
}

fn reviews(sections: &[Section], days: &mut Vec<Date>) {
    for section in sections {
        if section.role == Role::Reviews {
            for Block { kind, .. } in &section.blocks {
                if let BlockKind::Entries(list) = kind {
                    days.extend(list.iter().filter_map(|one| one.date));
                }
            }
        }
        reviews(&section.sections, days);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Inline, InlineKind};
    use crate::text::Span;

    #[test]
    fn a_name_is_found_as_whole_words() {
        let who = |words: &str| Agreement {
            who: vec![Inline {
                span: Span::default(),
                kind: InlineKind::Text(words.into()),
            }],
            ..Agreement::default()
        };
        assert!(takes_on(&who("Oma Riet en Noor"), "Oma Riet"));
        assert!(takes_on(&who("Noor, Saskia"), "saskia"));
        assert!(!takes_on(&who("Noortje"), "Noor"));
        assert!(!takes_on(&who(""), ""));
        assert!(promised(&who("Iedereen"), "Oma Riet"));
        assert!(!promised(&who("Noor"), "Oma Riet"));
        assert!(!promised(&who(""), "Oma Riet"));
    }
}
