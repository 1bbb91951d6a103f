//! The tree as a whole: one construct at a time, and what must hold for any text.

mod any;
mod inlines;
mod outline;
mod plans;
mod traps;

use super::*;
use crate::problem::Code;
use crate::text::Source;
use outline::outline;

/// A folder in memory: the first text is read, the others may be included.
struct Folder {
    sources: Sources,
    kind: Kind,
    title: Option<&'static str>,
    default: Audience,
}

fn folder(kind: Kind, texts: &[(&str, &str)]) -> Folder {
    let mut sources = Sources::default();
    for (path, text) in texts {
        sources.add(Source::new(TextPath::new(path), (*text).into()));
    }
    let default =
        if kind == Kind::Plan { Audience::family() } else { Audience::Everyone };
    Folder { sources, kind, title: Some("Titel"), default }
}

impl Folder {
    fn read(&self) -> Tree {
        let find = |path: &TextPath| {
            let (id, source) = self
                .sources
                .iter()
                .find(|(_, source)| source.path.key() == path.key())?;
            let audience = if source.text().starts_with("@school") {
                Audience::groups(["school"])
            } else {
                Audience::Everyone
            };
            let start = if audience.is_everyone() { 0 } else { "@school\n".len() };
            let range = start..source.text().len();
            let audience = Some(audience);
            Some(Fragment { source: id, range, audience, guarded: false })
        };
        let source = SourceId(0);
        read(&Reading {
            sources: &self.sources,
            source,
            range: 0..self.sources.get(source).text().len(),
            kind: self.kind,
            title: self.title,
            readers: ["gezin", "school", "familie", "wijkteam"].map(String::from).into(),
            default_audience: self.default.clone(),
            fragments: &find,
        })
    }
}

fn page(text: &str) -> Tree {
    folder(Kind::Page, &[("map/a.md", text)]).read()
}

fn planned(text: &str) -> Tree {
    folder(Kind::Plan, &[("a.md", text)]).read()
}

fn codes(tree: &Tree) -> Vec<Code> {
    tree.problems.iter().map(|problem| problem.code).collect()
}
