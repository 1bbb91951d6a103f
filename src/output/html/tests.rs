//! Every construct, and `<script>` in every place an author can type.

use super::{Html, Shared, body};
use crate::compose::{Destination, Edition, Entry, PlacedPicture, Term, VoiceRow};
use crate::lang::Lang;
use crate::model::Entry as Entry2;
use crate::model::*;
use crate::picture::{Facts, Format};
use crate::text::{Address, TextPath};
use std::borrow::Cow;

const BAD: &str = "<script>alert(\"1\")</script>&";

/// A text with all it may point to.
struct Sample {
    lang: Lang,
    settings: Settings,
    body: Body,
    links: Vec<Destination>,
    pictures: Vec<Picture>,
    notes: Vec<Note>,
    terms: Vec<Term>,
    voices: Vec<VoiceRow>,
    asset: Asset,
}

impl Sample {
    fn new(lead: Vec<Block>) -> Sample {
        Sample {
            lang: Lang::dutch(),
            settings: Settings::default(),
            body: Body { lead, ..Body::default() },
            links: Vec::new(),
            pictures: Vec::new(),
            notes: Vec::new(),
            terms: Vec::new(),
            voices: vec![VoiceRow {
                name: "young".into(),
                word: String::new(),
                meaning: String::new(),
                typed: vec!["jongere".into()],
            }],
            asset: Asset {
                leaves: Leaves::Freely,
                path: TextPath::new("stoel.jpg"),
                on_disk: "stoel.jpg".into(),
                length: 1,
                facts: Some(Facts {
                    width: 1200,
                    height: 800,
                    format: Format::Jpeg,
                    metadata: false,
                    cleaned: false,
                    transparent: false,
                    flat: false,
                }),
            },
        }
    }

    fn html(&self) -> Html {
        let numbered = |at: usize| at as u32;
        let entry = Entry {
            links: self.links.clone(),
            pictures: (self.pictures.iter().cloned().enumerate())
                .map(|(at, one)| (PictureId(numbered(at)), Box::new(one)))
                .collect(),
            notes: (self.notes.iter().cloned().enumerate())
                .map(|(at, one)| (NoteId(numbered(at)), Box::new(one)))
                .collect(),
            ..Entry::sample(
                Kind::Page,
                "x",
                &self.lang,
                "tips/een.html",
                Cow::Owned(self.body.clone().into()),
            )
        };
        let placed = PlacedPicture { asset: &self.asset, base: "beeld/stoel".into() };
        let edition = Edition::sample(&self.settings, vec![entry])
            .with_words(self.voices.clone(), self.terms.clone())
            .with_picture(AssetId(0), placed);
        let shared = Shared::new(&edition);
        body(&shared, edition.entry(crate::compose::EntryId(0)), self.lang.words())
    }

    fn all(&self) -> String {
        let all = self.html().all();
        assert!(!all.contains("<script"), "{all}");
        all
    }
}

fn block(kind: BlockKind) -> Block {
    Block { span: Default::default(), kind }
}

fn inline(kind: InlineKind) -> Inline {
    Inline { span: Default::default(), kind }
}

fn line(text: &str) -> Vec<Inline> {
    vec![inline(InlineKind::Text(text.into()))]
}

fn paragraph(text: &str) -> Block {
    block(BlockKind::Paragraph(line(text)))
}

fn html(lead: Vec<Block>) -> String {
    Sample::new(lead).all()
}

fn section(title: &str, blocks: Vec<Block>) -> Section {
    Section {
        span: Default::default(),
        level: 2,
        id: "kop".into(),
        title: line(title),
        role: Role::Free,
        lang: None,
        audience: Audience::Everyone,
        attributes: Vec::new(),
        blocks,
        sections: Vec::new(),
    }
}

fn voice(name: &str, role: &str) -> Option<Box<Voice>> {
    Some(Box::new(Voice {
        span: Default::default(),
        name: name.into(),
        role: role.into(),
        role_span: Default::default(),
    }))
}

