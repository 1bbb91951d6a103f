//! The ways to see a file: as it is, and everything in it unpacked: gzip, zip, streams of a
//! PDF and of a PNG, raw deflate, base64, hexadecimal; what comes out is unpacked again.

use std::collections::BTreeSet;

/// How deep it goes: a PDF in a zip in base64.
const DEEPEST: usize = 3;

/// As much as is tried first, and what has to come of it.
const BITE: usize = 512;
const SHORTEST: usize = 16;

/// Longest that is unpacked.
const MOST: usize = 64 << 20;

/// Calls `look` for each way to see these bytes.
pub(crate) fn each(bytes: &[u8], look: &mut impl FnMut(&[u8])) {
    let mut seen = BTreeSet::new();
    inside(bytes, 0, &mut seen, look);
}

fn inside(
    bytes: &[u8],
    depth: usize,
    seen: &mut BTreeSet<Vec<u8>>,
    look: &mut impl FnMut(&[u8]),
) {
    look(bytes);
    if depth >= DEEPEST {
        return;
    }
    for view in deflated(bytes).into_iter().chain(runs(bytes)) {
        if view.len() > 8 && seen.insert(view.clone()) {
            inside(&view, depth + 1, seen, look);
        }
    }
}

/// Returns what is packed anywhere in these bytes.
fn deflated(bytes: &[u8]) -> Vec<Vec<u8>> {
    let inflate = miniz_oxide::inflate::decompress_to_vec_with_limit;
    let zlib = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
    // What went well before the stream ended counts too.
    let open = |made: Result<Vec<u8>, miniz_oxide::inflate::DecompressError>| match made {
        Ok(all) => all,
        Err(part) => part.output,
    };
    let mut all = Vec::new();
    for (at, two) in bytes.windows(2).enumerate() {
        let rest = &bytes[at..];
        match two {
            // zlib: in a PDF, a PNG, on its own.
            [0x78 | 0x58 | 0x68 | 0x48, b]
                if (u16::from(two[0]) << 8 | u16::from(*b)).is_multiple_of(31) =>
            {
                // Two letters of a word may look like one: a first bite tells.
                let bite = rest.get(..BITE).unwrap_or(rest);
                if open(zlib(bite, MOST)).len() >= SHORTEST {
                    all.push(open(zlib(rest, MOST)));
                }
            }
            [0x1f, 0x8b] => all.push(open(inflate(gzip_body(rest), MOST))),
            // A member of a zip: its name says how long it is.
            [b'P', b'K'] if rest.starts_with(b"PK\x03\x04") && rest.len() > 30 => {
                let long =
                    |at: usize| usize::from(u16::from_le_bytes([rest[at], rest[at + 1]]));
                let body = rest.get(30 + long(26) + long(28)..).unwrap_or_default();
                all.push(open(inflate(body, MOST)));
            }
            _ => {}
        }
    }
    all.push(open(inflate(bytes, MOST)));
    all
}

/// Returns what is packed in a gzip file: behind its head and the name of the file.
fn gzip_body(bytes: &[u8]) -> &[u8] {
    let flags = bytes.get(3).copied().unwrap_or_default();
    let mut rest = bytes.get(10..).unwrap_or_default();
    for flag in [8, 16] {
        if flags & flag != 0 {
            let end = rest.iter().position(|b| *b == 0).map_or(rest.len(), |at| at + 1);
            rest = &rest[end..];
        }
    }
    rest
}

/// Returns what runs of base64 and of hexadecimal stand for.
fn runs(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    let part = |b: &u8| b.is_ascii_alphanumeric() || b"+/-_=".contains(b);
    // Long runs are broken in lines, as in a letter.
    let joined: Vec<u8> =
        bytes.iter().copied().filter(|b| !b"\r\n".contains(b)).collect();
    for run in joined.split(|b| !part(b)).filter(|run| run.len() >= SHORTEST) {
        let value = |b: &u8| {
            Some(match b {
                b'A'..=b'Z' => b - b'A',
                b'a'..=b'z' => b - b'a' + 26,
                b'0'..=b'9' => b - b'0' + 52,
                b'+' | b'-' => 62,
                b'/' | b'_' => 63,
                _ => return None,
            })
        };
        let six: Vec<u8> = run.iter().filter_map(value).collect();
        let three = six.chunks(4).flat_map(|four| {
            let all = four.iter().fold(0u32, |all, six| all << 6 | u32::from(*six));
            let all = all << (6 * (4 - four.len()));
            all.to_be_bytes()[1..four.len().max(1)].to_vec()
        });
        all.push(three.collect());
        if run.iter().all(u8::is_ascii_hexdigit) {
            let digit = |b: u8| char::from(b).to_digit(16).unwrap() as u8;
            all.push(
                run.chunks_exact(2)
                    .map(|two| digit(two[0]) << 4 | digit(two[1]))
                    .collect(),
            );
        }
    }
    all
}
