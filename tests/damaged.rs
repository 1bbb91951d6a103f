//! A folder of files as they come out of broken sticks, old programs and tired evenings.
//!
//! The test makes the folder itself. It must build: whatever can be read is published,
//! each oddity is named with its file and line, no place lies outside its file, and no
//! sentence that must stay inside is in any byte that came out.

#![allow(
    clippy::disallowed_methods,
    reason = "a test makes its texts and reads what came out"
)]

use boekje::lang::Lang;
use boekje::pipeline::{Built, Request, build};
use boekje::problem::{Where, said};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

/// What we expect to hear about a file.
#[derive(Clone, Copy)]
enum Hear {
    /// Nothing in particular.
    Whatever,
    /// Something, whatever it is.
    Something,
    /// This code on this line.
    At(&'static str, u32),
}
use Hear::{At, Something, Whatever};

/// How words start that must reach a page.
const STAYS: &str = "BLIJFT";

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default()
}

/// The folder while it is being damaged.
struct Folder<'a> {
    dir: &'a Path,
    /// File → what we expect to hear.
    hear: Vec<(String, Hear)>,
    /// Words that must reach a page.
    stay: Vec<String>,
}

impl Folder<'_> {
    /// Writes a file whose text must reach a page when it holds `BLIJFT`.
    fn put(&mut self, name: &str, bytes: impl AsRef<[u8]>, hear: &[Hear]) {
        let path = self.dir.join(name);
        fs::create_dir_all(path.parent().expect("inside")).expect("a folder");
        fs::write(&path, bytes.as_ref()).expect("a file");
        self.hear.extend(hear.iter().map(|one| (name.to_string(), *one)));
        let text = String::from_utf8_lossy(bytes.as_ref());
        let words = text.match_indices(STAYS).map(|(at, _)| first_word(&text[at..]));
        self.stay.extend(words.map(String::from));
    }
}

/// Numbers that look random and are the same each time.
fn soup(length: usize, mut seed: u32) -> Vec<u8> {
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 23) as u8
    };
    (0..length).map(|_| next()).collect()
}

fn bytes(folder: &mut Folder<'_>) {
    folder.put("leeg.md", b"", &[At("B05", 1)]);
    folder.put("alleen-bom.md", b"\xef\xbb\xbf", &[At("B05", 1)]);
    folder.put("alleen-wit.md", b" \r\n\t\r\n\r\n", &[At("B05", 1)]);
    folder.put("alleen-streep.md", b"---", &[Whatever]);
    folder.put("twee-strepen.md", b"---\n---\n", &[Something]);
    folder.put("alleen-kop.md", b"# ", &[Whatever]);
    folder.put("soep.md", soup(4000, 7), &[At("B09", 1)]);
    folder.put("zip.md", b"PK\x03\x04KANARIE-ZIP", &[At("B09", 1)]);
    let half =
        [&b"Eerst tekst BLIJFTSOEP\n\nen dan "[..], &soup(3, 1), b"\x81\x00\x01\n"]
            .concat();
    folder.put("halve-soep.md", half, &[At("B04", 3)]);
    folder.put("nul.md", b"BLIJFTNUL\n\nmidden \0 in\n", &[At("B04", 3)]);
    folder.put("afgekapt.md", b"BLIJFTAF \xc3\xa9\xc3\xa9n caf\xc3", &[At("B04", 1)]);
    let wide: Vec<u8> = "BLIJFT16 é".encode_utf16().flat_map(u16::to_le_bytes).collect();
    folder.put(
        "utf16-oneven.md",
        [b"\xff\xfe", &wide[..], b"x"].concat(),
        &[At("B03", 1), At("B04", 1)],
    );
    folder.stay.push("BLIJFT16".into());
    folder.put("utf16-los.md", b"\xfe\xff\xd8\x00\0B\xdc\0\0L\0I", &[At("B03", 1)]);
    folder.put("oud.md", b"Caf\xe9 BLIJFTOUD \x80 5", &[At("B02", 1)]);
    folder.put(
        "regels.md",
        b"---\rtitel: Oud\rtittel: x\r---\rBLIJFTREGELS\r",
        &[At("K01", 3)],
    );
    folder.put(
        "vreemd.md",
        "BLIJFTVREEMD \u{feff}\u{202e}\u{200b}\u{fffe}\n",
        &[At("B04", 1)],
    );
}

