//! Snapshots: a file's source, diagnostics, interface and SQL, in a `.snap` beside it.

use crate::case::{self, CompiledCase, root};
use djq_check::{
    Interface, RowFieldKind, RowShape, Ty, Type,
    hir::{Cardinality, Literal},
};
use djq_schema::Schema;
use std::fmt::Write;
use std::path::Path;

/// Writes or compares the snapshot of a file.
pub(crate) fn check(compiled: &CompiledCase<'_>) -> Option<String> {
    let path = beside(&compiled.case.path);
    let new = text(compiled);
    if update() {
        std::fs::write(root().join(&path), new).unwrap();
        return None;
    }
    match std::fs::read_to_string(root().join(&path)) {
        Ok(old) if old == new => None,
        Ok(old) => Some(format!(
            "{path} is stale (INSTA_UPDATE=always writes it):\n{}",
            first_difference(&old, &new)
        )),
        Err(error) => Some(format!("{path}: {error} (INSTA_UPDATE=always writes it)")),
    }
}

/// Whether files are written instead of compared, by insta's own switch.
pub(crate) fn update() -> bool {
    std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always")
}

/// Snapshots whose source is gone.
pub(crate) fn orphans() -> Vec<String> {
    let snapshots = case::files("snap")
        .into_iter()
        .filter(|path| path.starts_with("snapshots/") || path.starts_with("tests/tpch/"));
    snapshots
        .filter(|path| !root().join(Path::new(path).with_extension("djq")).exists())
        .map(|path| format!("{path} has no .djq beside it"))
        .collect()
}

fn beside(path: &str) -> String {
    Path::new(path)
        .with_extension("snap")
        .to_string_lossy()
        .into_owned()
}

fn text(compiled: &CompiledCase<'_>) -> String {
    let mut text = format!("# {}\n\n{}", compiled.case.path, compiled.case.text);
    if !compiled.rendered.is_empty() {
        let _ = write!(text, "\n==== diagnostics\n\n{}", compiled.rendered);
    }
    let schema = compiled.case.project.schema();
    for query in &compiled.file.queries {
        let _ = write!(
            text,
            "\n==== interface\n\n{}",
            interface(&query.hir.interface, schema)
        );
        let _ = write!(text, "\n==== SQL\n\n{}", djq_compiler::snapshot::sql(query));
    }
    let trimmed: Vec<&str> = text.lines().map(str::trim_end).collect();
    format!("{}\n", trimmed.join("\n").trim_end())
}

/// The interface as a declaration: `name(parameter: type = default) many { field: type }`.
fn interface(interface: &Interface, schema: &Schema) -> String {
    let parameters: Vec<String> = interface
        .parameters
        .iter()
        .map(|parameter| {
            let default = parameter
                .default
                .as_ref()
                .map_or(String::new(), |default| format!(" = {}", literal(default)));
            let mark = if parameter.optional { "?" } else { "" };
            format!(
                "{}{mark}: {}{default}",
                parameter.name,
                ty(&parameter.ty, schema)
            )
        })
        .collect();
    let cardinality = match interface.cardinality {
        Cardinality::One => "one",
        Cardinality::Maybe => "maybe",
        Cardinality::Many => "many",
    };
    // What a query that writes and returns nothing gives is a number.
    if interface.writes && interface.row.fields.is_empty() {
        return format!(
            "{}({}) writes rows\n",
            interface.name,
            parameters.join(", ")
        );
    }
    let mut text = String::new();
    for line in interface.docs.iter().flat_map(|docs| docs.lines()) {
        let _ = writeln!(text, "## {line}");
    }
    let _ = write!(
        text,
        "{}({}) {cardinality} ",
        interface.name,
        parameters.join(", ")
    );
    shape(&interface.row, schema, 0, &mut text);
    text.push('\n');
    text
}

fn shape(row: &RowShape, schema: &Schema, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    text.push_str("{\n");
    for field in &row.fields {
        for line in field.docs.iter().flat_map(|docs| docs.lines()) {
            let _ = writeln!(text, "{indent}  ## {line}");
        }
        let _ = write!(text, "{indent}  {}: ", field.name);
        match &field.kind {
            RowFieldKind::Value(of) => text.push_str(&ty(of, schema)),
            RowFieldKind::Object {
                shape: inner,
                nullable,
            } => {
                shape(inner, schema, depth + 1, text);
                text.push_str(if *nullable { "?" } else { "" });
            }
            RowFieldKind::List(inner) => {
                text.push('[');
                shape(inner, schema, depth + 1, text);
                text.push(']');
            }
        }
        text.push('\n');
    }
    let _ = write!(text, "{indent}}}");
}

fn ty(of: &Ty, schema: &Schema) -> String {
    let name = match &of.kind {
        Type::Key(model) => format!("key of {}", schema.model(*model).label),
        Type::List(inner) => format!("[{}]", ty(inner, schema)),
        other => other.to_string(),
    };
    format!("{name}{}", if of.nullable { "?" } else { "" })
}

fn literal(value: &Literal) -> String {
    match value {
        Literal::Null => "null".into(),
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) => value.to_string(),
        Literal::Float(value) => format!("{value:?}"),
        Literal::Text(text) => format!("'{text}'"),
        Literal::Decimal(text) => text.to_string(),
        Literal::Date(text) | Literal::Time(text) | Literal::DateTime(text) => format!("@{text}"),
        other => format!("{other:?}"),
    }
}

fn first_difference(old: &str, new: &str) -> String {
    let (mut old, mut new) = (old.lines(), new.lines());
    let mut number = 0;
    loop {
        number += 1;
        match (old.next(), new.next()) {
            (None, None) => return "the ends of lines differ".into(),
            (a, b) if a == b => {}
            (a, b) => {
                return format!(
                    "line {number}\n- {}\n+ {}",
                    a.unwrap_or("(its end)"),
                    b.unwrap_or("(its end)")
                );
            }
        }
    }
}
