//! Numbers as people write them: `06 - 12 34 56 78` is one number.

/// Returns every run of at least eight digits, with what stands between them taken out.
pub fn numbers(text: &str) -> String {
    let mut out = String::from(" ");
    let (mut digits, mut gap) = (String::new(), 0);
    let mut rest = text;
    // Between numbers nothing counts: on to the next digit at once.
    while let Some(at) = first_digit(rest.as_bytes()) {
        let mut end = rest.len();
        for (place, c) in rest[at..].char_indices() {
            match c {
                _ if c.is_ascii_digit() => {
                    digits.push(c);
                    gap = 0;
                }
                ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}' if gap < 3 => gap += 1,
                _ => {
                    end = at + place;
                    break;
                }
            }
        }
        if digits.len() >= 8 {
            out.push_str(&digits);
            out.push(' ');
        }
        digits.clear();
        gap = 0;
        rest = &rest[end..];
    }
    out
}

/// Finds the first digit, many bytes at a time.
fn first_digit(bytes: &[u8]) -> Option<usize> {
    const STEP: usize = 32;
    let has =
        |part: &[u8; STEP]| part.iter().fold(false, |has, b| has | b.is_ascii_digit());
    let (parts, _) = bytes.as_chunks::<STEP>();
    let skip = parts.iter().take_while(|part| !has(part)).count() * STEP;
    let at = bytes.get(skip..)?.iter().position(u8::is_ascii_digit)?;
    Some(skip + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_however_it_is_spaced() {
        for text in ["06 - 12 34 56 78", "06.12345678", "(06) 1234-5678"] {
            assert_eq!(numbers(text), " 0612345678 ", "{text}");
        }
        assert_eq!(numbers("12,34,56,78,90"), " ");
        assert_eq!(numbers("kamer 12"), " ");
    }
}
