//! The block at the top of a text becomes typed fields.
//!
//! [`read`] is the entry. Keys nearly right are read as the near one (K01), except where
//! that could open something: there a slip of the finger keeps a text inside. Reports
//! K01, K02, K03, K04, K11, K13, K15, K16, K19, K20, P01, and what values report.

use super::block::{self, Block};
use super::entries::{self, Entry, Shape};
use super::guard::{FOREIGN, OPENING, is_guarded, is_hollow, stricter};
use super::hidden;
use super::line;
use super::values::{self, Asked};
use crate::kind::clothes::seen;
use crate::kind::inside::keeps_inside;
use crate::kind::signs::{self, Sign};
use crate::kind::{KeyRow, ValueKind, find_key, find_kind, nearest_key, words::read_yes};
use crate::kind::{people, withdrawn};
use crate::model::{Extra, Field, Fields, Key, Kind, Value};
use crate::problem::{Code, Problem};
use crate::text::{SourceId, Span, TextPath, fold_key};
use std::ops::Range;

/// Longest part of a line in a message, in characters.
const SHOWN: usize = 60;

/// What stood at the top of a text.
#[derive(Debug, Default)]
pub(super) struct Top {
    /// The fields.
    pub(super) fields: Fields,
    /// What kind of text it is.
    pub(super) kind: Kind,
    /// Where the text below the block starts.
    pub(super) body: usize,
    /// The line of the title, when it stands above the keys.
    pub(super) heading: Option<Range<usize>>,
    /// Lines of the block that are no key, and say who may read: see `net`.
    pub(super) loose: Vec<Range<usize>>,
    /// Keys that say who may read, with nothing behind them.
    pub(super) hollow: Vec<Range<usize>>,
    /// Keys packed where no key stands, and what each is a sign of.
    pub(super) packed: Vec<(Range<usize>, Sign)>,
    /// A key that looks like `voor` in a plan, or `delen:` with nothing behind it: what
    /// names no readers of its own is for the family.
    pub(super) doubt: bool,
    /// What was noticed.
    pub(super) problems: Vec<Problem>,
}

/// Reads the top of a text. `by_path` is the kind its folder or name asks for.
pub(super) fn read(source: SourceId, text: &str, path: &TextPath, by_path: Kind) -> Top {
    let block = block::find(text);
    let entries = entries::read(text, &block);
    let lines = entries::shown(text, &block);
    let mut reader = Reader {
        source,
        text,
        path,
        top: Top {
            body: block.body,
            heading: block.heading,
            kind: by_path,
            ..Top::default()
        },
        names: Vec::new(),
    };
    for (code, range, typed) in block.notes {
        reader.report(Problem::at(code, Span::new(source, range)).with("x", typed));
    }
    reader.kind(&entries, by_path);
    entries.iter().for_each(|entry| reader.entry(entry));
    reader.top.packed.extend(hidden::find(text, &lines, &entries));
    reader.top
}

/// Reads lines that stand elsewhere: below the heading of one tip of several.
pub(super) fn of_lines(
    source: SourceId,
    text: &str,
    path: &TextPath,
    lines: Vec<Range<usize>>,
) -> Top {
    let entries = entries::read(text, &Block { lines, ..Block::default() });
    let top = Top { kind: Kind::Tip, ..Top::default() };
    let mut reader = Reader { source, text, path, top, names: Vec::new() };
    entries.iter().for_each(|entry| reader.entry(entry));
    reader.top
}

struct Reader<'a> {
    source: SourceId,
    text: &'a str,
    path: &'a TextPath,
    top: Top,
    /// The folded name each field was typed with.
    names: Vec<String>,
}

