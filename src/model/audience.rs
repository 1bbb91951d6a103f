//! Who may read a part. Fails closed: what is not understood is for the family.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The group that reads everything and owns the plan.
pub const FAMILY: &str = "gezin";

/// Who may read a part of a text. Group names are folded (`text::fold`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Audience {
    /// Everybody: nothing was said, in a text that is public.
    #[default]
    Everyone,
    /// These groups, and always the family.
    Groups(BTreeSet<String>),
}

impl Audience {
    /// Returns the audience of the family alone.
    pub fn family() -> Self {
        Audience::groups([FAMILY])
    }

    /// Returns the audience of some groups, and the family.
    pub fn groups<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut groups: BTreeSet<String> = names.into_iter().map(String::from).collect();
        groups.insert(FAMILY.into());
        Audience::Groups(groups)
    }

    /// Tells whether everybody may read it.
    pub fn is_everyone(&self) -> bool {
        matches!(self, Audience::Everyone)
    }

    /// Tells whether a group may read it.
    pub fn allows(&self, group: &str) -> bool {
        match self {
            Audience::Everyone => true,
            Audience::Groups(groups) => group == FAMILY || groups.contains(group),
        }
    }

    /// Returns who may read something that lies inside `self` and says `other`: the
    /// stricter of both. A part may narrow what holds it, never widen it.
    pub fn narrowed(&self, other: &Audience) -> Audience {
        match (self, other) {
            (Audience::Everyone, other) => other.clone(),
            (groups, Audience::Everyone) => groups.clone(),
            (Audience::Groups(left), Audience::Groups(right)) => {
                Audience::Groups(left.intersection(right).cloned().collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrowing_never_widens() {
        let school = Audience::groups(["school"]);
        let both = Audience::groups(["school", "wijkteam"]);
        assert_eq!(both.narrowed(&school), school);
        assert_eq!(school.narrowed(&both), school);
        assert_eq!(school.narrowed(&Audience::Everyone), school);
        assert!(school.allows(FAMILY));
        assert!(!school.allows("wijkteam"));
        assert!(Audience::family().narrowed(&school).allows(FAMILY));
    }
}
