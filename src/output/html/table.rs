//! Tables: a real table in a region that scrolls when it is wide.
//!
//! No explicit ARIA roles: the W3C checker refuses them on a real table. Agreements carry
//! `data-label` on each cell, for styles that put them below each other.

use super::writer::Writer;
use crate::model::{Agreement, Align, Cell, Inline, Table, plain};
use crate::output::columns::{Column, content, shown};

impl<'w> Writer<'w> {
    pub(super) fn table(&mut self, table: &'w Table) {
        if table.head.is_empty() && table.rows.is_empty() {
            return;
        }
        let titles: Vec<String> = table
            .head
            .iter()
            .map(|cell| plain(&cell.content).trim().to_string())
            .filter(|title| !title.is_empty())
            .collect();
        let word = self.words.get("part.table");
        self.open_table("table", word, &titles.join(", "), true);
        if !table.head.is_empty() {
            self.raw("<thead>\n<tr>");
            self.quietly(|w| {
                for (at, cell) in table.head.iter().enumerate() {
                    if !cell.content.is_empty() {
                        w.cell("<th scope=\"col\"", cell, table.align.get(at));
                        w.raw("</th>");
                    } else if table.rows.iter().any(|row| is_filled(row, at)) {
                        // Who hears the table is told in which column they are.
                        w.raw("<th scope=\"col\"><span class=\"sr-only\">");
                        let number = (at + 1).to_string();
                        w.plain(&w.words.say("part.column", &[("n", &number)]));
                        w.raw("</span></th>");
                    } else {
                        w.raw("<td></td>");
                    }
                }
            });
            self.raw("</tr>\n</thead>\n");
        }
        self.raw("<tbody>\n");
        for row in &table.rows {
            self.raw("<tr>");
            for (at, cell) in row.iter().enumerate() {
                self.cell("<td", cell, table.align.get(at));
                self.raw("</td>");
            }
            self.raw("</tr>\n");
        }
        self.close_table();
    }

    fn cell(&mut self, open: &str, cell: &'w Cell, align: Option<&Align>) {
        self.raw(open);
        let align = match align {
            Some(Align::Center) => "align-center",
            Some(Align::End) => "align-end",
            _ => "",
        };
        self.raw(&match (align, self.only_links(&cell.content)) {
            ("", false) => ">".to_string(),
            ("", true) => " class=\"only-link\">".to_string(),
            (align, false) => format!(" class=\"{align}\">"),
            (align, true) => format!(" class=\"{align} only-link\">"),
        });
        self.line(&cell.content);
    }

    /// Opens a table in a region of its own; every region has a name no other has.
    fn open_table(&mut self, class: &str, word: &str, titles: &str, numbered: bool) {
        self.tables += 1;
        self.raw("<section class=\"table-scroll\" tabindex=\"0\" aria-label=\"");
        self.plain(word);
        if numbered || self.tables > 1 {
            self.raw(&format!(" {}", self.tables));
        }
        if !titles.is_empty() {
            self.raw(": ");
            self.plain(titles);
        }
        self.raw("\">\n<table class=\"");
        self.raw(class);
        self.raw("\">\n");
    }

    fn close_table(&mut self) {
        self.raw("</tbody>\n</table>\n</section>\n");
    }

    /// Agreements as one table; columns that are empty everywhere are left out.
    pub(super) fn agreements(
        &mut self,
        columns: &'w [Vec<Inline>],
        list: &'w [Agreement],
    ) {
        if list.is_empty() {
            return;
        }
        let columns = shown(columns, list);
        if columns.is_empty() {
            // A form that nobody filled in yet.
            return;
        }
        let titles: Vec<String> =
            columns.iter().map(|one| one.title(self.words)).collect();
        let word = self.words.get("part.agreements");
        self.open_table("agreements", word, "", false);
        self.raw("<thead>\n<tr>");
        for title in &titles {
            self.raw(if title.is_empty() { "<td>" } else { "<th scope=\"col\">" });
            self.plain(title);
            self.raw(if title.is_empty() { "</td>" } else { "</th>" });
        }
        self.raw("</tr>\n</thead>\n<tbody>\n");
        for one in list {
            self.raw("<tr");
            if let Some(status) = one.status {
                self.raw(&format!(" class=\"is-{}\"", status.name()));
            }
            self.raw(">");
            for (at, (column, title)) in columns.iter().zip(&titles).enumerate() {
                self.agreed(one, column, title, at == 0);
            }
            self.raw("</tr>\n");
        }
        self.close_table();
    }

    fn agreed(
        &mut self,
        one: &'w Agreement,
        column: &Column<'w>,
        title: &str,
        first: bool,
    ) {
        let line = content(one, column);
        let more = matches!(column, Column::What) && !one.more.is_empty();
        // An empty heading of a row would say nothing: an ordinary cell then.
        let head = first && (more || !line.is_empty());
        self.raw(if head { "<th scope=\"row\"" } else { "<td" });
        self.raw(" data-label=\"");
        self.plain(title);
        let ends = title.is_empty() || title.ends_with([':', '?', '!', '.', '؟']);
        if !ends {
            self.plain(self.words.get("download.colon").trim_end());
        }
        self.raw("\">");
        match column {
            Column::Status if one.status.is_some() || !line.is_empty() => {
                self.status(one.status, line);
            }
            _ => self.line(line),
        }
        if more {
            self.more(&one.more);
        }
        self.raw(if head { "</th>" } else { "</td>" });
    }
}

fn is_filled(row: &[Cell], at: usize) -> bool {
    row.get(at).is_some_and(|cell| !cell.content.is_empty())
}