fn picture(alt: &str, asset: Option<AssetId>) -> Picture {
    Picture {
        span: Default::default(),
        path: "stoel.jpg".into(),
        alt: alt.into(),
        caption: String::new(),
        decorative: false,
        asset,
    }
}

#[test]
fn an_author_cannot_type_markup_anywhere() {
    let cell = || Cell { span: Default::default(), content: line(BAD) };
    let attribute = Attribute {
        span: Default::default(),
        key: None,
        name: BAD.into(),
        value: line(BAD),
    };
    let agreement = Agreement {
        who: line(BAD),
        what: line(BAD),
        status_typed: line(BAD),
        other: vec![line(BAD)],
        ..Agreement::default()
    };
    let mut sample = Sample::new(vec![
        paragraph(BAD),
        block(BlockKind::Subhead(line(BAD))),
        block(BlockKind::Quote { voice: voice(BAD, BAD), blocks: vec![paragraph(BAD)] }),
        block(BlockKind::Callout {
            callout: Callout::Try,
            label: BAD.into(),
            blocks: Vec::new(),
        }),
        block(BlockKind::Code { language: BAD.into(), text: BAD.into() }),
        block(BlockKind::Paragraph(vec![inline(InlineKind::Code(BAD.into()))])),
        block(BlockKind::Table(Box::new(crate::model::Table {
            head: vec![cell()],
            rows: vec![vec![cell()]],
            align: vec![Align::None],
        }))),
        block(BlockKind::Figure { picture: PictureId(0), caption: line(BAD) }),
        block(BlockKind::Paragraph(vec![
            inline(InlineKind::Picture(PictureId(0))),
            inline(InlineKind::Picture(PictureId(1))),
            inline(InlineKind::Note(NoteId(0))),
            inline(InlineKind::Note(NoteId(1))),
            inline(InlineKind::Link(LinkId(0), line(BAD))),
            inline(InlineKind::Link(LinkId(1), line(BAD))),
        ])),
        block(BlockKind::Attributes(vec![attribute.clone()])),
        block(BlockKind::Agreements { columns: vec![line(BAD)], list: vec![agreement] }),
        block(BlockKind::People(vec![Person {
            span: Default::default(),
            name: BAD.into(),
            note: line(BAD),
            more: Vec::new(),
        }])),
        block(BlockKind::Entries(vec![Entry2 {
            span: Default::default(),
            date: None,
            date_typed: BAD.into(),
            what: line(BAD),
            more: Vec::new(),
        }])),
        block(BlockKind::Definitions(vec![Definition {
            term: line(BAD),
            meanings: vec![vec![paragraph(BAD)]],
        }])),
    ]);
    let mut part = section(BAD, vec![paragraph(BAD)]);
    part.attributes.push(attribute);
    sample.body.sections.push(part);
    sample.pictures = vec![picture(BAD, Some(AssetId(0))), picture(BAD, None)];
    sample.pictures[0].caption = BAD.into();
    sample.notes = vec![
        Note {
            name: "a".into(),
            span: Default::default(),
            audience: Default::default(),
            blocks: Some(vec![paragraph(BAD)]),
        },
        Note {
            name: BAD.into(),
            span: Default::default(),
            audience: Default::default(),
            blocks: None,
        },
    ];
    sample.links = vec![
        Destination::Outside(format!("https://x.nl/{BAD}")),
        Destination::Here("\"><script>".into()),
    ];
    let all = sample.all();
    assert_eq!(all.matches("&lt;script&gt;").count(), 39, "nothing is lost\n{all}");
    assert!(!all.contains("onload") && !all.contains("alert(\"1"));
}

