//! Tables: side by side where they fit on the paper, else a card for every row.

use super::writer::Writer;
use crate::model::{Agreement, Align, Inline, Status, Table, plain};
use crate::output::columns::{Column, content, shown};

/// Room between two columns, in letters.
const GAP: usize = 3;

/// A cell longer than this asks for a card when it stands beside three others.
const WORDY: usize = 130;

impl<'w> Writer<'w> {
    pub(super) fn table(&mut self, table: &'w Table) {
        if table.head.is_empty() && table.rows.is_empty() {
            return;
        }
        let head: Vec<&'w [Inline]> =
            table.head.iter().map(|cell| cell.content.as_slice()).collect();
        let rows: Vec<Vec<&'w [Inline]>> = table
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.content.as_slice()).collect())
            .collect();
        match widths(&head, &rows, self.book.paper.line) {
            Some(widths) => self.side_by_side(&widths, &table.align, &head, &rows),
            None => self.stacked(&head, &rows),
        }
    }

    fn side_by_side(
        &mut self,
        widths: &[usize],
        align: &[Align],
        head: &[&'w [Inline]],
        rows: &[Vec<&'w [Inline]>],
    ) {
        self.code("t.grid-table((");
        for width in widths {
            self.code(&format!("{width}fr,"));
        }
        self.code("), (");
        for at in 0..widths.len() {
            self.code(match align.get(at) {
                Some(Align::Center) => "\"center\",",
                Some(Align::End) => "\"end\",",
                _ => "\"start\",",
            });
        }
        self.code("), (");
        if head.iter().any(|cell| !cell.is_empty()) {
            for at in 0..widths.len() {
                let cell = head.get(at).copied().unwrap_or_default();
                self.block_of(|w| w.quietly(|w| w.line(cell)));
                self.code(",");
            }
        }
        self.code("), (");
        for row in rows {
            self.code("(");
            for at in 0..widths.len() {
                let cell = row.get(at).copied().unwrap_or_default();
                self.block_of(|w| w.line(cell));
                self.code(",");
            }
            self.code("),");
        }
        let first = rows.iter().all(|row| row.first().is_some_and(|one| !one.is_empty()))
            && widths.len() > 1;
        self.code(&format!("), first: {first});\n"));
    }

    fn stacked(&mut self, head: &[&'w [Inline]], rows: &[Vec<&'w [Inline]>]) {
        self.code("t.stacked((");
        for row in rows {
            self.code("(");
            for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty())
            {
                self.code("(");
                self.maybe(head.get(at).copied().unwrap_or_default());
                self.code(", ");
                self.block_of(|w| w.line(cell));
                self.code("),");
            }
            self.code("),");
        }
        self.code("));\n");
    }

    /// Agreements: who and what first, then the rest by name.
    pub(super) fn agreements(
        &mut self,
        titles: &'w [Vec<Inline>],
        list: &'w [Agreement],
    ) {
        let columns = shown(titles, list);
        for one in list {
            self.span = one.span;
            self.code("t.agreement(");
            self.maybe(&one.who);
            self.code(", ");
            self.block_of(|w| {
                w.paragraph(&one.what);
                w.blocks(&one.more);
            });
            self.code(", (");
            for column in &columns {
                let line = content(one, column);
                if matches!(column, Column::Who | Column::What | Column::Status)
                    || line.is_empty()
                {
                    continue;
                }
                self.code("(");
                let title = column.title(self.words);
                self.literal(&title);
                self.code(", ");
                self.block_of(|w| w.line(line));
                self.code("),");
            }
            self.code("), ");
            match (one.status, one.status_typed.is_empty()) {
                (None, true) => self.code("none"),
                (status, _) => self.status(status, &one.status_typed),
            }
            self.code(&format!(", short: {});\n", self.is_short(&one.more)));
        }
    }

    /// A status: its shape and its word.
    pub(super) fn status(&mut self, status: Option<Status>, typed: &'w [Inline]) {
        let name = status.map_or("other", Status::name);
        self.code(&format!("t.status(\"{name}\", "));
        match status {
            Some(status) => {
                let key = format!("status.{}", status.name());
                self.literal(self.words.get(&key));
            }
            None => self.block_of(|w| w.line(typed)),
        }
        self.code(")");
    }
}

