//! Themes stacked, overridden, broken.

use super::*;
use std::fs;
use tempfile::TempDir;

/// Makes a project with these files below `themes/`.
#[allow(clippy::disallowed_methods, reason = "a test makes its own project")]
fn project(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = dir.path().join("themes").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

fn load(name: &str, files: &[(&str, &str)]) -> (Theme, Vec<Problem>) {
    let dir = project(files);
    Theme::load(name, Some(dir.path()))
}

fn lost(theme: &Theme) -> Result<String, Problem> {
    let words = crate::lang::Lang::dutch();
    let mut values = tera::Context::new();
    for (name, value) in [("top", ""), ("here", "404.html")] {
        values.insert(name, value);
    }
    values.insert("menu", &Vec::<String>::new());
    values.insert(
        "site",
        &serde_json::json!({ "title": "Samen", "register": "register.html" }),
    );
    values.insert("page", &serde_json::json!({
        "lang": "nl", "dir": "ltr", "class": "lost", "full_title": "Weg", "title": "Weg",
        "ui": "", "chrome": "", "og_type": "website", "alternates": [],
    }));
    let words: serde_json::Value = nested(theme.words(&words));
    values.insert("words", &words);
    values.insert("site_words", &words);
    theme.render("404.html", &values)
}

fn nested(table: &Table) -> serde_json::Value {
    let mut all = serde_json::json!({});
    for (key, word) in table.iter() {
        let path = format!("/{}", key.replace('.', "/"));
        let (above, name) = path.rsplit_once('/').unwrap();
        let group = above.trim_start_matches('/');
        if group.is_empty() {
            all[name] = word.into();
        } else {
            all[group][name] = word.into();
        }
    }
    all
}

fn asset(theme: &Theme, path: &str) -> Option<String> {
    let files = theme.assets();
    let file = files.iter().find(|file| file.path == path)?;
    Some(String::from_utf8(file.bytes.clone()).unwrap())
}

#[test]
fn the_built_in_theme_compiles_and_has_a_template_for_every_kind() {
    let (theme, problems) = Theme::load(BUILT_IN, None);
    assert_eq!(problems, []);
    for row in crate::kind::KINDS.iter().filter(|row| row.name != "site") {
        assert!(theme.has(&format!("kind/{}.html", row.name)), "{}", row.name);
    }
    for page in ["home", "list", "register", "search", "themes", "404"] {
        assert!(theme.has(&format!("{page}.html")), "{page}");
    }
    assert!(lost(&theme).unwrap().contains("Samen"));
    let css = asset(&theme, "css/screen.css").unwrap();
    assert!(css.starts_with(":root{--accent:#0D544C;"));
}

#[test]
fn one_file_is_overridden_and_may_extend_what_it_replaces() {
    let (theme, problems) = load(
        "zon",
        &[(
            "zon/404.html",
            "{% extends \"verbinden/404.html\" %}{% block main %}<h1>Zon</h1>{% endblock %}",
        )],
    );
    assert_eq!(problems, []);
    let page = lost(&theme).unwrap();
    assert!(page.contains("<h1>Zon</h1>") && page.contains("site-header"));
}

#[test]
fn the_project_may_change_the_built_in_theme_itself() {
    let (theme, problems) = load(
        BUILT_IN,
        &[(
            "verbinden/404.html",
            "{% extends \"verbinden/404.html\" %}{% block footer %}<p>voet</p>{% endblock %}",
        )],
    );
    assert_eq!(problems, []);
    assert!(lost(&theme).unwrap().contains("<p>voet</p>"));
}

#[test]
fn parents_stack_file_by_file_value_by_value_word_by_word() {
    let (theme, problems) = load(
        "maan",
        &[
            (
                "maan/theme.toml",
                "parent = \"zon\"\n[colors.light]\npaper = \"#ffffff\"\n",
            ),
            ("maan/lang/nl.toml", "[lost]\ntitle = \"Weg is weg\"\n"),
            (
                "zon/theme.toml",
                "[colors.light]\npaper = \"#eeeeee\"\nink = \"#111111\"\n",
            ),
            ("zon/css/extra.css", "p{color:red}"),
            ("zon/lang/nl.toml", "[lost]\ntitle = \"Foetsie\"\nlead = \"Kijk rond.\"\n"),
        ],
    );
    assert_eq!(problems, []);
    let css = asset(&theme, "css/screen.css").unwrap();
    assert!(css.contains("--paper:#ffffff;") && css.contains("--ink:#111111;"));
    assert!(css.contains("--line:#857B6E;"), "what nobody changes stays");
    assert!(asset(&theme, "css/extra.css").is_some());
    let page = lost(&theme).unwrap();
    assert!(page.contains("Weg is weg") && page.contains("Kijk rond."));
}

#[test]
fn an_unknown_theme_or_parent_gives_the_built_in_one_and_a_near_name() {
    let (theme, problems) = load("zom", &[("zon/404.html", "x")]);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code, Code::M01);
    assert!(problems[0].args.contains(&("s".into(), "zon".into())));
    assert!(lost(&theme).is_ok());
    let (_, problems) = load("zon", &[("zon/theme.toml", "\nparent = \"weg\"\n")]);
    assert_eq!(problems[0].place, Where::Theme("themes/zon/theme.toml".into(), 2, 1));
    for name in ["../zon", "/etc", "", ".", "c:\\x"] {
        let (_, problems) = load(name, &[("zon/404.html", "x")]);
        assert_eq!(problems[0].code, Code::M01, "{name}");
    }
}

