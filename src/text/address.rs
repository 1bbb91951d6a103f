//! Addresses on the site: flat files under the output folder.

use serde::{Deserialize, Serialize};

/// The place of a file on the site: relative, `/` between names, made of slugs, such as
/// `tips/kom-terug.html`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Address(String);

impl Address {
    /// Makes an address. Names that could climb out of the folder are left out.
    pub fn new(path: &str) -> Self {
        let is_name = |name: &&str| !matches!(*name, "" | "." | "..");
        // Nearly all are what they shall be.
        if !path.contains('\\') && path.split('/').all(|name| is_name(&name)) {
            return Address(path.to_string());
        }
        let names: Vec<&str> = path.split(['/', '\\']).filter(is_name).collect();
        Address(names.join("/"))
    }

    /// Returns the address as a path from the top of the site.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the relative link from this page to `other`, with `%` escapes where a
    /// letter may not stand in a link. Works under any base path and from a folder.
    pub fn link_to(&self, other: &Address) -> String {
        let from: Vec<&str> = self.0.split('/').collect();
        let to: Vec<&str> = other.0.split('/').collect();
        let folders = from.len() - 1;
        let same =
            (0..folders.min(to.len() - 1)).take_while(|&at| from[at] == to[at]).count();
        let mut link = "../".repeat(folders - same);
        for (at, name) in to[same..].iter().enumerate() {
            if at > 0 {
                link.push('/');
            }
            link.push_str(&escape(name));
        }
        link
    }

    /// Returns `../` as often as it takes to reach the top from this page, or `./`.
    pub fn to_top(&self) -> String {
        match self.0.matches('/').count() {
            0 => "./".into(),
            depth => "../".repeat(depth),
        }
    }

    /// Returns the address with the letters escaped that may not stand in a link.
    pub fn escaped(&self) -> String {
        self.0.split('/').map(escape).collect::<Vec<_>>().join("/")
    }
}

/// Escapes one name for use in a link (RFC 3986: unreserved characters stay).
fn escape(name: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const OTHER: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(name, OTHER).to_string()
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_links() {
        let tip = Address::new("tips/kom-terug.html");
        assert_eq!(tip.link_to(&Address::new("tips/wacht.html")), "wacht.html");
        assert_eq!(tip.link_to(&Address::new("index.html")), "../index.html");
        assert_eq!(
            tip.link_to(&Address::new("thema/één.html")),
            "../thema/%C3%A9%C3%A9n.html"
        );
        assert_eq!(Address::new("index.html").link_to(&tip), "tips/kom-terug.html");
        assert_eq!(Address::new("../../etc/passwd").as_str(), "etc/passwd");
    }
}
