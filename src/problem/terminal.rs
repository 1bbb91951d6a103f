//! Problems for people at a terminal: plain sentences first, so that a screen reader can
//! tell them, and the line itself with a mark below it.

use super::{MORE, Problem, Said, Severity, Where, neutral::neutral, said};
use crate::lang::Lang;
use crate::text::{Sources, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::collections::BTreeMap;

/// Characters shown in front of the place and from the place on; a line may be a book.
const BEFORE: usize = 40;
const AFTER: usize = 60;

/// Most of one code in one file that are told in full; of what stays inside all are told.
const MOST_OF_ONE: usize = 5;

/// Returns the problems in words with an empty line between them: all of one file
/// together, from its first line to its last. Without `colour` there is no escape code
/// in it, and never a character that draws.
pub fn show(
    problems: &[Problem],
    sources: &Sources,
    lang: &Lang,
    colour: bool,
) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let all = said::all(problems, sources, lang);
    let mut shown = Vec::new();
    for file in all.chunk_by(|left, right| left.0.file == right.0.file) {
        let mut told: BTreeMap<&str, usize> = BTreeMap::new();
        let mut more = 0;
        for (said, problem) in file {
            let count = told.entry(said.code).or_default();
            *count += 1;
            more += more_of(problem);
            if *count <= MOST_OF_ONE || said.severity == Severity::Stop {
                let body = body(said, problem, sources, lang, &renderer);
                shown.push(format!("{}\n{body}\n", heading(said, problem, lang)));
            }
        }
        let rest = untold(file, &told, more, lang);
        if !rest.is_empty() {
            shown.push(rest);
        }
    }
    shown.join("\n")
}

/// Returns how many hints were left out behind this one.
fn more_of(problem: &Problem) -> usize {
    let more = problem.args.iter().find(|(name, _)| *name == MORE);
    more.and_then(|(_, count)| count.parse().ok()).unwrap_or_default()
}

/// Returns a line for each code with more problems in a file than were told.
fn untold(
    file: &[(Said, &Problem)],
    told: &BTreeMap<&str, usize>,
    hints: usize,
    lang: &Lang,
) -> String {
    let name = file.first().map(|(said, _)| neutral(&said.file)).unwrap_or_default();
    let say = |key: &str, count: usize, code: &str| {
        let count = count.to_string();
        let args = [("n", count.as_str()), ("code", code), ("file", &name)];
        lang.terminal().say(key, &args) + "\n"
    };
    let stops = |code: &str| {
        file.iter().any(|(said, _)| said.code == code && said.severity == Severity::Stop)
    };
    let mut lines = String::new();
    for (code, count) in told {
        if *count > MOST_OF_ONE && !stops(code) {
            lines.push_str(&say("problem.more", count - MOST_OF_ONE, code));
        }
    }
    if hints > 0 {
        lines.push_str(&say("problem.more-hints", hints, ""));
    }
    lines
}

/// `verhalen/05-dertien.md, regel 8, teken 1`.
fn heading(said: &Said, problem: &Problem, lang: &Lang) -> String {
    let table = lang.terminal();
    let file = neutral(&said.file);
    match problem.place {
        Where::Span(_) | Where::Theme(..) => table.say(
            "problem.place",
            &[
                ("file", &file),
                ("line", &said.start.line.to_string()),
                ("column", &said.start.column.to_string()),
            ],
        ),
        Where::File(_) => file.into_owned(),
        Where::Folder => table.get("problem.folder").to_string(),
    }
}

fn body(
    said: &Said,
    problem: &Problem,
    sources: &Sources,
    lang: &Lang,
    renderer: &Renderer,
) -> String {
    let table = lang.terminal();
    let level = match said.severity {
        Severity::Quiet => Level::NOTE,
        Severity::Hint => Level::HELP,
        Severity::HeadsUp => Level::WARNING,
        Severity::Stop => Level::ERROR,
    };
    let name = format!("problem.level.{}", said.severity.name());
    let see = neutral(&said.see);
    let (now, you) = (neutral(&said.now), neutral(&said.you));
    let title = level.with_name(table.get(&name)).primary_title(see).id(said.code);
    let mut report = Group::with_title(title);
    if let Where::Span(span) = problem.place {
        let line = Line::of(span, sources);
        if !line.text.trim().is_empty() {
            report = report.element(
                Snippet::source(line.text)
                    .line_start(said.start.line as usize)
                    .annotation(AnnotationKind::Primary.span(line.mark)),
            );
        }
    }
    for (label, words) in [("problem.now", now), ("problem.you", you)] {
        if !words.is_empty() {
            report =
                report.element(Level::NOTE.with_name(table.get(label)).message(words));
        }
    }
    renderer.render(&[report])
}

/// The part of a line around a place, safe to print, and where the place is in it.
struct Line {
    text: String,
    mark: std::ops::Range<usize>,
}

