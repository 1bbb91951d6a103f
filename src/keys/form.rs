//! The keys file as text: JSON that a person can recognise, with a sum that shows damage.

use super::ring::{PlanKeys, ReaderKeys, Ring, Term};
use crate::lock::{Header, Key, Secret};
use crate::text::fold;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// What the file says about itself to who opens it.
const ABOUT: &str = "Sleutels van boekje. Bewaar dit bestand goed, en deel het met niemand. \
                     Keys of boekje. Keep this file safe, and share it with nobody.";

/// The form of this file.
const FORM: u32 = 1;

/// Why a file cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// Not what we wrote.
    Damaged,
    /// Written by a later boekje.
    Later,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    about: String,
    form: u32,
    folder: String,
    plans: Vec<Plan>,
    sum: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    text: String,
    header: String,
    readers: Vec<One>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct One {
    name: String,
    made: jiff::civil::Date,
    until: Option<jiff::civil::Date>,
    key: Zeroizing<String>,
    words: Zeroizing<String>,
    link: Option<Zeroizing<String>>,
}

/// Writes a ring as text; `folder` helps a person to see whose keys these are.
pub(super) fn write(ring: &Ring, folder: &str) -> Zeroizing<String> {
    let plans = ring.plans.iter().map(|(text, plan)| Plan {
        text: text.clone(),
        header: hex(&plan.header.to_bytes()).to_string(),
        readers: plan.readers.values().map(one).collect(),
    });
    let mut file = File {
        about: ABOUT.to_string(),
        form: FORM,
        folder: folder.to_string(),
        plans: plans.collect(),
        sum: String::new(),
    };
    file.sum = sum(&file);
    let mut text = Zeroizing::new(
        serde_json::to_string_pretty(&file).expect("texts and numbers are always JSON"),
    );
    text.push('\n');
    text
}

impl Ring {
    /// Reads keys from the text of a keys file; `None` when it is not whole.
    pub fn from_text(text: &str) -> Option<Ring> {
        read(text).ok()
    }

    /// Writes keys as the text of a keys file of a folder.
    pub fn to_text(&self, folder: &str) -> Zeroizing<String> {
        write(self, folder)
    }
}

fn one(reader: &ReaderKeys) -> One {
    One {
        name: reader.name.clone(),
        made: reader.term.made,
        until: reader.term.until,
        key: hex(reader.key.bytes()),
        words: hex(reader.words.0.bytes()),
        link: reader.link.as_ref().map(|link| hex(link.0.bytes())),
    }
}

/// Reads a ring back.
pub(super) fn read(text: &str) -> Result<Ring, Unread> {
    #[derive(Deserialize)]
    struct Form {
        form: u32,
    }
    let form: Form = serde_json::from_str(text).map_err(|_| Unread::Damaged)?;
    if form.form > FORM {
        return Err(Unread::Later);
    }
    let file: File = serde_json::from_str(text).map_err(|_| Unread::Damaged)?;
    if file.sum != sum(&file) {
        return Err(Unread::Damaged);
    }
    let mut ring = Ring::default();
    for plan in &file.plans {
        let keys = plan_keys(plan).ok_or(Unread::Damaged)?;
        ring.plans.insert(plan.text.clone(), keys);
    }
    Ok(ring)
}

fn plan_keys(plan: &Plan) -> Option<PlanKeys> {
    let header = Header::read(&unhex(&plan.header)?)?;
    let readers = plan.readers.iter().map(|one| {
        let reader = ReaderKeys {
            name: one.name.clone(),
            key: key(&one.key)?,
            words: Secret(key(&one.words)?),
            link: match &one.link {
                Some(link) => Some(Secret(key(link)?)),
                None => None,
            },
            term: Term { made: one.made, until: one.until },
        };
        Some((fold(&one.name), reader))
    });
    Some(PlanKeys { header, readers: readers.collect::<Option<_>>()? })
}

/// Returns the sum over everything else in the file.
fn sum(file: &File) -> String {
    let parts = (&file.about, file.form, &file.folder, &file.plans);
    let text = Zeroizing::new(
        serde_json::to_vec(&parts).expect("texts and numbers are always JSON"),
    );
    hex(&Sha256::digest(text.as_slice())).to_string()
}

fn hex(bytes: &[u8]) -> Zeroizing<String> {
    const SIGNS: &[u8; 16] = b"0123456789abcdef";
    let mut text = Zeroizing::new(String::with_capacity(2 * bytes.len()));
    for byte in bytes {
        text.push(char::from(SIGNS[usize::from(byte >> 4)]));
        text.push(char::from(SIGNS[usize::from(byte & 15)]));
    }
    text
}

fn unhex(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let digit = |sign: u8| char::from(sign).to_digit(16).map(|digit| digit as u8);
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let bytes = pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?));
    Some(Zeroizing::new(bytes.collect::<Option<Vec<u8>>>()?))
}

fn key(text: &str) -> Option<Key> {
    let bytes = unhex(text)?;
    Some(Key::new(bytes.as_slice().try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::super::ring::tests::{CHANGE, PLAN, chance};
    use super::super::ring::{Change, Ring};
    use super::*;

    fn ring() -> Ring {
        let (mut ring, mut chance) = (Ring::default(), chance());
        let linked = Change { link: true, ..CHANGE };
        ring.give(PLAN, "Oma Riet", &CHANGE, &mut chance).expect("chance");
        ring.give(PLAN, "école", &linked, &mut chance).expect("chance");
        ring.give("boekje.md", "gezin", &CHANGE, &mut chance).expect("chance");
        ring
    }

    #[test]
    fn a_ring_comes_back_as_it_was() {
        let text = write(&ring(), "/thuis/boekje");
        assert_eq!(read(&text), Ok(ring()));
        assert_eq!(write(&ring(), "/thuis/boekje"), text, "same keys, same bytes");
        assert_eq!(read(&write(&Ring::default(), "")), Ok(Ring::default()));
    }

    #[test]
    fn the_words_stand_nowhere() {
        let (mut ring, mut chance) = (Ring::default(), chance());
        let card = ring.give(PLAN, "oma", &CHANGE, &mut chance).expect("chance");
        let text = write(&ring, "");
        assert!(card.words.split(' ').all(|word| !text.contains(word)), "{text:?}");
    }

    #[test]
    fn damage_is_seen_wherever_it_is() {
        let text = write(&ring(), "/thuis/boekje");
        for at in (0..text.len()).step_by(37).filter(|at| text.is_char_boundary(*at)) {
            assert!(read(&text[..at]).is_err(), "cut at {at}");
            let sign = text[at..].chars().next().expect("inside");
            if !sign.is_ascii_hexdigit() {
                continue;
            }
            let other = if sign == '1' { '2' } else { '1' };
            let after = &text[at + 1..];
            let changed = format!("{}{other}{after}", &text[..at]);
            assert!(read(&changed).is_err(), "changed at {at}");
        }
        assert_eq!(read(""), Err(Unread::Damaged));
        assert_eq!(read("[]"), Err(Unread::Damaged));
        assert_eq!(read("{\"form\": 2, \"new\": true}"), Err(Unread::Later));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC*") {
            proptest::prop_assert!(read(&text).is_err());
        }
    }
}
