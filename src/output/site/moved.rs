//! Old addresses: a page that says where the text is now, and goes there.

use crate::compose::{Edition, Entry, Public};
use crate::files::Files;
use crate::output::html::{covered, push_covered};
use crate::text::{Address, find_bsn};

/// Adds a page for every old address that is not in use and holds no service number. Call
/// it last: the first file at an address stays.
pub(super) fn add<'a>(files: &mut Files<'a>, edition: &'a Edition<'a, Public>) {
    for (old, id) in edition.redirects() {
        let entry = edition.entry(*id);
        if find_bsn(old.as_str()).is_empty() {
            files.add(old.clone(), move || Ok(page(old, entry).into_bytes()));
        }
    }
}

fn page(old: &Address, entry: &Entry<'_>) -> String {
    let words = entry.lang.words();
    let link = covered(&old.link_to(&entry.address));
    let (title, now) =
        (covered(words.get("moved.title")), covered(words.get("moved.to")));
    let mut page = String::from("<!DOCTYPE html>\n<html lang=\"");
    push_covered(&mut page, entry.lang.tag());
    page.push_str(&format!("\" dir=\"{}\">\n<head>\n", entry.lang.dir()));
    page.push_str("<meta charset=\"utf-8\">\n");
    page.push_str(
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
    );
    page.push_str("<meta name=\"color-scheme\" content=\"light\">\n");
    page.push_str("<meta name=\"robots\" content=\"noindex\">\n");
    page.push_str(&format!("<title>{title}</title>\n"));
    page.push_str(&format!("<meta http-equiv=\"refresh\" content=\"0; url={link}\">\n"));
    page.push_str(&format!(
        "<link rel=\"canonical\" href=\"{link}\">\n</head>\n<body>\n"
    ));
    let name = covered(&entry.title);
    page.push_str(&format!("<main>\n<h1>{title}</h1>\n<p>{now} "));
    page.push_str(&format!(
        "<a href=\"{link}\">{name}</a></p>\n</main>\n</body>\n</html>\n"
    ));
    page
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    #[test]
    fn leads_to_the_new_place_without_markup_of_an_author() {
        let mut sample = Sample::default();
        sample.entry("tips/een.html", "<script>&", None);
        let edition = sample.edition();
        let made = page(
            &Address::new("oud/pad/index.html"),
            edition.entry(crate::compose::EntryId(0)),
        );
        assert!(made.contains("content=\"0; url=../../tips/een.html\""));
        assert!(made.contains("<a href=\"../../tips/een.html\">&lt;script&gt;&amp;</a>"));
        assert!(made.contains("noindex") && !made.contains("<script"));
    }
}
