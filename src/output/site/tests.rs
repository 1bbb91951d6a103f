//! A small library, composed and made into a site.

use super::*;
use crate::compose;
use crate::lang::Lang;
use crate::model::{
    Block, BlockKind, Field, Fields, Inline, InlineKind, Key, Kind, Library, Section,
    Settings, Text, Value, Voice,
};
use crate::output::Beside;
use crate::text::{Source, SourceId, Sources, Span, TextPath};
use jiff::civil::date;
use std::collections::BTreeMap;

fn line(text: &str) -> Vec<Inline> {
    vec![Inline { span: Span::default(), kind: InlineKind::Text(text.into()) }]
}

fn block(kind: BlockKind) -> Block {
    Block { span: Span::default(), kind }
}

fn paragraph(text: &str) -> Block {
    block(BlockKind::Paragraph(line(text)))
}

fn quote(name: &str, role: &str, text: &str) -> Block {
    let voice = Voice {
        span: Span::default(),
        name: name.into(),
        role: role.into(),
        role_span: Span::default(),
    };
    block(BlockKind::Quote { voice: Some(voice.into()), blocks: vec![paragraph(text)] })
}

fn field(key: Key, value: Value) -> Field {
    Field { key, key_span: Span::default(), value_span: Span::default(), value }
}

fn said(key: Key, text: &str) -> Field {
    field(key, Value::Text(text.into()))
}

fn listed(key: Key, words: &[&str]) -> Field {
    let words = words.iter().map(|word| ((*word).to_string(), Span::default()));
    field(key, Value::List(words.collect()))
}

fn section(title: &str) -> Section {
    Section {
        span: Span::default(),
        level: 2,
        id: String::new(),
        title: line(title),
        role: crate::kind::headings::plan_role(title, Default::default()),
        lang: None,
        audience: Default::default(),
        attributes: Vec::new(),
        blocks: vec![paragraph("Tekst onder deze kop.")],
        sections: Vec::new(),
    }
}

/// Texts by path, kind and title, each with a paragraph.
struct Shelf {
    library: Library,
}

impl Shelf {
    fn new() -> Self {
        let settings = Settings {
            title: "Samen & verder".into(),
            quick_exit: Some("https://example.org/weer".into()),
            ..Settings::default()
        };
        let library = Library {
            sources: Sources::default(),
            settings,
            texts: Vec::new(),
            assets: Arc::default(),
            own_words: String::new(),
            tied: Default::default(),
        };
        Shelf { library }
    }

    fn add(&mut self, path: &str, kind: Kind, title: &str) -> &mut Text {
        let path = TextPath::new(path);
        let source: SourceId =
            self.library.sources.add(Source::new(path.clone(), String::new()));
        let body = crate::model::Body {
            lead: vec![paragraph(&format!("Lopende tekst van {title}."))],
            ..Default::default()
        };
        self.library.texts.push(Arc::new(Text {
            source,
            path,
            kind,
            title: title.into(),
            title_span: Span::default(),
            title_typed: None,
            lang: Lang::dutch(),
            fields: Fields::default(),
            body: body.into(),
            links: Vec::new(),
            pictures: Vec::new(),
            notes: Vec::new(),
            image: None,
            part: None,
        }));
        Arc::get_mut(self.library.texts.last_mut().unwrap()).unwrap()
    }

    /// One of every kind.
    fn full() -> Self {
        let mut shelf = Shelf::new();
        let home = shelf.add("index.md", Kind::Page, "Samen verder gaan");
        home.fields.list.push(said(Key::Subtitle, "Tips en verhalen"));
        let tip = shelf.add("tips/05-kom-terug.md", Kind::Tip, "Kom <terug>");
        tip.body.lead.push(quote("Dani", "jongere", "De vierde keer heb ik thee gezet."));
        tip.fields.list.extend([
            listed(Key::Theme, &["Vertrouwen"]),
            listed(Key::For, &["hulpverleners"]),
            field(Key::Number, Value::Number(5)),
        ]);
        shelf.add("tips/06-tel.md", Kind::Tip, "Tel wat lukt");
        let story = shelf.add("verhalen/stoel.md", Kind::Story, "De stoel bij het raam");
        story.fields.list.extend([
            said(Key::Teller, "Mees"),
            said(Key::NameIs, "schuilnaam"),
            listed(Key::Voices, &["jongere"]),
            said(Key::ContentNote, "gaat over niet meer naar school durven"),
            said(Key::Consent, "ja"),
            said(Key::ConsentFrom, "verteller en ouder"),
            field(Key::ConsentOn, Value::Date(date(2026, 1, 12))),
            field(Key::ConsentUntil, Value::Date(date(2028, 1, 12))),
        ]);
        let plan = shelf.add("plannen/noor.md", Kind::Plan, "Fijn thuis");
        plan.fields.list.extend([
            said(Key::Of, "Noor en haar familie"),
            field(Key::MadeOn, Value::Date(date(2026, 3, 7))),
            said(Key::Contact, "Tante Els"),
            field(Key::Public, Value::Yes(true)),
            field(Key::Fictional, Value::Yes(true)),
        ]);
        for title in ["Wie doen mee", "Onze vraag", "Wat gaat goed"] {
            plan.body.sections.push(section(title));
        }
        plan.body.name_sections();
        shelf.add("boekje.md", Kind::Booklet, "Het boekje").fields.list.extend([
            said(Key::Authors, "De schrijfgroep"),
            said(Key::License, "https://creativecommons.org/licenses/by/4.0/"),
        ]);
        shelf.add("woorden.md", Kind::Words, "Woorden");
        shelf.add("bronnen.md", Kind::Sources, "Verder lezen");
        shelf.add("stemmen.md", Kind::Voices, "Wie er spreekt");
        let foreign = shelf.add("over.md", Kind::Page, "من نحن");
        foreign.lang = Lang::read("ar").unwrap();
        shelf.add("map/index.md", Kind::Page, "Een map");
        shelf.add("map/blad.md", Kind::Page, "123 Ergens");
        shelf
    }