fn tops(folder: &mut Folder<'_>) {
    folder.put(
        "open-blok.md",
        "---\ntitel: Open\nkort: [a, b\nBLIJFTBLOK\n",
        &[Something],
    );
    folder.put("open-haak.md", "---\nthema: [a, \"b\n---\nBLIJFTHAAK\n", &[Whatever]);
    folder.put("open-plus.md", "+++\ntitle = \"\"\"Open\n+++\nBLIJFTPLUS\n", &[Whatever]);
    let many: String = (0..1500).map(|at| format!("vreemd{at}: x\n")).collect();
    folder.put("veel-kenmerken.md", format!("---\n{many}---\nBLIJFTVEEL\n"), &[Whatever]);
    let long = "x".repeat(100_000);
    folder.put(
        "lang-kenmerk.md",
        format!("---\n{long}: ja\ntitel: {long}\n---\nBLIJFTLANG\n"),
        &[Whatever],
    );
    let days = "---\ndatum: 99-99-9999\ngemaakt op: 31 juni 2026\nbijgewerkt op: 0000-00-00\nkijk terug op: -1\n---\nBLIJFTDAG\n";
    folder.put(
        "dagen.md",
        days,
        &[At("K05", 2), At("K05", 3), At("K05", 4), At("K05", 5)],
    );
    folder.put(
        "getal.md",
        "---\nvolgorde: 99999999999999999999\nnummer: -0x1\n---\nBLIJFTGETAL\n",
        &[At("K07", 2), At("K07", 3)],
    );
    folder.put(
        "soort.md",
        "---\nsoort: 🦆\ntaal: ??\n---\nBLIJFTSOORT\n",
        &[At("K13", 2), At("K12", 3)],
    );
    folder.put("tips/a.md", "---\nnummer: 1\n---\nBLIJFTEEN\n", &[]);
    folder.put("tips/b.md", "---\nnummer: 1\n---\nBLIJFTTWEE\n", &[At("K08", 2)]);
    folder.put("rond-a.md", "---\nvertaling van: rond-b.md\n---\nBLIJFTRONDA\n", &[]);
    folder.put(
        "rond-b.md",
        "---\nvertaling van: rond-a.md\ntaal: en\n---\nBLIJFTRONDB\n",
        &[],
    );
    folder.put("rond-c.md", "---\nvertaling van: rond-c.md\n---\nBLIJFTRONDC\n", &[]);
    folder.put("adres.md", "---\nadres: ../../../index.html\noud adres: ../../x, rond-c.html, https://, //\n---\nBLIJFTADRES\n", &[Whatever]);
    folder.put("site.md", "---\ntitel:\ntaal: klingon\nadres: geen adres\nmenu: weg, ook weg\nthema stijl: ../../etc\n---\n", &[At("K12", 3), At("L08", 5), At("M01", 6)]);
    folder.put("eigen-woorden.tsv", b"\xff\t\t\t\ncli\xebnt\n\t\n", &[]);
}