#[test]
fn parents_in_a_circle_end() {
    let (theme, problems) = load(
        "zon",
        &[
            ("zon/theme.toml", "parent = \"maan\""),
            ("maan/theme.toml", "parent = \"zon\""),
        ],
    );
    assert!(lost(&theme).is_ok());
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code, Code::M04);
    let (_, problems) = load("zon", &[("zon/theme.toml", "parent = \"verbinden\"")]);
    assert_eq!(problems, []);
}

#[test]
fn words_that_no_page_says_are_named() {
    let (_, problems) = load(
        "zon",
        &[
            ("zon/404.html", "{{ words.eigen.kop }}"),
            ("zon/lang/nl.toml", "[lost]\ntitel = \"a\"\n[eigen]\nkop = \"b\"\n"),
        ],
    );
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code, Code::M03);
    assert_eq!(problems[0].place, Where::Theme("themes/zon/lang/nl.toml".into(), 2, 1));
    assert!(problems[0].args.contains(&("f".into(), "nl.toml".into())));
}

#[test]
fn a_broken_template_is_named_by_line_and_the_one_below_is_used() {
    let (theme, problems) = load(
        "zon",
        &[
            ("zon/404.html", "<p>\n  {% if site %}nooit af"),
            ("zon/part/mark.html", "<b>merk</b>"),
        ],
    );
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code, Code::M02);
    let Where::Theme(path, line, _) = &problems[0].place else { panic!("no place") };
    assert_eq!((path.as_str(), *line), ("themes/zon/404.html", 2));
    let page = lost(&theme).unwrap();
    assert!(page.contains("site-header") && page.contains("<b>merk</b>"));
}

#[test]
fn unknown_filters_blocks_and_parents_are_named_where_they_stand() {
    let place = |text: &str| {
        let (theme, problems) = load("zon", &[("zon/404.html", text)]);
        assert!(lost(&theme).is_ok());
        assert_eq!(problems.len(), 1, "{text}");
        problems[0].place.clone()
    };
    let at = |line, column| Where::Theme("themes/zon/404.html".into(), line, column);
    assert_eq!(place("a\n  {{ top | glitter }}"), at(2, 12));
    assert_eq!(
        place("{% extends \"base.html\" %}\n{% block nergens %}{% endblock %}"),
        at(2, 10)
    );
    assert_eq!(place("{% extends \"nergens.html\" %}"), at(1, 1));
}

#[test]
fn a_template_that_stumbles_while_rendering_is_noticed_once() {
    let (theme, problems) = load("zon", &[("zon/404.html", "\n{{ bestaat.niet }}")]);
    assert_eq!(problems, []);
    assert!(lost(&theme).unwrap().contains("site-header"));
    assert!(lost(&theme).is_ok());
    let noticed = theme.noticed();
    assert_eq!(noticed.len(), 1);
    let Where::Theme(path, line, _) = &noticed[0].place else { panic!("no place") };
    assert_eq!((path.as_str(), *line), ("themes/zon/404.html", 2));
}

#[test]
fn settings_that_cannot_be_used_are_named_and_the_rest_counts() {
    let (theme, problems) = load(
        "zon",
        &[(
            "zon/theme.toml",
            "[colors.light]\npaper = \"rood\"\nink = \"#000000\"\n[sizes]\nbody = \"1rem;} p{\"\n\
             [fonts]\ntext = \"Arial, sans-serif\"\n[kleuren]\n",
        )],
    );
    let lines: Vec<u32> = problems
        .iter()
        .map(|problem| match &problem.place {
            Where::Theme(path, line, _) if path == "themes/zon/theme.toml" => *line,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(lines, [2, 8, 5]);
    assert!(problems.iter().all(|problem| problem.code == Code::M03));
    let css = asset(&theme, "css/screen.css").unwrap();
    assert!(css.contains("--paper:#FFFBF5;") && css.contains("--ink:#000000;"));
    assert!(
        css.contains("--font-text:Arial, sans-serif;")
            && css.contains("--body:1.1875rem;")
    );
}

#[test]
fn toml_that_cannot_be_read_is_named_by_line() {
    let (_, problems) = load("zon", &[("zon/theme.toml", "name = \"zon\"\nink = = 1\n")]);
    assert!(!problems.is_empty());
    assert!(problems.iter().all(|problem| problem.code == Code::M03));
    let Where::Theme(_, line, _) = &problems[0].place else { panic!("no place") };
    assert_eq!(*line, 2);
}

#[test]
fn values_are_escaped() {
    let (theme, _) = load(
        "zon",
        &[
            ("zon/404.html", "{{ words.lost.title }}"),
            ("zon/lang/nl.toml", "[lost]\ntitle = \"<script>'\"\n"),
        ],
    );
    assert_eq!(lost(&theme).unwrap(), "&lt;script&gt;&#39;");
}
