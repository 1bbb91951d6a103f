//! The marks between the things of a list: Arabic has a comma and a semicolon of its own.

/// Tells whether a letter stands between two things of a list.
pub fn is_comma(letter: char) -> bool {
    matches!(letter, ',' | ';' | '،' | '؛')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_of_two_scripts() {
        assert!("gezin، school؛ oma, opa; tante".split(is_comma).count() == 5);
        assert!(!is_comma('.'));
    }
}
