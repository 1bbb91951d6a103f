//! Every crate we build with has a licence we allow, comes from the registry we allow, and
//! is no version of which we know a weakness: the lists stand in `deny.toml`.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that reads our own files"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

#[test]
fn every_licence_is_allowed() {
    let allowed = list("licenses", "allow");
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 20, "looks at all crates");
    for package in packages {
        let (name, licence) = (&package["name"], package["license"].as_str());
        let good = licence.is_some_and(|it| is_allowed(it, &allowed));
        assert!(good, "{name} has licence {licence:?}");
    }
}

#[test]
fn every_crate_comes_from_the_registry() {
    let allowed = list("sources", "allow-registry");
    let lock = table("Cargo.lock");
    for package in lock["package"].as_array().unwrap() {
        let Some(source) = package.get("source").and_then(toml::Value::as_str) else {
            // Only we ourselves have no source.
            assert_eq!(package["name"].as_str(), Some("boekje"));
            continue;
        };
        let address = source.strip_prefix("registry+").unwrap_or(source);
        assert!(allowed.contains(address), "{} comes from {source}", package["name"]);
    }
}

#[test]
fn no_version_with_a_known_weakness() {
    let deny = table("deny.toml");
    let listed = deny["bans"]["deny"].as_array().unwrap();
    let mut weak = BTreeMap::new();
    for one in listed {
        let (name, version) = one["crate"].as_str().unwrap().split_once(":<").unwrap();
        let doubled = weak.insert(name, (numbers(version), &one["reason"]));
        assert!(doubled.is_none(), "{name} stands twice");
    }
    let lock = table("Cargo.lock");
    for package in lock["package"].as_array().unwrap() {
        let (name, version) = (&package["name"], &package["version"]);
        if let Some((below, reason)) = weak.get(name.as_str().unwrap()) {
            let found = numbers(version.as_str().unwrap());
            assert!(found >= *below, "{name} {version}: {reason}");
        }
    }
}

/// Reads `1.10.2` and `1.10.2+more` as numbers.
fn numbers(version: &str) -> Vec<u32> {
    let plain = version.split(['+', '-']).next().unwrap();
    plain.split('.').map(|number| number.parse().unwrap()).collect()
}

#[test]
fn versions_are_compared_as_numbers() {
    assert!(numbers("1.10.0") > numbers("1.9.9"));
    assert!(numbers("0.25.18+spec-1.1.0") < numbers("0.26.0"));
    assert!(numbers("0.8.7") >= numbers("0.8.7"));
}

/// What cargo knows of all crates; without network when they are here already.
fn metadata() -> serde_json::Value {
    let run = |offline: &[&str]| {
        Command::new(env!("CARGO"))
            .args(["metadata", "--format-version", "1", "--locked"])
            .args(offline)
            .current_dir(root(""))
            .output()
            .unwrap()
    };
    let mut output = run(&["--offline"]);
    if !output.status.success() {
        output = run(&[]);
    }
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn root(name: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn table(name: &str) -> toml::Table {
    std::fs::read_to_string(root(name)).unwrap().parse().unwrap()
}

fn list(section: &str, key: &str) -> BTreeSet<String> {
    let deny = table("deny.toml");
    let list = deny[section][key].as_array().unwrap();
    list.iter().map(|name| name.as_str().unwrap().to_string()).collect()
}

/// Reads `(MIT OR Apache-2.0) AND Unicode-3.0`, and the older `MIT/Apache-2.0`.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    any(&tokens, &mut at, allowed) && at == tokens.len()
}

fn any(tokens: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut good = all(tokens, at, allowed);
    while tokens.get(*at) == Some(&"OR") {
        *at += 1;
        good |= all(tokens, at, allowed);
    }
    good
}

fn all(tokens: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut good = one(tokens, at, allowed);
    while tokens.get(*at) == Some(&"AND") {
        *at += 1;
        good &= one(tokens, at, allowed);
    }
    good
}

fn one(tokens: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    if tokens.get(*at) == Some(&"(") {
        *at += 1;
        let good = any(tokens, at, allowed);
        *at += 1;
        return good;
    }
    let mut name = tokens.get(*at).copied().unwrap_or_default().to_string();
    *at += 1;
    if tokens.get(*at) == Some(&"WITH") {
        name = format!("{name} WITH {}", tokens.get(*at + 1).unwrap_or(&""));
        *at += 2;
    }
    allowed.contains(&name)
}

#[test]
fn expressions_are_read() {
    let allowed = ["MIT", "ISC"].map(String::from).into();
    for (expression, good) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0/MIT", true),
        ("(MIT OR Apache-2.0) AND GPL-3.0", false),
        ("(MIT OR Apache-2.0) AND ISC", true),
        ("MIT WITH something", false),
        ("", false),
    ] {
        assert_eq!(is_allowed(expression, &allowed), good, "{expression}");
    }
}
