//! Ends of streams that nobody can misread.
//!
//! A stream whose last byte is a carriage return stands before the line end of its
//! `endstream` as if both were one line end; a strict reader then counts a byte too few
//! (ISO 32000, 7.3.8.1). [`clear`] writes a whole line end there, and moves what lies
//! behind it in the table of places.

/// What stands behind a stream that can be misread.
const UNCLEAR: &[u8] = b"\r\nendstream";

/// Returns the PDF with a full line end behind every such stream. A file whose table of
/// places is not as expected is returned as it is.
pub(super) fn clear(pdf: Vec<u8>) -> Vec<u8> {
    let Some(table) = Table::find(&pdf) else { return pdf };
    let places = unclear(&pdf, &table);
    if places.is_empty() {
        return pdf;
    }
    let moved = |at: usize| at + places.partition_point(|place| *place < at);
    let mut out = Vec::with_capacity(pdf.len() + places.len());
    let mut from = 0;
    for &place in &places {
        out.extend_from_slice(&pdf[from..place]);
        out.push(b'\r');
        from = place;
    }
    out.extend_from_slice(&pdf[from..table.entries]);
    for entry in pdf[table.entries..table.end].chunks(ENTRY) {
        match number(&entry[..10]) {
            Some(at) if entry[17] == b'n' => {
                out.extend_from_slice(format!("{:010}", moved(at)).as_bytes());
                out.extend_from_slice(&entry[10..]);
            }
            _ => out.extend_from_slice(entry),
        }
    }
    out.extend_from_slice(&pdf[table.end..table.start_of]);
    out.extend_from_slice(moved(table.at).to_string().as_bytes());
    out.extend_from_slice(&pdf[table.end_of..]);
    out
}

/// Length of an entry of the table.
const ENTRY: usize = 20;

/// Where the table of places stands.
struct Table {
    /// Its own place, as the end of the file names it.
    at: usize,
    /// Its first entry.
    entries: usize,
    /// Behind its last entry.
    end: usize,
    /// Where its place is named, and where that ends.
    start_of: usize,
    end_of: usize,
    /// Places of objects, sorted.
    objects: Vec<usize>,
}

impl Table {
    fn find(pdf: &[u8]) -> Option<Table> {
        const WORD: &[u8] = b"startxref\n";
        let start_of = last(pdf, WORD)? + WORD.len();
        let digits = pdf[start_of..].iter().take_while(|b| b.is_ascii_digit()).count();
        let end_of = start_of + digits;
        let at = number(&pdf[start_of..end_of])?;
        let head = pdf.get(at..)?.strip_prefix(b"xref\n0 ")?;
        let line = head.iter().position(|byte| *byte == b'\n')?;
        let count = number(&head[..line])?;
        let entries = at + "xref\n0 ".len() + line + 1;
        let end = entries.checked_add(count.checked_mul(ENTRY)?)?;
        let list = pdf.get(entries..end)?;
        let used = list.chunks(ENTRY).filter(|entry| entry[17] == b'n');
        let mut objects: Vec<usize> =
            used.filter_map(|entry| number(&entry[..10])).collect();
        objects.sort_unstable();
        Some(Table { at, entries, end, start_of, end_of, objects })
    }
}

/// Returns where streams end in a carriage return, behind it. The words may also stand
/// inside a stream by chance: only those with nothing but the end of an object behind them
/// count.
fn unclear(pdf: &[u8], table: &Table) -> Vec<usize> {
    let ends = table.objects.iter().skip(1).copied().chain([table.at]);
    ends.filter_map(|end| {
        let object = pdf.get(..end)?.trim_ascii_end().strip_suffix(b"endobj")?;
        let stream = object.trim_ascii_end();
        let at = stream.len().checked_sub(UNCLEAR.len())?;
        stream.ends_with(UNCLEAR).then_some(at + 1)
    })
    .collect()
}

fn last(pdf: &[u8], word: &[u8]) -> Option<usize> {
    let from = pdf.len().saturating_sub(64);
    let tail = &pdf[from..];
    tail.windows(word.len()).rposition(|part| part == word).map(|at| at + from)
}

fn number(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of three objects, the first and the last with a stream that ends in a
    /// carriage return.
    fn sample() -> Vec<u8> {
        let mut pdf = b"%PDF-1.7\n".to_vec();
        let mut places = Vec::new();
        for body in [
            &b"<</Length 2>>stream\na\r\nendstream"[..],
            b"<<>>",
            b"<</Length 1>>stream\n\r\nendstream",
        ] {
            places.push(pdf.len());
            pdf.extend_from_slice(format!("{} 0 obj\n", places.len()).as_bytes());
            pdf.extend_from_slice(body);
            pdf.extend_from_slice(b"\nendobj\n\n");
        }
        let at = pdf.len();
        pdf.extend_from_slice(b"xref\n0 4\n0000000000 65535 f\r\n");
        for place in places {
            pdf.extend_from_slice(format!("{place:010} 00000 n\r\n").as_bytes());
        }
        pdf.extend_from_slice(
            format!("trailer\n<<>>\nstartxref\n{at}\n%%EOF").as_bytes(),
        );
        pdf
    }

    #[test]
    fn line_ends_are_whole_and_places_move_along() {
        let before = sample();
        let after = clear(before.clone());
        assert_eq!(after.len(), before.len() + 2);
        let text = String::from_utf8_lossy(&after);
        assert_eq!(text.matches("\r\r\nendstream").count(), 2);
        let table = Table::find(&after).expect("the table is where the end says");
        for (at, place) in table.objects.iter().enumerate() {
            let head = format!("{} 0 obj", at + 1);
            assert!(after[*place..].starts_with(head.as_bytes()), "{head}");
        }
        assert_eq!(clear(b"%PDF".to_vec()), b"%PDF");
    }
}
