//! Runs of letters among bytes that are no text: what a person could read in them.
//!
//! Most such bytes are chance (pictures, sealed pages), so that looking has to be quick
//! where there is nothing.

/// Fewest bytes of a run.
const SHORTEST: usize = 8;

/// How many places are looked at together.
const STEP: usize = 128;

/// The same, with what is seen beside: one byte before, and behind as much as a run needs.
const WIDE: usize = STEP + SHORTEST;

/// Returns the runs of letters and signs among bytes, a space behind each. Nothing at all
/// between two letters counts as part of a run: so is UTF-16 written.
pub(super) fn letters(bytes: &[u8]) -> String {
    let (mut out, mut run) = (String::new(), Vec::new());
    let mut at = 0;
    while at < bytes.len() {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        let quiet = bytes.get(at..).and_then(<[u8]>::first_chunk);
        let end = at + STEP;
        if quiet.is_some_and(|wide| !may_begin(before.copied(), wide)) {
            at = end;
            continue;
        }
        // A run that began before would have been read from there: what is cut here is
        // too short for one.
        while at < end.min(bytes.len()) {
            at = read(bytes, at, &mut run, &mut out);
        }
    }
    // What stands at the very end may go on elsewhere.
    out.push_str(&String::from_utf8_lossy(&run));
    out
}

/// Tells whether a run may begin at one of so many places; all of them at once, as the
/// machine does best.
fn may_begin(before: Option<u8>, wide: &[u8; WIDE + 1]) -> bool {
    let mut shifted = [before.unwrap_or(0xff); WIDE + 1];
    shifted[1..].copy_from_slice(&wide[..WIDE]);
    let mut part = [false; WIDE];
    for at in 0..WIDE {
        let (last, byte, next) = (shifted[at], wide[at], wide[at + 1]);
        // More than are: what is below a space needs no closer look here.
        part[at] = (byte < 14)
            | (byte.wrapping_sub(b' ') <= b'~' - b' ')
            | (is_first(byte) & is_second(next))
            | (is_first(last) & is_second(byte));
    }
    // Two together, four, eight.
    let two: [bool; WIDE - 1] = std::array::from_fn(|at| part[at] & part[at + 1]);
    let four: [bool; WIDE - 3] = std::array::from_fn(|at| two[at] & two[at + 2]);
    (0..STEP).fold(false, |any, at| any | (four[at] & four[at + 4]))
}

fn is_plain(byte: u8) -> bool {
    (byte.wrapping_sub(b' ') <= b'~' - b' ')
        | (byte == b'\n')
        | (byte == b'\t')
        | (byte == b'\r')
}

/// Letters with accents, in UTF-8.
fn is_first(byte: u8) -> bool {
    byte & 0xfe == 0xc2
}

fn is_second(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// Reads from a place to behind the first byte that is part of no run.
fn read(bytes: &[u8], mut at: usize, run: &mut Vec<u8>, out: &mut String) -> usize {
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match (byte, bytes.get(at)) {
            (0, _) => {}
            (byte, _) if is_plain(byte) => run.push(byte),
            (byte, Some(&next)) if is_first(byte) && is_second(next) => {
                run.extend([byte, next]);
                at += 1;
            }
            _ => {
                if run.len() >= SHORTEST {
                    out.push_str(&String::from_utf8_lossy(run));
                    out.push(' ');
                }
                run.clear();
                break;
            }
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same, a byte at a time.
    fn slow(bytes: &[u8]) -> String {
        let (mut out, mut run, mut at) = (String::new(), Vec::new(), 0);
        while at < bytes.len() {
            match bytes[at..] {
                [0, ..] => {}
                [byte @ (b' '..=b'~' | b'\n' | b'\t' | b'\r'), ..] => run.push(byte),
                [byte @ (0xc2 | 0xc3), next @ 0x80..=0xbf, ..] => {
                    run.extend([byte, next]);
                    at += 1;
                }
                _ => {
                    if run.len() >= SHORTEST {
                        out += &(String::from_utf8_lossy(&run) + " ");
                    }
                    run.clear();
                }
            }
            at += 1;
        }
        out + &String::from_utf8_lossy(&run)
    }

    #[test]
    fn runs_are_found_between_anything() {
        let bytes = b"\xffNoor slaapt\xfe\x80kort\xffl\0a\0n\0g\0 \0e\0r\0s\0\xffeind";
        assert_eq!(letters(bytes), "Noor slaapt lang ers eind");
        assert_eq!(letters("\u{1}één, café\u{2}".as_bytes()), "één, café ");
        assert_eq!(letters(b""), "");
    }

    #[test]
    fn runs_are_found_wherever_they_begin() {
        for before in 0..200 {
            for behind in [0, 1, 100] {
                let (chance, more) = (vec![0xff; before], vec![0x9c; behind]);
                let bytes = [&chance, "één kool".as_bytes(), &more].concat();
                assert_eq!(letters(&bytes).trim(), "één kool", "{before} {behind}");
            }
        }
    }

    proptest! {
        #[test]
        fn as_a_byte_at_a_time(
            bytes in prop::collection::vec(prop_oneof![
                8 => Just(b'a'), 2 => Just(0u8), 1 => Just(0xc3u8), 1 => Just(0x81u8),
                1 => Just(0xffu8), 1 => any::<u8>(),
            ], 0..400)
        ) {
            prop_assert_eq!(letters(&bytes), slow(&bytes));
        }
    }
}
