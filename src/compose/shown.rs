//! What of the fields of a text, and of the settings, an edition holds: an allow-list.
//! Keys that decide who may read a text stay inside with their values; so does every line
//! whose key we do not know, unless its writer says it is for the theme.

use crate::model::{Extra, Fields, Key, Kind, Library, Settings, Text};
use crate::text::fold;

/// Keys whose values pages and booklets may show or go by.
const SHOWN: [Key; 37] = [
    Key::Subtitle,
    Key::Summary,
    Key::Date,
    Key::Theme,
    Key::Number,
    Key::Order,
    Key::Series,
    Key::For,
    Key::Voices,
    Key::Source,
    Key::Teller,
    Key::NameIs,
    Key::LifeArea,
    Key::ContentNote,
    Key::ConsentOn,
    Key::ConsentUntil,
    Key::Plan,
    Key::Of,
    Key::MadeOn,
    Key::UpdatedOn,
    Key::ReviewOn,
    Key::Coordinator,
    Key::Contact,
    Key::Fictional,
    Key::Authors,
    Key::Publisher,
    Key::Year,
    Key::Isbn,
    Key::License,
    Key::ImageAlt,
    Key::CoverAlt,
    Key::Format,
    Key::LargePrint,
    Key::SaddleStitch,
    Key::Qr,
    Key::Language,
    Key::QuickExit,
];

/// Words a line for the theme begins with: `eigen kleur: warm`.
const OWN: [&str; 2] = ["eigen", "own"];

/// Returns the fields an edition may hold.
pub(super) fn fields(all: &Fields) -> Fields {
    let known = all.list.iter().filter(|field| SHOWN.contains(&field.key));
    let own = all.extra.iter().filter_map(|one| {
        let name = own_name(&one.name)?.to_string();
        Some(Extra { name, ..one.clone() })
    });
    Fields { list: known.cloned().collect(), extra: own.collect() }
}

/// Returns the name of a line that is meant for the theme: what stands behind `eigen`.
fn own_name(typed: &str) -> Option<&str> {
    let (first, rest) = typed.trim().split_once([' ', '-', '_'])?;
    let name = rest.trim();
    (OWN.contains(&fold(first).as_str()) && !name.is_empty()).then_some(name)
}

/// Returns the settings an edition may hold: not the menu as typed, and no title or
/// publisher that only a booklet that stays inside gave.
pub(super) fn settings(
    library: &Library,
    out: &[&Text],
    cover: impl Fn(&str) -> String,
) -> Settings {
    let all = &library.settings;
    let fellow = |text: &&Text| text.kind == Kind::Booklet || text.kind == Kind::Site;
    let goes = |text: &Text| {
        text.kind == Kind::Site || out.iter().any(|one| std::ptr::eq(*one, text))
    };
    let inside: Vec<&Text> =
        library.all().filter(|text| fellow(text) && !goes(text)).collect();
    let open: Vec<&Text> =
        library.all().filter(|text| fellow(text) && goes(text)).collect();
    let title = &all.title;
    let has = |list: &[&Text]| list.iter().any(|text| text.title == *title);
    let title = match has(&inside) && !has(&open) {
        true => open.first().map_or("", |text| text.title.as_str()),
        false => title,
    };
    let said = |list: &[&Text]| {
        list.iter()
            .any(|text| text.fields.text(Key::Publisher) == all.publisher.as_deref())
    };
    let publisher = all.publisher.as_ref().filter(|_| !said(&inside) || said(&open));
    let covered = |one: &Option<String>| one.as_deref().map(&cover);
    Settings {
        title: cover(title),
        publisher: publisher.map(|one| cover(one)),
        footer: covered(&all.footer),
        contact: covered(&all.contact),
        menu: Vec::new(),
        ..all.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Field, Value};

    #[test]
    fn what_decides_who_reads_stays_inside() {
        let field = |key| Field {
            key,
            key_span: Default::default(),
            value_span: Default::default(),
            value: Value::Text("x".into()),
        };
        let own = |name: &str| {
            let (name, value) = (name.to_string(), "x".to_string());
            Extra { name, value, ..Extra::default() }
        };
        let all = Fields {
            list: Key::ALL.iter().map(|&key| field(key)).collect(),
            extra: ["leeftijd", "Eigen kleur", "eigenwijs", "own-mood", "eigen "]
                .map(own)
                .to_vec(),
        };
        let shown = fields(&all);
        for key in [
            Key::Consent,
            Key::ConsentFrom,
            Key::ConsentFor,
            Key::TellerAge,
            Key::Public,
            Key::Draft,
            Key::Share,
            Key::Readers,
            Key::PublishOn,
            Key::Expires,
            Key::Slug,
            Key::OldAddresses,
            Key::TranslationOf,
            Key::Menu,
            Key::Image,
            Key::Cover,
            Key::Status,
        ] {
            assert_eq!(shown.get(key), None, "{key:?}");
        }
        assert!(shown.get(Key::Summary).is_some());
        assert_eq!(shown.extra, [own("kleur"), own("mood")]);
    }
}
