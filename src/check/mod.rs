//! Floor 7: advice about a whole library. Changes nothing.
//!
//! [`check`] asks every row of the table `CHECKS` about every text, several texts at once,
//! and returns what they noticed, sorted. A check is one file that implements `Rule` and
//! one row in the table. What can only be seen while reading (fields, structure, pictures)
//! is reported by `load`; what is withheld, and links that lead nowhere, by `compose`.

mod agreements;
mod consent;
mod doubles;
mod exit;
mod idle;
mod kept;
mod line;
mod lines;
mod memory;
mod names;
mod numbers;
mod private;
mod public;
mod readers;
mod rule;
mod sentences;
mod speech;
mod versions;
mod voices;
mod words;

use crate::lock::Drawer;
use crate::model::{Library, Text};
use crate::problem::{Arg, Code, MORE, Problem, Where};
use crate::text::{Source, SourceId};
use jiff::civil::Date;
use kept::Kept;
use lines::Lines;
pub use memory::Memory;
use memory::{Asked, Found};
use rayon::prelude::*;
use rule::{Ground, Row, Rule};
use std::collections::HashMap;
use std::sync::Arc;

/// All checks.
const CHECKS: &[Row] = &[
    Row {
        codes: &[Code::A01, Code::A02, Code::A04],
        alone: true,
        make: agreements::make,
    },
    Row { codes: &[Code::P05, Code::P06], alone: true, make: private::make },
    Row { codes: &[Code::P07], alone: false, make: names::make },
    Row { codes: &[Code::B11], alone: false, make: doubles::make },
    Row { codes: &[Code::K18], alone: true, make: idle::make },
    Row { codes: &[Code::S15], alone: true, make: versions::make },
    Row { codes: &[Code::K08], alone: false, make: numbers::make },
    Row { codes: &[Code::K09], alone: false, make: voices::make },
    Row { codes: &[Code::R01], alone: true, make: readers::make },
    Row { codes: &[Code::V05], alone: true, make: consent::make },
    Row { codes: &[Code::L07], alone: true, make: exit::make },
    Row { codes: &[Code::T01], alone: true, make: words::make },
    Row { codes: &[Code::T02], alone: true, make: sentences::make },
];

/// Most hints about words and sentences in one file: more is nagging.
const MOST_HINTS: usize = 5;

/// What is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Hints about words and sentences; `hints: nee` in the site switches them off too.
    pub hints: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { hints: true }
    }
}

/// Looks at a library and returns what is worth saying, sorted by place and code.
pub fn check(library: &Library, today: Date, options: Options) -> Vec<Problem> {
    look(library, today, options, Known::Nothing)
}

/// The same, with what a build before found; what is found now is kept with it.
pub fn check_kept(
    library: &Library,
    today: Date,
    options: Options,
    drawer: &Drawer,
) -> Vec<Problem> {
    look(library, today, options, Known::Kept(drawer))
}

/// Looks at a library that may have been looked at before: the same as [`fn@check`], and
/// faster when most of it is as it was.
pub fn check_again(
    library: &Library,
    today: Date,
    options: Options,
    memory: &mut Memory,
) -> Vec<Problem> {
    look(library, today, options, Known::Remembered(memory))
}

