//! What is packed in bytes: compressed streams of a PDF, the files of a zip (EPUB, Word),
//! gzip, base64 and hexadecimal runs.

use miniz_oxide::inflate::{
    decompress_to_vec_with_limit, decompress_to_vec_zlib_with_limit,
};

/// Most that is unpacked from one stream: a bomb is not worth the memory.
const MOST: usize = 64 << 20;

/// Shortest run of base64 or hexadecimal that is worth unpacking.
const SHORTEST: usize = 24;

/// Returns what is packed in bytes.
pub(super) fn unpacked(bytes: &[u8]) -> Vec<Vec<u8>> {
    if bytes.starts_with(b"%PDF-") {
        return pdf(bytes);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return zip(bytes);
    }
    if bytes.starts_with(b"\x1f\x8b\x08") {
        return gzip(bytes).into_iter().collect();
    }
    Vec::new()
}

fn zlib(bytes: &[u8]) -> Option<Vec<u8>> {
    match decompress_to_vec_zlib_with_limit(bytes, MOST) {
        Ok(made) => Some(made),
        // Half a stream is still something to read.
        Err(stopped) => Some(stopped.output).filter(|made| !made.is_empty()),
    }
}

fn raw(bytes: &[u8]) -> Option<Vec<u8>> {
    match decompress_to_vec_with_limit(bytes, MOST) {
        Ok(made) => Some(made),
        Err(stopped) => Some(stopped.output).filter(|made| !made.is_empty()),
    }
}

fn pdf(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut made = Vec::new();
    let mut rest = bytes;
    while let Some(at) = find(rest, b"stream") {
        rest = &rest[at + b"stream".len()..];
        let start = rest.iter().take(2).take_while(|b| b"\r\n".contains(b)).count();
        if start > 0 {
            let end = find(rest, b"endstream").unwrap_or(rest.len());
            made.extend(zlib(&rest[start.min(end)..end]));
            rest = &rest[end..];
            rest = rest.strip_prefix(b"endstream").unwrap_or(rest);
        }
    }
    made
}

fn zip(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut made = Vec::new();
    let mut rest = bytes;
    while let Some(at) = find(rest, b"PK\x03\x04") {
        rest = &rest[at + 4..];
        let number = |at: usize| {
            rest.get(at..at + 2)
                .map_or(0, |two| usize::from(two[0]) | usize::from(two[1]) << 8)
        };
        let (method, start) = (number(4), 26 + number(22) + number(24));
        let Some(inside) = rest.get(start..) else { continue };
        match method {
            8 => made.extend(raw(inside)),
            _ => {
                let end = find(inside, b"PK").unwrap_or(inside.len());
                made.push(inside[..end].to_vec());
            }
        }
    }
    made
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let flags = *bytes.get(3)?;
    let mut at = 10;
    if flags & 4 != 0 {
        let length = bytes.get(at..at + 2)?;
        at += 2 + usize::from(length[0]) + (usize::from(length[1]) << 8);
    }
    for flag in [8, 16] {
        if flags & flag != 0 {
            at += bytes.get(at..)?.iter().position(|b| *b == 0)? + 1;
        }
    }
    raw(bytes.get(at..)?)
}

/// Returns what runs of base64 and hexadecimal in a text stand for.
pub(super) fn runs(text: &str) -> impl Iterator<Item = Vec<u8>> {
    long_runs(text.as_bytes()).flat_map(|run| {
        let is_hex = run.iter().all(u8::is_ascii_hexdigit);
        [is_hex.then(|| hex(run)), Some(base64(run))].into_iter().flatten()
    })
}

/// Returns the runs themselves. From behind: where a run that is long enough cannot stand,
/// none of its bytes but the last is looked at.
fn long_runs(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        loop {
            let window = rest.get(..SHORTEST)?;
            if let Some(at) = window.iter().rposition(|b| !PART[usize::from(*b)]) {
                rest = &rest[at + 1..];
                continue;
            }
            let end = rest.iter().position(|b| !PART[usize::from(*b)]);
            let (run, after) = rest.split_at(end.unwrap_or(rest.len()));
            rest = after;
            return Some(run);
        }
    })
}

/// Whether a byte may be part of such a run.
const PART: [bool; 256] = {
    let mut part = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let at = byte as u8;
        part[byte] =
            at.is_ascii_alphanumeric() || matches!(at, b'+' | b'/' | b'-' | b'_' | b'=');
        byte += 1;
    }
    part
};

fn hex(run: &[u8]) -> Vec<u8> {
    let digit = |b: u8| char::from(b).to_digit(16).unwrap_or_default() as u8;
    let (pairs, _) = run.as_chunks::<2>();
    pairs.iter().map(|[high, low]| digit(*high) << 4 | digit(*low)).collect()
}

fn base64(run: &[u8]) -> Vec<u8> {
    let mut made = Vec::with_capacity(run.len());
    let (mut bits, mut count) = (0u32, 0);
    for byte in run {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            made.push((bits >> count) as u8);
        }
    }
    made
}

/// Finds the first place of a few bytes in many.
fn find(bytes: &[u8], sought: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, sought)
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};

    const SECRET: &[u8] = b"Noor slaapt bij oma, en niemand weet het.";

    #[test]
    fn streams_are_unpacked() {
        let shut = compress_to_vec_zlib(SECRET, 6);
        let pdf = [b"%PDF-1.7 stream\r\n", shut.as_slice(), b"\nendstream"].concat();
        assert_eq!(unpacked(&pdf), [SECRET]);
        let shut = compress_to_vec(SECRET, 6);
        let mut head = b"PK\x03\x04\x14\0\0\0\x08\0".to_vec();
        head.extend([0; 16]);
        head.extend([1, 0, 0, 0, b'a']);
        assert_eq!(unpacked(&[head.as_slice(), &shut].concat()), [SECRET]);
        let head = b"\x1f\x8b\x08\x08\0\0\0\0\0\x03naam\0";
        assert_eq!(unpacked(&[head.as_slice(), &shut].concat()), [SECRET]);
    }

    #[test]
    fn runs_are_read() {
        let text = format!("x=\"{}\"", crate::text::base64(SECRET));
        assert!(runs(&text).any(|it| it == SECRET));
        let hex: String = SECRET.iter().map(|b| format!("{b:02X}")).collect();
        assert!(runs(&hex).any(|it| it == SECRET));
    }

    proptest::proptest! {
        #[test]
        fn long_runs_are_those_of_a_split(text in "([a-zA-Z0-9+/=]{0,30}[ .<]){0,6}[a-z/]{0,30}") {
            let split = text.as_bytes().split(|b| !PART[usize::from(*b)]);
            let slow: Vec<&[u8]> = split.filter(|run| run.len() >= SHORTEST).collect();
            proptest::prop_assert_eq!(long_runs(text.as_bytes()).collect::<Vec<_>>(), slow);
        }

        #[test]
        fn never_panics(start in 0usize..3, bytes: Vec<u8>) {
            let head: &[u8] = [&b"%PDF-stream\n"[..], b"PK\x03\x04", b"\x1f\x8b\x08"][start];
            unpacked(&[head, &bytes].concat());
            runs(&String::from_utf8_lossy(&bytes)).count();
        }
    }
}
