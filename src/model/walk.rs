//! Walking the tree: every block, every inline, in reading order.

use super::{Block, BlockKind, Body, Inline, InlineKind, Section, plain};

/// Calls `visit` for every block of a body in reading order, outer before inner.
/// Headings, attributes and footnotes are not blocks; see [`walk_inlines`].
pub fn walk_blocks<'a>(body: &'a Body, visit: &mut impl FnMut(&'a Block)) {
    fn section<'a>(part: &'a Section, visit: &mut impl FnMut(&'a Block)) {
        blocks(&part.blocks, visit);
        part.sections.iter().for_each(|inner| section(inner, visit));
    }
    blocks(&body.lead, visit);
    body.sections.iter().for_each(|part| section(part, visit));
}

/// Calls `visit` for each of these blocks and all inside them.
fn blocks<'a>(list: &'a [Block], visit: &mut impl FnMut(&'a Block)) {
    for block in list {
        visit(block);
        for_inner(block, &mut |inner| blocks(inner, visit));
    }
}

/// Which kinds of blocks hold blocks: written once, for reading and for changing.
macro_rules! each_inner {
    ($kind:expr, $each:ident, $iter:ident $(, $mutable:tt)?) => {
        match $kind {
            BlockKind::Quote { blocks, .. }
            | BlockKind::Callout { blocks, .. }
            | BlockKind::Group { blocks, .. } => $each(blocks),
            BlockKind::List { items, .. } => {
                items.$iter().for_each(|one| $each(& $($mutable)? one.blocks));
            }
            BlockKind::Definitions(list) => {
                list.$iter().flat_map(|one| one.meanings.$iter()).for_each($each);
            }
            BlockKind::Agreements { list, .. } => {
                list.$iter().for_each(|one| $each(& $($mutable)? one.more));
            }
            BlockKind::People(list) => {
                list.$iter().for_each(|one| $each(& $($mutable)? one.more));
            }
            BlockKind::Entries(list) => {
                list.$iter().for_each(|one| $each(& $($mutable)? one.more));
            }
            BlockKind::Paragraph(_)
            | BlockKind::Subhead(_)
            | BlockKind::Code { .. }
            | BlockKind::Table(_)
            | BlockKind::Figure { .. }
            | BlockKind::Rule
            | BlockKind::PageBreak
            | BlockKind::Attributes(_) => {}
        }
    };
}

/// Calls `each` with every list of blocks directly inside a block.
pub fn for_inner<'a>(block: &'a Block, each: &mut impl FnMut(&'a [Block])) {
    let each = &mut |list: &'a Vec<Block>| each(list);
    each_inner!(&block.kind, each, iter);
}

/// Calls `each` with every list of blocks directly inside a block, to change it.
pub fn for_inner_mut(block: &mut Block, each: &mut impl FnMut(&mut Vec<Block>)) {
    each_inner!(&mut block.kind, each, iter_mut, mut);
}

/// Which kinds of blocks hold lines: written once, for reading and for changing.
macro_rules! each_line {
    ($kind:expr, $each:ident, $iter:ident $(, $mutable:tt)?) => {
        match $kind {
            BlockKind::Paragraph(line) | BlockKind::Subhead(line) => $each(line),
            BlockKind::Definitions(list) => {
                list.$iter().for_each(|one| $each(& $($mutable)? one.term));
            }
            BlockKind::Table(table) => {
                let rows = table.rows.$iter().flat_map(|row| row.$iter());
                let cells = table.head.$iter().chain(rows);
                cells.for_each(|cell| $each(& $($mutable)? cell.content));
            }
            BlockKind::Figure { caption, .. } => $each(caption),
            BlockKind::Attributes(list) => {
                list.$iter().for_each(|one| $each(& $($mutable)? one.value));
            }
            BlockKind::Agreements { columns, list } => {
                columns.$iter().for_each(|title| $each(title));
                for one in list {
                    $each(& $($mutable)? one.who);
                    $each(& $($mutable)? one.what);
                    $each(& $($mutable)? one.when);
                    $each(& $($mutable)? one.notice);
                    $each(& $($mutable)? one.status_typed);
                    $each(& $($mutable)? one.learned);
                    one.other.$iter().for_each(|line| $each(line));
                }
            }
            BlockKind::People(list) => {
                list.$iter().for_each(|one| $each(& $($mutable)? one.note));
            }
            BlockKind::Entries(list) => {
                list.$iter().for_each(|one| $each(& $($mutable)? one.what));
            }
            BlockKind::Quote { .. }
            | BlockKind::Callout { .. }
            | BlockKind::Group { .. }
            | BlockKind::List { .. }
            | BlockKind::Code { .. }
            | BlockKind::Rule
            | BlockKind::PageBreak => {}
        }
    };
}

