//! What the bar in the browser tells: problems here and everywhere, who may look, and why
//! a text stays inside. In the language of the writer.

use super::eyes::Eyes;
use super::facts::Counts;
use super::stumble;
use crate::compose::readers;
use crate::lang::Lang;
use crate::model::TextId;
use crate::pipeline::{Live, reason};
use crate::problem::{Problem, Said, Severity, Where, told};
use crate::text::Address;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What is asked, and by whom.
#[derive(Debug, Clone)]
pub(super) struct Question {
    /// The number of the site.
    pub(super) v: u64,
    /// The language of the writer.
    pub(super) lang: Lang,
    /// The page.
    pub(super) page: Address,
    /// Who looks.
    pub(super) eyes: Eyes,
    /// What opens a text in the editor; nothing when there is no editor.
    pub(super) key: Option<String>,
}

/// All of it. Names and order are what the script reads.
#[derive(Debug, Serialize)]
pub(super) struct State {
    v: u64,
    lang: String,
    words: BTreeMap<&'static str, &'static str>,
    r#as: As,
    inside: Option<Inside>,
    /// For the writer: the pages of texts that stay inside.
    withheld: Vec<Stays>,
    counts: Counts,
    here: Vec<Row>,
    all: Vec<Row>,
    booklets: Vec<Booklet>,
    /// The pages with a lock.
    locked: Vec<Door>,
    editor: bool,
    key: Option<String>,
}

#[derive(Debug, Serialize)]
struct Booklet {
    name: String,
    edition: &'static str,
    label: String,
    href: String,
}

#[derive(Debug, Serialize)]
struct Door {
    name: String,
    href: String,
}

#[derive(Debug, Serialize)]
struct As {
    now: String,
    choices: Vec<Choice>,
}

#[derive(Debug, Serialize)]
struct Choice {
    id: String,
    name: String,
}

#[derive(Debug, Serialize)]
struct Inside {
    reason: String,
}

#[derive(Debug, Serialize)]
struct Stays {
    href: String,
    reason: String,
}

#[derive(Debug, Clone, Serialize)]
struct Row {
    code: &'static str,
    severity: &'static str,
    file: String,
    line: u32,
    column: u32,
    message: String,
    action: String,
    suggestion: String,
    source: String,
    explain: &'static str,
    /// The page of ours that shows it, when it is about the theme.
    page: Option<&'static str>,
}

/// Most problems that go along in one list: nobody reads more, and each save asks anew.
const MOST: usize = 200;

/// Answers the bar.
pub(super) fn state(live: &Live<'_>, question: Question) -> State {
    let Question { v, lang, page, eyes, key } = question;
    let library = live.library;
    let texts = eyes.texts_on(live, &page);
    let loud = |one: &&(Said, &Problem)| one.0.severity >= Severity::Hint;
    let noticed = live.noticed();
    let all = told(&noticed, &library.sources, &lang);
    let mut all: Vec<_> = all.iter().filter(loud).collect();
    all.sort_by_key(|one| Reverse(one.0.severity));
    let files: BTreeSet<&str> =
        texts.iter().map(|&id| library.text(id).path.as_str()).collect();
    let rows = |some: &dyn Fn(&Said) -> bool| -> Vec<Row> {
        let some = all.iter().filter(|one| some(&one.0)).take(MOST);
        some.map(|(said, problem)| row(said, problem, live, &lang)).collect()
    };
    State {
        v,
        lang: lang.tag().to_string(),
        words: lang.preview().iter().collect(),
        r#as: who(live, &eyes, &lang),
        inside: inside(live, &texts, &lang),
        withheld: if eyes == Eyes::Writer { stays(live, &lang) } else { Vec::new() },
        counts: Counts::of(all.iter().map(|one| one.0.severity)),
        here: rows(&|said| files.contains(said.file.as_str())),
        all: rows(&|_| true),
        booklets: booklets(live, &lang),
        locked: locked(live),
        editor: key.is_some(),
        key,
    }
}

/// Returns who may look, and who does.
fn who(live: &Live<'_>, eyes: &Eyes, lang: &Lang) -> As {
    let words = lang.terminal();
    let own = |eyes: Eyes, key| Choice {
        id: eyes.id().to_string(),
        name: words.get(key).to_string(),
    };
    let mut choices = vec![own(Eyes::Everybody, "serve.everybody")];
    let readers = readers(live.library).into_iter();
    choices.extend(readers.map(|(id, name)| Choice { id, name }));
    choices.push(own(Eyes::Writer, "serve.writer"));
    As { now: eyes.id().to_string(), choices }
}

/// Returns the booklets that can be opened.
fn booklets(live: &Live<'_>, lang: &Lang) -> Vec<Booklet> {
    let label =
        |format: &str| lang.words().get(&format!("download.{format}")).to_string();
    let offers = live.booklets().into_iter();
    offers
        .map(|one| Booklet {
            edition: one.format,
            label: label(one.format),
            href: format!(
                "/{}/booklet/{}",
                super::OWN,
                Address::new(&one.name).escaped()
            ),
            name: one.title,
        })
        .collect()
}

/// Returns the pages with a lock for which there are cards.
fn locked(live: &Live<'_>) -> Vec<Door> {
    let all = live.locked_plans().into_iter();
    all.map(|(name, page)| Door { name, href: format!("/{}", page.escaped()) }).collect()
}

/// Returns why a text on this page is not on the site.
fn inside(live: &Live<'_>, texts: &[TextId], lang: &Lang) -> Option<Inside> {
    let one = live.withheld.iter().find(|one| texts.contains(&one.text))?;
    let reason = reason(live.library, live.problems(), one, lang);
    Some(Inside { reason })
}

/// Returns the pages that only the writer sees, and why.
fn stays(live: &Live<'_>, lang: &Lang) -> Vec<Stays> {
    let texts: Vec<TextId> = live.withheld.iter().map(|one| one.text).collect();
    let pages = Eyes::Writer.pages(live, &texts);
    let all = live.withheld.iter().zip(pages).filter(|(_, href)| !href.is_empty());
    all.map(|(one, href)| Stays {
        href,
        reason: reason(live.library, live.problems(), one, lang),
    })
    .collect()
}

fn row(said: &Said, problem: &Problem, live: &Live<'_>, lang: &Lang) -> Row {
    let why = lang.sentences().get(said.code).map(|one| one.why.as_str());
    Row {
        code: said.code,
        severity: said.severity.name(),
        file: said.file.clone(),
        line: said.start.line,
        column: said.start.column,
        message: said.see.clone(),
        action: said.now.clone(),
        suggestion: said.you.clone(),
        source: stumble::source_line(problem, live),
        page: matches!(problem.place, Where::Theme(..)).then_some(stumble::THEME),
        explain: why.unwrap_or_default(),
    }
}
