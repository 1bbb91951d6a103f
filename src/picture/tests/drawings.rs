//! Drawings leave without scripts, outside references, notes; and stay drawings.

use proptest::prelude::*;

use super::{Refusal, all, inspect};

fn cleaned(inside: &str) -> (super::Facts, String) {
    let text = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' \
         viewBox='0 0 8 4'>{inside}<path d='M0 0h8v4z'/></svg>"
    );
    let (facts, mut made) = all(text.as_bytes());
    let made = String::from_utf8(made.remove(0)).unwrap();
    assert!(made.contains("<path d=\"M0 0h8v4z\"/>"), "the drawing itself stays: {made}");
    assert!(made.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""), "{made}");
    (facts, made)
}

#[test]
fn a_plain_drawing_stays_as_it_is() {
    let inside = "<g id=\"één\" fill=\"url(#v)\"><text x=\"1\" \
                  xml:space=\"preserve\">a<tspan>b</tspan><tspan>c &amp; d</tspan></text>\
                  <use href=\"#één\"/><use xlink:href=\"#één\"/></g>\
                  <style>.a{fill:#fff}</style><rect class=\"a\"/>";
    let (facts, made) = cleaned(inside);
    assert!(!facts.cleaned && !facts.metadata);
    assert_eq!((facts.width, facts.height), (8, 4));
    assert!(made.contains(inside), "{made}");
}

#[test]
fn what_runs_or_reaches_outside_is_gone() {
    for evil in [
        "<script>kwaad()</script>",
        "<script href='kwaad.js'/>",
        "<g onclick='kwaad()'/>",
        "<g ONLOAD='kwaad()'/>",
        "<a href='javascript:kwaad()'><text>x</text></a>",
        "<a xlink:href='https://kwaad.nl'><text>x</text></a>",
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'>kwaad</body></foreignObject>",
        "<image href='https://kwaad.nl/x.png' width='1' height='1'/>",
        "<image xlink:href='data:image/jpeg;base64,kwaad' width='1' height='1'/>",
        "<image href='kwaad.jpg' width='1' height='1'/>",
        "<use href='kwaad.svg#a'/>",
        "<use href='//kwaad.nl/x.svg#a'/>",
        "<feImage href='http://kwaad'/>",
        "<set attributeName='href' to='kwaad'/>",
        "<animate attributeName='xlink:href' values='kwaad'/>",
        "<set attributeName='onmouseover' to='kwaad()'/>",
        "<animate attributeName='fill' to='url(http://kwaad)'/>",
        "<rect fill='url(http://kwaad/#a)'/>",
        "<rect style='fill:url(\"http://kwaad\")'/>",
        "<rect filter='URL( kwaad.svg#f )'/>",
        "<style>@import url(kwaad.css);</style>",
        "<style>@import 'kwaad.css';</style>",
        "<style>.a{background:url(https://kwaad.nl)}</style>",
        "<style>.a{b:u\\72l(kwaad)}</style>",
        "<style><![CDATA[@import 'kwaad']]></style>",
        "<html:script xmlns:html='http://www.w3.org/1999/xhtml'>kwaad()</html:script>",
        "<?xml-stylesheet href='kwaad.css'?>",
        "<iframe src='kwaad'/>",
    ] {
        let (facts, made) = cleaned(evil);
        assert!(facts.cleaned, "not noticed: {evil}");
        assert!(!made.contains("kwaad"), "{evil} → {made}");
    }
}