    fn pages(&self) -> BTreeMap<String, String> {
        let composed = compose::public(&self.library, date(2026, 6, 1));
        let (theme, problems) = Theme::load("verbinden", None);
        assert_eq!(problems, []);
        let files = site(
            &composed.edition,
            &theme,
            SiteOptions { search: true },
            Beside::default(),
        );
        let pages =
            files.addresses().filter(|address| address.as_str().ends_with(".html"));
        pages
            .map(|address| {
                let bytes = files.make(address).unwrap().unwrap();
                (address.to_string(), String::from_utf8(bytes).unwrap())
            })
            .collect()
    }
}

#[test]
fn leaving_quickly_as_the_site_and_each_text_ask() {
    let mut shelf = Shelf::full();
    let mut ask = |title: &str, typed: &str| {
        let texts = &mut shelf.library.texts;
        let text = texts.iter_mut().find(|text| text.title == title).unwrap();
        Arc::make_mut(text).fields.list.push(said(Key::QuickExit, typed));
    };
    ask("Tel wat lukt", "nee");
    ask("Fijn thuis", "https://example.org/elders");
    let pages = shelf.pages();
    let leads = |address: &str| {
        let (_, rest) = pages[address].split_once("class=\"exit\" href=\"")?;
        rest.split('"').next()
    };
    assert_eq!(leads("index.html"), Some("https://example.org/weer"));
    assert_eq!(leads("tips/tel.html"), None);
    assert!(!pages["tips/tel.html"].contains("exit.js"));
    assert_eq!(leads("plannen/noor.html"), Some("https://example.org/elders"));
    assert!(pages["plannen/noor.html"].contains("href=\"../snel-weg.html\""));
    assert!(pages["snel-weg.html"].contains("Je geschiedenis wordt niet gewist."));

    // Where nobody asks, there is no button, and no page about it.
    let mut shelf = Shelf::full();
    shelf.library.settings.quick_exit = None;
    let pages = shelf.pages();
    assert!(!pages.contains_key("snel-weg.html"));
    assert!(pages.values().all(|page| !page.contains("data-exit")));

    // One text asks: only its page has one.
    let texts = &mut shelf.library.texts;
    let text = texts.iter_mut().find(|text| text.title == "Fijn thuis").unwrap();
    Arc::make_mut(text).fields.list.push(said(Key::QuickExit, "ja"));
    let pages = shelf.pages();
    assert!(pages["plannen/noor.html"].contains("href=\"https://nl.wikipedia.org/\""));
    assert!(pages.contains_key("snel-weg.html"));
    assert!(!pages["index.html"].contains("data-exit"));
}

#[test]
fn every_kind_and_index_has_a_page_that_shows_it() {
    let pages = Shelf::full().pages();
    for (address, shown) in [
        ("index.html", "Tips en verhalen"),
        ("tips/kom-terug.html", "voice-young"),
        ("tips/kom-terug.html", "Voor hulpverleners"),
        ("tips/index.html", "Tel wat lukt"),
        ("verhalen/stoel.html", "Verteld door Mees, jongere"),
        ("plannen/noor.html", "Tante Els"),
        ("plannen/noor.html", "7 maart 2026"),
        ("plannen/noor.html", "Op deze bladzijde"),
        ("boekje.html", "Gemaakt door De schrijfgroep"),
        ("boekje.html", "<a href=\"https://creativecommons.org/licenses/by/4.0/\">"),
        ("woorden.html", "Lopende tekst van Woorden."),
        ("bronnen.html", "Lopende tekst van Verder lezen."),
        ("stemmen.html", "Ervaringsdeskundige"),
        ("map/index.html", "123 Ergens"),
        ("thema/vertrouwen.html", "Kom &lt;terug&gt;"),
        ("themas.html", "thema/vertrouwen.html"),
        ("register.html", "Cijfers en tekens"),
        ("zoek.html", "action=\"register.html\""),
        ("404.html", "noindex"),
    ] {
        let page = pages.get(address).unwrap_or_else(|| panic!("{address} is not there"));
        assert!(page.contains(shown), "{address} lacks {shown}:\n{page}");
    }
}

