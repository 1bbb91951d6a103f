//! Half files and turned bits: refused or shown, never a panic.

use proptest::prelude::*;

use super::samples::every_format;
use super::{Refusal, inspect, make};

#[test]
fn half_a_file_is_broken() {
    for (name, bytes) in every_format() {
        for part in [3, 4, 5, 6, 7] {
            let half = &bytes[..bytes.len() * part / 8];
            assert_eq!(inspect(half), Err(Refusal::Broken), "{name}, {part}/8");
        }
    }
}

#[test]
fn a_file_of_which_the_end_is_zeros_is_broken() {
    let (_, mut photo) = every_format().swap_remove(0);
    let middle = photo.len() * 3 / 4;
    photo[middle..].fill(0);
    assert_eq!(inspect(&photo), Err(Refusal::Broken));
}

fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let flips =
        proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6);
    (0..every_format().len(), flips, any::<prop::sample::Index>(), any::<bool>())
        .prop_map(|(which, flips, cut, short)| {
            let (_, mut bytes) = every_format().swap_remove(which);
            for (at, value) in flips {
                let at = at.index(bytes.len());
                bytes[at] = value;
            }
            if short {
                bytes.truncate(cut.index(bytes.len()));
            }
            bytes
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damage_never_panics(bytes in damaged()) {
        if let Ok(facts) = inspect(&bytes) {
            let made = make(&bytes, &facts);
            prop_assert!(made.is_ok(), "what passes inspect can be made: {made:?}");
        }
    }

    #[test]
    fn any_bytes_never_panic(start in 0..8_usize, rest in proptest::collection::vec(any::<u8>(), 0..300)) {
        let starts: [&[u8]; 8] = [
            b"", b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBP",
            b"BM", b"II*\0", b"<svg xmlns='http://www.w3.org/2000/svg'",
        ];
        let bytes = [starts[start], &rest].concat();
        let _ = inspect(&bytes);
    }
}