fn structure(folder: &mut Folder<'_>) {
    let deep = 100_000;
    let nest = |mark: &str| format!("{}BLIJFT\n\nBLIJFTNA\n", mark.repeat(deep));
    folder.put("diep/citaat.md", nest(">"), &[Whatever]);
    folder.put("diep/lijst.md", nest("- "), &[Whatever]);
    folder.put("diep/ster.md", nest("*"), &[Whatever]);
    folder.put("diep/haak.md", nest("["), &[Whatever]);
    folder.put("diep/beeld.md", nest("!["), &[Whatever]);
    folder.put("diep/wiki.md", nest("[["), &[Whatever]);
    folder.put("diep/punt.md", nest("<"), &[Whatever]);
    folder.put("diep/nadruk.md", nest("**a _b "), &[Whatever]);
    folder.put(
        "diep/trap.md",
        (0..300)
            .map(|at| format!("{}- BLIJFTTRAP{at}\n", " ".repeat(at * 2)))
            .collect::<String>(),
        &[Whatever],
    );
    folder.put(
        "diep/tikjes.md",
        (1..600).map(|at| format!("{} ", "`".repeat(at))).collect::<String>()
            + "BLIJFTTIK\n",
        &[Whatever],
    );
    folder.put("open-code.md", "BLIJFTVOOR\n\n```\nBLIJFTCODE\n", &[At("S08", 3)]);
    folder.put("open-link.md", "BLIJFTLINK [x](\n\n[y](<a b\n\n![z](", &[Whatever]);
    folder.put(
        "open-wiki.md",
        "BLIJFTWIKI [[x\n\n[[invoegen: \n\n[[|]] [[#]] [[]]\n",
        &[Whatever],
    );
    folder.put("open-tabel.md", "| a | b |\n| --- |\n| BLIJFTTABEL |\n|\n", &[Whatever]);
    folder.put(
        "scheve-tabel.md",
        "| a | b |\n| --- | --- |\n| BLIJFTSCHEEF | 2 | 3 | 4 |\n| 1 |\n",
        &[Whatever],
    );
    let columns = 500;
    let row = |cell: &str| format!("|{}\n", format!(" {cell} |").repeat(columns));
    let wide = [row("BLIJFTBREED"), row("---"), row("x").repeat(20)].concat();
    folder.put("brede-tabel.md", wide, &[At("S06", 1)]);
    folder.put(
        "sprong.md",
        "# Een\n\n###### BLIJFTZES\n\n## Twee\n\n##### Vijf\n",
        &[At("S01", 3), At("S01", 7)],
    );
    folder.put(
        "veel-koppen.md",
        (0..20_000).map(|at| format!("## Kop {at}\n")).collect::<String>()
            + "BLIJFTKOP\n",
        &[Whatever],
    );
    folder.put(
        "zelfde-koppen.md",
        "## Kop\n".repeat(20_000) + "BLIJFTZELFDE\n",
        &[Whatever],
    );
    folder.put(
        "lange-regel.md",
        "soep met brood en ’s avonds thee ".repeat(150_000) + "BLIJFTREGEL",
        &[Whatever],
    );
    // As often as this, what looks back at all before it would not end.
    folder.put(
        "veel-terzijdes.md",
        "[//]: # (terzijde)\n".repeat(50_000) + "\nBLIJFTTERZIJDE\n",
        &[],
    );
    folder.put(
        "open-terzijdes.md",
        "BLIJFTOPEN\n\n".to_string() + &"[//]: # (terzijde\n".repeat(50_000),
        &[Something],
    );
    folder.put(
        "veel-noten.md",
        "Soep[^soep] ".repeat(20_000)
            + "\n\n[^soep]: BLIJFTVEELNOTEN\n"
            + &(0..20_000)
                .map(|at| format!("brood[^{at}]\n\n[^{at}]: thee\n"))
                .collect::<String>(),
        &[Whatever],
    );
    folder.put(
        "veel-delen.md",
        "soort: plan\nverzonnen: ja\n\n# Plan\n\n".to_string()
            + &"## Deel\n\nVoor: gezin\n\nKANARIE\n\n".repeat(10_000)
            + "## Open\n\nVoor: iedereen\n\nBLIJFTDEEL\n",
        &[Whatever],
    );
    folder.put("lang-woord.md", "é".repeat(500_000) + " BLIJFTWOORD", &[Whatever]);
    folder.put("noten.md", "BLIJFTNOOT[^a][^weg]\n\n[^a]: [^b][^b]\n[^b]: [^a][^a][^c]\n[^c]: [^c]\n[^a]: dubbel\n", &[At("L04", 1)]);
    folder.put(
        "haakjes.md",
        "BLIJFTHAAKJES <naam> </div> <!DOCTYPE x> <?php KLAAR ?> <![CDATA[x]]>\n",
        &[At("S04", 1)],
    );
    folder.put(
        "woorden.md",
        "## \n\n## a\n\n## a\n\nBLIJFTTERM\n\n## ???\n\nOok: ,,;\n",
        &[Whatever],
    );
    folder.put("stemmen.md", "- :\n- \n- BLIJFTSTEM: x: y\n-\n", &[Whatever]);
    folder.put(
        "boekje.md",
        "- boekje.md\n".repeat(2000) + "- weg.md\n- tips over niets\n",
        &[At("L01", 2001), At("L01", 2002)],
    );
}

