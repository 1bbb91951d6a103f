//! Bytes as base64, in both alphabets.

/// Writes bytes as base64 with padding.
pub fn base64(bytes: &[u8]) -> String {
    let mut text = with(b"+/", bytes);
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

/// Writes bytes as base64 for addresses, without padding.
pub fn base64_url(bytes: &[u8]) -> String {
    with(b"-_", bytes)
}

fn with(last: &[u8; 2], bytes: &[u8]) -> String {
    let sign = |number: u32| match number {
        0..26 => b'A' + number as u8,
        26..52 => b'a' + (number - 26) as u8,
        52..62 => b'0' + (number - 52) as u8,
        62 => last[0],
        _ => last[1],
    };
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let all = three.iter().fold(0u32, |all, byte| all << 8 | u32::from(*byte))
            << (8 * (3 - three.len()));
        for at in 0..=three.len() {
            text.push(char::from(sign(all >> (18 - 6 * at) & 63)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_rfc_4648() {
        let plain = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
        let coded = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];
        for (plain, coded) in plain.iter().zip(coded) {
            assert_eq!(base64(plain.as_bytes()), coded);
            assert_eq!(base64_url(plain.as_bytes()), coded.trim_end_matches('='));
        }
        assert_eq!(base64(&[0xfb, 0xff]), "+/8=");
        assert_eq!(base64_url(&[0xfb, 0xff]), "-_8");
    }
}