#[test]
fn notes_of_drawing_programs_are_gone() {
    for note in [
        "<!-- geheim -->",
        "<metadata>geheim</metadata>",
        "<metadata><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>geheim</rdf:RDF></metadata>",
        "<sodipodi:namedview xmlns:sodipodi='http://sodipodi.sourceforge.net/x' inkscape:path='geheim' xmlns:inkscape='http://www.inkscape.org/geheim'/>",
        "<g xmlns:inkscape='http://www.inkscape.org/geheim' inkscape:export-filename='C:\\geheim.png'/>",
        "<switch><foreignObject requiredExtensions='ai'>geheim</foreignObject></switch>",
        "<g data-name='geheim'/>",
        "<title>geheim</title>",
        "<g><desc>geheim</desc></g>",
        "<g aria-label='geheim'/>",
        "<g role='geheim'/>",
        "<g xml:lang='geheim'/>",
        "<g display='none'><text>geheim</text></g>",
        "<g style='fill:red;display:none'><text>geheim</text></g>",
        "<text visibility='hidden'>geheim</text>",
        "<text style='opacity:0'>geheim</text>",
        "<g opacity='0.0'><text>geheim</text></g>",
        "<style>.st0,.st1{display:none}</style><g class='x st1'><text>geheim</text></g>",
        "<style>.laag text{opacity:0%}</style><g class='laag'><text>geheim</text></g>",
        "<text>a<tspan display='none'>geheim</tspan></text>",
        "<defs><text>geheim</text></defs>",
        "<defs><g id='a'><text>geheim</text></g></defs>",
        "<symbol id='geheim'><text>geheim</text></symbol>",
        "<g display='none'><text>geheim</text><path id='p' d='M1 1'/></g><use href='#p'/>",
        "<g display='none' id='a'><text>geheim</text><use href='#b'/></g><g display='none' id='b'><use href='#a'/></g>",
        "<g auteur='geheim'/>",
        "<geheim>geheim</geheim>",
        "<style>/* geheim */</style>",
        "<?geheim geheim?>",
    ] {
        let (facts, made) = cleaned(note);
        assert!(facts.metadata, "not noticed: {note}");
        assert!(!facts.cleaned, "no reason to worry people: {note}");
        assert!(!made.contains("geheim"), "{note} → {made}");
    }
}

#[test]
fn names_that_nothing_asks_for_are_gone() {
    for (typed, left) in [
        ("<g id='Oma Riet'/>", "<g/>"),
        ("<g class='Oma Riet'/>", "<g/>"),
        (
            "<style>.a{fill:red}#b{fill:red}</style><g class='Oma a' id='b'/>",
            "<style>.a{fill:red}#b{fill:red}</style><g class=\"a\" id=\"b\"/>",
        ),
        (
            "<g id='a'/><path style='marker-end: URL( \"#m\" )'/><marker id='m'><g id='Oma'/></marker>",
            "<g/><path style=\"marker-end: URL( &quot;#m&quot; )\"/><marker id=\"m\"><g/></marker>",
        ),
        (
            "<g id='a'/><set attributeName='x' begin='a.click' to='1'/>",
            "<g id=\"a\"/><set attributeName=\"x\" begin=\"a.click\" to=\"1\"/>",
        ),
        (
            "<text>a<tspan visibility='hidden'>Oma is lief</tspan>b</text>",
            "<text>a<tspan visibility=\"hidden\">nnn nn nnnn</tspan>b</text>",
        ),
        (
            "<g visibility='hidden'>Oma<text>Oma</text><text visibility='visible'>b</text></g>",
            "<g visibility=\"hidden\">nnn<text visibility=\"visible\">b</text></g>",
        ),
    ] {
        let (facts, made) = cleaned(typed);
        assert!(!facts.cleaned, "{typed}");
        assert!(made.contains(left), "{typed} → {made}");
        assert!(!made.contains("Oma"), "{typed} → {made}");
    }
}

