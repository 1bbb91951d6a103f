//! Lines of `Kenmerk: waarde` below a heading, in a goal, under a list item.

use crate::kind::{KEYS, KeyRow, abroad, find_key};
use crate::model::{
    Agreement, Attribute, Block, BlockKind, Inline, InlineKind, Item, Key, Status, plain,
};
use crate::text::Span;

/// Longest name of a key, in bytes.
const LONGEST_KEY: usize = 40;

/// Returns the row of a key that may stand inside a text.
fn part_key(name: &str) -> Option<&'static KeyRow> {
    let name = name.trim().trim_end_matches('?').trim_end();
    if name.is_empty() || name.len() > LONGEST_KEY {
        return None;
    }
    find_key(name).filter(|row| row.part).or_else(|| row_of(abroad::key(name)?))
}

fn row_of(key: Key) -> Option<&'static KeyRow> {
    KEYS.iter().find(|row| row.key == key)
}

/// Returns the field of an agreement that a column is about.
pub(super) fn column(title: &str) -> Option<Key> {
    let title = title.trim().trim_end_matches(['?', '؟', ':', ' ']);
    let key = find_key(title).map(|row| row.key).or_else(|| abroad::key(title))?;
    field(&mut Agreement::default(), key).is_some().then_some(key)
}

/// Tells whether a raw line, trimmed, is a known `Kenmerk: waarde`.
pub(super) fn is_key_line(line: &str) -> bool {
    let line = line.trim_start_matches(['*', '_']);
    let colon = line.bytes().take(LONGEST_KEY + 1).position(|byte| byte == b':');
    colon.is_some_and(|colon| {
        part_key(line[..colon].trim_end_matches(['*', '_'])).is_some()
    })
}

/// Tells whether a raw line, trimmed, gives other words for a term, and ends there:
/// `Ook: a, b`.
pub(super) fn is_also_line(line: &str) -> bool {
    let key = line.split_once(':').and_then(|(name, _)| part_key(name));
    key.is_some_and(|row| row.key == Key::Also) && !line.ends_with([',', ';', ':'])
}

fn is_break(one: &Inline) -> bool {
    matches!(one.kind, InlineKind::SoftBreak | InlineKind::HardBreak)
}

