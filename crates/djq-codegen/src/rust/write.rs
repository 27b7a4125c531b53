//! What the statements of a query that writes are for.

use djq_check::Type;
use djq_plan::plan::Keys;
use djq_sql::{Does, SlotValue, Statement};
use std::fmt::Write;

/// The end of a constant whose statements have been written: what each is for.
pub(super) fn steps(text: &mut String, statements: &[Statement]) {
    text.push_str("    ],\n}, steps: &[\n");
    for statement in statements {
        let _ = writeln!(text, "        {},", step(statement, statements));
    }
    text.push_str("    ],\n};\n");
}

fn step(statement: &Statement, all: &[Statement]) -> String {
    let keys = |from: &Keys| keys(from, form(statement, from, all));
    match &statement.does {
        Does::Return => "djq_runtime::Step::Return".to_owned(),
        // The driver counts what it matched, and has RETURNING for keys.
        Does::Read | Does::Count | Does::Rows(_) | Does::Records | Does::Key => {
            "djq_runtime::Step::Count".to_owned()
        }
        Does::Add => "djq_runtime::Step::Add".to_owned(),
        Does::Refuse(why) => format!("djq_runtime::Step::Refuse({why:?})"),
        Does::Collect {
            into,
            key,
            keys: from,
        } => {
            let from = from
                .as_ref()
                .map_or_else(|| "None".to_owned(), |from| format!("Some({})", keys(from)));
            format!("djq_runtime::Step::Collect {{ into: {into}, key: {key}, keys: {from} }}")
        }
        Does::Protect {
            keys: from,
            except,
            why,
        } => format!(
            "djq_runtime::Step::Protect {{ keys: {}, except: {except:?}, why: {why:?} }}",
            keys(from)
        ),
        Does::Change(from) => format!("djq_runtime::Step::Change({})", keys(from)),
        Does::Remove {
            keys: from,
            in_turn,
        } => format!(
            "djq_runtime::Step::Remove {{ keys: {}, in_turn: {in_turn} }}",
            keys(from)
        ),
    }
}

fn keys(keys: &Keys, form: &str) -> String {
    format!(
        "djq_runtime::Keys {{ set: {}, columns: &{:?}, form: djq_runtime::KeyForm::{form} }}",
        keys.set, keys.columns
    )
}

/// How a statement compares the keys of a set that others collect.
fn form(statement: &Statement, keys: &Keys, all: &[Statement]) -> &'static str {
    let wanted = statement
        .pieces
        .iter()
        .flat_map(|piece| &piece.slots)
        .find(|slot| slot.value == SlotValue::ParentKeys)
        .map(|slot| match &slot.ty.kind {
            Type::List(of) => of.kind.base(),
            other => other.base(),
        });
    let held = all
        .iter()
        .find(|other| matches!(&other.does, Does::Collect { into, .. } if *into == keys.set))
        .and_then(|collect| collect.columns.get(*keys.columns.first()?))
        .map(|(_, ty)| ty.kind.base());
    match (wanted, held) {
        (Some(Type::Text), Some(Type::Uuid)) => "UuidText",
        (Some(Type::Text), Some(held)) if *held != Type::Text => "Text",
        _ => "Own",
    }
}
