//! `djq explain`: the long story of a diagnostic.

use crate::{args::Explain, failure::Failure, output};
use djq_diagnostics::{Code, Severity, codes, nearest};
use std::fmt::Write;

pub(crate) fn run(args: &Explain) -> Result<(), Failure> {
    let Some(wanted) = &args.code else {
        output::print(&list());
        return Ok(());
    };
    let code = codes::by_id(wanted).ok_or_else(|| unknown(wanted))?;
    output::print(&story(code));
    Ok(())
}

/// Every code, a line each.
fn list() -> String {
    codes::ALL.iter().fold(String::new(), |mut text, code| {
        let _ = writeln!(text, "{}  {}", code.id, code.name);
        text
    })
}

fn unknown(wanted: &str) -> Failure {
    let names = codes::ALL.iter().flat_map(|code| [code.name, code.id]);
    let meant = nearest(wanted, names).map_or(String::new(), |near| format!("; `{near}` is near"));
    Failure::call(format!(
        "there is no diagnostic `{wanted}`{meant}; `djq explain` lists them all"
    ))
}

/// The manual of one code.
fn story(code: &Code) -> String {
    let kind = match code.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "allowed unless asked for",
    };
    let mut text = format!(
        "{} {} ({kind})\n\n{}\n",
        code.id,
        code.name,
        wrap(code.doc, 88)
    );
    for (title, example) in [("Example", Some(code.example)), ("Mended", code.mended)] {
        if let Some(example) = example.filter(|example| !example.is_empty()) {
            let _ = write!(text, "\n{title}:\n\n");
            for line in example.lines() {
                let _ = writeln!(text, "    {line}");
            }
        }
    }
    text
}

/// Breaks each paragraph's lines at spaces, after at most `width` characters where that can be.
fn wrap(text: &str, width: usize) -> String {
    let mut out = String::new();
    for (index, paragraph) in text.split("\n\n").enumerate() {
        if index > 0 {
            out.push_str("\n\n");
        }
        if paragraph.starts_with("    ") || paragraph.starts_with("```") {
            out.push_str(paragraph);
            continue;
        }
        let mut column = 0;
        for word in paragraph.split_whitespace() {
            let length = word.chars().count();
            if column > 0 && column + 1 + length > width {
                out.push('\n');
                column = 0;
            } else if column > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += length;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_story() {
        for code in codes::ALL {
            assert!(story(code).starts_with(code.id));
        }
    }

    #[test]
    fn a_misspelt_code_names_the_nearest() {
        let (message, _) = run(&Explain {
            code: Some("unknown-feild".to_owned()),
        })
        .unwrap_err()
        .report();
        assert!(message.unwrap().contains("`unknown-field` is near"));
    }

    #[test]
    fn long_lines_are_broken_at_spaces() {
        assert_eq!(wrap("one two three\n\nfour", 7), "one two\nthree\n\nfour");
    }
}
