//! Problems as workflow commands, so that GitHub shows them beside the lines.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use super::{Problem, Severity, neutral::neutral, said};
use crate::lang::Lang;
use crate::text::Sources;

/// Returns one line per problem, sorted: `::notice file=…,line=…,col=…,title=K01::…`.
pub fn github(problems: &[Problem], sources: &Sources, lang: &Lang) -> String {
    let mut lines = String::new();
    for (said, _) in said::all(problems, sources, lang) {
        // GitHub's own names of levels.
        let level = match said.severity {
            Severity::Quiet | Severity::Hint => "notice",
            Severity::HeadsUp => "warning",
            Severity::Stop => "error",
        };
        let mut place = String::new();
        if !said.file.is_empty() {
            let (line, column) = (said.start.line, said.start.column);
            place = format!("file={},line={line},col={column},", property(&said.file));
            if said.end.line == line && said.end.column > column {
                // GitHub counts the last character in, we count one past it.
                place.push_str(&format!("endColumn={},", said.end.column - 1));
            }
        }
        let parts = [said.see, said.now, said.you];
        let words: Vec<&str> =
            parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        lines.push_str(&format!(
            "::{level} {place}title={}::{}\n",
            property(said.code),
            message(&words.join(" ")),
        ));
    }
    lines
}

/// Escapes what may not stand in a message.
fn message(text: &str) -> String {
    neutral(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes what may not stand in a property.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Code;
    use crate::text::{Source, Span, TextPath};

    #[test]
    fn a_text_cannot_give_commands() {
        let mut sources = Sources::default();
        let source = sources
            .add(Source::new(TextPath::new("tips/a,b:c.md"), "100% [x](y)".into()));
        let problems = [
            Problem::at(Code::L07, Span::new(source, 5..11))
                .with("x", "100%\n::stop-commands::x"),
            Problem {
                code: Code::B05,
                place: crate::problem::Where::Folder,
                args: vec![],
            },
        ];
        let english = Lang::read("en").expect("a language of ours");
        assert_eq!(
            github(&problems, &sources, &english),
            "::notice title=B05::This file is empty. I do not make a page of it. Write \
             something in it, or leave it as it is.\n\
             ::warning file=tips/a%2Cb%3Ac.md,line=1,col=6,endColumn=11,title=L07::“100\
             %25 ::stop-commands::x” is no address of a site and no file from the folder. I \
             make no link of it. Use an address that starts with https://, or a file from \
             the folder.\n"
        );
    }
}
