//! A tree in short, for comparing: one line per block.

use crate::load::tree::Tree;
use crate::model::{Audience, Block, BlockKind, Inline, InlineKind, Role, Section};
use std::fmt::Write;

/// Writes a tree in short: one line per block.
pub(super) fn outline(tree: &Tree) -> String {
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

pub(super) fn line(items: &[Inline]) -> String {
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
            InlineKind::Language(passage) => {
                write!(out, "<{} {}>", passage.lang.tag(), line(&passage.words))
            }
            InlineKind::Note(id) => write!(out, "^{}", id.0),
            InlineKind::SoftBreak => write!(out, "⏎"),
            InlineKind::HardBreak => write!(out, "⏎⏎"),
        };
    }
    out
}
