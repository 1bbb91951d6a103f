//! What the parts of a text are about, and what follows from that: people, agreements,
//! goals, the log.

use super::lines::{self, field};
use super::{Reading, Tree};
use crate::kind::headings::{plan_role, tip_role};
use crate::model::{
    Agreement, Attribute, Block, BlockKind, Entry, Inline, InlineKind, Item, Key, Kind,
    Person, Role, Section, Table, plain,
};
use crate::problem::{Code, Problem};
use crate::text::{DateRead, Span, is_comma, read_date};
use std::ops::Range;

/// Gives every part its role, and shapes the blocks of a plan.
pub(super) fn shape(reading: &Reading<'_>, tree: &mut Tree) {
    let mut sections = std::mem::take(&mut tree.body.sections);
    for section in &mut sections {
        shape_section(reading.kind, section, Role::Free, &mut tree.problems);
    }
    tree.body.sections = sections;
    if reading.kind == Kind::Plan {
        let mut lead = std::mem::take(&mut tree.body.lead);
        shape_blocks(&mut lead, Role::Free, &mut tree.problems);
        tree.body.lead = lead;
    }
}

fn shape_section(
    kind: Kind,
    section: &mut Section,
    parent: Role,
    problems: &mut Vec<Problem>,
) {
    section.role = match kind {
        Kind::Plan => plan_role(&plain(&section.title), parent),
        Kind::Tip | Kind::Tips => tip_role(&plain(&section.title)),
        Kind::Words if section.level == 2 => Role::Term,
        _ => Role::Free,
    };
    if kind == Kind::Plan {
        check_status(&section.attributes, problems);
        shape_blocks(&mut section.blocks, section.role, problems);
    }
    for inner in &mut section.sections {
        shape_section(kind, inner, section.role, problems);
    }
    if section.role == Role::Questions {
        ask_three(&mut section.sections);
    }
}

/// Three headings of which we know one in its place are the three questions: a family asks
/// them in its own words, and in a language we know few forms of.
fn ask_three(parts: &mut [Section]) {
    const THREE: [Role; 3] = [Role::Important, Role::Needs, Role::Solution];
    let roles: Vec<Role> = parts.iter().map(|part| part.role).collect();
    let fits = |(role, own): (&Role, &Role)| role == own || *role == Role::Free;
    if roles.len() == 3
        && roles.iter().zip(&THREE).all(fits)
        && roles.iter().any(|role| *role != Role::Free)
    {
        parts.iter_mut().zip(THREE).for_each(|(part, role)| part.role = role);
    }
}

/// Shapes the blocks of one part; groups too, quotes and lists not.
fn shape_blocks(blocks: &mut [Block], role: Role, problems: &mut Vec<Problem>) {
    for block in blocks {
        if role == Role::Goal
            && let Some(list) = lines::goal_attributes(block)
        {
            check_status(&list, problems);
            block.kind = BlockKind::Attributes(list);
        }
        match &mut block.kind {
            BlockKind::Group { blocks, .. } => shape_blocks(blocks, role, problems),
            BlockKind::List { items, .. } => {
                let plain_list = items.iter().all(|item| item.done.is_none());
                match role {
                    Role::People if plain_list => {
                        let items = std::mem::take(items);
                        block.kind =
                            BlockKind::People(items.into_iter().map(person).collect());
                    }
                    Role::Log | Role::Reviews if plain_list => {
                        let items = std::mem::take(items);
                        let list = items.into_iter().map(|item| entry(item, problems));
                        block.kind = BlockKind::Entries(list.collect());
                    }
                    _ => {}
                }
            }
            BlockKind::Table(table) => {
                if let Some(kind) = agreements(table, role) {
                    block.kind = kind;
                }
            }
            _ => {}
        }
        if let BlockKind::Agreements { list, .. } = &block.kind {
            for one in list.iter().filter(|one| one.status.is_none()) {
                report_status(&one.status_typed, problems);
            }
        }
    }
}

fn check_status(attributes: &[Attribute], problems: &mut Vec<Problem>) {
    let statuses = attributes.iter().filter(|one| one.key == Some(Key::Status));
    for one in statuses.filter(|one| lines::read_status(&one.value).is_none()) {
        report_status(&one.value, problems);
    }
}

fn report_status(typed: &[Inline], problems: &mut Vec<Problem>) {
    let words = plain(typed);
    if let (Some(first), Some(last)) = (typed.first(), typed.last())
        && !words.trim().is_empty()
    {
        let problem = Problem::at(Code::A03, first.span.to(last.span));
        problems.push(problem.with("v", words.trim()));
    }
}

/// Takes the first paragraph of an item apart from what stands below it.
fn first_line(item: Item) -> (Span, Vec<Inline>, Vec<Block>) {
    let mut blocks = item.blocks.into_iter();
    match blocks.next() {
        Some(Block { kind: BlockKind::Paragraph(line), .. }) => {
            (item.span, line, blocks.collect())
        }
        Some(other) => {
            (item.span, Vec::new(), std::iter::once(other).chain(blocks).collect())
        }
        None => (item.span, Vec::new(), Vec::new()),
    }
}

