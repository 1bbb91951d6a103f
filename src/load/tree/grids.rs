//! Lines that are meant as a table, and that the parser would not take for one.
//!
//! [`scan`] reads the raw lines, a block between empty lines at a time: rows with tabs
//! between the words, rows with `|` but no line of dashes, dashes that do not fit the
//! head. It only puts something in, so code can take it out again.

use super::lines::is_key_line;
use super::prepared::Edit;
use super::tables::count_cells;
use crate::text::lines_of;
use memchr::memchr2;

/// Most columns of a table we make.
const WIDEST: usize = 40;

/// A line of a block.
#[derive(Clone, Copy)]
struct Line<'t> {
    /// Where its words begin in the source.
    at: usize,
    /// Marks of quotes and spaces before them.
    before: &'t str,
    words: &'t str,
}

impl Line<'_> {
    /// Where its words end in the source.
    fn end(&self) -> usize {
        self.at + self.words.len()
    }

    /// Tells whether it holds a mark between cells.
    fn has_mark(&self) -> bool {
        memchr2(b'|', b'\t', self.words.as_bytes()).is_some()
    }

    /// Tells whether it begins with a bar and holds another.
    fn is_row(&self) -> bool {
        self.words.starts_with('|')
            && self.words.len() > 1
            && self.words[1..].contains('|')
    }
}

/// Adds the edits for all blocks of a text that begins at `base` in its source.
pub(super) fn scan(part: &str, base: usize, edits: &mut Vec<Edit>) {
    if memchr2(b'|', b'\t', part.as_bytes()).is_none() {
        return;
    }
    let mut block: Vec<Line<'_>> = Vec::new();
    let mut at = base;
    for line in lines_of(part) {
        let start = at;
        at += line.len();
        if line.trim().is_empty() {
            look(&block, edits);
            block.clear();
            continue;
        }
        let line = line.trim_end_matches('\n');
        let words = line.trim_start_matches(['>', ' ', '\t']);
        let before = &line[..line.len() - words.len()];
        block.push(Line { at: start + before.len(), before, words: words.trim_end() });
    }
    look(&block, edits);
}

fn look(block: &[Line<'_>], edits: &mut Vec<Edit>) {
    if block.len() < 2 || block.iter().all(|line| !line.has_mark()) {
        return;
    }
    if let Some(columns) = tabs(block) {
        return make_of_tabs(block, columns, edits);
    }
    if let Some(columns) = bare(block) {
        return put_dashes(block, columns, edits);
    }
    let mut from = 0;
    while from < block.len() {
        let rows = block[from..].iter().take_while(|line| line.is_row()).count();
        if rows >= 2 {
            run(block, from..from + rows, edits);
        }
        from += rows.max(1);
    }
}

/// Returns the columns of a block with the same number of tabs in each line.
fn tabs(block: &[Line<'_>]) -> Option<usize> {
    let cells = |line: &Line<'_>| {
        let open = line.before.trim_start_matches(' ').len();
        line.words.matches('\t').count() + open
    };
    let count = cells(&block[0]);
    let fits = |line: &Line<'_>| {
        cells(line) == count
            && line.before.trim_start_matches(' ').bytes().all(|byte| byte == b'\t')
            && !line.words.contains(['|', '`'])
            && !line.words.starts_with(['#', '<'])
            && !is_key_line(line.words)
    };
    let opens = |line: &Line<'_>| line.before.contains('\t');
    // `•`, `1.` or `Noor:` in front of every line: a list, or people who speak.
    let marked = |line: &Line<'_>| {
        let first = line.words.split('\t').next().unwrap_or_default().trim_end();
        let mark = |c: char| !c.is_alphanumeric() || c == 'o';
        first.ends_with([':', '.', ')'])
            || (first.chars().count() == 1 && first.chars().all(mark))
    };
    let good = (1..WIDEST).contains(&count)
        && block.iter().all(fits)
        && !block.iter().all(opens)
        && !block.iter().all(marked);
    good.then_some(count + 1)
}