fn bombs(folder: &mut Folder<'_>) {
    for at in 0..12 {
        let inner = format!("[[invoegen: b{}.md]]\n\n", at + 1).repeat(10);
        folder.put(&format!("delen/b{at}.md"), inner, &[]);
    }
    folder.put("delen/b12.md", "boem\n", &[]);
    folder.put("bom.md", "[[invoegen: delen/b0.md]]\n\nBLIJFTBOM\n", &[]);
    folder.put("delen/ik.md", "[[invoegen: ik.md]]\n", &[At("L05", 1)]);
    folder.put(
        "zelf.md",
        "[[invoegen: delen/ik.md]]\n\n[[invoegen: zelf.md]]\n\nBLIJFTZELF\n",
        &[Something],
    );
    folder.put("buiten.md", "[[invoegen: ../../../etc/passwd]]\n\n![x](/../../etc/hosts.png)\n\nBLIJFTBUITEN\n", &[At("L06", 1), At("L06", 3)]);
    let links: String = (0..3000).map(|at| format!("[w](weg-{at}.md) ")).collect();
    folder.put("veel-links.md", format!("{links}\n\nBLIJFTLINKS\n"), &[At("L01", 1)]);
    folder.put(
        "veel-wiki.md",
        "[[bestaat niet]] ".repeat(3000) + "BLIJFTVEELWIKI\n",
        &[At("L01", 1)],
    );
    folder.put(
        "veel-beelden.md",
        "![](weg.png) ".repeat(2000) + "BLIJFTBEELDEN\n",
        &[At("I02", 1)],
    );
    folder.put("beelden/bom.png", png_head(60_000, 60_000), &[]);
    folder.put("beelden/stuk.jpg", b"\xff\xd8\xff\xe0", &[]);
    folder.put("beelden/stuk.svg", b"<svg><g", &[]);
    folder.put(
        "beelden/diep.svg",
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>{}",
            "<g>".repeat(50_000)
        ),
        &[],
    );
    let shown = "![a](beelden/bom.png)\n\n![b](beelden/stuk.jpg)\n\n![c](beelden/stuk.svg)\n\n![d](beelden/diep.svg)\n\n![e](beelden)\n\nBLIJFTGALERIJ\n";
    folder.put(
        "galerij.md",
        shown,
        &[At("I04", 3), At("I04", 5), At("I02", 9), Something],
    );
}

