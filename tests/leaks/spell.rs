//! The ways a secret can be written down: words in other letters and other codes, numbers in
//! groups, days in other spellings, sums of words.

use boekje::text::{base64, base64_url};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A way to write something down: its name, and the bytes.
pub(crate) type Spelling = (&'static str, Vec<u8>);

/// Writes words in every way.
pub(crate) fn words(text: &str) -> Vec<Spelling> {
    let mut all = Vec::new();
    let bare: String = text.nfd().filter(|c| !is_combining_mark(*c)).collect();
    for (form, text) in [
        ("as it is", text.to_string()),
        ("small", text.to_lowercase()),
        ("capitals", text.to_uppercase()),
        ("without accents", bare.clone()),
        ("letters and marks apart", text.nfd().collect()),
        ("backwards", text.chars().rev().collect()),
        ("thirteen places on", rot13(text)),
        ("with hyphens", dashed(&bare, "-")),
        ("with underscores", dashed(&bare, "_")),
        ("run together", dashed(&bare, "")),
        ("with dots", dashed(&bare, ".")),
    ] {
        all.push((form, text.clone().into_bytes()));
        if matches!(form, "as it is" | "small" | "with hyphens") {
            all.extend(coded(&text));
        }
    }
    all.extend(sums(text));
    all
}

/// Writes text in every code.
fn coded(text: &str) -> Vec<Spelling> {
    let bytes = text.as_bytes();
    let each = |make: &dyn Fn(u8) -> String| -> Vec<u8> {
        bytes.iter().map(|b| make(*b)).collect::<String>().into_bytes()
    };
    let chars = |make: &dyn Fn(char) -> String| -> Vec<u8> {
        text.chars().map(make).collect::<String>().into_bytes()
    };
    let units: Vec<u16> = text.encode_utf16().collect();
    let wide = |make: fn(u16) -> [u8; 2]| -> Vec<u8> {
        units.iter().flat_map(|unit| make(*unit)).collect()
    };
    let (little, big) = (wide(u16::to_le_bytes), wide(u16::to_be_bytes));
    let safe = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
    let mut all = vec![
        ("UTF-16, small end first", little.clone()),
        ("UTF-16, large end first", big.clone()),
        ("UTF-32", text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()),
        (
            "Latin 1",
            text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect(),
        ),
        ("hexadecimal", each(&|b| format!("{b:02x}"))),
        ("hexadecimal, capitals", each(&|b| format!("{b:02X}"))),
        ("hexadecimal, apart", each(&|b| format!("{b:02x} "))),
        ("UTF-16 in hexadecimal, as in a PDF", hex(&big)),
        ("octal, as in a PDF", each(&|b| format!("\\{b:03o}"))),
        (
            "wide octal, as in a PDF",
            big.iter().flat_map(|b| format!("\\{b:03o}").into_bytes()).collect(),
        ),
        (
            "percent signs",
            each(&|b| if safe(b) { (b as char).into() } else { format!("%{b:02X}") }),
        ),
        (
            "percent signs, small",
            each(&|b| if safe(b) { (b as char).into() } else { format!("%{b:02x}") }),
        ),
        ("percent signs all over", each(&|b| format!("%{b:02X}"))),
        ("plus signs", text.replace(' ', "+").into_bytes()),
        ("entities", chars(&|c| format!("&#{};", u32::from(c)))),
        ("entities, hexadecimal", chars(&|c| format!("&#x{:x};", u32::from(c)))),
        (
            "entities for accents",
            chars(&|c| {
                if c.is_ascii() { c.into() } else { format!("&#{};", u32::from(c)) }
            }),
        ),
        ("JSON", units.iter().flat_map(|u| format!("\\u{u:04x}").into_bytes()).collect()),
        (
            "JSON for accents",
            chars(&|c| {
                if c.is_ascii() { c.into() } else { format!("\\u{:04x}", u32::from(c)) }
            }),
        ),
        ("a style sheet", chars(&|c| format!("\\{:x} ", u32::from(c)))),
        ("a script", each(&|b| format!("\\x{b:02x}"))),
        ("numbers with commas", each(&|b| format!("{b},"))),
        ("numbers with spaces", each(&|b| format!("{b}, "))),
        (
            "quoted-printable",
            each(&|b| {
                if b.is_ascii() { (b as char).into() } else { format!("={b:02X}") }
            }),
        ),
        ("quoted-printable all over", each(&|b| format!("={b:02X}"))),
        ("base 32", base32(bytes)),
        ("bits", each(&|b| format!("{b:08b}"))),
        ("each sign apart", chars(&|c| format!("{c} "))),
        ("each bit other", bytes.iter().map(|b| !b).collect()),
    ];
    for bytes in [bytes, &little, &big] {
        all.extend(sixty_four(bytes));
    }
    all
}

/// Base64 of bytes at each of the three places they can begin.
fn sixty_four(bytes: &[u8]) -> Vec<Spelling> {
    let mut all = Vec::new();
    for before in 0..3 {
        let padded = [&[b'x'; 2][..before], bytes].concat();
        // What depends on the bytes around it is left off on both sides.
        let from = (8 * before).div_ceil(6);
        let until = 8 * padded.len() / 6;
        for (name, text) in
            [("base64", base64(&padded)), ("base64 for addresses", base64_url(&padded))]
        {
            all.push((name, text.as_bytes()[from..until].to_vec()));
        }
    }
    all
}

/// Sums that tell which words they are of to who guesses them.
fn sums(text: &str) -> Vec<Spelling> {
    let mut all = Vec::new();
    for text in [text.to_string(), text.to_lowercase(), format!("{text}\n")] {
        let bytes = text.as_bytes();
        for (name, raw) in [
            ("MD5", super::sums::md5(bytes)),
            ("SHA-1", super::sums::sha1(bytes)),
            ("SHA-256", Sha256::digest(bytes).to_vec()),
        ] {
            all.push((name, hex(&raw)));
            all.push((name, hex(&raw).to_ascii_uppercase()));
            all.push((name, base64(&raw).trim_end_matches('=').as_bytes().to_vec()));
            all.push((name, raw));
        }
    }
    all
}

/// Writes a telephone number in every way; its digits are known.
pub(crate) fn number(digits: &str) -> Vec<Spelling> {
    let end = &digits[1..];
    let grouped = |sizes: &[usize], gap: &str| {
        let (mut parts, mut rest) = (Vec::new(), digits);
        for size in sizes {
            let (part, after) = rest.split_at((*size).min(rest.len()));
            parts.push(part);
            rest = after;
        }
        parts.join(gap) + rest
    };
    let mut all: Vec<Spelling> = vec![
        ("digits", digits.into()),
        ("digits without the nought", end.into()),
        ("with the country", format!("+31{end}").into()),
        ("with the country and a space", format!("+31 {end}").into()),
        ("digits backwards", digits.bytes().rev().collect()),
        ("as a number", end.parse::<u64>().unwrap().to_be_bytes()[3..].to_vec()),
        ("as a number, hexadecimal", format!("{:x}", end.parse::<u64>().unwrap()).into()),
    ];
    for gap in [" ", "-", ".", "&nbsp;", "\u{a0}"] {
        for sizes in [&[2, 8][..], &[2, 2, 2, 2, 2], &[4, 3, 3], &[3, 3, 4], &[2, 4, 4]] {
            all.push(("digits in groups", grouped(sizes, gap).into_bytes()));
        }
    }
    all.extend(coded(digits));
    all.extend(sums(digits));
    all
}

/// Writes a day in every way.
pub(crate) fn day(day: Date) -> Vec<Spelling> {
    const NL: [&str; 12] = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    const EN: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (y, m, d) = (day.year(), day.month(), day.day());
    let (nl, en) = (NL[m as usize - 1], EN[m as usize - 1]);
    let since = (day - jiff::civil::date(1970, 1, 1)).get_days();
    let seconds = i64::from(since) * 86400;
    let texts = [
        day.to_string(),
        format!("{d} {nl} {y}"),
        format!("{d:02} {nl} {y}"),
        format!("{nl} {y}"),
        format!("{d} {} {y}", &nl[..3]),
        format!("{d} {en} {y}"),
        format!("{en} {d}, {y}"),
        format!("{} {d}, {y}", &en[..3]),
        format!("{d}-{m}-{y}"),
        format!("{d:02}-{m:02}-{y}"),
        format!("{d}/{m}/{y}"),
        format!("{d:02}/{m:02}/{y}"),
        format!("{m:02}/{d:02}/{y}"),
        format!("{d}.{m}.{y}"),
        format!("{d:02}.{m:02}.{y}"),
        format!("{y}{m:02}{d:02}"),
        format!("{d:02}{m:02}{y}"),
        format!("{y}/{m:02}/{d:02}"),
        format!("{y}:{m:02}:{d:02}"),
        format!("D:{y}{m:02}{d:02}"),
        format!("{seconds}"),
        format!("{}", seconds + 43200),
    ];
    let mut all: Vec<Spelling> =
        texts.iter().map(|text| ("a day", text.clone().into_bytes())).collect();
    for text in &texts[..2] {
        all.extend(coded(text));
        all.extend(sums(text));
    }
    all
}

fn hex(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|b| format!("{b:02x}")).collect::<String>().into_bytes()
}

fn rot13(text: &str) -> String {
    let turn = |c: char, a: u8| char::from((c as u8 - a + 13) % 26 + a);
    text.chars()
        .map(|c| match c {
            'a'..='z' => turn(c, b'a'),
            'A'..='Z' => turn(c, b'A'),
            _ => c,
        })
        .collect()
}

fn dashed(text: &str, gap: &str) -> String {
    let small = text.to_lowercase();
    let words =
        small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(gap)
}

fn base32(bytes: &[u8]) -> Vec<u8> {
    let bits: String = bytes.iter().map(|b| format!("{b:08b}")).collect();
    let five = bits.as_bytes().chunks_exact(5);
    five.map(|five| {
        let value = five.iter().fold(0, |all, bit| all << 1 | (bit - b'0'));
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[usize::from(value)]
    })
    .collect()
}
