//! The wall inside a text: takes out the parts that are not for this reader.

use super::reader::Reads;
use crate::model::{
    Audience, Block, BlockKind, Body, Key, Section, Text, Tree, for_inner, for_inner_mut,
    plain,
};
use crate::problem::{Code, Problem};
use std::borrow::Cow;

/// Returns the parts of a body that a reader may read, and a problem for each part that
/// stays inside although the text goes out.
pub(super) fn open_parts<'a>(
    text: &'a Text,
    reader: &impl Reads,
) -> (Cow<'a, Tree>, Vec<Problem>) {
    let body = &text.body;
    if body.glance().open || is_open(body, reader) {
        return (Cow::Borrowed(body), Vec::new());
    }
    let mut problems = Vec::new();
    let mut open = Body { audience: body.audience.clone(), ..Body::default() };
    if reader.may_read(&body.audience) {
        open.lead = keep(&body.lead, reader);
    }
    open.sections = keep_sections(&body.sections, reader, &mut problems);
    open.name_sections();
    (Cow::Owned(open.into()), problems)
}

/// Tells whether all of a body is for this reader.
fn is_open(body: &Body, reader: &impl Reads) -> bool {
    fn sections(list: &[Section], reader: &impl Reads) -> bool {
        list.iter().all(|part| {
            reader.may_read(&part.audience)
                && blocks_open(&part.blocks, reader)
                && sections(&part.sections, reader)
        })
    }
    reader.may_read(&body.audience)
        && blocks_open(&body.lead, reader)
        && sections(&body.sections, reader)
}

fn blocks_open(list: &[Block], reader: &impl Reads) -> bool {
    list.iter().all(|block| {
        let mut open = match &block.kind {
            BlockKind::Group { audience, .. } => reader.may_read(audience),
            _ => true,
        };
        for_inner(block, &mut |inner| open = open && blocks_open(inner, reader));
        open
    })
}

fn keep_sections(
    list: &[Section],
    reader: &impl Reads,
    problems: &mut Vec<Problem>,
) -> Vec<Section> {
    let mut kept = Vec::new();
    for part in list {
        if !reader.may_read(&part.audience) {
            problems.extend(stayed(part));
            continue;
        }
        kept.push(Section {
            blocks: keep(&part.blocks, reader),
            sections: keep_sections(&part.sections, reader, problems),
            ..part.clone()
        });
    }
    kept
}

/// Says that a part stayed inside. Where the wish was not clear, or nothing was said,
/// another problem tells; a part for the family alone is as its writer wants it.
fn stayed(part: &Section) -> Option<Problem> {
    let Audience::Groups(groups) = &part.audience else { return None };
    let said = part.attributes.iter().any(|one| one.key == Some(Key::For));
    let names: Vec<&str> = groups.iter().map(String::as_str).collect();
    (groups.len() > 1 && said).then(|| {
        Problem::at(Code::P09, part.span)
            .with("g", names.join(", "))
            .with("h", plain(&part.title))
    })
}

/// Returns blocks without the groups that are not for this reader, at any depth.
pub(super) fn keep(list: &[Block], reader: &impl Reads) -> Vec<Block> {
    let mut kept = list.to_vec();
    prune(&mut kept, reader);
    kept
}

fn prune(list: &mut Vec<Block>, reader: &impl Reads) {
    list.retain_mut(|block| {
        if let BlockKind::Group { audience, .. } = &block.kind
            && !reader.may_read(audience)
        {
            return false;
        }
        for_inner_mut(block, &mut |inner| prune(inner, reader));
        true
    });
}
