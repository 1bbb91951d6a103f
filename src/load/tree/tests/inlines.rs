//! What stands in a line.

use super::*;
use crate::model::{BlockKind, InlineKind, Target};

fn shows(text: &str, expected: &str) -> Vec<&'static str> {
    let tree = page(text);
    assert_eq!(outline(&tree).trim_end(), expected, "{text:?}");
    codes(&tree).into_iter().map(Code::name).collect()
}

fn targets(text: &str) -> Vec<Target> {
    page(text).links.into_iter().map(|link| link.target).collect()
}

fn inside(path: &str) -> Target {
    Target::Inside { path: path.into(), fragment: None }
}

#[test]
fn marks() {
    assert!(shows("*a* **b** ~~c~~ `d` e  \nf", "p *a* **b** ~~c~~ `d` e⏎⏎f").is_empty());
    assert!(shows("~40 euro~ en ~ 3~", "p ~40 euro~ en ~ 3~").is_empty());
    assert!(shows("~a *b* c~", "p ~a *b* c~").is_empty());
    assert!(shows("\\*a\\* &amp; &lt;b&gt;", "p *a* & <b>").is_empty());
}

#[test]
fn dutch_quotes_across_marks() {
    assert!(
        shows("'s avonds \"*hallo*\" in '90", "p ’s avonds “*hallo*” in ’90").is_empty()
    );
    assert!(
        shows(
            "\\\"a\\\" `'x'` https://a.nl/'b'--c",
            "p \"a\" `'x'` [https://a.nl/'b'--c](0)"
        )
        .is_empty()
    );
    assert!(shows("{{ \"x\" }}", "p {{ “x” }}").is_empty());
}

#[test]
fn the_title_of_a_link_is_read_too() {
    assert!(
        shows("[De folder](a.md \"mei 2025\")", "p [De folder (mei 2025)](0)").is_empty()
    );
    assert!(shows("[De *folder*](a.md \"de folder\")", "p [De *folder*](0)").is_empty());
    assert!(shows("[](a.md\n\"De folder\")", "p [De folder](0)").is_empty());
}

#[test]
fn links() {
    assert_eq!(targets("[x](Mijn bestand.md)"), [inside("Mijn bestand.md")]);
    assert_eq!(codes(&page("[x](Mijn bestand.md)")), [Code::L02]);
    assert_eq!(codes(&page("[x](<Mijn bestand.md>)")), []);
    assert_eq!(targets("[x](@/a.md)"), [inside("/a.md")]);
    let title = |title: &str, fragment: Option<&str>| Target::Title {
        title: title.into(),
        fragment: fragment.map(String::from),
    };
    assert_eq!(
        targets("[[Titel]] [[titel|tekst]] [[bestand.md#kop]] [[woord: iets]]"),
        [
            title("Titel", None),
            title("titel", None),
            title("bestand.md", Some("kop")),
            title("woord: iets", None)
        ]
    );
    assert!(shows("[[titel|tekst]] [[Titel]]", "p [tekst](0) [Titel](1)").is_empty());
    assert!(shows("[[titel|]] ![[Titel]]", "p [titel](0) [Titel](1)").is_empty());
    let literal = "p [x]({{< ref “x.md” >}})";
    assert!(shows("[x]({{< ref \"x.md\" >}})", literal).is_empty());
}

#[test]
fn code_in_links_is_dropped() {
    for link in [
        "[x](javascript:alert(1))",
        "[x](JaVa&#115;cript&colon;alert(1))",
        "[x](<java\tscript:alert(1)>)",
        "[x][y]\n\n[y]: javascript:alert(1)",
        "<javascript:alert(1)>",
        "[[javascript:alert(1)|x]]",
        "[x](data:text/html,a)",
    ] {
        let tree = page(link);
        assert_eq!(tree.links[0].target, Target::Dropped, "{link}");
        assert_eq!(codes(&tree), [Code::L07], "{link}");
    }
    let tree = page("![een foto](data:image/png;base64,AAAA)");
    assert!(tree.pictures.is_empty());
    assert_eq!(outline(&tree), "p een foto\n");
}

#[test]
fn bare_links_have_their_own_place() {
    let text = "Zie &amp; https://a.nl/x. Of \\*noor@a.nl";
    let tree = page(text);
    let typed: Vec<_> = tree.links.iter().map(|link| &text[link.span.range()]).collect();
    assert_eq!(typed, ["https://a.nl/x", "noor@a.nl"]);
    assert!(page("`https://a.nl` [https://b.nl](c.md)").links.len() == 1);
}

#[test]
fn passages_in_another_language() {
    assert!(shows("[merhaba](taal:tr)", "p <tr merhaba>").is_empty());
    assert_eq!(shows("[merhaba](taal:x1)", "p merhaba"), ["K12"]);
}

#[test]
fn pictures_in_lines_and_from_other_editors() {
    let tree =
        page("zie ![x](Mijn foto (1).jpg) en ![[foto.jpg|Een *stoel*]] ![[b.jpg]]");
    let seen: Vec<_> =
        tree.pictures.iter().map(|p| (p.path.as_str(), p.alt.as_str())).collect();
    assert_eq!(
        seen,
        [("Mijn foto (1).jpg", "x"), ("foto.jpg", "Een stoel"), ("b.jpg", "")]
    );
    assert_eq!(page("![](beelden%2Fa%20b.jpg)").pictures[0].path, "beelden/a b.jpg");
}

#[test]
fn footnotes_are_numbered_by_first_use_and_lose_nothing() {
    assert!(
        shows(
            "a[^x] b[^y] c[^x]\n\n[^y]: twee\n\n[^x]: een\n",
            "p a^0 b^1 c^0\nnote x\n  p een\nnote y\n  p twee"
        )
        .is_empty()
    );
    assert_eq!(shows("a[^x] b", "p a[^x] b"), ["L04"]);
    assert!(
        shows("a\n\n[^z]: nooit genoemd\n\nb", "p a\np nooit genoemd\np b").is_empty()
    );
    assert!(
        shows("[^1]: om [^2]\n\n[^2]: om\n\nna[^2]", "p om ^0\np na^0\nnote 2\n  p om")
            .is_empty()
    );
}

#[test]
fn every_text_knows_its_place() {
    let text = "Eén *twee* <b> [drie](a.md) ‘x’ 't\n> vier <!-- x --> vijf\n";
    let tree = page(text);
    let mut words = Vec::new();
    crate::model::walk_inlines(&tree.body, &mut |inline| {
        if let InlineKind::Text(_) = inline.kind {
            words.push(&text[inline.span.range()]);
        }
    });
    assert_eq!(
        words,
        ["Eén ", "twee", " <b> ", "drie", " ‘x’ 't", "vier <!-- x --> vijf"]
    );
    let BlockKind::Quote { .. } = tree.body.lead[1].kind else { panic!() };
    assert_eq!(&text[tree.body.lead[1].span.range()], "> vier <!-- x --> vijf");
}