impl Line {
    fn of(span: Span, sources: &Sources) -> Line {
        let text = sources.get(span.source).text();
        let place = |offset: u32| text.floor_char_boundary(offset as usize);
        let (start, end) = (place(span.start), place(span.end));
        let (before, after) = text.split_at(start);
        let first = before
            .char_indices()
            .rev()
            .take(BEFORE)
            .take_while(|(_, c)| *c != '\n')
            .last()
            .map_or(start, |(at, _)| at);
        let last = after
            .char_indices()
            .take(AFTER)
            .take_while(|(_, c)| *c != '\n')
            .last()
            .map_or(start, |(at, c)| start + at + c.len_utf8());
        let mut shown = String::new();
        if first > 0 && !text[..first].ends_with('\n') {
            shown.push_str("...");
        }
        shown.push_str(&neutral(&text[first..start]));
        let from = shown.len();
        let marked = end.clamp(start, last);
        shown.push_str(&neutral(&text[start..marked]));
        let to = shown.len();
        shown.push_str(&neutral(&text[marked..last]));
        if last < text.len() && !text[last..].starts_with('\n') {
            shown.push_str("...");
        }
        Line { text: shown, mark: from..to }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Code;
    use crate::text::{Source, TextPath};

    fn shown(text: &str, range: std::ops::Range<usize>, lang: &str) -> String {
        let mut sources = Sources::default();
        let source = sources.add(Source::new(TextPath::new("a.md"), text.into()));
        let problem = Problem::at(Code::V04, Span::new(source, range)).with("n", "Sara");
        let lang = Lang::read(lang).expect("a language of ours");
        show(&[problem], &sources, &lang, false)
    }

    #[test]
    fn plain_words_with_the_line_and_a_mark() {
        let text = "---\ntoestemming van: verteller\n---\n";
        assert_eq!(
            shown(text, 4..30, "nl"),
            "a.md, regel 2, teken 1\n\
             stop[V04]: Sara is jonger dan 16. Dan beslist ook een ouder of voogd mee over \
             publiceren.\n\
             \x20 |\n\
             2 | toestemming van: verteller\n\
             \x20 | ^^^^^^^^^^^^^^^^^^^^^^^^^^\n\
             \x20 |\n\
             \x20 = Nu: Het verhaal blijft binnen.\n\
             \x20 = Jij: Zei een van hen ja? Schrijf wie, zonder “of”: toestemming van: \
             verteller en moeder (vader, ouder, voogd).\n"
        );
        assert!(
            shown(text, 4..30, "en").starts_with("a.md, line 2, character 1\nstop[V04]")
        );
    }

    #[test]
    fn many_of_one_sort_are_counted_and_what_stays_inside_is_told_whole() {
        let mut sources = Sources::default();
        let text = "ab ".repeat(60);
        let source = sources.add(Source::new(TextPath::new("a.md"), text));
        let at = |code, at: usize| Problem::at(code, Span::new(source, at..at + 2));
        let mut problems: Vec<Problem> =
            (0..20).map(|number| at(Code::S03, number * 3)).collect();
        problems.push(at(Code::T02, 90).with("n", "24").with(MORE, "7"));
        problems.extend((0..9).map(|number| at(Code::P05, 100 + number * 3)));
        let dutch = Lang::dutch();
        let told = show(&problems, &sources, &dutch, false);
        assert_eq!(told.matches("[S03]").count(), 5, "{told}");
        assert!(told.contains("\nIn a.md nog 15 keer S03.\n"), "{told}");
        assert!(told.contains("\nIn a.md nog 7 tips over woorden en zinnen.\n"));
        assert_eq!(told.matches("[P05]").count(), 9, "{told}");
    }

    #[test]
    fn no_character_that_draws_and_no_colour_where_it_is_not_wanted() {
        let plain = shown("één 👩‍👧 hier", 0..5, "nl");
        let draws = |c: char| ('\u{2190}'..='\u{25ff}').contains(&c) || c == '\u{1b}';
        assert!(!plain.contains(draws), "{plain}");
    }

    #[test]
    fn a_very_long_line_shows_the_part_that_matters() {
        let text = format!("{} hier {}", "voor ".repeat(5000), "na ".repeat(5000));
        let at = text.find("hier").expect("it is there");
        let shown = shown(&text, at..at + 4, "nl");
        assert!(shown.contains("1 | ...oor voor voor "), "{shown}");
        assert!(shown.lines().all(|line| line.chars().count() < 140), "{shown}");
        assert!(shown.contains("^^^^\n"), "{shown}");
    }

    #[test]
    fn a_text_plays_no_tricks_on_the_terminal() {
        let text = "a\u{1b}[2Jb\u{202e}c";
        let shown = shown(text, 0..text.len(), "nl");
        assert!(shown.contains("a<U+001B>[2Jb<U+202E>c"), "{shown}");
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown}");
    }

    proptest::proptest! {
        #[test]
        fn any_span_of_any_text_can_be_shown(
            text in "(\\PC{0,30}\n?){0,5}",
            start in 0usize..200,
            length in 0usize..200,
        ) {
            let all = shown(&text, start..start + length, "en");
            proptest::prop_assert!(all.contains("V04"));
        }
    }
}