/// What is known of the time before.
enum Known<'k> {
    Nothing,
    Remembered(&'k mut Memory),
    Kept(&'k Drawer),
}

fn look(
    library: &Library,
    today: Date,
    options: Options,
    known: Known<'_>,
) -> Vec<Problem> {
    let hints = options.hints && library.settings.hints;
    let ground = Ground { library, today, hints };
    let asked = Asked::of(library, today, hints);
    let (memory, kept) = match known {
        Known::Nothing => (None, None),
        Known::Remembered(memory) => {
            memory.ask(asked);
            (Some(memory), None)
        }
        Known::Kept(drawer) => (None, Some(Kept::of(drawer, &asked))),
    };
    let rules: Vec<_> = CHECKS.iter().map(|row| (row, (row.make)(&ground))).collect();
    let known = memory.as_deref();
    let with_text = kept.as_ref().map(|_| first_texts(library)).unwrap_or_default();
    let texts: Vec<(Found, Vec<Problem>)> = (library.texts.par_iter().enumerate())
        .map(|(at, text)| {
            let about_source = with_text.get(&text.source) == Some(&at);
            let kept = kept.as_ref().map(|kept| (kept, about_source));
            about_text(library, text, &rules, known, kept)
        })
        .collect();
    let (texts, others): (Vec<Found>, Vec<_>) = texts.into_iter().unzip();
    let sources: Vec<Found> = (library.sources.shared().par_iter().enumerate())
        .map(|(at, source)| (SourceId(at as u32), source))
        .filter(|(id, _)| !with_text.contains_key(id))
        .map(|(id, source)| about_source(id, source, &rules, known))
        .collect();
    if let Some(memory) = memory {
        memory.keep(library, &texts, &sources);
    }
    let mut found: Vec<Problem> = others.into_iter().flatten().collect();
    found.extend(texts.into_iter().chain(sources).flat_map(Arc::unwrap_or_clone));
    found.sort_by(|left, right| key(left).cmp(&key(right)));
    // Included text, and several tips in one file, are looked at more than once.
    found.dedup();
    few_hints(found)
}

type Ready<'a> = (&'a Row, Box<dyn Rule + 'a>);

/// Returns the number of the first text of each source of which what is found can be kept:
/// what is found about the source is kept with it.
fn first_texts(library: &Library) -> HashMap<SourceId, usize> {
    let mut first = HashMap::with_capacity(library.texts.len());
    for (at, text) in library.texts.iter().enumerate() {
        if text.body.sum().is_some() {
            first.entry(text.source).or_insert(at);
        }
    }
    first
}

/// Returns what is found about a text alone, and what comes of comparing it with others.
/// `kept`: whether what is found about its source goes with it.
fn about_text(
    library: &Library,
    text: &Arc<Text>,
    rules: &[Ready<'_>],
    known: Option<&Memory>,
    kept: Option<(&Kept<'_>, bool)>,
) -> (Found, Vec<Problem>) {
    let lines = Lines::of(text, &library.sources);
    let ask = |alone: bool| {
        let mut found = Vec::new();
        for (row, rule) in rules.iter().filter(|(row, _)| row.alone == alone) {
            let from = found.len();
            rule.text(text, &lines, &mut found);
            debug_assert!(found[from..].iter().all(|one| row.codes.contains(&one.code)));
        }
        found
    };
    let alone = known.and_then(|known| known.of_text(library, text));
    let find = || match kept {
        Some((kept, with_source)) => kept.found(text, || {
            let mut found = ask(true);
            if with_source {
                let source = library.sources.get(text.source);
                let look =
                    |(_, rule): &Ready<'_>| rule.source(text.source, source, &mut found);
                rules.iter().for_each(look);
            }
            found
        }),
        None => ask(true),
    };
    (alone.unwrap_or_else(|| Arc::new(find())), ask(false))
}

fn about_source(
    id: SourceId,
    source: &Arc<Source>,
    rules: &[Ready<'_>],
    known: Option<&Memory>,
) -> Found {
    known.and_then(|known| known.of_source(id, source)).unwrap_or_else(|| {
        let mut found = Vec::new();
        rules.iter().for_each(|(_, rule)| rule.source(id, source, &mut found));
        Arc::new(found)
    })
}

/// What problems are sorted by: source, place, code, words.
fn key(problem: &Problem) -> (u32, u32, u32, Code, &[Arg]) {
    let (source, start, end) = match problem.place {
        Where::Span(span) => (span.source.0, span.start, span.end),
        Where::File(_) | Where::Theme(..) | Where::Folder => (0, 0, 0),
    };
    (source, start, end, problem.code, &problem.args)
}

/// Keeps the first hints of each file; the last of them tells how many there were
/// `more`.
fn few_hints(found: Vec<Problem>) -> Vec<Problem> {
    let mut kept: Vec<Problem> = Vec::with_capacity(found.len());
    let (mut file, mut count, mut last) = (None::<SourceId>, 0, 0);
    let mut more: Vec<(usize, usize)> = Vec::new();
    for problem in found {
        let (Code::T01 | Code::T02, Where::Span(span)) = (problem.code, &problem.place)
        else {
            kept.push(problem);
            continue;
        };
        if file != Some(span.source) {
            (file, count) = (Some(span.source), 0);
        }
        count += 1;
        if count <= MOST_HINTS {
            last = kept.len();
            kept.push(problem);
        } else {
            match more.last_mut() {
                Some((at, left)) if *at == last => *left += 1,
                _ => more.push((last, 1)),
            }
        }
    }
    for (at, left) in more {
        kept[at].args.push((MORE.into(), left.to_string()));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use crate::model::{
        Block, BlockKind, Fields, Inline, InlineKind, Kind, Role, Section, Settings, Text,
    };
    use crate::text::{Sources, Span, TextPath};
    use jiff::civil::date;

    pub(super) const TODAY: Date = date(2026, 6, 1);

    pub(super) fn library(texts: &[Text]) -> Library {
        let mut sources = Sources::default();
        let mut texts = texts.to_vec();
        for (at, text) in texts.iter_mut().enumerate() {
            let path = TextPath::new(&format!("{at}.md"));
            text.source = sources.add(Source::new(path, String::new()));
            // Test texts have no places: tell them apart by the first byte.
            let at = Span::new(text.source, at..at);
            text.fields.list.iter_mut().for_each(|field| field.value_span = at);
        }
        Library {
            sources,
            settings: Settings::default(),
            texts: texts.into_iter().map(Arc::new).collect(),
            assets: Arc::default(),
            own_words: String::new(),
            tied: Default::default(),
        }
    }

    pub(super) fn page() -> Text {
        Text {
            source: SourceId::default(),
            path: TextPath::new("a.md"),
            kind: Kind::Page,
            title: String::new(),
            title_span: Span::default(),
            title_typed: None,
            lang: Lang::dutch(),
            fields: Fields::default(),
            body: Default::default(),
            links: Vec::new(),
            pictures: Vec::new(),
            notes: Vec::new(),
            image: None,
            part: None,
        }
    }

    pub(super) fn plan() -> Text {
        Text { kind: Kind::Plan, ..page() }
    }

    pub(super) fn words(words: &str) -> Vec<Inline> {
        let kind = InlineKind::Text(words.into());
        if words.is_empty() {
            Vec::new()
        } else {
            vec![Inline { span: Span::default(), kind }]
        }
    }

    pub(super) fn block(kind: BlockKind) -> Block {
        Block { span: Span::default(), kind }
    }

    pub(super) fn section(title: &str, role: Role) -> Section {
        Section {
            span: Span::default(),
            level: 2,
            id: String::new(),
            title: words(title),
            role,
            lang: None,
            audience: Default::default(),
            attributes: Vec::new(),
            blocks: Vec::new(),
            sections: Vec::new(),
        }
    }

    /// Returns what is said about one text.
    pub(super) fn codes(text: Text) -> Vec<&'static str> {
        let found = check(&library(&[text]), TODAY, Options::default());
        found.into_iter().map(|problem| problem.code.name()).collect()
    }

    fn casus(words_before: &str) -> Text {
        let mut text = page();
        let line = words(&format!("{words_before} casus"));
        text.body.lead.push(block(BlockKind::Paragraph(line)));
        text
    }

    #[test]
    fn every_code_of_the_table_has_one_row() {
        let mut codes: Vec<Code> =
            CHECKS.iter().flat_map(|row| row.codes.iter().copied()).collect();
        codes.sort();
        let all = codes.len();
        codes.dedup();
        assert_eq!(all, codes.len());
    }

    #[test]
    fn hints_look_at_prose_only() {
        assert_eq!(codes(casus("De")), ["T01"]);
        let mut english = casus("The");
        english.lang = Lang::read("en").expect("a language");
        assert_eq!(codes(english), [""; 0]);
        let mut quote = casus("De");
        let blocks = std::mem::take(&mut quote.body.lead);
        quote.body.lead.push(block(BlockKind::Quote { voice: None, blocks }));
        assert_eq!(codes(quote), [""; 0]);
        let mut avoid = casus("De");
        let mut part = section("Liever niet", Role::RatherNot);
        part.blocks = std::mem::take(&mut avoid.body.lead);
        avoid.body.sections.push(part);
        assert_eq!(codes(avoid), [""; 0]);
        assert_eq!(codes(casus("Liever niet: de")), [""; 0]);
        assert_eq!(codes(Text { kind: Kind::Sources, ..casus("De") }), [""; 0]);
        assert_eq!(codes(Text { kind: Kind::Story, ..casus("De") }), [""; 0]);
    }

    #[test]
    fn hints_can_be_switched_off() {
        let mut library = library(&[casus("De")]);
        assert!(check(&library, TODAY, Options { hints: false }).is_empty());
        library.settings.hints = false;
        assert!(check(&library, TODAY, Options::default()).is_empty());
    }

    #[test]
    fn hints_never_nag() {
        let hard = "casus traject dossier doelgroep indicatie".to_string();
        let long = (21..24).map(|count| "woord ".repeat(count));
        let mut text = page();
        for typed in std::iter::once(hard).chain(long) {
            text.body.lead.push(block(BlockKind::Paragraph(words(&typed))));
        }
        let found = check(&library(&[text]), TODAY, Options::default());
        assert_eq!(found.len(), MOST_HINTS);
        assert_eq!(found[4].args.last(), Some(&(MORE.into(), "3".into())), "{found:?}");
    }

    #[test]
    fn a_citizen_service_number_is_told_wherever_it_stands() {
        let mut library = library(&[]);
        library
            .sources
            .add(Source::new(TextPath::new("a.md"), "<!-- 111222333 -->\n".into()));
        let found = check(&library, TODAY, Options::default());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].code, Code::P05);
    }
}
