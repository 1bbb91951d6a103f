//! What Tera and TOML say, as problems with a place.

use crate::problem::{Code, Problem, Where};
use tera::ErrorKind;

/// Stands before a project's own `verbinden`.
pub(super) const OWN: &str = "own:";

/// A mistake in a template: which template, where (from 1), and what Tera says.
pub(super) struct Mistake {
    template: String,
    line: u32,
    column: u32,
    message: String,
}

impl Mistake {
    /// Reads Tera's error. `template` is the one that was added or rendered; the error may
    /// name another.
    pub(super) fn read(template: &str, error: &tera::Error) -> Mistake {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                Mistake {
                    template: report.filename().to_string(),
                    line: report.span().start_line as u32,
                    column: report.span().start_col as u32 + 1,
                    message: report.message().to_string(),
                }
            }
            other => Mistake::of_report(template, &other.to_string()),
        }
    }

    /// Reads a report in words, as Tera gives it for a whole set of templates.
    fn of_report(template: &str, report: &str) -> Mistake {
        let mut mistake = Mistake {
            template: template.to_string(),
            line: 1,
            column: 1,
            message: report.lines().next().unwrap_or_default().to_string(),
        };
        let place = report.lines().find_map(|line| line.trim().strip_prefix("--> "));
        if let Some((rest, column)) = place.and_then(|place| place.rsplit_once(':'))
            && let Some((name, line)) = rest.rsplit_once(':')
        {
            mistake.template = name.to_string();
            mistake.line = line.parse().unwrap_or(1);
            mistake.column = column.parse().unwrap_or(1);
        }
        // Tera begins its reports with a word we do not use.
        if let Some((_, message)) = mistake.message.split_once("error: ") {
            mistake.message = message.to_string();
        }
        mistake
    }

    /// Makes the problem.
    pub(super) fn problem(&self) -> Problem {
        let shown = self.template.strip_prefix(OWN).unwrap_or(&self.template);
        Problem {
            code: Code::M02,
            place: Where::Theme(
                format!("themes/{shown}"),
                self.line.max(1),
                self.column.max(1),
            ),
            args: Vec::new(),
        }
        .with("x", self.message.clone())
    }
}

/// Makes the problem for TOML that cannot be read.
pub(super) fn toml(shown: &str, typed: &str, error: &toml::de::Error) -> Problem {
    let at = error.span().map_or(0, |span| span.start);
    mistake(shown, typed, at, error.message())
}

/// Makes the problem for a place in a settings file of a theme.
pub(super) fn mistake(shown: &str, typed: &str, at: usize, message: &str) -> Problem {
    let (line, column) = place(typed, at);
    Problem {
        code: Code::M03,
        place: Where::Theme(shown.to_string(), line, column),
        args: Vec::new(),
    }
    .with("x", message)
    .with("f", shown.rsplit('/').next().unwrap_or(shown))
}

/// Returns line and character of a byte, both from 1.
pub(super) fn place(typed: &str, at: usize) -> (u32, u32) {
    let before = typed.get(..at).unwrap_or(typed);
    let line = before.matches('\n').count() as u32 + 1;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let column = before.get(start..).map_or(0, |row| row.chars().count()) as u32 + 1;
    (line, column)
}
