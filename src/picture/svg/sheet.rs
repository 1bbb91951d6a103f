//! What the style of a drawing says about being seen: `display`, `visibility`, `opacity`.
//!
//! [`Sheet::read`] reads rules with names, classes, ids, spaces and `>`. What it does not
//! follow (other selectors, rules that hold in some places only) makes it unsure of that
//! property, and then nothing is taken for hidden by it.

use std::collections::BTreeSet;

/// What may hide an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Property {
    /// Not laid out.
    Display,
    /// Laid out, not painted; what is inside may say otherwise.
    Visibility,
    /// Painted with nothing.
    Opacity,
}

impl Property {
    /// All of them.
    pub(super) const ALL: [Property; 3] =
        [Property::Display, Property::Visibility, Property::Opacity];

    /// Returns the name of the property and of its attribute.
    pub(super) fn name(self) -> &'static str {
        match self {
            Property::Display => "display",
            Property::Visibility => "visibility",
            Property::Opacity => "opacity",
        }
    }

    /// Reads a value.
    pub(super) fn seen(self, value: &str) -> Seen {
        let value = value.trim().to_lowercase();
        let hidden = match self {
            Property::Display => value == "none",
            Property::Visibility => matches!(value.as_str(), "hidden" | "collapse"),
            Property::Opacity => {
                let number = value.strip_suffix('%').unwrap_or(&value).parse::<f64>();
                number.is_ok_and(|number| number <= 0.0)
            }
        };
        let parent = matches!(value.as_str(), "inherit" | "unset" | "revert");
        match (self, hidden, parent) {
            (_, true, _) => Seen::Hidden,
            (Property::Visibility, _, true) => Seen::AsAround,
            _ => Seen::Shown,
        }
    }
}

/// What a value does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// It shows.
    Shown,
    /// It hides.
    Hidden,
    /// It does what the element around it does.
    AsAround,
}

/// An element as a selector sees it.
#[derive(Debug)]
pub(super) struct Who<'t> {
    /// Its name.
    pub(super) name: &'t str,
    /// Its id.
    pub(super) id: Option<&'t str>,
    /// Its classes.
    pub(super) classes: Vec<&'t str>,
}

/// The rules of a drawing.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rules: Vec<Rule>,
    unsure: [bool; 3],
    /// Names that follow a dot or a `#`: what may be a class or an id.
    pub(super) names: BTreeSet<String>,
}

#[derive(Debug)]
struct Rule {
    /// The last one is the element itself; `true`: right inside the one before.
    parts: Vec<(bool, Compound)>,
    property: Property,
    seen: Seen,
    /// Important, ids, classes, names: what wins.
    weight: (bool, usize, usize, usize),
}

#[derive(Debug, Clone, Default)]
struct Compound {
    name: Option<String>,
    ids: Vec<String>,
    classes: Vec<String>,
}

impl Sheet {
    /// Reads a style without comments.
    pub(super) fn read(text: &str) -> Sheet {
        let mut sheet = Sheet { names: names(text), ..Sheet::default() };
        let mut rest = text;
        while let Some(open) = rest.find(['{', ';']) {
            let (head, after) = rest.split_at(open);
            let Some(inside) = after.strip_prefix('{') else {
                rest = after.get(1..).unwrap_or_default();
                continue;
            };
            let (body, next) = body(inside);
            sheet.rule(head.trim(), body);
            rest = next;
        }
        sheet
    }

    fn rule(&mut self, head: &str, body: &str) {
        if head.starts_with('@') || body.contains('{') {
            self.doubt(body);
            return;
        }
        let said = declarations(body);
        if said.is_empty() {
            return;
        }
        for selector in head.split(',') {
            let Some(parts) = selector_parts(selector) else {
                self.doubt(body);
                continue;
            };
            let count = |of: fn(&Compound) -> usize| {
                parts.iter().map(|(_, part)| of(part)).sum::<usize>()
            };
            let ids = count(|part| part.ids.len());
            let classes = count(|part| part.classes.len());
            let names = count(|part| usize::from(part.name.is_some()));
            for (property, seen, important) in &said {
                self.rules.push(Rule {
                    parts: parts.clone(),
                    property: *property,
                    seen: *seen,
                    weight: (*important, ids, classes, names),
                });
            }
        }
    }

    /// A style we do not follow: its properties hide nothing here.
    fn doubt(&mut self, body: &str) {
        for (at, property) in Property::ALL.into_iter().enumerate() {
            self.unsure[at] |= body.to_lowercase().contains(property.name());
        }
    }

    /// Returns how much work it is to ask this sheet about one element.
    pub(super) fn size(&self) -> usize {
        self.rules.len()
    }

    /// Tells whether it is known what the sheet does with a property.
    pub(super) fn is_sure(&self, property: Property) -> bool {
        !self.unsure[property as usize]
    }

    /// Returns what the sheet says about the last of a path of elements, and whether that
    /// is important.
    pub(super) fn says(
        &self,
        path: &[&Who<'_>],
        property: Property,
    ) -> Option<(bool, Seen)> {
        self.rules
            .iter()
            .filter(|rule| rule.property == property && matches(&rule.parts, path))
            // Of equals the last one counts.
            .max_by_key(|rule| rule.weight)
            .map(|rule| (rule.weight.0, rule.seen))
    }
}

/// Returns what declarations say about being seen, and whether it is important.
pub(super) fn declarations(body: &str) -> Vec<(Property, Seen, bool)> {
    let mut said = Vec::new();
    for declaration in body.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let name = name.trim().to_lowercase();
        let Some(property) = Property::ALL.into_iter().find(|one| one.name() == name)
        else {
            continue;
        };
        let (value, important) = match value.split_once('!') {
            Some((value, _)) => (value, true),
            None => (value, false),
        };
        said.push((property, property.seen(value), important));
    }
    said
}