#[test]
fn many_lines_of_contents_wait_behind_one() {
    let mut shelf = Shelf::new();
    for (path, many) in [("kort.md", 7), ("lang.md", 8)] {
        let page = shelf.add(path, Kind::Page, path);
        page.body.sections.extend((0..many).map(|at| section(&format!("Deel {at}"))));
        page.body.name_sections();
    }
    let pages = shelf.pages();
    let (few, many) = (&pages["kort.html"], &pages["lang.html"]);
    assert!(few.contains("<h2 id=\"inhoud_kop\"") && !few.contains("<details"), "{few}");
    assert!(many.contains("<summary id=\"inhoud_kop\""), "{many}");
    assert!(!many.contains("<details open"), "{many}");
}

#[test]
fn a_story_says_what_it_is_about_before_and_that_telling_it_is_fine_after() {
    let pages = Shelf::full().pages();
    let page = pages["verhalen/stoel.html"].split_once("<main").unwrap().1;
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("no {words}"));
    assert!(at("gaat over niet meer") < at("href=\"#na_tekst\""));
    assert!(at("href=\"#na_tekst\"") < at("Lopende tekst van De stoel"));
    assert!(at("Lopende tekst van De stoel") < at("id=\"na_tekst\""));
    assert!(at("id=\"na_tekst\"") < at("Mees vindt het goed dat wij dit verhaal delen."));
    for said in ["12 januari 2026", "12 januari 2028", "Mees is een schuilnaam."] {
        at(said);
    }
}

#[test]
fn pages_stand_alone_escape_what_people_typed_and_name_their_language() {
    for (address, page) in Shelf::full().pages() {
        assert!(
            !page.contains("<terug>") && !page.contains("Samen & verder"),
            "{address}"
        );
        assert!(page.contains("Samen &amp; verder"), "{address}");
        assert!(!page.contains(" style=") && !page.contains("<style"), "{address}");
        assert!(!page.contains("<script>") && !page.contains(" onclick"), "{address}");
        assert_eq!(page.matches("<h1").count(), 1, "{address}");
        assert_eq!(page.matches("<main").count(), 1, "{address}");
        let arabic = address == "over.html";
        assert_eq!(page.contains("Snel weg"), !arabic, "{address}");
        assert_eq!(page.contains("<html lang=\"ar\" dir=\"rtl\">"), arabic, "{address}");
        // The name of the site is Dutch; the words around a text are in its own language.
        let brand = page.contains("<span lang=\"nl\" dir=\"ltr\">Samen");
        assert_eq!(brand, arabic, "{address}");
        assert_eq!(page.contains("خروج سريع"), arabic, "{address}");
    }
}

#[test]
fn every_relative_link_leads_to_a_file_of_the_site() {
    let shelf = Shelf::full();
    let composed = compose::public(&shelf.library, date(2026, 6, 1));
    let (theme, _) = Theme::load("verbinden", None);
    let files =
        site(&composed.edition, &theme, SiteOptions { search: true }, Beside::default());
    for (address, page) in shelf.pages() {
        let folder = address.rsplit_once('/').map_or("", |(folder, _)| folder);
        let from = TextPath::new(&format!("{folder}/x"));
        for part in page.split(['"']).filter(|part| {
            part.ends_with(".html") || part.ends_with(".css") || part.ends_with(".js")
        }) {
            let to = from.join(part).unwrap_or_else(|| panic!("{address}: {part}"));
            assert!(files.contains(&Address::new(to.as_str())), "{address}: {part}");
        }
    }
}

#[test]
fn an_empty_folder_still_has_a_home_and_a_register() {
    let pages = Shelf::new().pages();
    assert!(pages["index.html"].contains("<h1>Samen &amp; verder</h1>"));
    assert!(pages.contains_key("register.html"));
}

#[test]
fn the_same_texts_give_the_same_bytes() {
    assert_eq!(Shelf::full().pages(), Shelf::full().pages());
}

#[test]
fn absolute_addresses_only_when_the_site_has_one() {
    let mut shelf = Shelf::full();
    assert!(!shelf.pages()["tips/tel.html"].contains("canonical"));
    shelf.library.settings.address = Some("https://samen.nl/boek/".into());
    let pages = shelf.pages();
    let canonical =
        "<link rel=\"canonical\" href=\"https://samen.nl/boek/tips/tel.html\">";
    assert!(pages["tips/tel.html"].contains(canonical));
    let lost = &pages["404.html"];
    assert!(lost.contains("href=\"/boek/index.html\""), "{lost}");
    assert!(lost.contains("href=\"/boek/thema/css/screen.css\""), "{lost}");
    assert!(!lost.contains("https://samen.nl"), "a page for any place asks its own host");
    shelf.library.settings.address = Some("https://samen.nl".into());
    assert!(shelf.pages()["404.html"].contains("href=\"/index.html\""));
}
