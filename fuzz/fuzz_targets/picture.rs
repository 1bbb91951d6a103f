//! Any bytes as a picture: refused or made, never a panic; what passes `inspect` can be
//! made, in the sizes that were said, and holds no metadata.

#![no_main]

use boekje::picture::{Format, inspect, make, renditions};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(facts) = inspect(bytes) else { return };
    let list = renditions(&facts);
    assert!(!list.is_empty());
    // Large pictures are slow to make and teach nothing new.
    if facts.format != Format::Svg && u64::from(facts.width) * u64::from(facts.height) > 40_000 {
        return;
    }
    let made = make(bytes, &facts).expect("what passes inspect can be made");
    assert_eq!(made.len(), list.len());
    for (one, bytes) in list.iter().zip(&made) {
        let again = inspect(bytes).expect("what we make can be read");
        assert!(!again.metadata && !again.cleaned);
        assert_eq!((again.width, again.height), (one.width, one.height));
    }
});