/// Cuts at the brace that closes.
fn body(inside: &str) -> (&str, &str) {
    let mut depth = 0usize;
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => {
                return (&inside[..at], inside.get(at + 1..).unwrap_or_default());
            }
            b'}' => depth -= 1,
            _ => {}
        }
    }
    (inside, "")
}

fn selector_parts(selector: &str) -> Option<Vec<(bool, Compound)>> {
    let spaced = selector.replace('>', " > ");
    let mut parts = Vec::new();
    let mut right_inside = false;
    for word in spaced.split_whitespace() {
        if word == ">" {
            right_inside = true;
            continue;
        }
        parts.push((right_inside, compound(word)?));
        right_inside = false;
    }
    (!parts.is_empty() && !right_inside).then_some(parts)
}

fn compound(word: &str) -> Option<Compound> {
    let mut made = Compound::default();
    let mut rest = word;
    let end = rest.find(['.', '#']).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    if !name.is_empty() && name != "*" {
        made.name = Some(name.to_owned());
    }
    rest = after;
    while let Some(mark) = rest.chars().next() {
        let inner = &rest[1..];
        let end = inner.find(['.', '#']).unwrap_or(inner.len());
        let (name, after) = inner.split_at(end);
        if name.is_empty() {
            return None;
        }
        let list = if mark == '.' { &mut made.classes } else { &mut made.ids };
        list.push(name.to_owned());
        rest = after;
    }
    let plain = |name: &String| name.chars().all(is_name);
    let all = made.name.iter().chain(&made.ids).chain(&made.classes);
    all.into_iter().all(plain).then_some(made)
}

fn matches(parts: &[(bool, Compound)], path: &[&Who<'_>]) -> bool {
    let (Some(((_, last), before)), Some((who, around))) =
        (parts.split_last(), path.split_last())
    else {
        return false;
    };
    last.fits(who) && fits_around(parts, before.len(), around)
}

/// Tells whether what stands before part `at` fits the elements around it.
fn fits_around(parts: &[(bool, Compound)], at: usize, around: &[&Who<'_>]) -> bool {
    // `open[i]`: part `at` may stand right inside the element that is i-th from outside.
    let mut open = vec![false; around.len() + 1];
    open[around.len()] = true;
    for part in (0..at).rev() {
        let right_inside = parts[part + 1].0;
        let mut next = vec![false; around.len() + 1];
        let mut may = false;
        for place in (0..around.len()).rev() {
            may = if right_inside { open[place + 1] } else { may || open[place + 1] };
            next[place] = may && parts[part].1.fits(around[place]);
        }
        open = next;
    }
    at == 0 || open.contains(&true)
}

impl Compound {
    fn fits(&self, who: &Who<'_>) -> bool {
        self.name.as_deref().is_none_or(|name| name == who.name)
            && self.ids.iter().all(|id| who.id == Some(id))
            && self.classes.iter().all(|class| who.classes.contains(&class.as_str()))
    }
}

/// Returns all names that follow a dot or a `#`.
fn names(text: &str) -> BTreeSet<String> {
    text.split(['.', '#'])
        .skip(1)
        .map(|after| {
            let end = after.find(|c: char| !is_name(c)).unwrap_or(after.len());
            after[..end].to_owned()
        })
        .filter(|name| !name.is_empty())
        .collect()
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who<'t>(name: &'t str, classes: &[&'t str]) -> Who<'t> {
        Who { name, id: None, classes: classes.to_vec() }
    }

    fn display(style: &str, path: &[&Who<'_>]) -> Option<Seen> {
        let sheet = Sheet::read(style);
        assert!(sheet.is_sure(Property::Display), "{style}");
        sheet.says(path, Property::Display).map(|(_, seen)| seen)
    }

    #[test]
    fn the_rule_that_wins() {
        let path = [who("svg", &[]), who("g", &["laag", "x"]), who("text", &["a"])];
        for (style, seen) in [
            (".a{display:none}", Some(Seen::Hidden)),
            (".b{display:none}", None),
            ("text{display:none}.a{display:inline}", Some(Seen::Shown)),
            (".a{display:none}text{display:inline}", Some(Seen::Hidden)),
            (".a{display:none}.a{display:inline}", Some(Seen::Shown)),
            (".a{display:none!important}.a{display:inline}", Some(Seen::Hidden)),
            (".laag .a, .z{fill:red; DISPLAY : none}", Some(Seen::Hidden)),
            (".laag>.a{display:none}", Some(Seen::Hidden)),
            ("svg>.a{display:none}", None),
            ("svg > .laag.x text.a{display:none}", Some(Seen::Hidden)),
            ("svg g g text{display:none}", None),
            ("*{display:none}", Some(Seen::Hidden)),
            ("#a{display:none}", None),
        ] {
            let path: Vec<&Who<'_>> = path.iter().collect();
            assert_eq!(display(style, &path), seen, "{style}");
        }
    }

    #[test]
    fn what_it_does_not_follow_makes_it_unsure() {
        for style in [
            "@media print{.a{display:none}}",
            ".a:hover{display:inline}",
            "[class]{display:none}",
            "@keyframes k{from{display:none}}",
            "g{.a{display:none}}",
            ".a + .a{display:none}",
        ] {
            assert!(!Sheet::read(style).is_sure(Property::Display), "{style}");
            assert!(Sheet::read(style).is_sure(Property::Opacity), "{style}");
        }
    }

    #[test]
    fn odd_styles_do_no_harm() {
        for style in
            ["{", "}", "a{", "a{b", ".{display:none}", ">{opacity:0}", "a>{x:y}}}"]
        {
            let _ = Sheet::read(style).says(&[&who("a", &[])], Property::Opacity);
        }
    }
}
