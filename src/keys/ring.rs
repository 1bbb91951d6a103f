//! Who may open what: plans with their readers. Every change makes the header of the plan
//! anew, in a next epoch: who compares two headers cannot see what changed.

use crate::lock::{Chance, Header, Key, NoChance, SLOTS, Secret, Slot, pick};
use crate::text::fold;
use jiff::civil::Date;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// All keys of one folder of texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ring {
    /// Path of the text in the folder → its keys.
    pub plans: BTreeMap<String, PlanKeys>,
}

/// The keys of one plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanKeys {
    /// What stands in the unlock page.
    pub header: Header,
    /// Folded name → reader.
    pub readers: BTreeMap<String, ReaderKeys>,
}

/// The keys of one reader of one plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReaderKeys {
    /// The name as it stands in the plan.
    pub name: String,
    /// The key everything of this reader follows from.
    pub key: Key,
    /// What follows from the words.
    pub words: Secret,
    /// What stands in the link, when there is one.
    pub link: Option<Secret>,
    /// From when until when.
    pub term: Term,
}

impl ReaderKeys {
    fn secrets(&self) -> impl Iterator<Item = &Secret> {
        std::iter::once(&self.words).chain(&self.link)
    }
}

/// From when until when a reader may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The day the card was made.
    pub made: Date,
    /// The last day.
    pub until: Option<Date>,
}

impl Term {
    /// Tells whether the last day has passed.
    pub fn is_over(&self, today: Date) -> bool {
        self.until.is_some_and(|until| until < today)
    }
}

/// What a reader is given, once.
#[derive(Debug)]
pub struct Card {
    /// The words.
    pub words: Zeroizing<String>,
    /// The secret of the link, when one was asked for.
    pub link: Option<Key>,
}

/// What to make for a reader.
#[derive(Debug, Clone, Copy)]
pub struct Change {
    /// How many words.
    pub words: usize,
    /// Whether there is a link too.
    pub link: bool,
    /// Rounds of PBKDF2, for a plan that has no header yet.
    pub rounds: u32,
    /// From when until when.
    pub term: Term,
}

impl Ring {
    /// Returns a reader of a plan.
    pub fn reader(&self, plan: &str, name: &str) -> Option<&ReaderKeys> {
        self.plans.get(plan)?.readers.get(&fold(name))
    }

    /// Tells whether a plan has no slot left for a reader with these wishes.
    pub fn is_full(&self, plan: &str, name: &str, change: &Change) -> bool {
        let taken = self.plans.get(plan).map_or(0, |plan| {
            let others = plan.readers.iter().filter(|(folded, _)| **folded != fold(name));
            others.map(|(_, reader)| reader.secrets().count()).sum()
        });
        taken + 1 + usize::from(change.link) > SLOTS
    }

    /// Gives a reader keys, in the place of earlier ones, and returns the card. Call
    /// [`Ring::is_full`] before.
    pub fn give(
        &mut self,
        plan: &str,
        name: &str,
        change: &Change,
        chance: &mut Chance<'_>,
    ) -> Result<Card, NoChance> {
        let mut next = match self.plans.get(plan) {
            Some(there) => there.clone(),
            None => PlanKeys {
                header: Header::by_chance(change.rounds, chance)?,
                readers: BTreeMap::new(),
            },
        };
        let words = pick(change.words, chance)?;
        let link = change.link.then(|| Secret::of_link(chance)).transpose()?;
        let card = Card { link: link.as_ref().map(|link| link.0.clone()), words };
        let reader = ReaderKeys {
            name: name.to_string(),
            key: Key::by_chance(chance)?,
            words: Secret::of_words(&card.words, &next.header),
            link,
            term: change.term,
        };
        next.readers.insert(fold(name), reader);
        next.remake(chance)?;
        self.plans.insert(plan.to_string(), next);
        Ok(card)
    }

    /// Takes the keys of a reader away; `false` when there were none.
    pub fn take(
        &mut self,
        plan: &str,
        name: &str,
        chance: &mut Chance<'_>,
    ) -> Result<bool, NoChance> {
        let Some(mut next) = self.plans.get(plan).cloned() else { return Ok(false) };
        if next.readers.remove(&fold(name)).is_none() {
            return Ok(false);
        }
        next.remake(chance)?;
        self.plans.insert(plan.to_string(), next);
        Ok(true)
    }
}

impl PlanKeys {
    /// Makes all slots anew for the next epoch, in an order of chance.
    fn remake(&mut self, chance: &mut Chance<'_>) -> Result<(), NoChance> {
        self.header.epoch = self.header.epoch.saturating_add(1);
        let mut slots = Vec::with_capacity(SLOTS);
        for reader in self.readers.values() {
            for secret in reader.secrets() {
                slots.push(secret.slot(&reader.key, &self.header, chance)?);
            }
        }
        while slots.len() < SLOTS {
            slots.push(Slot::dummy(chance)?);
        }
        for (place, slot) in self.header.slots.iter_mut().zip(shuffled(slots, chance)?) {
            *place = slot;
        }
        Ok(())
    }
}

