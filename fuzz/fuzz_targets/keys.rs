//! Any text as a file of keys: it is read whole or not at all, and what was read comes back
//! the same.

#![no_main]

use boekje::keys::Ring;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some(ring) = Ring::from_text(text) {
        assert_eq!(Ring::from_text(&ring.to_text("")), Some(ring));
    }
});
