//! Each code's example raises that code and no other; the example mended raises none.

mod support;

use djq_diagnostics::codes::ALL;

fn mine(id: &str) -> bool {
    ["E02", "E03", "E04", "E08", "E10", "L"]
        .iter()
        .any(|family| id.starts_with(family))
}

#[test]
fn examples_raise_their_code_alone() {
    let mut wrong = Vec::new();
    for code in ALL.iter().filter(|code| mine(code.id)) {
        let raised = support::codes(code.example);
        if raised != [code.name] {
            wrong.push(format!(
                "{} {}: {raised:?}\n{}",
                code.id,
                code.name,
                support::rendered(code.example)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn mended_examples_raise_nothing() {
    let mut wrong = Vec::new();
    for code in ALL.iter().filter(|code| mine(code.id)) {
        if let Some(mended) = code.mended {
            let raised = support::codes(mended);
            if !raised.is_empty() {
                wrong.push(format!(
                    "{} {}:\n{}",
                    code.id,
                    code.name,
                    support::rendered(mended)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