fn make_of_tabs(block: &[Line<'_>], columns: usize, edits: &mut Vec<Edit>) {
    for (index, line) in block.iter().enumerate() {
        let open = line.before.len() - line.before.trim_start_matches(' ').len();
        let start = line.at - line.before.len() + open;
        edits.push(Edit::insert(start, "| "));
        let blank = line.before[open..].len();
        let inner = line.words.match_indices('\t').map(|(at, _)| line.at + at + 1);
        for at in (0..blank).map(|tab| start + tab + 1).chain(inner) {
            edits.push(Edit::insert(at, "| "));
        }
        let dashes = if index == 0 {
            format!("\n|{}", "---|".repeat(columns))
        } else {
            String::new()
        };
        edits.push(Edit {
            at: line.end(),
            delete: 0,
            insert: format!(" |{dashes}").into(),
        });
    }
}

/// Returns the columns of a block whose lines have bars between their words only, when
/// there are no dashes below the first.
fn bare(block: &[Line<'_>]) -> Option<usize> {
    let count = |line: &Line<'_>| line.words.matches(" | ").count();
    let columns = count(&block[0]);
    let fits = |line: &Line<'_>| {
        count(line) == columns
            && line.words.matches('|').count() == columns
            && line.before.len() < 4
            && !line.before.contains(['>', '\t'])
            && !line.words.contains('`')
            && begins_with_words(line.words)
            && !is_key_line(line.words)
    };
    ((1..WIDEST).contains(&columns) && block.iter().all(fits)).then_some(columns + 1)
}

/// Tells whether a line begins with words, and not with the mark of a list or heading.
fn begins_with_words(words: &str) -> bool {
    let number = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let listed = number.len() < words.len() && number.starts_with(['.', ')']);
    let first = |c: char| c.is_alphanumeric() || "*_\"“‘'€".contains(c);
    words.starts_with(first) && !words.starts_with("* ") && !listed
}

/// Puts a line of dashes below the first line.
fn put_dashes(block: &[Line<'_>], columns: usize, edits: &mut Vec<Edit>) {
    // The second line stands as deep as the dashes have to: the first may begin a list.
    if let [head, next, ..] = block {
        let insert = format!("\n{}|{}", next.before, "---|".repeat(columns));
        edits.push(Edit { at: head.end(), delete: 0, insert: insert.into() });
    }
}

/// Makes a table of rows that stand together in a block.
fn run(block: &[Line<'_>], rows: std::ops::Range<usize>, edits: &mut Vec<Edit>) {
    let [head, next, ..] = &block[rows.clone()] else { return };
    let columns = columns(head);
    if !(1..WIDEST).contains(&columns) || is_dashes(head.words) {
        return;
    }
    let made = !is_dashes(next.words);
    if made {
        put_dashes(&block[rows.clone()], columns, edits);
    } else {
        fit(head, next, edits);
    }
    let line_before = |line: &Line<'_>| format!("\n{}", line.before);
    if rows.start > 0 {
        edits.push(Edit { at: head.at, delete: 0, insert: line_before(head).into() });
    }
    if let Some(behind) = block.get(rows.end).filter(|_| made) {
        edits.push(Edit { at: behind.at, delete: 0, insert: line_before(behind).into() });
    }
}

fn columns(row: &Line<'_>) -> usize {
    count_cells(row.words.strip_prefix('|').unwrap_or(row.words))
}

/// Tells whether a row is the line of dashes below a head.
fn is_dashes(words: &str) -> bool {
    words.contains('-')
        && words.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'))
}

/// Gives the head and its dashes as many columns as the longer of both has.
fn fit(head: &Line<'_>, dashes: &Line<'_>, edits: &mut Vec<Edit>) {
    let (wide, narrow) = (columns(head), columns(dashes));
    let (line, cell) = if wide > narrow { (dashes, "---|") } else { (head, " |") };
    let more = wide.abs_diff(narrow);
    if more == 0 || more > WIDEST {
        return;
    }
    let close = if line.words.ends_with('|') { "" } else { "|" };
    let insert = format!("{close}{}", cell.repeat(more));
    edits.push(Edit { at: line.end(), delete: 0, insert: insert.into() });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::tree::prepared::Prepared;
    use crate::text::SourceId;

    fn made(text: &str) -> String {
        let mut edits = Vec::new();
        scan(text, 0, &mut edits);
        Prepared::new(text, SourceId(0), 0..text.len(), &mut edits).text.into_owned()
    }

    #[test]
    fn tabs_between_words() {
        assert_eq!(
            made("dag\teten\nma\tsoep\n"),
            "| dag\t| eten |\n|---|---|\n| ma\t| soep |\n"
        );
        assert_eq!(
            made("\tma\tdi\nNoor\t1\t2"),
            "| \t| ma\t| di |\n|---|---|---|\n| Noor\t| 1\t| 2 |"
        );
    }

    #[test]
    fn bars_without_dashes() {
        assert_eq!(made("| a | b |\n| 1 | 2 |\n"), "| a | b |\n|---|---|\n| 1 | 2 |\n");
        assert_eq!(made("a | b\n1 | 2"), "a | b\n|---|---|\n1 | 2");
        assert_eq!(
            made("x\n| a | b |\n| 1 | 2 |\ny"),
            "x\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\ny"
        );
        assert_eq!(
            made("> | a | b |\n> | 1 | 2 |"),
            "> | a | b |\n> |---|---|\n> | 1 | 2 |"
        );
    }

    #[test]
    fn dashes_that_do_not_fit() {
        assert_eq!(
            made("| a | b |\n|---|\n| 1 | 2 |"),
            "| a | b |\n|---|---|\n| 1 | 2 |"
        );
        assert_eq!(
            made("| a\t|\n|---|---|\n| 1 | 2 |"),
            "| a\t| |\n|---|---|\n| 1 | 2 |"
        );
        assert_eq!(made("| a | b |\n|---|---\n"), "| a | b |\n|---|---\n");
        assert_eq!(made("x\n| a | b |\n|---|---|"), "x\n\n| a | b |\n|---|---|");
    }

    #[test]
    fn other_lines_stay() {
        for text in [
            "een zin | met een streep",
            "a\tb",
            "a\tb\nc",
            "\tEr was eens\n\tEn toen",
            "•\tbrood\n•\tmelk",
            "o\tbrood\no\tmelk",
            "1.\tbrood\n2.\tmelk",
            "Wie:\tNoor\nWanneer:\tmaandag",
            "Noor:\thoi\nOpa:\tdag",
            "`ls | wc`\nof `a | b`",
            "[[a|b]] c\n[[d|e]] f",
            "- a | b\n- c | d",
            "| alleen |",
            "|\n|",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "a | b\n--|--\n1 | 2",
            "```\na\tb\n```",
        ] {
            assert_eq!(made(text), text);
        }
    }

    proptest::proptest! {
        #[test]
        fn only_adds(text in "(\\||\t|a|é| |-|\n|>|:){0,40}") {
            let shown = made(&text);
            let mut rest = shown.chars();
            proptest::prop_assert!(text.chars().all(|c| rest.any(|other| other == c)));
        }
    }
}