/// Returns how wide each column wants to be, in letters; `None` when they do not fit.
fn widths(
    head: &[&[Inline]],
    rows: &[Vec<&[Inline]>],
    line: usize,
) -> Option<Vec<usize>> {
    let columns = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0);
    let mut widths = Vec::with_capacity(columns);
    let mut least = 0;
    let mut longest = 0;
    for at in 0..columns {
        let title = head.get(at).into_iter();
        let cells = rows.iter().filter_map(|row| row.get(at));
        let mut word = 2;
        let mut long = 2;
        let titles = title.clone().count();
        for (row, cell) in title.chain(cells).enumerate() {
            let words = plain(cell);
            // Titles are bold, above their column and before their row.
            let bold = row < titles || at == 0;
            let room =
                |letters: usize| letters + if bold { letters.div_ceil(9) } else { 0 };
            long = long.max(room(words.chars().count()));
            let widest = words.split_whitespace().map(|word| word.chars().count()).max();
            word = word.max(room(widest.unwrap_or(0)));
        }
        longest = longest.max(long);
        least += word + GAP;
        widths.push((word + GAP, word.max(long.min(word + 12)) + GAP));
    }
    let wordy = columns > 3 && longest > WORDY;
    (least <= line && !wordy && columns <= 12).then(|| shared_out(&widths, line))
}

/// Shares the line out: every column gets the least it needs, and what is left goes to
/// those that ask for more. A word that does not fit would stand over its neighbour.
fn shared_out(columns: &[(usize, usize)], line: usize) -> Vec<usize> {
    let least: usize = columns.iter().map(|(least, _)| least).sum();
    let asked: usize = columns.iter().map(|(least, asked)| asked - least).sum();
    let left = line.saturating_sub(least).min(asked);
    columns
        .iter()
        .map(|(least, wish)| least + (wish - least) * left / asked.max(1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::InlineKind;
    use crate::text::Span;

    fn cell(words: &str) -> Vec<Inline> {
        vec![Inline { span: Span::default(), kind: InlineKind::Text(words.to_string()) }]
    }

    #[test]
    fn a_wide_table_does_not_fit() {
        let cells: Vec<Vec<Inline>> =
            (0..9).map(|_| cell("verantwoordelijkheid")).collect();
        let head: Vec<&[Inline]> = cells.iter().map(Vec::as_slice).collect();
        assert_eq!(widths(&head, &[], 66), None);
        let head = &head[..2];
        assert!(widths(head, &[], 66).is_some());
        assert!(widths(head, &[], 40).is_none());
    }

    #[test]
    fn no_column_is_narrower_than_its_longest_word() {
        let row = |words: [&str; 4]| words.map(cell);
        let head =
            row(["Leefgebied", "Hoe gaat het nu?", "Wat willen we?", "Wie helpt?"]);
        let rows = [
            row([
                "Gezondheid",
                "schulden bij vier bedrijven",
                "een kamer met deur",
                "Ine",
            ]),
            row(["Geld", "slaapt zes uur", "rust aan de brievenbus", "Dr. Özdemir"]),
        ];
        let head: Vec<&[Inline]> = head.iter().map(Vec::as_slice).collect();
        let rows: Vec<Vec<&[Inline]>> =
            rows.iter().map(|row| row.iter().map(Vec::as_slice).collect()).collect();
        let made = widths(&head, &rows, 54).expect("it fits");
        // The sum is what the paper has; so every part of it is at least its words.
        assert!(made.iter().sum::<usize>() <= 54, "{made:?}");
        for (width, longest) in made.iter().zip([10, 9, 10, 7]) {
            assert!(*width >= longest + GAP, "{made:?}");
        }
    }
}