/// Splits inlines into lines.
fn split(items: Vec<Inline>) -> Vec<Vec<Inline>> {
    let mut lines = vec![Vec::new()];
    for item in items {
        if is_break(&item) {
            lines.push(Vec::new());
        } else if let Some(line) = lines.last_mut() {
            line.push(item);
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// Returns the key a line begins with, and where its colon is.
fn key_of(line: &[Inline]) -> Option<(&'static KeyRow, String)> {
    match &line.first()?.kind {
        InlineKind::Text(text) => {
            let colon = text.find(':').filter(|colon| *colon <= LONGEST_KEY)?;
            Some((part_key(&text[..colon])?, text[..colon].trim().to_string()))
        }
        InlineKind::Strong(inner) | InlineKind::Emphasis(inner) => {
            let words = plain(inner);
            let name = match words.trim_end().strip_suffix(':') {
                Some(name) => name,
                None => match &line.get(1)?.kind {
                    InlineKind::Text(next) if next.trim_start().starts_with(':') => {
                        &words
                    }
                    _ => return None,
                },
            };
            Some((part_key(name)?, name.trim().to_string()))
        }
        _ => None,
    }
}

/// Reads a line; gives it back when it has no known key.
fn read(mut line: Vec<Inline>) -> Result<Attribute, Vec<Inline>> {
    let Some((row, name)) = key_of(&line) else { return Err(line) };
    let span = span_of(&line);
    if !matches!(line[0].kind, InlineKind::Text(_)) {
        let words = match &line[0].kind {
            InlineKind::Strong(inner) | InlineKind::Emphasis(inner) => plain(inner),
            _ => String::new(),
        };
        line.remove(0);
        if !words.trim_end().ends_with(':') {
            cut(&mut line, |text| text.find(':').map_or(0, |colon| colon + 1));
        }
    } else {
        cut(&mut line, |text| text.find(':').map_or(0, |colon| colon + 1));
    }
    cut(&mut line, |_| 0);
    Ok(Attribute { span, key: Some(row.key), name, value: line })
}

/// Returns the span of a line.
fn span_of(line: &[Inline]) -> Span {
    match line {
        [first, .., last] => first.span.to(last.span),
        [one] => one.span,
        [] => Span::default(),
    }
}

/// Cuts bytes, and spaces behind them, off the start of a line's first text.
pub(super) fn cut(line: &mut Vec<Inline>, bytes: impl Fn(&str) -> usize) {
    let Some(Inline { span, kind: InlineKind::Text(text) }) = line.first_mut() else {
        return;
    };
    let rest = text.get(bytes(text)..).unwrap_or_default().trim_start();
    let cut = text.len() - rest.len();
    if cut == 0 {
        return;
    }
    if text.len() == (span.end - span.start) as usize {
        span.start += cut as u32;
    }
    if rest.is_empty() {
        line.remove(0);
    } else {
        *text = rest.to_string();
    }
}

/// Reads a paragraph of which every line has a known key; gives it back otherwise.
fn read_all(items: Vec<Inline>) -> Result<Vec<Attribute>, Vec<Inline>> {
    let mut start = true;
    for (at, item) in items.iter().enumerate() {
        if start && !is_break(item) && key_of(&items[at..]).is_none() {
            return Err(items);
        }
        start = is_break(item);
    }
    Ok(split(items).into_iter().filter_map(|line| read(line).ok()).collect())
}

/// Takes the attributes off the start of a part: paragraphs of known keys, and in a plan
/// also a list of them.
pub(super) fn take_attributes(blocks: &mut Vec<Block>, plan: bool) -> Vec<Attribute> {
    let mut taken = Vec::new();
    let mut count = 0;
    for block in blocks.iter_mut() {
        let Some(list) = block_attributes(block, plan) else { break };
        taken.extend(list);
        count += 1;
    }
    blocks.drain(..count);
    taken
}

/// Reads a whole block as attributes; leaves the block alone when it is something else.
pub(super) fn block_attributes(block: &mut Block, lists: bool) -> Option<Vec<Attribute>> {
    match &mut block.kind {
        BlockKind::Paragraph(items) => {
            key_of(items)?;
            match read_all(std::mem::take(items)) {
                Ok(list) => Some(list),
                Err(back) => {
                    *items = back;
                    None
                }
            }
        }
        BlockKind::List { items, .. } if lists => {
            let all = items.iter().all(|item| match item.blocks.as_slice() {
                [Block { kind: BlockKind::Paragraph(line), .. }] => {
                    item.done.is_none()
                        && key_of(line).is_some()
                        && !line.iter().any(is_break)
                }
                _ => false,
            });
            all.then(|| item_attributes(std::mem::take(items)))
        }
        _ => None,
    }
}

/// Reads a block of a goal as attributes: the lines we know, and between them lines of the
/// family's own in the same form (`Eerste stap: telefoon beneden`).
pub(super) fn goal_attributes(block: &mut Block) -> Option<Vec<Attribute>> {
    if let BlockKind::Paragraph(items) = &mut block.kind
        && is_own_list(items)
    {
        let lines = split(std::mem::take(items));
        return Some(
            lines.into_iter().filter_map(|line| read(line).or_else(own).ok()).collect(),
        );
    }
    block_attributes(block, true)
}

/// Tells whether all lines are `Kenmerk: waarde`, and at least one of them is known.
fn is_own_list(items: &[Inline]) -> bool {
    let (mut start, mut known) = (true, false);
    for (at, item) in items.iter().enumerate() {
        if start && !is_break(item) {
            known |= key_of(&items[at..]).is_some();
            if key_of(&items[at..]).is_none() && own_name(&items[at]).is_none() {
                return false;
            }
        }
        start = is_break(item);
    }
    known
}

/// Returns the name before the colon of a line of the family's own: a few words.
fn own_name(first: &Inline) -> Option<&str> {
    let InlineKind::Text(text) = &first.kind else { return None };
    let (name, rest) = text.split_once(':')?;
    let name = name.trim();
    let few = (1..=5).contains(&name.split_whitespace().count());
    let apart = rest.is_empty() || rest.starts_with(' ');
    (few && apart && name.len() <= LONGEST_KEY && !name.contains(['.', '?', '!', ',']))
        .then_some(name)
}

/// Reads a line of the family's own.
fn own(mut line: Vec<Inline>) -> Result<Attribute, Vec<Inline>> {
    let Some(name) = line.first().and_then(own_name).map(str::to_string) else {
        return Err(line);
    };
    let span = span_of(&line);
    cut(&mut line, |text| text.find(':').map_or(0, |colon| colon + 1));
    Ok(Attribute { span, key: None, name, value: line })
}

fn item_attributes(items: Vec<Item>) -> Vec<Attribute> {
    let blocks = items.into_iter().flat_map(|item| item.blocks);
    blocks
        .filter_map(|block| match block.kind {
            BlockKind::Paragraph(line) => read(line).ok(),
            _ => None,
        })
        .collect()
}

/// Makes agreements of a list when an item of it says who, when, how we notice or how it
/// stands; gives the items back otherwise.
pub(super) fn agreements(items: Vec<Item>) -> Result<BlockKind, Vec<Item>> {
    if !items.iter().any(is_agreement) {
        return Err(items);
    }
    let mut columns: Vec<(String, Vec<Inline>)> = Vec::new();
    let mut list = Vec::with_capacity(items.len());
    let mut others = Vec::with_capacity(items.len());
    for item in items {
        let (agreement, other) = read_agreement(item);
        for attribute in &other {
            if columns.iter().all(|(name, _)| *name != attribute.name) {
                let kind = InlineKind::Text(attribute.name.clone());
                let title = vec![Inline { span: attribute.span, kind }];
                columns.push((attribute.name.clone(), title));
            }
        }
        list.push(agreement);
        others.push(other);
    }
    for (agreement, other) in list.iter_mut().zip(others) {
        agreement.other = vec![Vec::new(); columns.len()];
        for attribute in other {
            let column = columns.iter().position(|(name, _)| *name == attribute.name);
            if let Some(cell) = column.and_then(|at| agreement.other.get_mut(at)) {
                add_line(cell, attribute.value);
            }
        }
    }
    let columns = columns.into_iter().map(|(_, title)| title).collect();
    Ok(BlockKind::Agreements { columns, list })
}

fn tells_agreement(row: &KeyRow) -> bool {
    matches!(row.key, Key::Who | Key::When | Key::Notice | Key::Status)
}

/// Tells whether a line behind the first of an item makes it an agreement.
fn is_agreement(item: &Item) -> bool {
    let tells =
        |line: &[Inline]| key_of(line).is_some_and(|(row, _)| tells_agreement(row));
    let mut blocks = item.blocks.iter();
    let first = match blocks.next().map(|block| &block.kind) {
        Some(BlockKind::Paragraph(items)) => items
            .iter()
            .enumerate()
            .any(|(at, one)| is_break(one) && tells(&items[at + 1..])),
        _ => return false,
    };
    first
        || blocks.any(|block| match &block.kind {
            BlockKind::Paragraph(items) => tells(items),
            BlockKind::List { items, .. } => {
                let lines = || {
                    items.iter().map(|item| match item.blocks.as_slice() {
                        [Block { kind: BlockKind::Paragraph(line), .. }] => {
                            line.as_slice()
                        }
                        _ => &[],
                    })
                };
                lines().all(|line| key_of(line).is_some()) && lines().any(tells)
            }
            _ => false,
        })
}

/// Reads one item; what is no field of an agreement comes back beside it.
fn read_agreement(item: Item) -> (Agreement, Vec<Attribute>) {
    let mut made = Agreement { span: item.span, ..Agreement::default() };
    let mut other = Vec::new();
    for (at, mut block) in item.blocks.into_iter().enumerate() {
        match block.kind {
            BlockKind::Paragraph(items) if at == 0 => {
                let mut last: Option<Key> = None;
                for line in split(items) {
                    match read(line) {
                        Ok(attribute) => {
                            last = attribute.key;
                            other.extend(put(&mut made, attribute));
                        }
                        Err(line) => match last.and_then(|key| field(&mut made, key)) {
                            Some(value) => add_line(value, line),
                            None => add_line(&mut made.what, line),
                        },
                    }
                }
            }
            _ => match block_attributes(&mut block, true) {
                Some(list) => {
                    other.extend(list.into_iter().filter_map(|one| put(&mut made, one)));
                }
                None => made.more.push(block),
            },
        }
    }
    if made.status.is_none() && made.status_typed.is_empty() && item.done == Some(true) {
        made.status = Some(Status::Done);
    }
    (made, other)
}

/// Returns the field of an agreement that a key fills.
pub(super) fn field(agreement: &mut Agreement, key: Key) -> Option<&mut Vec<Inline>> {
    Some(match key {
        Key::Who => &mut agreement.who,
        Key::What => &mut agreement.what,
        Key::When => &mut agreement.when,
        Key::Notice => &mut agreement.notice,
        Key::Status => &mut agreement.status_typed,
        Key::Learned => &mut agreement.learned,
        _ => return None,
    })
}

/// Fills a field; gives the attribute back when an agreement has no such field.
fn put(agreement: &mut Agreement, attribute: Attribute) -> Option<Attribute> {
    match attribute.key.and_then(|key| field(agreement, key)) {
        Some(value) => {
            add_line(value, attribute.value);
            if attribute.key == Some(Key::Status) {
                agreement.status = read_status(&agreement.status_typed);
            }
            None
        }
        None => Some(attribute),
    }
}

/// Reads the status that a line says.
pub(super) fn read_status(line: &[Inline]) -> Option<Status> {
    crate::kind::words::read_status(&plain(line))
}

/// Adds a line to a value.
fn add_line(value: &mut Vec<Inline>, line: Vec<Inline>) {
    if let Some(last) = value.last().filter(|_| !line.is_empty()) {
        let span = Span { start: last.span.end, end: last.span.end, ..last.span };
        value.push(Inline { span, kind: InlineKind::SoftBreak });
    }
    value.extend(line);
}

/// Splits a line in two at a byte of its plain words, which must lie in a text that is not
/// inside a mark. `find` sees the words and returns the range that is left out.
pub(super) fn split_at(
    line: Vec<Inline>,
    find: impl Fn(&str) -> Option<std::ops::Range<usize>>,
) -> Result<(String, Vec<Inline>), Vec<Inline>> {
    let words = plain(&line);
    let Some(range) = find(&words) else { return Err(line) };
    let mut at = 0;
    for index in 0..line.len() {
        let length = plain(&line[index..=index]).len();
        let inside = range.start >= at && range.end <= at + length;
        if inside && matches!(line[index].kind, InlineKind::Text(_)) {
            let mut rest = line;
            rest.drain(..index);
            let cut_to = range.end - at;
            cut(&mut rest, |_| cut_to);
            return Ok((words[..range.start].trim().to_string(), rest));
        }
        at += length;
    }
    Err(line)
}