impl Reader<'_> {
    fn report(&mut self, problem: Problem) {
        self.top.problems.push(problem);
    }

    fn span(&self, entry: &Entry) -> Span {
        Span::new(self.source, entry.key.clone())
    }

    fn name(&self, entry: &Entry) -> &str {
        line::clean(&self.text[entry.key.clone()])
    }

    /// Reads `soort:` first: what other keys mean depends on it. Of two kinds the one that
    /// needs a yes counts.
    fn kind(&mut self, entries: &[Entry], by_path: Kind) {
        let mut said: Option<Kind> = None;
        for entry in entries.iter().filter(|entry| entry.section.is_none()) {
            let name = fold_key(&seen(self.name(entry)));
            let own = match entry.row {
                Some(row) if row.key == Key::Kind => {
                    matches!(name.as_str(), "soort" | "kind")
                }
                None if is_near_kind(&name) => false,
                _ => continue,
            };
            let typed = values::plain(self.text, entry);
            match find_kind(&seen(&typed)) {
                Some(kind) if entry.inside && !is_kept(kind) => {}
                // `layout: post` of another tool says nothing about consent.
                Some(Kind::Page) if !own && by_path != Kind::Page => {}
                Some(kind) if is_kept(kind) => {
                    said = Some(kind);
                    break;
                }
                Some(kind) => {
                    said.get_or_insert(kind);
                }
                None if typed.is_empty() || !(own || name == "type") => {}
                None => {
                    let place = values::span(self.source, entry);
                    let near = self.near_kind(&typed, place, own, by_path);
                    said = near.or(said);
                    if near.is_some() {
                        break;
                    }
                }
            }
        }
        self.top.kind = said.unwrap_or(self.top.kind);
    }

    /// A kind nearly right, or one that names a story or plan among other words: read
    /// when it is one that needs a yes to go out.
    /// In a folder of those a slip changes nothing.
    fn near_kind(
        &mut self,
        typed: &str,
        span: Span,
        own: bool,
        by_path: Kind,
    ) -> Option<Kind> {
        let rows = crate::kind::KINDS.iter().flat_map(|row| row.typed.iter().copied());
        let near = crate::text::nearest(typed, rows).filter(|_| own);
        let found = near.and_then(|near| Some((find_kind(near)?, near)));
        let found = found.filter(|(kind, _)| is_kept(*kind));
        let found = found.or_else(|| match signs::guarded_kind(typed)? {
            Sign::Plan => Some((Kind::Plan, "plan")),
            _ => Some((Kind::Story, "verhaal")),
        });
        let found = found.filter(|(kind, _)| !is_kept(by_path) || *kind == by_path);
        let problem = match found {
            Some((_, near)) => {
                Problem::at(Code::K19, span).with("v", typed).with("s", near)
            }
            None => Problem::at(Code::K13, span).with("v", typed),
        };
        self.report(problem);
        found.map(|(kind, _)| kind)
    }

    fn entry(&mut self, entry: &Entry) {
        let row = entry.row;
        if entry.shape == Shape::Loose {
            return self.loose(entry);
        }
        if self.keeps_by_key(entry) {
            self.top.packed.push((entry.range(), Sign::Inside));
        }
        if let Some(section) = &entry.section {
            let section = fold_key(&self.text[section.clone()]);
            let taxonomy = matches!(section.as_str(), "taxonomies" | "taxonomy");
            let draft =
                row.is_some_and(|row| row.key == Key::Draft || self.is_day(entry, row));
            return match row {
                Some(row) if taxonomy || draft => self.field(entry, row),
                _ => self.keep(entry),
            };
        }
        match row {
            Some(row) if entry.inside && self.may_open(entry, row.key) => {
                let typed = self.name(entry).to_string();
                self.report(Problem::at(Code::K16, self.span(entry)).with("k", typed));
                self.keep(entry);
            }
            Some(row) => self.field(entry, row),
            None => self.unknown(entry),
        }
    }

    /// Tells whether a key that may be the words of a value would open something.
    fn may_open(&self, entry: &Entry, key: Key) -> bool {
        let draft = || values::plain(self.text, entry);
        (OPENING.contains(&key) && !self.says_no(entry, key))
            || (key == Key::Draft && read_yes(&draft()) == Some(false))
    }

    /// Tells whether a key that is none of ours, or lies under another, names readers.
    fn keeps_by_key(&self, entry: &Entry) -> bool {
        let section = entry.section.clone().map(|section| &self.text[section]);
        (section.is_some() || entry.row.is_none())
            && people::keeps_by_key(
                section,
                &seen(self.name(entry)),
                &values::plain(self.text, entry),
            )
    }

    /// Tells whether an entry is a day that ends or begins something: under another key too
    /// the stricter of two counts.
    fn is_day(&self, entry: &Entry, row: &KeyRow) -> bool {
        matches!(row.key, Key::Expires | Key::PublishOn | Key::ConsentUntil)
            && values::plain(self.text, entry).contains(|c: char| c.is_ascii_digit())
    }

    /// A line without colon: kept. When it says who may read, `net` believes it.
    fn loose(&mut self, entry: &Entry) {
        let span = self.span(entry);
        let line = self.text[entry.key.clone()].to_string();
        if signs::read(&line, true).is_some() {
            self.top.loose.push(entry.key.clone());
        } else {
            let shown: String = line.chars().take(SHOWN).collect();
            self.report(Problem::at(Code::K02, span).with("k", shown));
        }
        self.top.fields.extra.push(Extra { name: line, value: String::new(), span });
    }

    fn unknown(&mut self, entry: &Entry) {
        let typed = self.name(entry).to_string();
        let folded = fold_key(&seen(&typed));
        if let Some(no) = keeps_inside(&folded) {
            return self.inside(entry, &typed, no);
        }
        if FOREIGN.contains(&folded.as_str()) {
            return self.keep(entry);
        }
        let near = nearest_key(&seen(&typed), true)
            .and_then(|near| Some((near, find_key(near)?)));
        let Some((near, row)) = near else {
            let words = format!("{typed}: {}", values::plain(self.text, entry));
            // A yes that was taken back: the wall says so.
            if self.top.kind == Kind::Story && withdrawn::value(&words) {
                return self.keep(entry);
            }
            if signs::read(&words, true) == Some(Sign::Inside) {
                self.top.loose.push(entry.range());
                return self.keep(entry);
            }
            let value = values::plain(self.text, entry);
            if withdrawn::value(&words) && signs::says(&value) != Some(false) {
                self.top.packed.push((entry.range(), Sign::Inside));
                return self.keep(entry);
            }
            let shown: String = typed.chars().take(SHOWN).collect();
            self.report(Problem::at(Code::K02, self.span(entry)).with("k", shown));
            return self.keep(entry);
        };
        let span = self.span(entry);
        if row.key == Key::For && self.top.kind == Kind::Plan {
            self.top.doubt = true;
            let under = self.path.name().to_string();
            self.report(Problem::at(Code::P01, span).with("h", under).with("x", typed));
            return self.keep(entry);
        }
        // In a plan it says who reads on; elsewhere, that not everybody does.
        if matches!(row.key, Key::Readers | Key::Share)
            && self.top.kind != Kind::Plan
            && people::names_some(&values::plain(self.text, entry))
        {
            self.top.packed.push((entry.range(), Sign::Inside));
            // In an `index.md` it closes the whole folder.
            return self.field(entry, row);
        }
        let opens = OPENING.contains(&row.key) && !self.says_no(entry, row.key);
        let code = if opens { Code::K15 } else { Code::K01 };
        self.report(Problem::at(code, span).with("k", typed).with("s", near));
        if opens {
            return self.keep(entry);
        }
        self.field(entry, row);
    }

    /// Tells whether the value of an opening key clearly closes.
    fn says_no(&self, entry: &Entry, key: Key) -> bool {
        let typed = values::plain(self.text, entry);
        matches!(key, Key::Consent | Key::Public | Key::Fictional)
            && !typed.is_empty()
            && read_yes(&typed) != Some(true)
    }

    /// `published: false` and its like: a draft by another name.
    fn inside(&mut self, entry: &Entry, typed: &str, no: bool) {
        let said = signs::says(&values::plain(self.text, entry));
        let stays = if no { said == Some(false) } else { said != Some(false) };
        let span = self.span(entry);
        if let (true, Some(row)) = (stays, find_key("concept")) {
            self.report(Problem::at(Code::K20, span).with("k", typed));
            let value = values::span(self.source, entry);
            self.push(row, span, value, Value::Yes(true), fold_key(typed));
        }
        self.keep(entry);
    }

    /// Keeps an entry we do nothing with.
    fn keep(&mut self, entry: &Entry) {
        let name = self.name(entry);
        let name = match &entry.section {
            Some(section) => format!("{}.{name}", &self.text[section.clone()]),
            None => name.to_string(),
        };
        let span = Span::new(self.source, entry.range());
        let value = values::plain(self.text, entry);
        self.top.fields.extra.push(Extra { name, value, span });
    }

    fn field(&mut self, entry: &Entry, row: &'static KeyRow) {
        let typed = self.name(entry).to_string();
        let asked = Asked { key: row.key, kind: row.value, typed: &typed };
        // `voor: -`, `concept: ?`, `weg na: # nog invullen`: nothing is said yet.
        let words = values::plain(self.text, entry);
        let said = words.split("# ").next().unwrap_or_default();
        let is_said = said.contains(char::is_alphanumeric);
        let waits = !is_said && is_hollow(row.key, self.top.kind);
        let problems = &mut self.top.problems;
        let Some(value) = values::read(self.source, self.text, entry, &asked, problems)
            .filter(|_| !waits)
        else {
            if is_hollow(row.key, self.top.kind) {
                self.top.hollow.push(entry.key.clone());
            }
            self.top.doubt |= row.key == Key::Share && self.top.kind == Kind::Plan;
            return;
        };
        let (key_span, value_span) = (self.span(entry), values::span(self.source, entry));
        self.push(row, key_span, value_span, value, fold_key(&typed));
    }

    /// Adds a field. Of a key that stands twice the last counts, unless an earlier one is
    /// the stricter: then that one moves behind it.
    fn push(
        &mut self,
        row: &'static KeyRow,
        key_span: Span,
        value_span: Span,
        value: Value,
        name: String,
    ) {
        let list = &mut self.top.fields.list;
        let before = list.iter().position(|field| field.key == row.key);
        let value = values::set(row.key, value);
        let mut field = Field { key: row.key, key_span, value_span, value };
        let Some(at) = before else {
            list.push(field);
            return self.names.push(name);
        };
        let same_name = self.names[at] == name;
        let differs = list[at].value != field.value;
        match (&mut list[at].value, &mut field.value) {
            // `tags` and `categories` are two names for one list.
            (Value::List(old), Value::List(new))
                if !same_name && row.value == ValueKind::List && !is_guarded(row.key) =>
            {
                old.append(new);
                return;
            }
            (Value::List(old), Value::List(new)) if is_guarded(row.key) => {
                new.retain(|(item, _)| old.iter().any(|(other, _)| other == item));
            }
            (old, new) if is_guarded(row.key) && stricter(row.key, old, new) => {
                std::mem::swap(old, new);
                std::mem::swap(&mut list[at].value_span, &mut field.value_span);
                std::mem::swap(&mut list[at].key_span, &mut field.key_span);
            }
            _ => {}
        }
        let later = if list[at].key_span.start > field.key_span.start {
            list[at].key_span
        } else {
            field.key_span
        };
        list.remove(at);
        list.push(field);
        self.names.remove(at);
        self.names.push(name);
        if differs && row.key != Key::Kind {
            let typed = self.text[later.range()].to_string();
            self.report(Problem::at(Code::K11, later).with("k", typed));
        }
    }
}

