//! Who reads a part of a plan that does not say, and who reads a fragment. Fails closed.

use super::fields::Top;
use crate::kind::{alone, signs, words::read_yes};
use crate::model::{Audience, FAMILY, Fields, Key, Kind};
use crate::problem::{Code, Problem};
use crate::text::fold;
use std::collections::BTreeSet;

/// Words for everybody, folded.
const EVERYONE: [&str; 5] = ["iedereen", "everyone", "everybody", "allen", "all"];

/// Returns the groups a plan knows, folded.
pub(super) fn readers(fields: &Fields) -> BTreeSet<String> {
    fields.list(Key::Readers).iter().map(|(group, _)| fold(group.trim())).collect()
}

/// Returns who reads a part without `Voor:`. In a plan: the groups of `voor:` or `delen:`
/// that it knows (P02 for others), else the family. Everybody only in an open plan that is
/// made up: real people say for each part that everybody may read it.
pub(super) fn default(top: &Top, problems: &mut Vec<Problem>) -> Audience {
    if top.kind != Kind::Plan {
        return Audience::Everyone;
    }
    if top.doubt {
        return Audience::family();
    }
    let fields = &top.fields;
    let Some(field) = fields.get(Key::For).or_else(|| fields.get(Key::Share)) else {
        let made_up = is_open(fields) && fields.is_yes(Key::Fictional);
        return if made_up { Audience::Everyone } else { Audience::family() };
    };
    let known = readers(fields);
    let mut groups = BTreeSet::new();
    let mut unknown = false;
    for (typed, span) in fields.list(field.key) {
        let group = fold(typed.trim());
        if EVERYONE.contains(&group.as_str()) {
            if is_open(fields) {
                return Audience::Everyone;
            }
        } else if group == FAMILY || known.contains(&group) {
            groups.insert(group);
        } else {
            unknown = true;
            let near = alone::nearly_everyone(typed).unwrap_or_default();
            let problem = Problem::at(Code::P02, *span).with("g", typed.clone());
            problems.push(problem.with("s", near));
        }
    }
    if unknown {
        return Audience::family();
    }
    Audience::groups(groups.iter().map(String::as_str))
}

/// Tells whether a plan says that it is open, and why it may be.
fn is_open(fields: &Fields) -> bool {
    let agreed = fields.text(Key::Consent).and_then(read_yes) == Some(true);
    fields.is_yes(Key::Public) && (fields.is_yes(Key::Fictional) || agreed)
}

/// Returns who may read a text that is included in another; `None` when it is no text to
/// include (a draft, or one that waits for a day). What needs a yes to go out on its own
/// stays with the family when it is included.
pub(super) fn of_fragment(top: &Top) -> Option<Audience> {
    let fields = &top.fields;
    let waits =
        [Key::PublishOn, Key::Expires].iter().any(|key| fields.get(*key).is_some());
    let draft = fields.get(Key::Draft).is_some() && fields.yes(Key::Draft) != Some(false);
    if waits || draft {
        return None;
    }
    if is_guarded(top) || top.doubt {
        return Some(Audience::family());
    }
    // In a tip `voor:` says whom it is meant for, not who may read it.
    if matches!(top.kind, Kind::Tip | Kind::Tips) {
        return Some(Audience::Everyone);
    }
    let Some(field) = fields.get(Key::For) else { return Some(Audience::Everyone) };
    let groups: Vec<String> =
        fields.list(field.key).iter().map(|(group, _)| fold(group.trim())).collect();
    if groups.iter().any(|group| EVERYONE.contains(&group.as_str())) {
        return Some(Audience::Everyone);
    }
    Some(Audience::groups(groups.iter().map(String::as_str)))
}

/// Tells whether a text needs a yes to go out on its own.
pub(super) fn is_guarded(top: &Top) -> bool {
    let fields = &top.fields;
    matches!(top.kind, Kind::Story | Kind::Plan)
        || signs::tells_story(fields)
        || fields.get(Key::Public).is_some()
        || signs::says_no(top.kind, fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::fields;
    use crate::text::{SourceId, TextPath};

    fn top(lines: &str) -> Top {
        let text = format!("---\n{lines}\n---\n");
        fields::read(SourceId(0), &text, &TextPath::new("a.md"), Kind::Page)
    }

    fn plan(lines: &str) -> (Audience, usize) {
        let mut problems = Vec::new();
        let audience = default(
            &top(&format!("soort: plan\nlezers: school\n{lines}")),
            &mut problems,
        );
        (audience, problems.len())
    }

    #[test]
    fn a_plan_is_for_the_family_unless_it_says_so() {
        assert_eq!(plan("titel: a"), (Audience::family(), 0));
        assert_eq!(plan("delen: School"), (Audience::groups(["school"]), 0));
        assert_eq!(plan("delen: school, buurt"), (Audience::family(), 1));
        assert_eq!(plan("delen: iedereen"), (Audience::family(), 0));
        assert_eq!(plan("openbaar: ja"), (Audience::family(), 0));
        assert_eq!(plan("openbaar: ja\nverzonnen: ja"), (Audience::Everyone, 0));
        assert_eq!(plan("openbaar: ja\ntoestemming: ja"), (Audience::family(), 0));
        let chosen = plan("openbaar: ja\ntoestemming: ja\ndelen: iedereen");
        assert_eq!(chosen, (Audience::Everyone, 0));
        assert_eq!(
            plan("openbaar: ja\nverzonnen: ja\nvor: school").0,
            Audience::family()
        );
    }

    #[test]
    fn a_fragment_is_never_wider_than_it_says() {
        assert_eq!(of_fragment(&top("titel: a")), Some(Audience::Everyone));
        assert_eq!(of_fragment(&top("voor: school")), Some(Audience::groups(["school"])));
        assert_eq!(
            of_fragment(&top("soort: verhaal\ntoestemming: ja")),
            Some(Audience::family())
        );
        for kept in ["delen: gezin", "share: family", "lezers: school", "status: klad"] {
            assert_eq!(of_fragment(&top(kept)), Some(Audience::family()), "{kept}");
            let tip = top(&format!("soort: tip\n{kept}"));
            assert_eq!(of_fragment(&tip), Some(Audience::family()), "{kept}");
        }
        assert_eq!(of_fragment(&top("delen: iedereen")), Some(Audience::Everyone));
        assert_eq!(of_fragment(&top("concept: ja")), None);
        assert_eq!(of_fragment(&top("weg na: 2026-01-01")), None);
    }
}