#[test]
fn what_is_drawn_stays() {
    for drawn in [
        "<clipPath id=\"a\" display=\"none\"><rect opacity=\"0\"/></clipPath><g clip-path=\"url(#a)\"/>",
        "<defs><linearGradient id=\"a\"><stop display=\"none\"/></linearGradient></defs><g fill=\"url(#a)\"/>",
        "<defs><g id=\"a\"><text>b</text></g></defs><use xlink:href=\"#a\"/>",
        "<g display=\"none\"><g id=\"a\"><text>b</text></g></g><use href=\"#a\"/>",
        "<g visibility=\"hidden\"><g id=\"a\"><text>b</text></g></g><use href=\"#a\"/>",
        "<g visibility=\"hidden\"><text visibility=\"visible\">b</text></g>",
        "<text visibility=\"hidden\">n<tspan visibility=\"visible\">b</tspan></text>",
        "<g display=\"none\" style=\"display:inline\"><text>b</text></g>",
        "<g opacity=\"0\"><text>b</text><set attributeName=\"opacity\" to=\"1\"/></g>",
        "<g opacity=\"0\" id=\"a\"><text>b</text></g><set href=\"#a\" attributeName=\"opacity\" to=\"1\"/>",
        "<style>.a{opacity:0;animation:k}@keyframes k{to{opacity:1}}</style><text class=\"a\">b</text>",
        "<style>.a{display:none}@media (min-width:9px){.a{display:inline}}</style><text class=\"a\">b</text>",
        "<style>.a{display:none}.b .a{display:inline}</style><g class=\"b\"><text class=\"a\">b</text></g>",
        "<style media=\"print\">.a{display:none}</style><text class=\"a\">b</text>",
        "<style>[id^=a]{fill:red}[class]{fill:blue}</style><text id=\"ab\" class=\"c\">b</text>",
        "<text>a<tspan opacity=\"0\">b</tspan>c</text>",
        "<switch><g systemLanguage=\"nl\"><text>b</text></g><text>c</text></switch>",
        "<path id=\"w\" d=\"M0 0\"/><text><textPath xlink:href=\"#w\">b</textPath></text>",
        "<filter id=\"f\"><feGaussianBlur stdDeviation=\"1\"/></filter><style>.a{filter:url(#f)}</style><g class=\"a\"/>",
        "<g opacity=\"0.01\"><text>b</text></g>",
        "<use href=\"#%C3%A9\"/><defs><g id=\"é\"><text>b</text></g></defs>",
    ] {
        let (_, made) = cleaned(drawn);
        assert!(made.contains(drawn), "{drawn} → {made}");
    }
}

#[test]
fn many_that_refer_to_many_are_read_at_once() {
    let names = "<g id='a' class='b' visibility='hidden'/>".repeat(50_000);
    let uses = "<use href='#a'/>".repeat(50_000);
    let style = ".a .b>.c .d{display:none}".repeat(20_000);
    let all = format!(
        "<svg xmlns='http://www.w3.org/2000/svg'><style>{style}</style>{names}{uses}</svg>"
    );
    assert!(inspect(all.as_bytes()).is_ok());
}

#[test]
fn document_types_and_entities_of_drawing_programs_are_read_and_gone() {
    let text = "<?xml version='1.0' encoding='utf-8'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' \
                'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd' [<!ENTITY ns_svg 'http://www.w3.org/2000/svg'>\
                <!ENTITY kleur 'red'>]><svg xmlns='&ns_svg;' width='20' height='10'><g fill='&kleur;'/></svg>";
    let (facts, made) = all(text.as_bytes());
    let made = String::from_utf8(made.concat()).unwrap();
    assert!(!facts.cleaned);
    assert!(!made.contains("DTD") && !made.contains("ENTITY"), "{made}");
    assert!(made.contains("fill=\"red\""), "{made}");
    assert!(made.contains("viewBox=\"0 0 20 10\""), "made to shrink: {made}");
}

#[test]
fn entities_of_other_files_are_nothing() {
    let text = "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\
                <svg xmlns='http://www.w3.org/2000/svg'><text>a&x;b</text></svg>";
    let (_, made) = all(text.as_bytes());
    assert!(String::from_utf8(made.concat()).unwrap().contains("<text>a b</text>"));
}

