//! Problems for editors and other programs: one stable JSON shape.

use super::{Problem, Severity, said};
use crate::lang::Lang;
use crate::text::Sources;
use serde::Serialize;

/// What other programs read. Names and order are a promise.
#[derive(Serialize)]
struct Report<'a> {
    problems: Vec<Row<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    code: &'a str,
    severity: &'a str,
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    message: &'a str,
    action: &'a str,
    suggestion: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Summary {
    quiet: usize,
    hint: usize,
    heads_up: usize,
    stop: usize,
    texts: usize,
}

/// Returns the problems as JSON, sorted, with a summary; `texts` is how many texts there
/// are. Paths have `/`; lines and columns count from 1, columns by character.
pub fn json(
    problems: &[Problem],
    sources: &Sources,
    lang: &Lang,
    texts: usize,
) -> String {
    let all = said::all(problems, sources, lang);
    let count =
        |severity| all.iter().filter(|(said, _)| said.severity == severity).count();
    let report = Report {
        problems: all
            .iter()
            .map(|(said, _)| Row {
                code: said.code,
                severity: said.severity.name(),
                file: &said.file,
                line: said.start.line,
                column: said.start.column,
                end_line: said.end.line,
                end_column: said.end.column,
                message: &said.see,
                action: &said.now,
                suggestion: Some(said.you.as_str()).filter(|you| !you.is_empty()),
            })
            .collect(),
        summary: Summary {
            quiet: count(Severity::Quiet),
            hint: count(Severity::Hint),
            heads_up: count(Severity::HeadsUp),
            stop: count(Severity::Stop),
            texts,
        },
    };
    serde_json::to_string(&report).expect("words and numbers always fit in JSON")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Code;
    use crate::text::{Source, Span, TextPath};

    #[test]
    fn the_shape_is_a_promise() {
        let mut sources = Sources::default();
        let source = sources.add(Source::new(
            TextPath::new("tips\\kom.md"),
            "---\ntittel: é\n---\n".into(),
        ));
        let problems = [
            Problem::at(Code::K01, Span::new(source, 4..10))
                .with("k", "tittel")
                .with("s", "titel"),
            Problem::file(Code::B01, &TextPath::new("a.md")),
        ];
        let made = json(&problems, &sources, &Lang::dutch(), 2);
        assert_eq!(
            made,
            concat!(
                r#"{"problems":[{"code":"B01","severity":"quiet","file":"a.md","line":1,"#,
                r#""column":1,"endLine":1,"endColumn":1,"message":"Dit bestand begint met "#,
                r#"een onzichtbaar beginteken (BOM).","action":"Dat is prima; ik heb het "#,
                r#"overgeslagen.","suggestion":null},{"code":"K01","severity":"hint","#,
                r#""file":"tips/kom.md","line":2,"column":1,"endLine":2,"endColumn":7,"#,
                r#""message":"Ik ken het kenmerk “tittel” niet. Bedoel je “titel”?","#,
                r#""action":"Ik lees het nu als “titel”.","suggestion":"Klopt dat? Schrijf "#,
                r#"dan “titel:”."}],"summary":{"quiet":1,"hint":1,"heads-up":0,"stop":0,"#,
                r#""texts":2}}"#,
            )
        );
    }
}