/// Calls `each` with every line of inlines directly in a block.
pub fn for_lines<'a>(block: &'a Block, each: &mut impl FnMut(&'a [Inline])) {
    let each = &mut |line: &'a Vec<Inline>| each(line);
    each_line!(&block.kind, each, iter);
}

/// Calls `each` with every block of a body, to change it; outer before inner.
pub fn change_blocks(body: &mut Body, each: &mut dyn FnMut(&mut Block)) {
    fn blocks(list: &mut Vec<Block>, each: &mut dyn FnMut(&mut Block)) {
        for block in list {
            each(block);
            for_inner_mut(block, &mut |inner| blocks(inner, each));
        }
    }
    fn sections(list: &mut [Section], each: &mut dyn FnMut(&mut Block)) {
        for part in list {
            blocks(&mut part.blocks, each);
            sections(&mut part.sections, each);
        }
    }
    blocks(&mut body.lead, each);
    sections(&mut body.sections, each);
}

/// Calls `each` with every line of a body, to change it: headings, attributes, the lines
/// of all blocks; and with the lines inside emphasis and links, outer before inner.
pub fn change_lines(body: &mut Body, each: &mut dyn FnMut(&mut Vec<Inline>)) {
    fn line(list: &mut Vec<Inline>, each: &mut dyn FnMut(&mut Vec<Inline>)) {
        each(list);
        for inline in list {
            match &mut inline.kind {
                InlineKind::Emphasis(inner)
                | InlineKind::Strong(inner)
                | InlineKind::Struck(inner)
                | InlineKind::Link(_, inner) => line(inner, each),
                InlineKind::Language(passage) => line(&mut passage.words, each),
                _ => {}
            }
        }
    }
    fn sections(list: &mut [Section], each: &mut dyn FnMut(&mut Vec<Inline>)) {
        for part in list {
            line(&mut part.title, each);
            part.attributes.iter_mut().for_each(|one| line(&mut one.value, each));
            sections(&mut part.sections, each);
        }
    }
    sections(&mut body.sections, each);
    change_blocks(body, &mut |block| {
        let each = &mut |list: &mut Vec<Inline>| line(list, each);
        each_line!(&mut block.kind, each, iter_mut, mut);
    });
}

/// Gives back the room that lists kept while they grew: a tree stands as long as the site
/// is made, and most of its lists hold one thing where four found room.
pub fn fit(body: &mut Body) {
    fn blocks(list: &mut Vec<Block>) {
        list.shrink_to_fit();
        for block in list {
            for_inner_mut(block, &mut |inner| blocks(inner));
            match &mut block.kind {
                BlockKind::List { items, .. } => items.shrink_to_fit(),
                BlockKind::Table(table) => {
                    table.rows.iter_mut().for_each(Vec::shrink_to_fit);
                }
                _ => {}
            }
        }
    }
    fn sections(list: &mut Vec<Section>) {
        list.shrink_to_fit();
        for part in list {
            blocks(&mut part.blocks);
            sections(&mut part.sections);
        }
    }
    blocks(&mut body.lead);
    sections(&mut body.sections);
    change_lines(body, &mut |line| line.shrink_to_fit());
}

/// Returns the words of the first paragraph that has any.
pub fn first_paragraph(blocks: &[Block]) -> Option<String> {
    blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Paragraph(line) => {
            Some(plain(line).trim().to_string()).filter(|text| !text.is_empty())
        }
        BlockKind::Group { blocks, .. } => first_paragraph(blocks),
        _ => None,
    })
}

/// Calls `visit` for every inline of a body in reading order: headings, attributes, and
/// all lines of all blocks; outer before inner. Footnotes are reached by their own blocks.
pub fn walk_inlines<'a>(body: &'a Body, visit: &mut impl FnMut(&'a Inline)) {
    fn block_lines<'a>(list: &'a [Block], visit: &mut impl FnMut(&'a Inline)) {
        blocks(list, &mut |block| for_lines(block, &mut |line| inlines(line, visit)));
    }
    fn section<'a>(part: &'a Section, visit: &mut impl FnMut(&'a Inline)) {
        inlines(&part.title, visit);
        part.attributes.iter().for_each(|one| inlines(&one.value, visit));
        block_lines(&part.blocks, visit);
        part.sections.iter().for_each(|inner| section(inner, visit));
    }
    block_lines(&body.lead, visit);
    body.sections.iter().for_each(|part| section(part, visit));
}

/// Calls `visit` for each of these inlines and all inside them.
pub fn inlines<'a>(list: &'a [Inline], visit: &mut impl FnMut(&'a Inline)) {
    for inline in list {
        visit(inline);
        match &inline.kind {
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Struck(inner)
            | InlineKind::Link(_, inner) => inlines(inner, visit),
            InlineKind::Language(passage) => inlines(&passage.words, visit),
            InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::Picture(_)
            | InlineKind::Note(_)
            | InlineKind::SoftBreak
            | InlineKind::HardBreak => {}
        }
    }
}