#[test]
fn drawings_that_grow_without_end_are_refused() {
    let mut laughs = "<!DOCTYPE svg [<!ENTITY a0 'hahahahahahahahaha'>".to_owned();
    for i in 1..12 {
        let refs = format!("&a{};", i - 1).repeat(10);
        laughs.push_str(&format!("<!ENTITY a{i} '{refs}'>"));
    }
    laughs.push_str("]><svg xmlns='http://www.w3.org/2000/svg'><text>&a11;</text></svg>");
    assert_eq!(inspect(laughs.as_bytes()), Err(Refusal::TooLarge));

    let long = "ha".repeat(50_000);
    let wide = format!(
        "<!DOCTYPE svg [<!ENTITY a '{long}'>]><svg xmlns='http://www.w3.org/2000/svg'><text>{}</text></svg>",
        "&a;".repeat(1000)
    );
    assert_eq!(inspect(wide.as_bytes()), Err(Refusal::TooLarge));

    let deep = format!(
        "<svg xmlns='http://www.w3.org/2000/svg'>{}{}</svg>",
        "<g>".repeat(100_000),
        "</g>".repeat(100_000)
    );
    assert_eq!(inspect(deep.as_bytes()), Err(Refusal::TooLarge));

    let large = format!(
        "<svg xmlns='http://www.w3.org/2000/svg'>{}</svg>",
        " ".repeat(9_000_000)
    );
    assert_eq!(inspect(large.as_bytes()), Err(Refusal::TooLarge));
}

#[test]
fn half_drawings_and_pages_are_told_apart() {
    assert_eq!(
        inspect(b"<svg xmlns='http://www.w3.org/2000/svg'><g>"),
        Err(Refusal::Broken)
    );
    assert_eq!(inspect(b"<svg"), Err(Refusal::Broken));
    let page = b"<!DOCTYPE html><html><body><svg></svg></body></html>";
    assert_eq!(inspect(page), Err(Refusal::Unknown));
    assert!(inspect(b"<svg><path d='M0 0'/></svg>").is_ok(), "a forgotten namespace");
}

/// What svg-hush, a cleaner made by others, leaves of a drawing: its element names.
fn second_eyes(drawing: &[u8]) -> Vec<String> {
    let mut out = Vec::new();
    svg_hush::Filter::new().filter(&mut &*drawing, &mut out).unwrap();
    names(&out)
}

fn names(drawing: &[u8]) -> Vec<String> {
    xml::EventReader::new(drawing)
        .into_iter()
        .filter_map(|event| match event.expect("well-formed") {
            xml::reader::XmlEvent::StartElement { name, .. } => Some(name.local_name),
            _ => None,
        })
        .collect()
}

fn piece() -> impl Strategy<Value = String> {
    let names = [
        "g", "path", "script", "style", "a", "image", "use", "metadata", "set", "text",
        "title", "tspan", "defs",
    ];
    let attributes = [
        "",
        " href='#a'",
        " href='http://x'",
        " onload='x'",
        " style='a:url(x)'",
        " fill='url(#b)'",
        " id='a'",
        " class='b'",
        " display='none'",
        " visibility='hidden'",
        " visibility='visible'",
        " id='\u{e9}'",
        " attributeName='href'",
        " xml:space='preserve'",
    ];
    let texts = [
        "",
        "hoi",
        "&lt;x&gt;",
        "<!-- x -->",
        "@import 'x';",
        ".b{display:none}",
        "#a{opacity:0}",
        " ",
        "<![CDATA[<script>]]>",
        "&#x7;",
        "&#xD;",
    ];
    let leaf = prop::sample::select(texts.to_vec()).prop_map(str::to_owned).boxed();
    leaf.prop_recursive(4, 20, 4, move |inner| {
        (
            prop::sample::select(names.to_vec()),
            prop::sample::select(attributes.to_vec()),
            proptest::collection::vec(inner, 0..4),
        )
            .prop_map(|(name, attribute, inside)| {
                format!("<{name}{attribute}>{}</{name}>", inside.concat())
            })
    })
}

proptest! {
    #[test]
    fn cleaning_twice_changes_nothing_and_others_find_nothing(inside in piece()) {
        let text = format!("<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>");
        if inspect(text.as_bytes()).is_ok() {
            let (_, once) = all(text.as_bytes());
            let (facts, twice) = all(&once[0]);
            prop_assert!(!facts.cleaned && !facts.metadata, "{:?}", String::from_utf8_lossy(&once[0]));
            prop_assert_eq!(&once, &twice);
            let mut seen = names(&once[0]);
            let hushed = second_eyes(&once[0]);
            seen.retain(|name| hushed.contains(name) || name == "style");
            prop_assert_eq!(seen.len(), names(&once[0]).len());
        }
    }
}
