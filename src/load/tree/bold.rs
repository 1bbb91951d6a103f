//! Headings of a plan that were typed as a bold line: `**Wat gaat goed**`.
//!
//! [`scan`] is the entry. Only words that a plan knows count. Below a heading such a line
//! begins a part inside that part, so it never opens what the heading closed.

use super::audience;
use super::prepared::Edit;
use crate::kind::headings::plan_role;
use crate::kind::signs;
use crate::model::Role;
use crate::text::lines_of;

/// Longest heading of a plan, in bytes.
const LONGEST: usize = 80;

/// Adds the hashes that make headings of bold lines.
pub(super) fn scan(part: &str, base: usize, edits: &mut Vec<Edit>) {
    let mut around = Around { level: 1, goals: false };
    let mut doubts = Doubts { part, bold: Vec::new(), seen: 0, found: false };
    let mut at = 0;
    let mut blank = true;
    for line in lines_of(part) {
        let start = at;
        at += line.len();
        let words = line.trim_end();
        let level = words.bytes().take_while(|byte| *byte == b'#').count();
        if level > 0 {
            around = Around::of(level, words[level..].trim(), around);
        } else if blank && !around.goals && is_heading(words) {
            doubts.bold.push(start);
            if around.level > 1 || !doubts.before(start) {
                edits.push(Edit::insert(base + start, HASHES[around.level.min(5)]));
            }
        }
        blank = level > 0 || words.is_empty();
    }
}

/// The hashes of a heading one level below each level.
const HASHES: [&str; 6] = ["## ", "## ", "### ", "#### ", "##### ", "###### "];

/// The heading a line stands below.
struct Around {
    level: usize,
    /// Whether every heading here is a goal.
    goals: bool,
}

impl Around {
    fn of(level: usize, title: &str, above: Around) -> Around {
        let goals = match level {
            0..=2 => {
                title.len() <= LONGEST && plan_role(title, Role::Free) == Role::Goals
            }
            _ => above.goals,
        };
        Around { level, goals }
    }
}

/// Whether a line may say who reads: at the top nothing is opened below it. Looked at no
/// further than somebody asks.
struct Doubts<'p> {
    part: &'p str,
    /// Where headings in bold stand: those say nothing.
    bold: Vec<usize>,
    seen: usize,
    found: bool,
}

impl Doubts<'_> {
    /// Tells whether there is one above a place.
    fn before(&mut self, end: usize) -> bool {
        for line in lines_of(&self.part[self.seen..end]) {
            self.found =
                self.found || (!self.bold.contains(&self.seen) && is_doubt(line));
            self.seen += line.len();
        }
        self.found
    }
}

fn is_doubt(line: &str) -> bool {
    let words = line.trim();
    !line.starts_with('#')
        && (audience::is_line(words)
            || words.contains(':')
            || signs::read(words, true).is_some())
}

/// Tells whether a line is bold from end to end and says what a heading of a plan says.
fn is_heading(line: &str) -> bool {
    let inner = ["**", "__"].iter().find_map(|mark| {
        line.trim_end_matches(':').strip_prefix(mark)?.strip_suffix(mark)
    });
    let Some(words) = inner.map(|words| words.trim_end_matches(':').trim()) else {
        return false;
    };
    if words.len() > LONGEST {
        return false;
    }
    let role = plan_role(words, Role::Free);
    !words.contains(['*', '_']) && !matches!(role, Role::Free | Role::ForPlace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::tree::prepared::Prepared;
    use crate::text::SourceId;

    fn ready(text: &str) -> String {
        let mut edits = Vec::new();
        scan(text, 0, &mut edits);
        Prepared::new(text, SourceId(0), 0..text.len(), &mut edits).text.into_owned()
    }

    #[test]
    fn a_known_heading_in_bold_is_one() {
        assert_eq!(ready("**Wat gaat goed**\n- ja"), "## **Wat gaat goed**\n- ja");
        assert_eq!(ready("x\n\n**Zorgen:**\nja"), "x\n\n## **Zorgen:**\nja");
        assert_eq!(ready("## A\n\n__Zorgen__\n"), "## A\n\n### __Zorgen__\n");
    }

    #[test]
    fn other_bold_lines_stay() {
        for text in [
            "**Noor lacht weer**\n",
            "tekst\n**Zorgen**\n",
            "**Zorgen** en meer\n",
            "**Voor school**\n",
            "## Doelen\n\n**Afspraken**\n",
            "Voor: gezin\n\n**Zorgen**\n",
            "Alleen voor ons: echt\n\n**Zorgen**\n",
        ] {
            assert_eq!(ready(text), text);
        }
    }
}
