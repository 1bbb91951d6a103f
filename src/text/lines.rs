//! The lines of a text: every text is split into them several times.

use memchr::memchr_iter;

/// Returns the lines of a text, each with its end, as `split_inclusive('\n')` does.
pub fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    let ends = memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    let mut start = 0;
    ends.chain([text.len()]).filter_map(move |end| {
        let line = &text[start..end];
        start = end;
        (!line.is_empty()).then_some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn as_the_standard_library_splits(text in "(\n|\r\n|a|é|\\PC){0,20}") {
            assert!(lines_of(&text).eq(text.split_inclusive('\n')));
        }
    }
}
