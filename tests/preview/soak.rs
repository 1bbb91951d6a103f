//! Somebody who writes for a long time, all kinds of things in all kinds of ways.

use std::fs;
use std::path::Path;

/// Numbers that look like chance and are the same each time.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }

    fn one<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

const TEXTS: [&str; 8] = [
    "tips/een.md",
    "tips/twee.md",
    "tips/drie.md",
    "verhalen/stoel.md",
    "plannen/noor.md",
    "over.md",
    "delen/hulp.md",
    "woorden.md",
];

const BODIES: [&str; 8] = [
    "# Kom terug\n\nOok na ruzie.\n",
    "concept: ja\n\n# Later\n\nNog niet.\n",
    "# Met een deel\n\n[[invoegen: delen/hulp]]\n\n[weg](weg.md)\n",
    "---\nsoort: verhaal\nverteller: Noor\ntoestemming: ja\n---\n\n# De stoel\n\nBij het raam.\n",
    "soort: plan\nlezers: gezin\n\n# Plan\n\n## Doel\n\nRust.\n",
    "soort: woorden\n\n# Woorden\n\n## Netwerk\n\nMensen om je heen.\n",
    "",
    "# Tips\n\nsoort: tips\n\n## Een\n\nE\n\n## Twee\n\nT\n",
];

/// Does one thing to a folder.
pub(crate) fn act(dir: &Path, chance: &mut Chance) {
    let name = chance.one(&TEXTS);
    let path = dir.join(name);
    let words = format!("{}\n\nRegel {}.\n", chance.one(&BODIES), chance.below(1000));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    match chance.below(12) {
        0 => drop(fs::remove_file(&path)),
        1 => drop(fs::rename(&path, dir.join(chance.one(&TEXTS)))),
        2 => {
            let theme = dir.join("themes/eigen");
            fs::create_dir_all(theme.join("css")).unwrap();
            let css = format!("body {{ margin: {}px }}\n", chance.below(9));
            fs::write(theme.join("css/print.css"), css).unwrap();
            let toml = "name = \"eigen\"\nparent = \"verbinden\"\n";
            fs::write(theme.join("theme.toml"), toml).unwrap();
        }
        3 => {
            let style = if chance.below(2) == 0 { "eigen" } else { "verbinden" };
            let site = format!("titel: Samen {}\nstijl: {style}\n\n", chance.below(5));
            fs::write(dir.join("site.md"), site).unwrap();
        }
        // By way of another file.
        4..=6 => {
            fs::write(dir.join(".tijdelijk"), words).unwrap();
            fs::rename(dir.join(".tijdelijk"), &path).unwrap();
        }
        // In two times.
        7 => {
            fs::write(&path, &words[..words.len().min(5)]).unwrap();
            fs::write(&path, words).unwrap();
        }
        _ => fs::write(&path, words).unwrap(),
    }
}
