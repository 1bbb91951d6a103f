//! What went differently and what was learned: goals and agreements that changed, stopped
//! or did not work out never disappear. They move to a part of their own.
//!
//! Runs behind the wall, so it sees only what this reader may read.

use crate::lang::Lang;
use crate::model::{
    Agreement, Attribute, Audience, Block, BlockKind, Body, Callout, Inline, InlineKind,
    Key, Role, Section, Status, Tree, plain,
};
use std::borrow::Cow;

/// What moves.
#[derive(Default)]
struct Moved {
    goals: Vec<Section>,
    blocks: Vec<Block>,
}

/// Gathers the goals and agreements of a plan that went differently in one part, after
/// the goals and agreements. A plan without them stays as it is.
pub(super) fn gather<'a>(body: Cow<'a, Tree>, lang: &Lang) -> Cow<'a, Tree> {
    if !body.glance().stands || !body.sections.iter().any(has_different) {
        return body;
    }
    let mut tree = body.into_owned();
    let body: &mut Body = &mut tree;
    let mut moved = Moved::default();
    body.sections.iter_mut().for_each(|section| moved.take(section, None));
    let place = match body.sections.iter().position(|one| one.role == Role::Different) {
        Some(place) => place,
        None => {
            let own = |one: &Section| matches!(one.role, Role::Goals | Role::Agreements);
            let place = body.sections.iter().rposition(own).map_or(0, |last| last + 1);
            body.sections.insert(place, empty(&body.sections, place, lang));
            place
        }
    };
    if let Some(part) = body.sections.get_mut(place) {
        // In a part with a language of its own, the rest says its language too.
        if part.lang.is_some() {
            moved.say(lang);
        }
        part.blocks.append(&mut moved.blocks);
        part.sections.append(&mut moved.goals);
    }
    body.sections.retain(|one| !is_bare(one));
    body.name_sections();
    Cow::Owned(tree)
}

/// Tells whether nothing is left of the goals or agreements.
fn is_bare(one: &Section) -> bool {
    matches!(one.role, Role::Goals | Role::Agreements)
        && one.blocks.is_empty()
        && one.sections.is_empty()
        && one.attributes.is_empty()
}

/// Makes the part; it stands where the part before it stands in the text.
fn empty(sections: &[Section], place: usize, lang: &Lang) -> Section {
    let before = place.checked_sub(1).and_then(|at| sections.get(at));
    let span = before.map(|one| one.span).unwrap_or_default();
    let title = lang.words().get("role.different").to_string();
    Section {
        span,
        level: before.map_or(2, |one| one.level),
        id: String::new(),
        title: vec![Inline { span, kind: InlineKind::Text(title) }],
        role: Role::Different,
        lang: None,
        audience: before.map(|one| one.audience.clone()).unwrap_or_default(),
        attributes: Vec::new(),
        blocks: Vec::new(),
        sections: Vec::new(),
    }
}

/// Tells whether something in a part went differently and stands elsewhere.
fn has_different(section: &Section) -> bool {
    section.role != Role::Different
        && (section.blocks.iter().any(has_changed_agreements)
            || section
                .sections
                .iter()
                .any(|one| is_different_goal(one) || has_different(one)))
}

fn has_changed_agreements(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Agreements { list, .. } => list.iter().any(is_different),
        _ => false,
    }
}

fn is_different(one: &Agreement) -> bool {
    one.status.is_some_and(Status::went_differently)
}

fn is_different_goal(section: &Section) -> bool {
    let inside = section.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Attributes(list) => Some(list.as_slice()),
        _ => None,
    });
    let mut all = inside.flatten().chain(&section.attributes);
    section.role == Role::Goal && all.any(says_different)
}

fn says_different(one: &Attribute) -> bool {
    one.key == Some(Key::Status)
        && crate::kind::words::read_status(&plain(&one.value))
            .is_some_and(Status::went_differently)
}

/// Puts blocks in a group of their language, when it differs from the text's.
fn in_language(blocks: Vec<Block>, lang: Option<&Lang>) -> Vec<Block> {
    let (Some(lang), Some(first)) = (lang, blocks.first()) else { return blocks };
    let span = first.span;
    let (lang, audience) = (Some(lang.clone().into()), Audience::Everyone);
    vec![Block { span, kind: BlockKind::Group { lang, audience, blocks } }]
}