/// The start of a PNG that says it is enormous.
fn png_head(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

fn withheld(folder: &mut Folder<'_>) {
    folder.put(
        "verhalen/zonder-dubbelepunt.md",
        "---\ntoestemming ja\n---\nKANARIE\n",
        &[Something],
    );
    folder.put(
        "verhalen/bijna.md",
        "---\ntoestemmming: ja\n---\nKANARIE\n",
        &[Something],
    );
    folder.put("verhalen/open.md", "---\ntoestemming: nee\nKANARIE\n", &[Something]);
    folder.put(
        "verhalen/twee.md",
        "---\ntoestemming: nee\ntoestemming: ja\n---\nKANARIE\n",
        &[Something],
    );
    folder.put(
        "verhalen/soep.md",
        [b"---\ntoestemming: ja \xff\xfe\0\n---\n", &b"KANARIE\n"[..]].concat(),
        &[Something],
    );
    folder.put(
        "verhalen/tot.md",
        "---\ntoestemming: ja\ntoestemming tot: gisteren\n---\nKANARIE\n",
        &[At("V09", 3)],
    );
    folder.put(
        "concept.md",
        "---\nconcept: jaaa\ntitel: KANARIE\nKANARIE\n",
        &[Something],
    );
    folder.put("plannen/dicht.md", "---\nopenbaar: ja\nverzonnen: ja\nlezers: school\ndelen: gezin\n---\nKANARIE\n\n## Kop {voor:\n\nKANARIE\n\n## Ook\nVoor school: ja\n\nKANARIE\n\n## Weer\n\nVoor : de  hele straat\n\nKANARIE\n", &[Something]);
    folder.put(
        "plannen/slot.md",
        "+++\nopenbaar = \"ja\nverzonnen = ja\n+++\n## X\n\nKANARIE\n",
        &[Whatever],
    );
    folder.put(
        "plannen/diep.md",
        format!(
            "---\nopenbaar: ja\ntoestemming: ja\n---\n## Kop\n\n{}KANARIE\n\nVoor: gezin\n",
            "> - ".repeat(5000)
        ),
        &[Something],
    );
    let comments = "BLIJFTCOMMENTAAR <!-- KANARIE -- KANARIE --> x <!---->\n\n- a <!-- KANARIE\n- KANARIE -->\n\n> <!-- KANARIE\n\n| a |\n| - |\n| <!-- KANARIE --> |\n\n<!-- KANARIE\n";
    folder.put("commentaar.md", comments, &[At("S07", 12)]);
    keys_elsewhere(folder);
    folder.put("tips/c (conflicted copy).md", "KANARIE", &[Something]);
    folder.put("_weg/x.md", "KANARIE", &[]);
    folder.put("~$plan.md", "KANARIE", &[]);
}

/// Keys that do not stand where keys stand, on pages nobody else would keep inside.
fn keys_elsewhere(folder: &mut Folder<'_>) {
    let text = "KANARIE liep weg van huis en kwam weer terug.";
    for (at, (keys, line)) in [
        ("titel; x\nsoort: verhaal\ntoestemming: nee", 2),
        ("Dit schreef ik op een dinsdag op.\n\nsoort: verhaal", 3),
        ("**Soort:** verhaal", 1),
        ("• soort: verhaal\n• toestemming: nee", 1),
        ("--\nsoort: verhaal\n--", 2),
        ("___\ntoestemming: nee\n___", 2),
        ("```\ntoestemming: nee\n```", 2),
        ("# Dag\n\n---\nsoort: verhaal\n---", 4),
        ("| toestemming | nee |\n| --- | --- |", 1),
        ("---\ntitel: x\ntoestemming nee\ntaal: nl\n---", 3),
        ("CONCEPT", 1),
        ("# Dag\n\nNIET PUBLICEREN", 3),
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("los/{at}.md");
        folder.put(&name, format!("{keys}\n\n{text}\n"), &[At("P10", line)]);
    }
    folder.put("los/onder.md", format!("{text}\n\nconcept: ja\n"), &[At("P10", 3)]);
    let part = "BLIJFTDEEL\n\n## Thuis\n\nVoor: gezin\n\nKANARIE\n";
    folder.put("los/deel.md", part, &[At("P09", 5)]);
}

fn names(folder: &mut Folder<'_>) {
    folder.put("map.md/binnen.md", "BLIJFTMAP\n", &[Whatever]);
    folder.put("con.md", "BLIJFTCON\n", &[Whatever]);
    folder.put("-rf.md", "BLIJFTRF\n", &[Whatever]);
    folder.put("%2e%2e%2f.md", "BLIJFTPROCENT\n", &[Whatever]);
    folder.put("🦆🧡.md", "BLIJFTEEND\n", &[Whatever]);
    folder.put("geen-eind", "KANARIE", &[]);
    folder.put(&format!("{}.md", "lang".repeat(60)), "BLIJFTNAAM\n", &[Whatever]);
    folder.put("Index.md", "BLIJFTINDEX\n", &[Whatever]);
}

#[cfg(unix)]
fn unix_names(folder: &mut Folder<'_>, outside: &Path) {
    use std::os::unix::fs::{PermissionsExt, symlink};
    folder.put("aan\"haling'<b>.md", "BLIJFTAANHALING\n", &[Whatever]);
    folder.put("nieuwe\nregel.md", "BLIJFTNIEUW\n", &[Whatever]);
    folder.put("punten....md", "BLIJFTPUNTEN\n", &[Whatever]);
    folder.put("terug\\slag.md", "BLIJFTSLAG\n", &[Whatever]);
    folder.put(" .md", "BLIJFTSPATIE\n", &[Whatever]);
    folder.put("dag.md", "BLIJFTKLEIN\n", &[At("B07", 1)]);
    folder.put("DAG.md", "BLIJFTGROOT\n", &[]);
    let link = |target: &Path, name: &str| {
        symlink(target, folder.dir.join(name)).expect("a link")
    };
    link(Path::new("lus-b.md"), "lus-a.md");
    link(Path::new("lus-a.md"), "lus-b.md");
    link(Path::new("."), "tips/rond");
    link(Path::new("nergens.md"), "dood.md");
    fs::write(outside.join("geheim.md"), "KANARIE").expect("a file outside");
    link(&outside.join("geheim.md"), "ontsnapt.md");
    link(outside, "ontsnapte-map");
    std::os::unix::net::UnixListener::bind(folder.dir.join("stopcontact.md"))
        .expect("a socket");
    for name in ["lus-a.md", "dood.md", "stopcontact.md"] {
        folder.hear.push((name.into(), At("B08", 1)));
    }
    for name in ["ontsnapt.md", "ontsnapte-map"] {
        folder.hear.push((name.into(), At("L06", 1)));
    }
    let shut = folder.dir.join("dicht.md");
    fs::write(&shut, "KANARIE").expect("a file");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).expect("its lock");
    if fs::File::open(&shut).is_err() {
        folder.hear.push(("dicht.md".into(), At("B08", 1)));
    } else {
        fs::remove_file(&shut).expect("who may open everything gets no shut file");
    }
}