/// Tells whether texts of a kind stay inside until somebody says yes.
fn is_kept(kind: Kind) -> bool {
    matches!(kind, Kind::Story | Kind::Plan)
}

/// Tells whether a key is a slip of the finger away from `soort`.
fn is_near_kind(name: &str) -> bool {
    !FOREIGN.contains(&name)
        && nearest_key(name, true)
            .and_then(find_key)
            .is_some_and(|row| row.key == Key::Kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn top(text: &str, kind: Kind) -> Top {
        read(SourceId(0), text, &TextPath::new("a.md"), kind)
    }

    fn page(lines: &str) -> Top {
        top(&format!("---\n{lines}\n---\nTekst\n"), Kind::Page)
    }

    fn codes(top: &Top) -> Vec<Code> {
        top.problems.iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn near_keys_are_read_and_unknown_ones_kept() {
        let top = page("tittel: Kom\nkleur: rood, geel\nDatum: 2026-03-14");
        assert_eq!(top.fields.text(Key::Title), Some("Kom"));
        let extra: Vec<(&str, &str)> =
            (top.fields.extra.iter().map(|one| (&*one.name, &*one.value))).collect();
        assert_eq!(extra, [("kleur", "rood, geel")]);
        assert!(top.fields.date(Key::Date).is_some());
        assert_eq!(codes(&top), [Code::K01, Code::K02]);
    }

    #[test]
    fn a_slip_never_opens_anything() {
        for lines in ["openbar: ja", "toestemmming: ja", "verzonen: ja", "toestemmin: ja"]
        {
            let top = page(lines);
            assert!(top.fields.list.is_empty(), "{lines}");
            assert_eq!(codes(&top), [Code::K15], "{lines}");
        }
        for lines in ["concpt: ja", "drafft: true", "published: false", "private: true"] {
            assert!(page(lines).fields.is_yes(Key::Draft), "{lines}");
        }
        let text = page("toestemming: ja\ntoestemmingg: ingetrokken").fields;
        assert_eq!(text.text(Key::Consent), Some("ingetrokken"));
        assert!(
            page("toestemming tott: 2026-01-01").fields.date(Key::ConsentUntil).is_some()
        );
        assert_eq!(page("titel: a\nconcept\ntaal: nl").loose.len(), 1);
    }

    #[test]
    fn a_key_in_the_words_of_a_value_opens_nothing() {
        for lines in [
            "kort: \"\"\"een\ntoestemming: ja\n\"\"\"",
            "kort: \"\"\"een\ntoestemming: ja\ntwee\"\"\"",
            "kort: een '''\ntoestemming: ja\n'''",
            "kort: \"een\ntoestemming: ja\ntaal: nl",
            "kort: “een\ntoestemming: ja\ntwee”",
            "thema: [een,\ntoestemming: ja\n]",
            "kort: {een: twee,\ntoestemming: ja\n}",
        ] {
            let top = page(lines);
            assert_eq!(top.fields.text(Key::Consent), None, "{lines}");
            assert!(codes(&top).contains(&Code::K16), "{lines}");
        }
        let ends = "kort: \"een\nbron: twee\"\ntoestemming: nee";
        assert_eq!(page(ends).fields.text(Key::Consent), Some("nee"));
        for lines in
            ["kort: \"een\"\ntoestemming: ja", "titel: 's avonds\ntoestemming: ja"]
        {
            assert_eq!(page(lines).fields.text(Key::Consent), Some("ja"), "{lines}");
        }
        let text = "---\nkort: \"een\nsoort: pagina\ntwee\"\n---\n";
        assert_eq!(top(text, Kind::Story).kind, Kind::Story);
    }

    #[test]
    fn readers_below_a_key_keep_a_text_inside() {
        for lines in
            ["delen:\n  voor: gezin", "delen:\n  met:\n    - oma", "deel met: gezin"]
        {
            assert_eq!(page(lines).packed.len(), 1, "{lines}");
        }
        assert!(page("delen:\n  voor: iedereen").packed.is_empty());
    }

    #[test]
    fn a_slip_of_voor_in_a_plan_is_for_the_family() {
        let top = top("---\nsoort: plan\nvor: school\n---\n", Kind::Page);
        assert!(top.doubt);
        assert_eq!(codes(&top), [Code::P01]);
        assert!(!page("vor: school").doubt);
    }

    #[test]
    fn of_a_key_that_stands_twice_the_strict_one_stays() {
        let value = |lines: &str, key| page(lines).fields.text(key).map(String::from);
        assert_eq!(value("titel: a\ntitel: b", Key::Title), Some("b".into()));
        assert_eq!(codes(&page("titel: a\ntitel: b")), [Code::K11]);
        let both = "toestemming: ingetrokken\ntoestemming: ja";
        assert_eq!(value(both, Key::Consent), Some("ingetrokken".into()));
        assert!(page("concept: ja\nconcept: nee").fields.is_yes(Key::Draft));
        assert!(!page("openbaar: nee\nopenbaar: ja").fields.is_yes(Key::Public));
        let channels = page("toestemming voor: boekje\ntoestemming voor: site").fields;
        assert!(channels.get(Key::ConsentFor).is_some());
        assert!(channels.list(Key::ConsentFor).is_empty());
        let merged = page("tags: [a]\ncategories: [b]");
        assert_eq!(merged.fields.list(Key::Theme).len(), 2);
        assert!(merged.problems.is_empty());
    }

    #[test]
    fn a_key_with_nothing_behind_it_is_no_yes() {
        for key in ["concept", "toestemming", "openbaar", "delen", "voor", "weg na"] {
            assert_eq!(page(&format!("titel: a\n{key}:")).hollow.len(), 1, "{key}");
        }
        for line in
            ["voor: -", "voor: ?", "voor: …", "weg na: # nog invullen", "delen: -"]
        {
            assert_eq!(page(line).hollow.len(), 1, "{line}");
        }
        assert!(page("voor: #ouders").hollow.is_empty());
        assert!(top("---\nvoor:\n---\n", Kind::Tip).hollow.is_empty());
        assert!(page("kort:\nthema: []").hollow.is_empty());
    }

    #[test]
    fn kinds_by_field() {
        let kind = |lines: &str, by| top(&format!("---\n{lines}\n---\n"), by).kind;
        assert_eq!(kind("soort: verhaal", Kind::Page), Kind::Story);
        assert_eq!(kind("soort: pagina", Kind::Story), Kind::Page);
        assert_eq!(kind("layout: post", Kind::Story), Kind::Story);
        assert_eq!(kind("soort: verhal", Kind::Page), Kind::Story);
        assert_eq!(codes(&page("soort: kaas")), [Code::K13]);
        assert_eq!(codes(&page("template: top.html")), []);
    }

    #[test]
    fn files_of_other_tools_need_no_words() {
        let zola = "+++\ntitle = \"Hallo: wereld\"\ndate = 2026-03-14\ndraft = false\nsort_by = \"date\"\n[taxonomies]\ntags = [\"a\", \"b\"]\n[extra]\nx = 1\n+++\nTekst";
        let top = top(zola, Kind::Page);
        assert_eq!(top.fields.text(Key::Title), Some("Hallo: wereld"));
        assert_eq!(top.fields.list(Key::Theme).len(), 2);
        assert_eq!(top.fields.yes(Key::Draft), Some(false));
        assert_eq!(codes(&top), []);
        let hugo =
            "title: \"X\"\ntags: [a, b]\nsummary: \"s\"\nweight: 3\nparams:\n  a: b";
        assert_eq!(codes(&page(hugo)), []);
    }

    proptest::proptest! {
        #[test]
        fn any_text_reads_and_every_place_lies_inside(
            text in "(---\n)?((titel|toestemming|voor|concept|kleur|datum|thema|nummer|a)[:=] ?(ja|\"|\\[|- |a, é|1/2/26|\\PC{0,8})?\n|  \\PC{0,6}\n|- é\n|\n|---\n){0,8}"
        ) {
            let top = top(&text, Kind::Plan);
            proptest::prop_assert!(text.get(top.body..).is_some());
            for problem in &top.problems {
                if let crate::problem::Where::Span(span) = problem.place {
                    proptest::prop_assert!(text.get(span.range()).is_some());
                }
            }
            for field in &top.fields.list {
                proptest::prop_assert!(text.get(field.value_span.range()).is_some());
                if let Value::List(list) = &field.value {
                    for (_, span) in list {
                        proptest::prop_assert!(text.get(span.range()).is_some());
                    }
                }
            }
        }
    }
}