#[test]
fn a_quote_shows_its_voice_in_words_and_shape() {
    let quote = |name, role| {
        let blocks = vec![paragraph("Ik ook.")];
        html(vec![block(BlockKind::Quote { voice: voice(name, role), blocks })])
    };
    assert_eq!(
        quote("Noor", "jongere"),
        "<figure class=\"voice voice-young\">\n<blockquote>\n<p>Ik ook.</p>\n</blockquote>\n\
         <figcaption><span class=\"voice-shape\" aria-hidden=\"true\"></span>\
         <span class=\"voice-role\">Jongere</span>: \
         <span class=\"voice-name\">Noor</span></figcaption>\n</figure>\n"
    );
    assert!(quote("Jongere", "").contains("voice-role\">Jongere</span></figcaption>"));
    assert!(quote("Els", "Tante").contains("voice voice-other"));
    assert!(quote("Els", "").contains("</span><span class=\"voice-name\">Els"));
}

#[test]
fn a_checklist_says_in_words_what_is_done() {
    let item = |done| Item {
        span: Default::default(),
        done: Some(done),
        blocks: vec![paragraph("bellen")],
    };
    let made = html(vec![block(BlockKind::List {
        start: None,
        items: vec![item(true), item(false)],
        tight: true,
    })]);
    assert!(made.contains("gedaan</span> bellen</li>"), "{made}");
    assert!(made.contains("nog doen</span> bellen</li>"), "{made}");
    assert!(!made.contains("<input"));
}

#[test]
fn tables_scroll_and_empty_heads_say_which_column() {
    let cell = |text: &str| Cell {
        span: Default::default(),
        content: if text.is_empty() { Vec::new() } else { line(text) },
    };
    let table = || {
        block(BlockKind::Table(Box::new(crate::model::Table {
            head: vec![cell(""), cell("Dag")],
            rows: vec![vec![cell("Noor"), cell("1")]],
            align: vec![Align::None, Align::End],
        })))
    };
    let made = html(vec![table(), table()]);
    assert!(made.contains("<th scope=\"col\"><span class=\"sr-only\">Kolom 1</span></th><th scope=\"col\" class=\"align-end\">Dag</th>"));
    assert!(made.contains("tabindex=\"0\" aria-label=\"Tabel 1: Dag\""));
    assert!(made.contains("aria-label=\"Tabel 2: Dag\""));
}

#[test]
fn agreements_leave_out_empty_columns_and_show_status_in_words() {
    let agreement = |who: &str, status, typed: &str| Agreement {
        who: if who.is_empty() { Vec::new() } else { line(who) },
        what: line("belt"),
        status,
        status_typed: line(typed),
        ..Agreement::default()
    };
    let made = html(vec![block(BlockKind::Agreements {
        columns: vec![line("Leeg")],
        list: vec![
            agreement("Oma", Some(Status::NotWorked), "mislukt"),
            agreement("", None, "half"),
        ],
    })]);
    assert!(made.contains("<th scope=\"row\" data-label=\"Wie:\">Oma</th>"), "{made}");
    assert!(made.contains("<td data-label=\"Wie:\"></td>"));
    assert!(made.contains("status-not-worked\"><span class=\"status-shape\" aria-hidden=\"true\"></span>niet gelukt"));
    assert!(made.contains(
        "status-other\"><span class=\"status-shape\" aria-hidden=\"true\"></span>half"
    ));
    assert!(!made.contains("Wanneer") && !made.contains("Leeg"));
}

#[test]
fn notes_come_at_the_end_only_when_marked_and_lead_back() {
    let note = |text: &str| Note {
        name: text.into(),
        span: Default::default(),
        audience: Default::default(),
        blocks: Some(vec![paragraph(text)]),
    };
    let mut sample = Sample::new(vec![block(BlockKind::Paragraph(vec![
        inline(InlineKind::Note(NoteId(2))),
        inline(InlineKind::Note(NoteId(0))),
        inline(InlineKind::Note(NoteId(2))),
    ]))]);
    sample.notes = vec![note("eerste"), note("geheim"), note("derde")];
    // A note that marks another one, and itself.
    sample.notes[0].blocks = Some(vec![block(BlockKind::Paragraph(vec![
        inline(InlineKind::Note(NoteId(0))),
        inline(InlineKind::Note(NoteId(2))),
    ]))]);
    let html = sample.html();
    assert!(html.notes.contains("<li id=\"noot_1\">\n<p>derde"));
    assert!(html.notes.contains("href=\"#bij_noot_1_3\" role=\"doc-backlink\" aria-label=\"Terug naar de tekst bij noot 1 (3)\""));
    let all = html.all();
    assert!(!all.contains("geheim"));
    let ids: Vec<&str> =
        all.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let unique: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    for (at, _) in all.match_indices("href=\"#") {
        let target = all[at + 7..].split('"').next().unwrap();
        assert!(ids.contains(&target), "{target}");
    }
}