impl Moved {
    /// Takes what went differently out of a part; it keeps the language it stands in.
    fn take(&mut self, section: &mut Section, around: Option<&Lang>) {
        if section.role == Role::Different {
            return;
        }
        let lang = section.lang.as_ref().or(around).cloned();
        let before = self.blocks.len();
        self.take_agreements(section);
        let taken = self.blocks.split_off(before);
        self.blocks.extend(in_language(taken, lang.as_ref()));
        let mut kept = Vec::with_capacity(section.sections.len());
        for mut inner in std::mem::take(&mut section.sections) {
            if is_different_goal(&inner) {
                inner.lang = inner.lang.or_else(|| lang.clone());
                self.goals.push(inner);
            } else {
                self.take(&mut inner, lang.as_ref());
                kept.push(inner);
            }
        }
        section.sections = kept;
    }

    /// Says the language of what has none of its own.
    fn say(&mut self, lang: &Lang) {
        for goal in &mut self.goals {
            goal.lang.get_or_insert_with(|| lang.clone());
        }
        let said = |block: &Block| matches!(&block.kind, BlockKind::Group { lang, .. } if lang.is_some());
        let blocks = std::mem::take(&mut self.blocks);
        self.blocks = (blocks.into_iter())
            .flat_map(|block| match said(&block) {
                true => vec![block],
                false => in_language(vec![block], Some(lang)),
            })
            .collect();
    }

