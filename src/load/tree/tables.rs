//! Tables: every row gets as many cells as the head, and no cell is lost.

use super::prepared::{Edit, Prepared};
use crate::model::{Align, Cell, Inline, InlineKind, Table};
use crate::text::Span;
use pulldown_cmark::Alignment;
use std::ops::Range;

/// Columns that fit on a page of a booklet; more are told (S06).
pub(super) const FIT_ON_PAPER: usize = 5;

/// Most columns a head grows by when a row has more cells than it.
const MOST_EXTRA: usize = 64;

/// A table that is being read.
pub(super) struct Building {
    table: Table,
    row: Vec<Cell>,
    /// Where the last cell with something in it ends.
    last: usize,
    head: Range<usize>,
    /// How many cells the longest row has beyond the head.
    extra: usize,
}

impl Building {
    pub(super) fn new(align: &[Alignment]) -> Self {
        let align = align.iter().map(|align| match align {
            Alignment::None => Align::None,
            Alignment::Left => Align::Start,
            Alignment::Center => Align::Center,
            Alignment::Right => Align::End,
        });
        let table = Table { head: Vec::new(), rows: Vec::new(), align: align.collect() };
        Building { table, row: Vec::new(), last: 0, head: 0..0, extra: 0 }
    }

    pub(super) fn start_row(&mut self) {
        self.row = Vec::with_capacity(self.table.align.len());
        self.last = 0;
    }

    pub(super) fn cell(&mut self, content: Vec<Inline>, span: Span, range: Range<usize>) {
        self.last = self.last.max(range.end);
        self.row.push(Cell { span, content });
    }

    /// Ends a row. The parser leaves out cells beyond the head: they are found here.
    pub(super) fn end_row(
        &mut self,
        prepared: &Prepared<'_>,
        range: Range<usize>,
        head: bool,
    ) {
        let mut row = std::mem::take(&mut self.row);
        if head {
            self.head = range;
            self.table.head = row;
            return;
        }
        let from = self.last.clamp(range.start, range.end);
        let rest = prepared.text.get(from..range.end).unwrap_or_default().trim();
        let rest = rest.strip_prefix('|').unwrap_or(rest);
        if row.len() >= self.table.align.len() && !rest.is_empty() {
            let extra = count_cells(rest);
            if extra <= MOST_EXTRA {
                self.extra = self.extra.max(extra);
            }
            // Kept as text, in case another reading does not make columns of them.
            if let Some(last) = row.last_mut() {
                let span = prepared.span(from..range.end);
                let text = rest.trim_matches(['|', ' ']);
                if !text.is_empty() {
                    let kind = InlineKind::Text(format!(" {text}"));
                    last.content.push(Inline { span, kind });
                }
            }
        }
        self.table.rows.push(row);
    }

    /// Returns the edits that give the head a column for every cell.
    pub(super) fn repairs(&self, prepared: &Prepared<'_>) -> Vec<Edit> {
        if self.extra == 0 {
            return Vec::new();
        }
        let text = &prepared.text;
        let head_end = line_end(text, self.head.start);
        let dashes_end = line_end(text, (head_end + 1).min(text.len()));
        let mut edits = Vec::new();
        for (end, cell) in [(head_end, " |"), (dashes_end, "---|")] {
            let line = text[..end].trim_end();
            let close = if line.ends_with('|') { "" } else { " |" };
            let insert = format!("{close}{}", cell.repeat(self.extra));
            let at = prepared.source_range(0..line.len()).end;
            edits.push(Edit { at, delete: 0, insert: insert.into() });
        }
        edits
    }

    pub(super) fn finish(mut self) -> Table {
        let columns = self.table.head.len();
        for row in &mut self.table.rows {
            while row.len() < columns {
                let span = row.last().map_or(Span::default(), |cell| cell.span);
                let span = Span { start: span.end, ..span };
                row.push(Cell { span, content: Vec::new() });
            }
        }
        self.table
    }
}

/// Returns where the line around an offset ends.
fn line_end(text: &str, from: usize) -> usize {
    text.get(from..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| from + end)
}

/// Counts cells in what stands behind the last cell.
fn count_cells(rest: &str) -> usize {
    let rest = rest.trim();
    let rest = rest.strip_suffix('|').filter(|r| !r.ends_with('\\')).unwrap_or(rest);
    let bytes = rest.as_bytes();
    let bars = bytes.iter().enumerate();
    1 + bars
        .filter(|&(at, byte)| *byte == b'|' && (at == 0 || bytes[at - 1] != b'\\'))
        .count()
}

/// Tells whether a paragraph looks like a table without its line of dashes.
pub(super) fn lacks_dashes(prepared: &Prepared<'_>, range: Range<usize>) -> bool {
    let text = prepared.text.get(range).unwrap_or_default();
    if !text.contains('|') {
        return false;
    }
    let mut lines = text.lines().map(|line| line.trim_start_matches(['>', ' ', '\t']));
    let bar = |line: &str| line.starts_with('|') && line.matches('|').count() > 1;
    text.trim_end().contains('\n') && lines.all(bar)
}
