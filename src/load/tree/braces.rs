//! Comments between braces, as other tools write them: `{/* … */}`, `{{/* … */}}`,
//! `{% comment %} … {% endcomment %}`, `{{< comment >}} … {{< /comment >}}`. What is a mark
//! of our own templates (`{# … #}`) is words in a text, like all their marks.
//!
//! [`Braces`] is asked about every `{`. One that nobody closed is words. Where comments end
//! is looked up once: a text may hold thousands of braces.

use super::openings::{Mark, What};

/// How a comment between braces was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `{/*` and `{{/*`.
    Stars,
    /// `{% comment %}`.
    Liquid,
    /// `{{< comment >}}` and `{{% comment %}}`.
    Short,
}

impl Form {
    /// Reads the form at a `{`.
    fn at(text: &str) -> Option<Form> {
        let near = &text[..text.floor_char_boundary(40)];
        let inner = near.strip_prefix('{')?;
        let named = |inside: &str| {
            let inside = inside.trim_start_matches(['-', ' ']);
            let rest = inside.strip_prefix("comment");
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
        };
        if let Some(inside) = inner.strip_prefix('%') {
            return named(inside).then_some(Form::Liquid);
        }
        if let Some(inside) = inner.strip_prefix("{<").or(inner.strip_prefix("{%")) {
            return named(inside).then_some(Form::Short);
        }
        let inner = inner.strip_prefix('{').unwrap_or(inner);
        inner.trim_start_matches(['-', ' ']).starts_with("/*").then_some(Form::Stars)
    }

    /// What stands in every end of this form.
    fn core(self) -> &'static str {
        match self {
            Form::Stars => "*/",
            Form::Liquid => "endcomment",
            Form::Short => "/comment",
        }
    }

    /// Returns where an end goes to, of which the core stands at `at`.
    fn end(self, text: &str, at: usize) -> Option<usize> {
        let behind = at + self.core().len();
        let rest = text.get(behind..)?;
        let closes = |marks: &[&str]| {
            let bare = rest.trim_start_matches([' ', '-']);
            let mark = marks.iter().find(|mark| bare.starts_with(**mark))?;
            Some(behind + rest.len() - bare.len() + mark.len())
        };
        match self {
            Form::Stars => closes(&["}}", "}"]),
            Form::Liquid => closes(&["%}"]),
            Form::Short => closes(&[">}}", "%}}"]),
        }
    }
}

/// Comments between braces.
pub(super) struct Braces<'t> {
    text: &'t str,
    /// For each form, where its ends stand: where the core begins, and where it ends.
    ends: [Option<Vec<(usize, usize)>>; 3],
}

impl<'t> Braces<'t> {
    /// Looks in a text.
    pub(super) fn new(text: &'t str) -> Self {
        Braces { text, ends: [const { None }; 3] }
    }

    /// Tells whether there may be one.
    pub(super) fn may_hold(text: &str) -> bool {
        text.contains('{') && ["/*", "comment"].iter().any(|one| text.contains(one))
    }

    /// Returns the comment that begins with the `{` at `at`.
    pub(super) fn comment(&mut self, at: usize) -> Option<Mark> {
        let text = self.text;
        let form = Form::at(text.get(at..)?)?;
        let ends = self.ends[form as usize].get_or_insert_with(|| {
            let cores = text.match_indices(form.core());
            cores.filter_map(|(at, _)| Some((at, form.end(text, at)?))).collect()
        });
        let (_, end) = *ends.get(ends.partition_point(|(core, _)| *core < at + 2))?;
        Some(Mark { range: at..end, what: What::Whole })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_braces_are_words() {
        for text in [
            "{#naam}",
            "{# naam #}",
            "{{ page.title }}",
            "{% raw %} x {% endraw %}",
            "{% comments %} x {% endcomments %}",
            "{% comment %} x",
            "{{< comment >}} x",
            "{/* x",
            "{ \"a\": \"/*\" }",
        ] {
            let mut braces = Braces::new(text);
            let found = text.match_indices('{').find_map(|(at, _)| braces.comment(at));
            assert!(found.is_none(), "{text:?}: {found:?}");
        }
    }

    #[test]
    fn each_goes_to_its_own_end() {
        let text = "{% comment %}a{% endcomment %} b {/* d */} e {/* f */}";
        let mut braces = Braces::new(text);
        let found = text.match_indices('{').filter_map(|(at, _)| braces.comment(at));
        let words: Vec<&str> = found.map(|mark| &text[mark.range]).collect();
        assert_eq!(words, ["{% comment %}a{% endcomment %}", "{/* d */}", "{/* f */}"]);
    }
}
