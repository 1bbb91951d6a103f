//! Empty forms to fill in by pen: a plan, a tip, a story. The questions stand in
//! `nl/plan.txt` and its neighbours, one a line; [`Form::sheet`] makes a sheet of them.
//!
//! | a line begins with | it is |
//! |---|---|
//! | `#` `>` | the title, what stands below it |
//! | `##` | a heading |
//! | `?` `!` | a question with lines to write on (`Who helps? \| 2`), `*` to the foot of the page; `!` in a card |
//! | `[` | a question with boxes to tick (`For whom? \| parents ; school`) |
//! | `_` | short things to fill in beside each other |
//! | `\|` | a table: titles, and how many empty rows |
//! | `-` | a help below what stands before it |
//! | `---` | a new page |

use super::book::Book;
use crate::lang::Lang;
use std::fmt::Write;

/// An empty form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A plan.
    Plan,
    /// A tip.
    Tip,
    /// A story, with the yes or no of its teller.
    Story,
}

/// A form, its names as typed, its questions in Dutch and English.
const ROWS: [(Form, [&str; 2], [&str; 2]); 3] = [
    (
        Form::Plan,
        ["plan", "plan"],
        [include_str!("nl/plan.txt"), include_str!("en/plan.txt")],
    ),
    (Form::Tip, ["tip", "tip"], [include_str!("nl/tip.txt"), include_str!("en/tip.txt")]),
    (
        Form::Story,
        ["story", "verhaal"],
        [include_str!("nl/story.txt"), include_str!("en/story.txt")],
    ),
];

impl Form {
    /// Returns the names of all, in English.
    pub fn names() -> impl Iterator<Item = &'static str> {
        ROWS.iter().map(|row| row.1[0])
    }

    /// Reads a name as typed, English or Dutch.
    pub fn read(typed: &str) -> Option<Form> {
        let typed = crate::text::fold(typed.trim());
        ROWS.iter().find(|row| row.1.contains(&typed.as_str())).map(|row| row.0)
    }

    /// Returns the language it comes in for a reader of `lang`: Dutch or English.
    pub fn lang(lang: &Lang) -> Lang {
        if lang.primary() == "nl" { Lang::dutch() } else { Lang::english() }
    }

    /// Returns the name of its file: `verhaal-leeg`.
    pub(super) fn slug(self, lang: &Lang) -> String {
        match (lang.primary(), &self.row().1) {
            ("nl", [_, name]) => format!("{name}-leeg"),
            (_, [name, _]) => format!("{name}-empty"),
        }
    }

    /// Returns its title.
    pub(super) fn title(self, lang: &Lang) -> &'static str {
        let title = self.questions(lang).lines().find_map(|line| line.strip_prefix("# "));
        title.unwrap_or_default()
    }

    /// Writes `/main.typ`.
    pub(super) fn sheet(self, book: &Book<'_>) -> String {
        let mut out =
            String::from("#import \"/theme.typ\" as t\n#show: t.booklet\n#t.form({\n");
        let mut lines = self.questions(book.booklet.lang).lines().peekable();
        while let Some(line) = lines.next() {
            let help = lines.next_if(|next| next.starts_with("- "));
            let help = help.and_then(|help| help.strip_prefix("- "));
            out.push_str(&item(book, line, help));
        }
        out.push_str("})\n");
        out
    }

    fn questions(self, lang: &Lang) -> &'static str {
        self.row().2[usize::from(lang.primary() != "nl")]
    }

    fn row(self) -> &'static (Form, [&'static str; 2], [&'static str; 2]) {
        // Rows stand in the order of the forms; a test holds that.
        &ROWS[self as usize]
    }
}

/// Writes what one line asks for.
fn item(book: &Book<'_>, line: &str, help: Option<&str>) -> String {
    let (sign, rest) = line.split_once(' ').unwrap_or((line, ""));
    let (first, second) = match rest.rsplit_once(" | ") {
        Some((first, second)) => (first.trim(), second.trim()),
        None => (rest.trim(), ""),
    };
    let list = |typed: &str| {
        let mut list = String::from("(");
        for one in typed.split(';') {
            let _ = write!(list, "{},", book.literal(one.trim()));
        }
        list + ")"
    };
    let help = help.map_or("none".to_string(), |help| book.literal(help));
    let words = book.literal(first);
    let lines = if second == "*" { "auto" } else { second };
    match sign {
        "#" => format!("t.form-title({words})\n"),
        ">" => format!("t.form-lead({words})\n"),
        "##" => format!("t.form-head({words}, help: {help})\n"),
        "?" => format!("t.form-question({words}, {lines}, help: {help})\n"),
        "!" => format!("t.form-question({words}, {lines}, help: {help}, large: true)\n"),
        "[" => format!("t.form-boxes({words}, {}, help: {help})\n", list(second)),
        "_" => format!("t.form-fields({}, help: {help})\n", list(first)),
        "|" => format!("t.form-table({}, {second}, help: {help})\n", list(first)),
        "---" => "t.page-break()\n".to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_has_its_row_and_every_line_is_known() {
        for (at, row) in ROWS.iter().enumerate() {
            assert_eq!(row.0 as usize, at);
            for (name, text) in row.1.iter().zip(row.2) {
                assert_eq!(Form::read(name), Some(row.0), "{name}");
                assert!(text.starts_with("# "), "{name}");
            }
            let signs = |text: &str| -> Vec<String> {
                let signs = text.lines().map(|line| line.split(' ').next());
                signs.map(|sign| sign.unwrap_or_default().to_string()).collect()
            };
            // Both languages ask the same, in the same order.
            assert_eq!(signs(row.2[0]), signs(row.2[1]));
            let known = ["", "#", ">", "##", "?", "!", "[", "_", "|", "-", "---"];
            for sign in signs(row.2[0]) {
                assert!(known.contains(&sign.as_str()), "{sign}");
            }
            for text in row.2 {
                for line in text.lines().filter(|line| line.starts_with(['?', '!', '|']))
                {
                    let count = line.rsplit_once(" | ").map(|(_, count)| count.parse());
                    assert!(
                        matches!(count, Some(Ok(1..=30u32))) || line.ends_with("| *"),
                        "{line}"
                    );
                }
            }
        }
        assert_eq!(Form::read("Verhaal"), Some(Form::Story));
        assert_eq!(Form::read("brief"), None);
    }
}
