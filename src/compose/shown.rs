//! What of the fields of a text, and of the settings, an edition holds: an allow-list.
//! Keys that decide who may read a text stay inside with their values; so does every line
//! whose key we do not know, unless its writer says it is for the theme.

use crate::model::{Fields, Key, Settings};
use crate::text::fold;

/// Keys whose values pages and booklets may show or go by.
const SHOWN: [Key; 36] = [
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
];

/// Words a line for the theme begins with: `eigen kleur: warm`.
const OWN: [&str; 2] = ["eigen", "own"];

/// Returns the fields an edition may hold.
pub(super) fn fields(all: &Fields) -> Fields {
    let known = all.list.iter().filter(|field| SHOWN.contains(&field.key));
    let own = all.extra.iter().filter_map(|(name, value)| {
        let name = own_name(name)?;
        Some((name.to_string(), value.clone()))
    });
    Fields { list: known.cloned().collect(), extra: own.collect() }
}

/// Returns the name of a line that is meant for the theme: what stands behind `eigen`.
fn own_name(typed: &str) -> Option<&str> {
    let (first, rest) = typed.trim().split_once([' ', '-', '_'])?;
    let name = rest.trim();
    (OWN.contains(&fold(first).as_str()) && !name.is_empty()).then_some(name)
}

/// Returns the settings an edition may hold: without the menu as typed, which may name a
/// text that stays inside.
pub(super) fn settings(all: &Settings) -> Settings {
    Settings { menu: Vec::new(), ..all.clone() }
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
        let own = |name: &str| (name.to_string(), "x".to_string());
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
