//! The tree as a whole: one construct at a time, and what must hold for any text.

use super::*;
use crate::model::{
    Block, BlockKind, Inline, InlineKind, Role, Section, Status, Target, inlines, plain,
    walk_blocks, walk_inlines,
};
use crate::problem::{Code, Where};
use crate::text::Source;
use std::fmt::Write;

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
        sources.add(Source { path: TextPath::new(path), text: (*text).into() });
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
            let audience = if source.text.starts_with("@school") {
                Audience::groups(["school"])
            } else {
                Audience::Everyone
            };
            let start = if audience.is_everyone() { 0 } else { "@school\n".len() };
            Some(Fragment { source: id, range: start..source.text.len(), audience })
        };
        let source = SourceId(0);
        read(&Reading {
            sources: &self.sources,
            source,
            range: 0..self.sources.get(source).text.len(),
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

/// Writes a tree in short: one line per block.
fn outline(tree: &Tree) -> String {
    let mut out = String::new();
    for block in &tree.body.lead {
        show(block, 0, &mut out);
    }
    tree.body.sections.iter().for_each(|section| show_section(section, &mut out));
    for note in &tree.notes {
        let _ = writeln!(out, "note {}", note.name);
        note.blocks.iter().flatten().for_each(|block| show(block, 1, &mut out));
    }
    out
}

fn show_section(section: &Section, out: &mut String) {
    let marks = "#".repeat(section.level as usize);
    let _ = write!(out, "{marks} {}", line(&section.title));
    if section.role != Role::Free {
        let _ = write!(out, " ({})", section.role.name());
    }
    if let Audience::Groups(groups) = &section.audience {
        let _ = write!(out, " @{}", groups.iter().cloned().collect::<Vec<_>>().join(","));
    }
    if let Some(lang) = &section.lang {
        let _ = write!(out, " lang={}", lang.tag());
    }
    out.push('\n');
    for one in &section.attributes {
        let _ = writeln!(out, ".{}={}", one.name, line(&one.value));
    }
    section.blocks.iter().for_each(|block| show(block, 0, out));
    section.sections.iter().for_each(|inner| show_section(inner, out));
}

fn show(block: &Block, depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    let inner = |blocks: &[Block], out: &mut String| {
        blocks.iter().for_each(|block| show(block, depth + 1, out));
    };
    let _ = match &block.kind {
        BlockKind::Paragraph(items) => writeln!(out, "{pad}p {}", line(items)),
        BlockKind::Subhead(items) => writeln!(out, "{pad}subhead {}", line(items)),
        BlockKind::Quote { voice, blocks } => {
            let voice = voice.as_ref().map(|v| format!(" {}/{}", v.name, v.role));
            let _ = writeln!(out, "{pad}quote{}", voice.unwrap_or_default());
            inner(blocks, out);
            Ok(())
        }
        BlockKind::Callout { callout, label, blocks } => {
            let _ = writeln!(out, "{pad}callout {callout:?} {label}");
            inner(blocks, out);
            Ok(())
        }
        BlockKind::List { start, items, tight } => {
            let _ = writeln!(
                out,
                "{pad}list {start:?} {}",
                if *tight { "tight" } else { "loose" }
            );
            for item in items {
                if let Some(done) = item.done {
                    let _ = writeln!(out, "{pad} [{done}]");
                }
                inner(&item.blocks, out);
            }
            Ok(())
        }
        BlockKind::Definitions(list) => {
            for one in list {
                let _ = writeln!(out, "{pad}term {}", line(&one.term));
                one.meanings.iter().for_each(|blocks| inner(blocks, out));
            }
            Ok(())
        }
        BlockKind::Code { language, text } => {
            writeln!(out, "{pad}code {language} {text:?}")
        }
        BlockKind::Table(table) => {
            let row = |cells: &[crate::model::Cell]| {
                cells.iter().map(|cell| line(&cell.content)).collect::<Vec<_>>().join("|")
            };
            let _ = writeln!(out, "{pad}table {}", row(&table.head));
            table.rows.iter().for_each(|cells| {
                let _ = writeln!(out, "{pad}  {}", row(cells));
            });
            Ok(())
        }
        BlockKind::Figure { picture, caption } => {
            writeln!(out, "{pad}figure {} {}", picture.0, line(caption))
        }
        BlockKind::Group { audience, blocks, .. } => {
            let _ = writeln!(out, "{pad}group {audience:?}");
            inner(blocks, out);
            Ok(())
        }
        BlockKind::Rule => writeln!(out, "{pad}rule"),
        BlockKind::PageBreak => writeln!(out, "{pad}pagebreak"),
        BlockKind::Attributes(list) => {
            for one in list {
                let _ = writeln!(out, "{pad}.{}={}", one.name, line(&one.value));
            }
            Ok(())
        }
        BlockKind::Agreements { columns, list } => {
            let names: Vec<_> = columns.iter().map(|one| line(one)).collect();
            let _ = writeln!(out, "{pad}agreements {}", names.join("|"));
            for one in list {
                let other: Vec<_> = one.other.iter().map(|cell| line(cell)).collect();
                let _ = writeln!(
                    out,
                    "{pad}  {}|{}|{}|{}|{:?}|{}|{}",
                    line(&one.who),
                    line(&one.what),
                    line(&one.when),
                    line(&one.notice),
                    one.status,
                    line(&one.learned),
                    other.join("|")
                );
                inner(&one.more, out);
            }
            Ok(())
        }
        BlockKind::People(list) => {
            for one in list {
                let _ = writeln!(out, "{pad}person {}/{}", one.name, line(&one.note));
                inner(&one.more, out);
            }
            Ok(())
        }
        BlockKind::Entries(list) => {
            for one in list {
                let date = one.date.map(|date| date.to_string()).unwrap_or_default();
                let _ = writeln!(out, "{pad}entry {date} {}", line(&one.what));
                inner(&one.more, out);
            }
            Ok(())
        }
    };
}

fn line(items: &[Inline]) -> String {
    let mut out = String::new();
    for item in items {
        let _ = match &item.kind {
            InlineKind::Text(text) => write!(out, "{text}"),
            InlineKind::Emphasis(inner) => write!(out, "*{}*", line(inner)),
            InlineKind::Strong(inner) => write!(out, "**{}**", line(inner)),
            InlineKind::Struck(inner) => write!(out, "~~{}~~", line(inner)),
            InlineKind::Code(text) => write!(out, "`{text}`"),
            InlineKind::Link(id, inner) => write!(out, "[{}]({})", line(inner), id.0),
            InlineKind::Picture(id) => write!(out, "!{}", id.0),
            InlineKind::Language(lang, inner) => {
                write!(out, "<{} {}>", lang.tag(), line(inner))
            }
            InlineKind::Note(id) => write!(out, "^{}", id.0),
            InlineKind::SoftBreak => write!(out, "⏎"),
            InlineKind::HardBreak => write!(out, "⏎⏎"),
        };
    }
    out
}

#[test]
fn a_page_in_short() {
    let tree = page("# Titel\n\nHallo *jij*.\n\n## Kop\n\n- [x] a\n- b\n");
    assert_eq!(
        outline(&tree),
        "p Hallo *jij*.\n## Kop\nlist None tight\n [true]\n  p a\n  p b\n"
    );
    assert_eq!(codes(&tree), []);
    assert_eq!(
        planned("## Geld\n\nVor: school\n").body.sections[0].audience,
        Audience::family()
    );
}
