//! Tables: every row gets as many cells as the head, and no cell is lost.

use super::prepared::{Edit, Prepared};
use crate::model::{Align, Cell, Inline, InlineKind, Table, plain};
use crate::problem::Code;
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
    /// Whether the line of dashes below the head is ours.
    made: bool,
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
        Building { table, row: Vec::new(), last: 0, head: 0..0, extra: 0, made: false }
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
            let end = line_end(&prepared.text, range.start);
            self.made = prepared.is_inserted(end);
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

    /// Tells what we did to make it a table: S05 or S09. Dashes that somebody typed, or
    /// an editor made longer, were no reason to say anything: their row goes.
    pub(super) fn made(&mut self, prepared: &Prepared<'_>) -> Option<Code> {
        let dashes = |cell: &Cell| {
            let words = plain(&cell.content);
            let words = words.trim();
            !words.is_empty()
                && words.chars().all(|c| matches!(c, '-' | '–' | '—' | '=' | ':' | '_'))
        };
        if !self.made {
            return None;
        }
        if self.table.rows.first().is_some_and(|row| row.iter().all(dashes)) {
            self.table.rows.remove(0);
            return None;
        }
        let bar = prepared.text[self.head.clone()]
            .char_indices()
            .any(|(at, c)| c == '|' && !prepared.is_inserted(self.head.start + at));
        Some(if bar { Code::S05 } else { Code::S09 })
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
pub(super) fn count_cells(rest: &str) -> usize {
    let rest = rest.trim();
    let rest = rest.strip_suffix('|').filter(|r| !r.ends_with('\\')).unwrap_or(rest);
    let bytes = rest.as_bytes();
    let bars = bytes.iter().enumerate();
    1 + bars
        .filter(|&(at, byte)| *byte == b'|' && (at == 0 || bytes[at - 1] != b'\\'))
        .count()
}