#[test]
fn links_lead_where_they_may_and_never_into_each_other() {
    let link = |at, inner| inline(InlineKind::Link(LinkId(at), inner));
    let mut sample = Sample::new(vec![block(BlockKind::Paragraph(vec![
        link(0, line("pagina")),
        link(1, vec![link(0, line("buiten"))]),
        link(2, line("weg")),
        link(3, line("kwaad")),
        link(1, Vec::new()),
        link(4, line("https://x.nl/een/lang-pad")),
    ]))]);
    let x = "https://x.nl/een/lang-pad";
    sample.links = vec![
        Destination::Page(Address::new("verhalen/noor.html"), Some("kop".into())),
        Destination::Outside("https://x.nl/?a=1&b=2".into()),
        Destination::Nothing,
        Destination::Outside("javascript:alert(1)".into()),
        Destination::Outside(x.into()),
    ];
    let made = sample.all();
    assert!(made.contains("<a href=\"../verhalen/noor.html#kop\">pagina</a>"));
    assert!(made.contains("<a href=\"https://x.nl/?a=1&amp;b=2\">buiten</a>wegkwaad"));
    assert!(made.contains("\">x.nl/?a=1&amp;b=2</a>"));
    assert!(
        made.contains(" class=\"address\">https://x.nl/een/lang-pad</a>"),
        "in one piece"
    );
    assert_eq!(made.matches("<a ").count(), made.matches("</a>").count());
}

#[test]
fn links_without_running_text_are_larger_targets() {
    let link = |at, words| inline(InlineKind::Link(LinkId(at), line(words)));
    let text = |words: &str| inline(InlineKind::Text(words.into()));
    let rest = |pieces| {
        let mut sample = Sample::new(vec![block(BlockKind::Paragraph(pieces))]);
        sample.links =
            vec![Destination::Outside("https://x.nl/".into()), Destination::Nothing];
        sample.all().contains("<p class=\"only-link\">")
    };
    assert!(rest(vec![link(0, "a"), text(", "), link(0, "b"), text(".")]));
    assert!(rest(vec![link(0, "a"), inline(InlineKind::HardBreak), link(0, "b")]));
    assert!(!rest(vec![link(0, "a"), text(" of "), link(0, "b")]), "running text");
    assert!(!rest(vec![link(0, "a"), link(1, "weg")]), "words that lead nowhere");
    assert!(!rest(vec![text("…")]));
}

#[test]
fn a_link_of_a_picture_without_description_says_where_it_leads() {
    let link = |at| {
        let inner = vec![inline(InlineKind::Picture(PictureId(at)))];
        block(BlockKind::Paragraph(vec![inline(InlineKind::Link(LinkId(0), inner))]))
    };
    let mut sample = Sample::new(vec![link(0), link(1)]);
    sample.links = vec![Destination::Outside("https://x.nl/waar".into())];
    sample.pictures =
        vec![picture("", Some(AssetId(0))), picture("Een stoel", Some(AssetId(0)))];
    let made = sample.all();
    assert_eq!(made.matches(">x.nl/waar</a>").count(), 1, "{made}");
}

