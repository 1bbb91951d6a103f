//! K18: a key that does nothing in this kind of text. K02 is for keys we do not know;
//! these we know, and still no page shows them.

use super::lines::Lines;
use super::rule::{Ground, Rule};
use crate::kind::is_idle;
use crate::model::{Field, Key, Library, Text};
use crate::problem::{Code, Problem};

struct Idle<'a> {
    library: &'a Library,
}

pub(super) fn make<'a>(ground: &'a Ground<'a>) -> Box<dyn Rule + 'a> {
    Box::new(Idle { library: ground.library })
}

impl Rule for Idle<'_> {
    fn text(&self, text: &Text, _: &Lines<'_>, found: &mut Vec<Problem>) {
        // The front page names who made it all.
        let home = text.path.folder().is_empty()
            && ["index", "_index", "readme"]
                .iter()
                .any(|name| text.path.stem().eq_ignore_ascii_case(name));
        let idle = |one: &&Field| {
            is_idle(one.key, text.kind) && !(home && one.key == Key::Authors)
        };
        for field in text.fields.list.iter().filter(idle) {
            let source = self.library.sources.get(field.key_span.source).text();
            let typed = source.get(field.key_span.range()).unwrap_or_default();
            found.push(Problem::at(Code::K18, field.key_span).with("k", typed));
        }
    }
}
