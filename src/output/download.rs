//! What stands beside the pages of a site: booklets that can be had from it, and pictures
//! to share.

use crate::lang::Table;
use crate::lock::Drawer;
use crate::problem::Problem;
use crate::text::Address;
use std::sync::Arc;

/// All that stands beside the pages of a site.
#[derive(Default)]
pub struct Beside<'a> {
    /// Booklets.
    pub downloads: Vec<Download>,
    /// Pictures to share.
    pub shares: Vec<SharePicture<'a>>,
    /// Where builds note what they heard in the texts.
    pub notes: Option<&'a Drawer>,
}

/// A picture that other sites show beside a link to a page.
pub struct SharePicture<'a> {
    /// The page.
    pub page: Address,
    /// Where the picture stands.
    pub address: Address,
    /// Makes it: a PNG.
    pub make: Arc<dyn Fn() -> Result<Vec<u8>, Problem> + Send + Sync + 'a>,
}

/// A file beside the pages of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// The page of the text that asks for it.
    pub booklet: Address,
    /// Where the file stands.
    pub address: Address,
    /// What it is: a name of `output::print::Format`.
    pub format: &'static str,
    /// Number of pages, where it has them.
    pub pages: Option<usize>,
    /// Its bytes.
    pub bytes: Arc<Vec<u8>>,
}

impl Download {
    /// Returns what pages tell of it; its bytes are not among that.
    pub fn told(&self) -> (&Address, &Address, &str, Option<usize>, usize) {
        (&self.booklet, &self.address, self.format, self.pages, self.bytes.len())
    }

    /// Returns what it is, for a link: "Boekje (pdf, 48 bladzijden, 1,2 MB)".
    pub fn words(&self, words: &Table) -> String {
        let extension = self.address.as_str().rsplit('.').next().unwrap_or_default();
        let pages = self.pages.map(|pages| match pages {
            1 => words.get("download.page").to_string(),
            many => words.say("download.pages", &[("n", &many.to_string())]),
        });
        let size = size(self.bytes.len(), words);
        let facts: Vec<String> = [Some(extension.to_string()), pages, Some(size)]
            .into_iter()
            .flatten()
            .collect();
        let comma = words.get("download.comma");
        format!(
            "{} ({})",
            words.get(&format!("download.{}", self.format)),
            facts.join(comma)
        )
    }
}

/// Returns a size as people say it: "312 kB", "1,2 MB".
fn size(bytes: usize, words: &Table) -> String {
    if bytes < 1_000_000 {
        let n = bytes.div_ceil(1000).max(1).to_string();
        return words.say("download.kb", &[("n", &n)]);
    }
    let tenths = bytes.div_ceil(100_000);
    let n = match (tenths / 10, tenths % 10) {
        (whole, 0) => whole.to_string(),
        (whole, part) => format!("{whole}{}{part}", words.get("download.point")),
    };
    words.say("download.mb", &[("n", &n)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn what_a_link_says() {
        let one = |pages, bytes| Download {
            booklet: Address::new("boekje.html"),
            address: Address::new("samen.pdf"),
            format: "a5",
            pages,
            bytes: Arc::new(vec![0; bytes]),
        };
        let (nl, en) = (Lang::dutch(), Lang::english());
        let said = |one: Download, lang: &Lang| one.words(lang.words());
        assert_eq!(
            said(one(Some(48), 1_190_000), &nl),
            "Boekje (pdf, 48 bladzijden, 1,2 MB)"
        );
        assert_eq!(said(one(Some(1), 20), &nl), "Boekje (pdf, 1 bladzijde, 1 kB)");
        assert_eq!(said(one(None, 2_000_000), &en), "Booklet (pdf, 2 MB)");
    }
}
