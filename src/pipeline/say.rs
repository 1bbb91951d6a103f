//! Everything a text says, piece by piece: for who looks for it elsewhere.

use crate::compose::Entry;
use crate::model::{
    Block, BlockKind, Body, Field, Fields, Key, Note, Picture, Target, Text, Value,
    for_lines, plain, walk_blocks,
};

/// A piece of a text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Said<'a> {
    /// A line or a word.
    Line(&'a str),
    /// The name of somebody, perhaps with more.
    Name(&'a str),
}

impl<'a> Said<'a> {
    /// Returns what is said.
    pub(super) fn words(&self) -> &'a str {
        match self {
            Said::Line(words) | Said::Name(words) => words,
        }
    }
}

type Hear<'h> = dyn FnMut(Said<'_>) + 'h;

/// Says all of a text as it was read.
pub(super) fn text(text: &Text, hear: &mut Hear<'_>) {
    hear(Said::Line(&text.title));
    fields(&text.fields, hear);
    body(&text.body, hear);
    text.notes.iter().for_each(|note| self::note(note, hear));
    text.pictures.iter().for_each(|picture| self::picture(picture, hear));
    for link in &text.links {
        if let Target::Outside(address) = &link.target {
            hear(Said::Line(address));
        }
    }
}

/// Says all of a text as it goes out.
pub(super) fn entry(entry: &Entry<'_>, hear: &mut Hear<'_>) {
    fields(&entry.fields, hear);
    body(&entry.body, hear);
    entry.notes.values().for_each(|note| self::note(note, hear));
    entry.pictures.values().for_each(|picture| self::picture(picture, hear));
    for link in &entry.links {
        if let crate::compose::Destination::Outside(address) = link {
            hear(Said::Line(address));
        }
    }
}

/// Says the lines at the top of a text.
pub(super) fn fields(fields: &Fields, hear: &mut Hear<'_>) {
    fields.list.iter().for_each(|one| field(one, hear));
    for one in &fields.extra {
        hear(Said::Line(&one.name));
        hear(Said::Line(&one.value));
    }
}

fn field(field: &Field, hear: &mut Hear<'_>) {
    let is_name = matches!(
        field.key,
        Key::Of
            | Key::Teller
            | Key::Coordinator
            | Key::Contact
            | Key::Plan
            | Key::Authors
    );
    let mut said = |words: &str| {
        hear(if is_name { Said::Name(words) } else { Said::Line(words) });
    };
    match &field.value {
        Value::Text(words) | Value::Unread(words) => said(words),
        Value::List(list) => list.iter().for_each(|(words, _)| said(words)),
        Value::Date(day) => said(&day.to_string()),
        Value::Number(_) | Value::Yes(_) | Value::Lang(_) => {}
    }
}

fn note(note: &Note, hear: &mut Hear<'_>) {
    let lead = note.blocks.clone().unwrap_or_default();
    body(&Body { lead, ..Body::default() }, hear);
}

fn picture(picture: &Picture, hear: &mut Hear<'_>) {
    hear(Said::Line(&picture.alt));
    hear(Said::Line(&picture.caption));
}

pub(super) fn body(body: &Body, hear: &mut Hear<'_>) {
    for part in body.all_sections() {
        hear(Said::Line(&plain(&part.title)));
        for one in &part.attributes {
            hear(Said::Line(&one.name));
            hear(Said::Line(&plain(&one.value)));
        }
    }
    walk_blocks(body, &mut |one| block(one, hear));
}

fn block(block: &Block, hear: &mut Hear<'_>) {
    for_lines(block, &mut |line| hear(Said::Line(&plain(line))));
    match &block.kind {
        BlockKind::Code { text, .. } => text.lines().for_each(|it| hear(Said::Line(it))),
        BlockKind::Callout { label, .. } => hear(Said::Line(label)),
        BlockKind::Quote { voice: Some(voice), .. } => {
            hear(Said::Name(&voice.name));
            hear(Said::Line(&voice.role));
        }
        BlockKind::People(list) => {
            list.iter().for_each(|one| hear(Said::Name(&one.name)));
        }
        BlockKind::Entries(list) => {
            list.iter().for_each(|one| hear(Said::Line(&one.date_typed)));
        }
        BlockKind::Attributes(list) => {
            list.iter().for_each(|one| hear(Said::Line(&one.name)));
        }
        _ => {}
    }
}
