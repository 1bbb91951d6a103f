//! S15: the marks of a program that kept two versions of a text in one file.

use super::lines::Lines;
use super::rule::{Ground, Rule};
use crate::model::Text;
use crate::problem::{Code, Problem};
use crate::text::{Source, SourceId, Span, lines_of};
use memchr::memmem;
use std::ops::Range;

/// What stands above the first version, and below the second, as git writes it.
const MARKS: [&str; 2] = ["<<<<<<<", ">>>>>>>"];

struct Versions;

pub(super) fn make<'a>(_: &'a Ground<'a>) -> Box<dyn Rule + 'a> {
    Box::new(Versions)
}

impl Rule for Versions {
    fn text(&self, _: &Text, _: &Lines<'_>, _: &mut Vec<Problem>) {}

    fn source(&self, id: SourceId, source: &Source, found: &mut Vec<Problem>) {
        if let Some(range) = first(source.text()) {
            found.push(Problem::at(Code::S15, Span::new(id, range)));
        }
    }
}

/// Returns the first mark that has its other half further on; what stands in code is an
/// example.
fn first(text: &str) -> Option<Range<usize>> {
    let has = |mark: &&str| memmem::find(text.as_bytes(), mark.as_bytes()).is_some();
    if !MARKS.iter().all(has) {
        return None;
    }
    let (mut at, mut code, mut above) = (0, false, None);
    for line in lines_of(text) {
        let range = at..at + line.trim_end().len();
        at += line.len();
        code ^= line.starts_with("```") || line.starts_with("~~~");
        match above {
            _ if code => {}
            None if line.starts_with(MARKS[0]) => above = Some(range),
            Some(_) if line.starts_with(MARKS[1]) => return above,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn both_marks_and_no_code() {
        let both = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n";
        assert_eq!(first(both), Some(2..14));
        assert_eq!(first("<<<<<<< HEAD\nb\n"), None);
        assert_eq!(first(">>>>>>> x\n<<<<<<< HEAD\n"), None);
        assert_eq!(first(&format!("```\n{both}```\n")), None);
    }
}
