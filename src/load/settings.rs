//! Settings of the site: from the site text, else from the booklet, else from the folder.

use super::kinds;
use super::tongue::Tongues;
use crate::kind::signs;
use crate::kind::{Exit, anywhere, read_exit};
use crate::lang::Lang;
use crate::model::{Fields, Key, Kind, Settings, Text, Value};
use crate::problem::{Code, Problem};
use crate::text::{fold, web_address};
use std::path::Path;

/// Names of folders that say nothing about what is in them, folded.
const PLAIN: [&str; 7] =
    ["content", "inhoud", "teksten", "texts", "src", "docs", "boekje"];

/// Reads the settings. Reports D03 for pictures to share without an address, K12 for a language, L07 for an address that is none.
pub(super) fn read(
    texts: &[Text],
    tongues: &Tongues<'_>,
    root: &Path,
) -> (Settings, Vec<Problem>) {
    let site = first(texts, Kind::Site);
    let booklet = first(texts, Kind::Booklet);
    let mut reader = Reader { problems: Vec::new() };
    let settings = reader.read(texts, tongues, [site, booklet], root);
    (settings, reader.problems)
}

/// Returns the first text of a kind, the one nearest to the top of the folder.
fn first(texts: &[Text], kind: Kind) -> Option<&Text> {
    texts
        .iter()
        .filter(|text| text.kind == kind && speaks(text))
        .min_by_key(|text| text.path.as_str().matches('/').count())
}

/// Tells whether a text goes out as far as we know without a calendar: the name of one
/// that stays inside is no name for a site.
fn speaks(text: &Text) -> bool {
    let fields = &text.fields;
    let draft = fields.get(Key::Draft).is_some() && fields.yes(Key::Draft) != Some(false);
    let dated =
        [Key::PublishOn, Key::Expires].iter().any(|key| fields.get(*key).is_some());
    let timed = dated && text.kind != Kind::Site;
    !draft && !timed && !signs::says_no(text.kind, fields)
}

struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    fn read(
        &mut self,
        texts: &[Text],
        tongues: &Tongues<'_>,
        both: [Option<&Text>; 2],
        root: &Path,
    ) -> Settings {
        let none = Fields::default();
        let fields = both[0].map_or(&none, |site| &site.fields);
        let said = |key| {
            both.iter().flatten().find_map(|text| text.fields.text(key)).map(String::from)
        };
        let lang = both
            .iter()
            .flatten()
            .find_map(|text| text.fields.lang(Key::Language).cloned())
            .or_else(|| tongues.of_most(texts))
            .unwrap_or_else(Lang::dutch);
        let titled = both.iter().flatten().find(|text| is_titled(text));
        let style = fields.get(Key::Style);
        Settings {
            title: titled.map_or_else(|| folder_title(root), |text| text.title.clone()),
            address: self.address(fields),
            langs: self.langs(&lang, fields),
            theme: fields.text(Key::Style).unwrap_or("verbinden").to_string(),
            theme_span: style.map(|field| field.value_span),
            menu: fields.list(Key::Menu).to_vec(),
            publisher: said(Key::Publisher),
            footer: fields.text(Key::Footer).map(String::from),
            contact: fields.text(Key::Contact).map(String::from),
            quick_exit: self.exit(fields, &lang),
            lang,
            hints: fields.yes(Key::Hints) != Some(false),
            share_pictures: self.share_pictures(fields),
        }
    }

    fn langs(&mut self, own: &Lang, fields: &Fields) -> Vec<Lang> {
        let mut langs = vec![own.clone()];
        for (typed, span) in fields.list(Key::Languages) {
            match Lang::read(typed) {
                Some(lang) if !langs.contains(&lang) => langs.push(lang),
                Some(_) => {}
                None => self
                    .problems
                    .push(Problem::at(Code::K12, *span).with("v", typed.clone())),
            }
        }
        langs
    }

    /// The address of the site: `adres:` in the site text.
    fn address(&mut self, fields: &Fields) -> Option<String> {
        let key = [Key::SiteAddress, Key::Slug]
            .into_iter()
            .find(|key| fields.get(*key).is_some())?;
        let mut address = self.link(fields, key)?;
        address.truncate(address.find(['?', '#']).unwrap_or(address.len()));
        if !address.ends_with('/') {
            address.push('/');
        }
        Some(address)
    }

    /// Where leaving quickly leads: `snel weg:` in the site text.
    fn exit(&mut self, fields: &Fields, lang: &Lang) -> Option<String> {
        match read_exit(fields.text(Key::QuickExit)?) {
            Some(Exit::To(address)) => Some(address),
            Some(Exit::Yes) => Some(anywhere(lang)),
            Some(Exit::No) => None,
            None => self.link(fields, Key::QuickExit),
        }
    }

    /// Whether each text gets a picture to share. Other sites fetch it by the address of
    /// the site; D03 without one.
    fn share_pictures(&mut self, fields: &Fields) -> bool {
        let wanted = fields.yes(Key::SharePicture) == Some(true);
        let at_home =
            [Key::SiteAddress, Key::Slug].iter().all(|key| fields.get(*key).is_none());
        if let Some(field) = fields.get(Key::SharePicture).filter(|_| wanted && at_home) {
            self.problems.push(Problem::at(Code::D03, field.value_span));
        }
        wanted && !at_home
    }

    /// An address on the web; L07 when it is something else.
    fn link(&mut self, fields: &Fields, key: Key) -> Option<String> {
        let field = fields.get(key)?;
        let Value::Text(typed) = &field.value else { return None };
        let link = web_address(typed);
        if link.is_none() {
            self.problems
                .push(Problem::at(Code::L07, field.value_span).with("x", typed.clone()));
        }
        link
    }
}

/// Tells whether a text says its title, rather than having it from its file name.
fn is_titled(text: &Text) -> bool {
    text.title_span.end > text.title_span.start
}

/// Returns a title from the folder; of a folder with a plain name, from the one above.
fn folder_title(root: &Path) -> String {
    let names: Vec<String> = root
        .ancestors()
        .take(2)
        .filter_map(|dir| dir.file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    let name =
        names.iter().find(|name| !PLAIN.contains(&fold(name).as_str())).or(names.first());
    name.map_or_else(|| "Boekje".to_string(), |name| kinds::readable(name))
}

/// Tells whether the site says its language.
pub(super) fn says_language<'t>(mut texts: impl Iterator<Item = &'t Text>) -> bool {
    let tells = |text: &Text| matches!(text.kind, Kind::Site | Kind::Booklet);
    texts.any(|text| tells(text) && text.fields.lang(Key::Language).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_a_plain_name_takes_the_one_above() {
        assert_eq!(folder_title(Path::new("/home/samen-verder/content")), "Samen verder");
        assert_eq!(
            folder_title(Path::new("/home/tips-uit-de-buurt")),
            "Tips uit de buurt"
        );
        assert_eq!(folder_title(Path::new("/")), "Boekje");
    }
}
