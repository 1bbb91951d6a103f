//! What the room promises, tried on files made by hand.

mod damage;
mod drawings;
mod limits;
mod privacy;
mod samples;
mod shape;

use super::*;

/// Every byte that leaves for a picture, with the facts.
fn all(bytes: &[u8]) -> (Facts, Vec<Vec<u8>>) {
    let facts = inspect(bytes).unwrap();
    let made = make(bytes, &facts).unwrap();
    assert_eq!(made.len(), renditions(&facts).len());
    (facts, made)
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