#[test]
fn a_line_in_other_letters_says_which_language_it_is() {
    let heading = |words: &str| section(words, Vec::new());
    let mut sample = Sample::new(vec![
        paragraph("مرحبا بكم في بيتنا"),
        paragraph("Ласкаво просимо, її зробили разом"),
        paragraph("Hij zei: їжак, en toen nog veel meer"),
        paragraph("ሰላም"),
    ]);
    sample.body.sections = vec![heading("شكرا"), heading("Thuis")];
    let made = sample.all();
    assert!(made.contains(
        "<p><bdi class=\"whole\" dir=\"rtl\" lang=\"ar\">مرحبا بكم في بيتنا</bdi></p>"
    ));
    assert!(
        made.contains(
            "<p><span lang=\"uk\">Ласкаво просимо, її зробили разом</span></p>"
        )
    );
    assert!(made.contains("<p>Hij zei: їжак, en toen nog veel meer</p>"));
    assert!(made.contains("<p>ሰላም</p>"), "letters that do not tell");
    let contents = sample.html().contents;
    let langs = contents.iter().map(|line| line.lang.as_ref().map(|lang| lang.tag()));
    assert_eq!(langs.collect::<Vec<_>>(), [Some("ar"), None]);
}

#[test]
fn what_holds_nothing_leaves_nothing() {
    let made = Sample::new(vec![
        block(BlockKind::Quote { voice: None, blocks: Vec::new() }),
        block(BlockKind::Agreements {
            columns: Vec::new(),
            list: vec![Default::default()],
        }),
    ])
    .all();
    assert_eq!(made.trim(), "");
}

#[test]
fn pictures_have_sizes_and_a_description() {
    let figure = |at| {
        block(BlockKind::Figure { picture: PictureId(at), caption: line("Bij oma") })
    };
    let mut sample = Sample::new(vec![figure(0), figure(1), figure(2)]);
    sample.pictures = vec![
        picture("Een stoel", Some(AssetId(0))),
        picture("Een tafel", None),
        picture("x", Some(AssetId(0))),
    ];
    sample.pictures[2].decorative = true;
    let made = sample.all();
    assert!(made.contains("<source type=\"image/webp\" srcset=\"../beeld/stoel-480.webp 480w, ../beeld/stoel-960.webp 960w"), "{made}");
    assert!(made.contains(
        "width=\"1200\" height=\"800\" loading=\"lazy\" decoding=\"async\" alt=\"Een stoel\">"
    ));
    assert!(made.contains("<figcaption>Bij oma</figcaption>"));
    assert!(made.contains("<p class=\"beeld-weg\">Foto: Een tafel</p>"));
    assert!(made.contains("alt=\"\""));
}

#[test]
fn a_term_is_explained_once_and_not_in_quotes_or_headings() {
    let mut sample = Sample::new(vec![
        block(BlockKind::Quote { voice: None, blocks: vec![paragraph("eigen kracht")] }),
        paragraph("Eigen kracht."),
        paragraph("Eigen kracht is eigen kracht."),
    ]);
    sample.body.sections.push(section("Netwerk", vec![paragraph("Het netwerk")]));
    let term = |title: &str| Term {
        title: title.into(),
        also: Vec::new(),
        address: Address::new("woorden.html"),
        anchor: crate::text::slug(title),
        meaning: String::new(),
    };
    sample.terms = vec![term("eigen kracht"), term("netwerk")];
    let made = sample.all();
    assert!(made.contains("<p>Eigen kracht.</p>"), "all of a line is a small target");
    assert!(made.contains("<p><a class=\"term\" href=\"../woorden.html#eigen-kracht\">Eigen kracht</a> is eigen kracht.</p>"), "{made}");
    assert!(made.contains("<h2>Netwerk</h2>"));
    assert!(made.contains("Het <a class=\"term\""));
}

