//! Our own scripts and styles on their way out: without the lines that only explain.
//!
//! Only for files in the program, of which we know that no line of a string begins with a
//! comment; the files of a project go out as they are.

/// Returns a script or style without whole lines of comment and without indentation.
pub(super) fn lean(source: &[u8]) -> Vec<u8> {
    let Ok(source) = std::str::from_utf8(source) else { return source.to_vec() };
    let mut out = String::with_capacity(source.len());
    let mut inside = false;
    for line in source.lines().map(str::trim) {
        let opens = line.starts_with("/*");
        if inside || opens {
            inside = !line.ends_with("*/");
        } else if !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::layer::Layer;

    #[test]
    fn explanations_stay_home() {
        let source =
            b"/* one\n   two */\na{}\n\n  // three\n  b /* kept */ c\n/* four */\nd";
        assert_eq!(lean(source), b"a{}\nb /* kept */ c\nd\n");
    }

    /// A comment that stands in front of code would take the code with it.
    #[test]
    fn comments_of_our_own_files_stand_on_lines_of_their_own() {
        for layer in Layer::all_built_in() {
            for path in layer
                .files
                .keys()
                .filter(|path| path.ends_with(".js") || path.ends_with(".css"))
            {
                let text = layer.text(path).unwrap_or_default().into_owned();
                for line in
                    text.lines().map(str::trim).filter(|line| line.starts_with("/*"))
                {
                    let ends = line.find("*/").is_none_or(|at| at + 2 == line.len());
                    assert!(ends, "{path}: {line}");
                }
            }
        }
    }
}