/// Puts slots in an order of chance: each gets a number of eight bytes, the numbers sort.
fn shuffled(slots: Vec<Slot>, chance: &mut Chance<'_>) -> Result<Vec<Slot>, NoChance> {
    let mut numbered = Vec::with_capacity(slots.len());
    for slot in slots {
        let mut number = [0; 8];
        chance(&mut number)?;
        numbered.push((number, slot));
    }
    numbered.sort_by_key(|(number, _)| *number);
    Ok(numbered.into_iter().map(|(_, slot)| slot).collect())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::lock::Reader;
    use jiff::civil::date;

    /// Chance for tests: never twice the same, always the same row.
    pub(crate) fn chance() -> impl FnMut(&mut [u8]) -> Result<(), NoChance> {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        move |bytes: &mut [u8]| {
            for byte in bytes {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                *byte = (state >> 56) as u8;
            }
            Ok(())
        }
    }

    pub(crate) const CHANGE: Change = Change {
        words: 6,
        link: false,
        rounds: 100_000,
        term: Term { made: date(2026, 11, 22), until: None },
    };

    pub(crate) const PLAN: &str = "plannen/noor.md";

    fn open(ring: &Ring, words: &str) -> Option<Key> {
        let header = &ring.plans[PLAN].header;
        Secret::of_words(words, header).open(header)
    }

    #[test]
    fn a_card_goes_on_working_when_others_come_and_go() {
        let (mut ring, mut chance) = (Ring::default(), chance());
        let oma = ring.give(PLAN, "Oma", &CHANGE, &mut chance).expect("chance");
        let linked = Change { link: true, ..CHANGE };
        let school = ring.give(PLAN, "school", &linked, &mut chance).expect("chance");
        let key = ring.reader(PLAN, "oma").expect("there").key.clone();
        assert_eq!(open(&ring, &oma.words), Some(key.clone()));
        assert!(open(&ring, &school.words).is_some());
        let before = ring.plans[PLAN].header.clone();
        assert_eq!(ring.take(PLAN, "SCHOOL", &mut chance), Ok(true));
        assert_eq!(open(&ring, &oma.words), Some(key));
        assert_eq!(open(&ring, &school.words), None);
        let after = &ring.plans[PLAN].header;
        let link = Secret(school.link.expect("a link"));
        assert!(link.open(&before).is_some());
        assert_eq!(link.open(after), None);
        assert_eq!(after.epoch, before.epoch + 1);
        // Not one slot stays as it was: nobody sees which one was taken.
        assert!(after.slots.iter().all(|slot| !before.slots.contains(slot)));
        assert_eq!(ring.take(PLAN, "school", &mut chance), Ok(false));
    }

    #[test]
    fn a_new_card_ends_the_old_one_and_its_key() {
        let (mut ring, mut chance) = (Ring::default(), chance());
        let old = ring.give(PLAN, "school", &CHANGE, &mut chance).expect("chance");
        let key = ring.reader(PLAN, "school").expect("there").key.clone();
        let name = Reader::new(&ring.plans[PLAN].header, &key).bundle_name();
        let new = ring.give(PLAN, "School", &CHANGE, &mut chance).expect("chance");
        assert_ne!(*old.words, *new.words);
        assert_eq!(open(&ring, &old.words), None);
        let now = open(&ring, &new.words).expect("opens");
        assert_ne!(now, key);
        assert_ne!(Reader::new(&ring.plans[PLAN].header, &now).bundle_name(), name);
    }

    #[test]
    fn sixteen_slots_and_not_one_more() {
        let (mut ring, mut chance) = (Ring::default(), chance());
        for number in 0..15 {
            let name = format!("lezer {number}");
            assert!(!ring.is_full(PLAN, &name, &CHANGE));
            ring.give(PLAN, &name, &CHANGE, &mut chance).expect("chance");
        }
        let linked = Change { link: true, ..CHANGE };
        assert!(ring.is_full(PLAN, "oma", &linked));
        assert!(!ring.is_full(PLAN, "oma", &CHANGE));
        ring.give(PLAN, "oma", &CHANGE, &mut chance).expect("chance");
        assert!(ring.is_full(PLAN, "school", &CHANGE));
        assert!(!ring.is_full(PLAN, "oma", &CHANGE), "a new card for who is there");
        assert!(!ring.is_full("ander.md", "school", &CHANGE));
    }

    #[test]
    fn without_chance_nothing_changes() {
        let mut ring = Ring::default();
        ring.give(PLAN, "oma", &CHANGE, &mut chance()).expect("chance");
        let before = ring.clone();
        let mut none = |_: &mut [u8]| Err(NoChance);
        assert!(ring.give(PLAN, "school", &CHANGE, &mut none).is_err());
        assert!(ring.take(PLAN, "oma", &mut none).is_err());
        assert_eq!(ring, before);
    }

    #[test]
    fn a_term_holds_until_its_last_day() {
        let term = Term { made: date(2026, 1, 1), until: Some(date(2026, 5, 1)) };
        assert!(!term.is_over(date(2026, 5, 1)));
        assert!(term.is_over(date(2026, 5, 2)));
        assert!(!Term { until: None, ..term }.is_over(date(2099, 1, 1)));
    }
}