    /// Takes agreements out of their table, with what was learned right below it.
    fn take_agreements(&mut self, section: &mut Section) {
        let mut follows = false;
        let mut kept = Vec::with_capacity(section.blocks.len());
        for block in std::mem::take(&mut section.blocks) {
            match block.kind {
                BlockKind::Agreements { columns, list } => {
                    let (moved, left): (Vec<_>, Vec<_>) =
                        list.into_iter().partition(is_different);
                    follows = !moved.is_empty();
                    let again = |list: Vec<Agreement>| Block {
                        span: block.span,
                        kind: BlockKind::Agreements { columns: columns.clone(), list },
                    };
                    self.blocks.extend((!moved.is_empty()).then(|| again(moved)));
                    kept.extend((!left.is_empty()).then(|| again(left)));
                }
                BlockKind::Callout { callout: Callout::Learned, .. } if follows => {
                    self.blocks.push(block);
                }
                _ => {
                    follows = false;
                    kept.push(block);
                }
            }
        }
        section.blocks = kept;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Vec<Inline> {
        vec![Inline { span: Default::default(), kind: InlineKind::Text(text.into()) }]
    }

    fn block(kind: BlockKind) -> Block {
        Block { span: Default::default(), kind }
    }

    fn part(
        role: Role,
        title: &str,
        blocks: Vec<Block>,
        sections: Vec<Section>,
    ) -> Section {
        let (span, level) = (Default::default(), 2);
        Section {
            title: line(title),
            role,
            blocks,
            sections,
            attributes: Vec::new(),
            ..empty(&[Section { span, level, ..blank() }], 1, &Lang::dutch())
        }
    }

    fn blank() -> Section {
        empty(&[], 0, &Lang::dutch())
    }

    fn goal(title: &str, status: &str) -> Section {
        let said = Attribute {
            span: Default::default(),
            key: Some(Key::Status),
            name: "Status".into(),
            value: line(status),
        };
        part(
            Role::Goal,
            title,
            vec![block(BlockKind::Attributes(vec![said]))],
            Vec::new(),
        )
    }

    fn agreement(what: &str, status: Status) -> Agreement {
        Agreement { what: line(what), status: Some(status), ..Default::default() }
    }

    fn learned(text: &str) -> Block {
        block(BlockKind::Callout {
            callout: Callout::Learned,
            label: String::new(),
            blocks: vec![block(BlockKind::Paragraph(line(text)))],
        })
    }

    fn plan(status: &str) -> Tree {
        let list = vec![
            agreement("oma belt", Status::Running),
            agreement("telefoon weg", Status::Changed),
        ];
        let table = block(BlockKind::Agreements { columns: Vec::new(), list });
        let goals = vec![goal("Slapen", "loopt"), goal("Wandelen", status)];
        let sections = vec![
            part(Role::Goals, "Doelen", Vec::new(), goals),
            part(
                Role::Agreements,
                "Afspraken",
                vec![table, learned("gaf ruzie")],
                vec![],
            ),
            part(Role::Log, "Logboek", Vec::new(), Vec::new()),
        ];
        let mut body = Body { sections, ..Body::default() };
        body.name_sections();
        body.into()
    }

    /// Every line that stands in a body, sorted.
    fn lines(body: &Body) -> Vec<String> {
        let mut all = Vec::new();
        crate::model::walk_inlines(body, &mut |inline| {
            if let InlineKind::Text(text) = &inline.kind {
                all.push(text.clone());
            }
        });
        all.sort();
        all
    }

    #[test]
    fn what_went_differently_moves_and_nothing_is_lost() {
        let body = plan("gestopt");
        let made = gather(Cow::Borrowed(&body), &Lang::dutch());
        let roles: Vec<Role> = made.sections.iter().map(|one| one.role).collect();
        assert_eq!(roles, [Role::Goals, Role::Agreements, Role::Different, Role::Log]);
        let different = &made.sections[2];
        assert_eq!(plain(&different.sections[0].title), "Wandelen");
        assert_eq!(different.blocks.len(), 2, "the agreement and what was learned");
        assert_eq!(different.id, "wat-anders-liep-en-wat-we-leerden");
        assert_eq!(
            (made.sections[0].sections.len(), made.sections[1].blocks.len()),
            (1, 1)
        );
        let mut expected = lines(&body);
        expected.push(plain(&different.title));
        expected.sort();
        assert_eq!(lines(&made), expected);
    }

    #[test]
    fn it_joins_the_part_the_family_made_and_doing_it_twice_changes_nothing() {
        let mut body = plan("veranderd");
        let own = vec![block(BlockKind::Paragraph(line("Van alles.")))];
        body.sections.push(part(Role::Different, "Wat wij leerden", own, Vec::new()));
        let made = gather(Cow::Borrowed(&body), &Lang::dutch());
        let parts: Vec<_> =
            made.sections.iter().filter(|one| one.role == Role::Different).collect();
        assert_eq!(parts.len(), 1);
        assert_eq!((parts[0].blocks.len(), parts[0].sections.len()), (3, 1));
        assert_eq!(gather(made.clone(), &Lang::dutch()), made);
    }

    #[test]
    fn what_moves_keeps_its_language() {
        let mut body = plan("gestopt");
        let turkish = Lang::read("tr");
        body.sections[0].lang = turkish.clone();
        body.sections[1].lang = turkish.clone();
        let made = gather(Cow::Borrowed(&body), &Lang::dutch());
        let different = &made.sections[2];
        assert_eq!(different.sections[0].lang, turkish);
        let BlockKind::Group { lang, blocks, .. } = &different.blocks[0].kind else {
            panic!("{different:?}");
        };
        assert_eq!(lang.as_deref(), turkish.as_ref());
        assert_eq!((blocks.len(), different.blocks.len()), (2, 1));
    }

    #[test]
    fn in_a_part_in_another_language_the_rest_says_its_own() {
        let mut body = plan("gestopt");
        let mut own = part(Role::Different, "Farklı", Vec::new(), Vec::new());
        own.lang = Lang::read("tr");
        body.sections.push(own);
        let made = gather(Cow::Borrowed(&body), &Lang::dutch());
        let different = made.sections.last().unwrap();
        assert_eq!(different.sections[0].lang, Some(Lang::dutch()));
        let said = |block: &Block| matches!(&block.kind, BlockKind::Group { lang, .. } if *lang == Some(Lang::dutch().into()));
        assert!(different.blocks.iter().all(said));
    }

    #[test]
    fn a_plan_where_all_goes_as_planned_is_not_copied() {
        let mut body = plan("gelukt");
        body.sections.remove(1);
        assert!(matches!(gather(Cow::Borrowed(&body), &Lang::dutch()), Cow::Borrowed(_)));
    }
}
