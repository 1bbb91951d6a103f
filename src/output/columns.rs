//! The columns of a table of agreements: those that hold something, in the order people
//! read them. Screen and paper show the same.

use crate::lang::Table;
use crate::model::{Agreement, Inline, plain};

/// One column of a table of agreements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column<'w> {
    /// Who takes it on.
    Who,
    /// What is agreed.
    What,
    /// When.
    When,
    /// How we notice it.
    Notice,
    /// How it stands.
    Status,
    /// What was learned.
    Learned,
    /// A column of the writer's own: its number and title.
    Other(usize, &'w [Inline]),
}

impl Column<'_> {
    /// Returns what stands above it.
    pub(super) fn title(&self, words: &Table) -> String {
        let key = match self {
            Column::Who => "field.who",
            Column::What => "field.what",
            Column::When => "field.when",
            Column::Notice => "field.notice",
            Column::Status => "field.status",
            Column::Learned => "field.learned",
            Column::Other(_, title) => return plain(title).trim().to_string(),
        };
        words.get(key).to_string()
    }
}

/// Returns what an agreement says in a column.
pub(super) fn content<'w>(one: &'w Agreement, column: &Column<'_>) -> &'w [Inline] {
    match column {
        Column::Who => &one.who,
        Column::What => &one.what,
        Column::When => &one.when,
        Column::Notice => &one.notice,
        Column::Status => &one.status_typed,
        Column::Learned => &one.learned,
        Column::Other(at, _) => one.other.get(*at).map_or(&[], Vec::as_slice),
    }
}

/// Returns the columns that hold something, in the order people read them.
pub(super) fn shown<'w>(
    titles: &'w [Vec<Inline>],
    list: &'w [Agreement],
) -> Vec<Column<'w>> {
    use Column::*;
    let mut columns = vec![Who, What, When, Notice, Status];
    // A writer may leave cells of a column without title; nothing of it is lost.
    let others = list.iter().map(|one| one.other.len()).max().unwrap_or(0);
    columns.extend(
        (0..others.max(titles.len()))
            .map(|at| Other(at, titles.get(at).map_or(&[][..], Vec::as_slice))),
    );
    columns.push(Learned);
    columns.retain(|column| {
        list.iter().any(|one| {
            !content(one, column).is_empty()
                || matches!(column, Status) && one.status.is_some()
                || matches!(column, What) && !one.more.is_empty()
        })
    });
    columns
}