/// What came out.
struct Result {
    built: Built,
    hear: Vec<(String, Hear)>,
    stay: Vec<String>,
    files: BTreeMap<String, Vec<u8>>,
}

/// Makes and builds the folder once for all tests.
fn result() -> &'static Result {
    static RESULT: OnceLock<Result> = OnceLock::new();
    RESULT.get_or_init(|| {
        let top = tempfile::tempdir().expect("a folder");
        let (dir, outside) = (top.path().join("teksten"), top.path().join("buiten"));
        fs::create_dir_all(&outside).expect("a folder outside");
        let mut folder = Folder { dir: &dir, hear: Vec::new(), stay: Vec::new() };
        for damage in [bytes, tops, structure, bombs, withheld, names] {
            damage(&mut folder);
        }
        #[cfg(unix)]
        unix_names(&mut folder, &outside);
        let (hear, stay) = (folder.hear, folder.stay);
        let today = "2026-06-01".parse().expect("a day");
        let request = Request {
            dir: dir.clone(),
            today,
            search: true,
            booklets: false,
            hints: true,
        };
        let out = top.path().join("site");
        let built = build(&request, &out, &|_| {})
            .unwrap_or_else(|failure| panic!("{}", failure.sentence(&Lang::english())));
        Result { built, hear, stay, files: files_in(&out) }
    })
}

fn files_in(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![out.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the site can be read").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name =
                path.strip_prefix(out).expect("inside").to_string_lossy().to_string();
            files.insert(name, fs::read(&path).expect("a file of the site"));
        }
    }
    files
}

#[test]
fn a_damaged_folder_is_published() {
    let result = result();
    assert!(result.built.published);
    assert!(result.files.contains_key("index.html"));
    assert!(result.hear.len() > 60);
}

#[test]
fn what_can_be_read_reaches_a_page() {
    let result = result();
    let mut there = BTreeSet::new();
    for bytes in result.files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let page = String::from_utf8_lossy(bytes.1);
        there.extend(
            page.match_indices(STAYS).map(|(at, _)| first_word(&page[at..]).to_string()),
        );
    }
    let missing: Vec<_> =
        result.stay.iter().filter(|word| !there.contains(*word)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn nothing_that_stays_inside_is_in_any_byte() {
    for (name, bytes) in &result().files {
        assert!(!name.contains("kanarie"), "{name}");
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        if let Some(at) = text.find("kanarie") {
            let around: Vec<&str> = text[at..].lines().take(3).collect();
            panic!("{name}: {around:?}");
        }
    }
}

#[test]
fn every_oddity_is_named_with_its_file_and_line() {
    let result = result();
    let report = &result.built.report;
    let mut heard: BTreeSet<(String, &str, u32)> = BTreeSet::new();
    let mut told: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for problem in &report.problems {
        // Many of one code in one file: the first hundred tell enough.
        let file = match &problem.place {
            Where::Span(span) => report.library.sources.get(span.source).path.to_string(),
            Where::File(path) => path.to_string(),
            Where::Theme(path, ..) => path.clone(),
            Where::Folder => String::new(),
        };
        let count = told.entry((file.clone(), problem.code.name())).or_default();
        *count += 1;
        if *count <= 100 {
            let said = said(problem, &report.library.sources, &Lang::dutch());
            assert!(!said.see.is_empty() && !said.now.is_empty(), "{}", said.code);
            heard.insert((file, said.code, said.start.line));
        }
    }
    let missing: Vec<String> = result
        .hear
        .iter()
        .filter_map(|(file, hear)| match hear {
            Whatever => None,
            Something => (!heard.iter().any(|(at, ..)| at == file))
                .then(|| format!("{file}: silence")),
            At(code, line) => {
                let all: Vec<_> = heard
                    .iter()
                    .filter(|(at, ..)| at == file)
                    .map(|one| (one.1, one.2))
                    .collect();
                (!all.contains(&(*code, *line)))
                    .then(|| format!("{file}: {code} at {line}, heard {all:?}"))
            }
        })
        .collect();
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

#[test]
fn no_place_lies_outside_its_file() {
    let report = &result().built.report;
    for problem in &report.problems {
        match &problem.place {
            Where::Span(span) => {
                let source = report.library.sources.get(span.source);
                let fits = source.text().get(span.range()).is_some();
                assert!(fits, "{} {}: {span:?}", problem.code, source.path);
            }
            Where::File(path) => assert!(!path.as_str().contains(".."), "{path}"),
            Where::Theme(..) | Where::Folder => {}
        }
    }
}
