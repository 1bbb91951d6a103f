//! The edition of one reader of a plan: the same wall, with another question.
//!
//! Only the plan itself comes along, with what everybody may read of the glossary and the
//! voices. It tells nothing of other readers: not their parts, and not their names.

use super::edition::Edition;
use super::public::edition;
use super::reader::Reads;
use super::wall::{self, Channel};
use crate::kind::words::read_yes;
use crate::model::{
    Audience, Block, BlockKind, FAMILY, Key, Kind, Library, Section, Text, TextId,
    for_inner_mut,
};
use crate::problem::Problem;
use crate::text::{TextPath, fold};
use jiff::civil::Date;

/// One reader of one plan. Only this room can make one.
#[derive(Debug, PartialEq, Eq)]
pub struct One {
    group: String,
    plan: TextPath,
}

impl One {
    /// Returns the name of the reader, folded.
    pub fn group(&self) -> &str {
        &self.group
    }

    /// Tells whether this is the family, which reads everything.
    pub fn is_family(&self) -> bool {
        self.group == FAMILY
    }
}

/// Why a reader gets no edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// The plan does not name this reader, or not any more.
    NotNamed,
    /// The plan is a draft, or waits for its day, or had its day, or its people said no.
    Waits,
    /// There is no part for this reader.
    NoPart,
}

impl Reads for One {
    fn lets_in(&self, text: &Text, today: Date) -> Result<(), Vec<Problem>> {
        match text.kind {
            _ if text.path == self.plan => Ok(()),
            Kind::Site | Kind::Words | Kind::Voices => {
                wall::verdict(text, today, Channel::Site)
            }
            _ => Err(Vec::new()),
        }
    }

    fn may_read(&self, audience: &Audience) -> bool {
        audience.allows(&self.group)
    }
}

/// Makes the edition of one reader of a plan, on a day that is handed in.
pub fn one<'a>(
    library: &'a Library,
    plan: TextId,
    reader: &str,
    today: Date,
) -> Result<(Edition<'a, One>, Vec<Problem>), Closed> {
    let text = library.text(plan);
    let reader = One { group: fold(reader), plan: text.path.clone() };
    if !is_named(text, &reader) {
        return Err(Closed::NotNamed);
    }
    if wall::is_held(text, today) || says_no(text) && !reader.is_family() {
        return Err(Closed::Waits);
    }
    let (mut edition, problems, _) = edition(library, reader, today);
    let at = edition.entries.iter_mut().find(|entry| entry.kind == text.kind);
    let entry = at.ok_or(Closed::NoPart)?;
    let body = entry.body.to_mut();
    if body.lead.is_empty() && body.sections.is_empty() {
        return Err(Closed::NoPart);
    }
    if !edition.reader.is_family() {
        let own = Audience::groups([edition.reader.group.as_str()]);
        body.audience = narrowed(&body.audience, &own);
        blocks(&mut body.lead, &own);
        sections(&mut body.sections, &own);
        for note in entry.notes.values_mut() {
            note.audience = narrowed(&note.audience, &own);
            note.blocks.iter_mut().for_each(|list| blocks(list, &own));
        }
    }
    Ok((edition, problems))
}

/// Tells whether a plan names a reader. Its family need not be named.
fn is_named(text: &Text, reader: &One) -> bool {
    let mut named = text.fields.list(Key::Readers).iter();
    reader.is_family() && text.kind == Kind::Plan
        || named.any(|(name, _)| fold(name) == reader.group)
}

/// Tells whether its people took their yes back: then nobody outside the family reads on.
fn says_no(text: &Text) -> bool {
    text.fields.text(Key::Consent).is_some_and(|typed| read_yes(typed) != Some(true))
}

/// Returns the audience as this reader may know it: themselves and the family.
fn narrowed(audience: &Audience, own: &Audience) -> Audience {
    if audience.is_everyone() { Audience::Everyone } else { own.clone() }
}

fn sections(list: &mut [Section], own: &Audience) {
    for section in list {
        section.audience = narrowed(&section.audience, own);
        section.attributes.retain(|one| one.key != Some(Key::For));
        blocks(&mut section.blocks, own);
        sections(&mut section.sections, own);
    }
}

fn blocks(list: &mut Vec<Block>, own: &Audience) {
    for block in list {
        if let BlockKind::Group { audience, .. } = &mut block.kind {
            *audience = narrowed(audience, own);
        }
        for_inner_mut(block, &mut |inner| blocks(inner, own));
    }
}