fn person(item: Item) -> Person {
    let (span, line, more) = first_line(item);
    let end_of_name = |words: &str| -> Option<Range<usize>> {
        // The last two are the comma and the semicolon of Arabic.
        let marks = [',', ':', '(', ';', '،', '؛'];
        let mark = words
            .char_indices()
            .find(|(_, letter)| marks.contains(letter))
            .map(|(at, letter)| (at, at + letter.len_utf8()));
        let mark = mark
            .map(|(at, end)| (at, if words[at..].starts_with('(') { at } else { end }));
        let dash = [" – ", " — ", " - "]
            .iter()
            .filter_map(|dash| words.find(dash).map(|at| (at, at + dash.len())));
        dash.chain(mark).min().map(|(at, end)| at..end)
    };
    let (name, mut note) = match lines::split_at(line, end_of_name) {
        Ok(split) => split,
        Err(line) => match whole_name(&line) {
            Some(name) => (name, Vec::new()),
            None => (String::new(), line),
        },
    };
    end_without_comma(&mut note);
    Person { span, name, note, more }
}

/// A list that was typed as a sentence, `- Noor (14),`: the comma told that more follows.
fn end_without_comma(line: &mut Vec<Inline>) {
    if let Some(Inline { kind: InlineKind::Text(text), .. }) = line.last_mut() {
        let kept = text.trim_end().trim_end_matches(is_comma).len();
        text.truncate(kept);
        if text.is_empty() {
            line.pop();
        }
    }
}

/// Returns the name when a line is nothing but words.
fn whole_name(line: &[Inline]) -> Option<String> {
    let words = |one: &Inline| {
        !matches!(
            one.kind,
            InlineKind::Link(..) | InlineKind::Picture(_) | InlineKind::Note(_)
        )
    };
    line.iter().all(words).then(|| plain(line).trim().to_string())
}

fn entry(item: Item, problems: &mut Vec<Problem>) -> Entry {
    let (span, line, more) = first_line(item);
    let words = plain(&line);
    let whole = read_date(&words);
    let mut made =
        Entry { span, date: None, date_typed: String::new(), what: Vec::new(), more };
    let place = line.first().map_or(span, |first| first.span);
    let read = if whole != DateRead::NoDate {
        made.date_typed = words.trim().to_string();
        whole
    } else {
        match lines::split_at(line, end_of_date) {
            Ok((typed, what)) => {
                let read = read_date(&typed);
                (made.date_typed, made.what) = (typed, what);
                read
            }
            Err(line) => {
                made.what = line;
                DateRead::NoDate
            }
        }
    };
    made.date = read.date();
    match read {
        DateRead::NotOnCalendar => {
            problems
                .push(Problem::at(Code::K05, place).with("v", made.date_typed.as_str()));
        }
        DateRead::Doubtful(date) => problems.push(
            Problem::at(Code::K06, place)
                .with("v", made.date_typed.as_str())
                .with("d", date.to_string()),
        ),
        DateRead::Sure(_) | DateRead::NoDate => {}
    }
    made
}

/// Finds the mark behind a date at the start of a line: a colon, a dash or a comma.
fn end_of_date(words: &str) -> Option<Range<usize>> {
    let near = &words[..words.floor_char_boundary(60)];
    let ends =
        near.match_indices([':', '–', '—', ',']).map(|(at, mark)| at..at + mark.len());
    let dashes = near.match_indices(" - ").map(|(at, dash)| at..at + dash.len());
    let mut ends: Vec<Range<usize>> = ends.chain(dashes).collect();
    ends.sort_by_key(|end| end.start);
    ends.into_iter().find(|end| read_date(&words[..end.start]) != DateRead::NoDate)
}

/// Makes agreements of a table: by its place, or because it says who does what.
fn agreements(table: &mut Table, role: Role) -> Option<BlockKind> {
    let keys: Vec<Option<Key>> =
        table.head.iter().map(|cell| lines::column(&plain(&cell.content))).collect();
    let has = |key| keys.contains(&Some(key));
    let fits = match role {
        Role::Agreements => has(Key::Who) || has(Key::What),
        _ => has(Key::Who) && has(Key::What),
    };
    if !fits {
        return None;
    }
    let mut columns = Vec::new();
    for (cell, key) in table.head.iter_mut().zip(&keys) {
        if key.is_none() {
            columns.push(std::mem::take(&mut cell.content));
        }
    }
    let list = std::mem::take(&mut table.rows).into_iter().map(|row| {
        let span = match (row.first(), row.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => Span::default(),
        };
        let mut made = Agreement { span, ..Agreement::default() };
        for (cell, key) in row.into_iter().zip(&keys) {
            let filled =
                key.and_then(|key| field(&mut made, key)).filter(|f| f.is_empty());
            match filled {
                Some(value) => *value = cell.content,
                None if key.is_none() => made.other.push(cell.content),
                // Two columns with one name: both stay.
                None => made.more.push(Block {
                    span: cell.span,
                    kind: BlockKind::Paragraph(cell.content),
                }),
            }
        }
        made.status = lines::read_status(&made.status_typed);
        made
    });
    Some(BlockKind::Agreements { list: list.collect(), columns })
}