#[test]
fn a_service_number_is_covered_also_over_marks() {
    let strong = inline(InlineKind::Strong(line("456")));
    let mut pieces = line("nummer 123");
    pieces.push(strong);
    pieces.extend(line("782 van mij, bel 06 12345678"));
    let mut sample = Sample::new(vec![
        block(BlockKind::Paragraph(pieces)),
        block(BlockKind::Code { language: String::new(), text: "123.456.782".into() }),
    ]);
    sample.body.sections.push(section("Over 123456782", Vec::new()));
    let html = sample.html();
    let all = html.all();
    assert!(
        all.contains("nummer ▇▇▇<strong></strong> van mij, bel 06 12345678"),
        "{all}"
    );
    for digits in ["123", "456", "782"] {
        assert_eq!(all.matches(digits).count(), usize::from(digits != "782"), "{all}");
    }
    assert_eq!(html.contents[0].title, "Over ▇▇▇");
}

#[test]
fn languages_run_their_own_way() {
    let arabic = Lang::read("ar").unwrap();
    let passage = Foreign { lang: arabic.clone(), words: line("بيت 06 - 12 34") };
    let span = inline(InlineKind::Language(passage.into()));
    let made = html(vec![
        block(BlockKind::Paragraph(vec![span])),
        block(BlockKind::Group {
            lang: Some(arabic.into()),
            audience: Audience::Everyone,
            blocks: vec![paragraph("2026")],
        }),
    ]);
    assert!(made.contains(
        "<span class=\"whole\" lang=\"ar\" dir=\"rtl\">بيت <bdi dir=\"ltr\">06 - 12 34</bdi></span>"
    ));
    assert!(made.contains("<div lang=\"ar\" dir=\"rtl\">\n<p>2026</p>\n</div>"));
}

#[test]
fn parts_carry_what_templates_ask_for() {
    let attribute = |key, name: &str, value: &str| Attribute {
        span: Default::default(),
        key,
        name: name.into(),
        value: line(value),
    };
    let mut goal = section("Rust", vec![paragraph("Samen")]);
    goal.role = Role::Goal;
    goal.level = 3;
    goal.audience = Audience::groups(["school"]);
    goal.attributes = vec![
        attribute(Some(Key::For), "Voor", "school"),
        attribute(Some(Key::Status), "status", "gestopt"),
        attribute(Some(Key::Learned), "geleerd", "koken"),
        attribute(None, "kleur", "geel"),
    ];
    let mut sample = Sample::new(Vec::new());
    sample.body.sections.push(goal);
    let html = sample.html();
    let part = &html.parts[0];
    assert_eq!((part.role, part.level, part.status), ("goal", 3, Some("stopped")));
    assert_eq!(part.audience, ["gezin", "school"]);
    let labels: Vec<&str> =
        part.attributes.iter().map(|one| one.label.as_str()).collect();
    assert_eq!(labels, ["Hoe staat het?", "Geleerd", "Kleur"]);
    assert!(html.all().starts_with(
        "<section class=\"part part-goal\" id=\"kop\">\n<h3>Rust</h3>\n<dl class=\"attributes\">"
    ));
}

#[test]
fn sixty_blocks_deep_is_no_problem() {
    let mut inner = paragraph("diep");
    for _ in 0..60 {
        inner = block(BlockKind::Quote { voice: None, blocks: vec![inner] });
    }
    assert!(html(vec![inner]).contains("<p>diep</p>"));
}

#[test]
fn a_line_in_a_script_nobody_named_runs_its_own_way() {
    let made = html(vec![paragraph("اتصل على 06 1234 5678 الآن.")]);
    assert!(made.contains("<p><bdi class=\"whole\" dir=\"rtl\" lang=\"ar\">"), "{made}");
    assert!(made.contains("<bdi dir=\"ltr\">06 1234 5678</bdi>"), "{made}");
    let made = html(vec![paragraph("Zeg مرحبا of bel 06 1234 5678.")]);
    assert!(!made.contains("dir=\"rtl\""), "{made}");
    assert!(made.contains("<bdi dir=\"ltr\">06 1234 5678</bdi>"), "{made}");
    let made = html(vec![paragraph("Bel 06 1234 5678.")]);
    assert!(!made.contains("<bdi"), "{made}");
}
