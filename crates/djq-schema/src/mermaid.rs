//! The schema as an entity-relationship diagram in Mermaid's language.

use std::fmt::Write;

use crate::{ModelId, ModelKind, RelationKind, Schema};

/// The diagram of all models, or of `only` these and what they point to. The tables of many-to-many
/// fields are drawn as lines.
#[must_use]
pub fn mermaid(schema: &Schema, only: Option<&[ModelId]>) -> String {
    let mut text = String::from("erDiagram\n");
    let asked = |id: ModelId| only.is_none_or(|only| only.contains(&id));
    for id in schema.model_ids().filter(|id| asked(*id)) {
        let model = schema.model(id);
        if model.kind == ModelKind::Auto {
            continue;
        }
        let _ = writeln!(text, "    {} {{", quoted(&model.label));
        for (index, field) in (0u32..).zip(&model.fields) {
            let mut keys = Vec::new();
            if model.primary_key.contains(&index) {
                keys.push("PK");
            }
            if field.relation.is_some() {
                keys.push("FK");
            }
            if model
                .unique
                .iter()
                .any(|unique| unique.fields == [index] && unique.condition.is_none())
            {
                keys.push("UK");
            }
            let keys = if keys.is_empty() {
                String::new()
            } else {
                format!(" {}", keys.join(", "))
            };
            let null = if field.null { " \"null\"" } else { "" };
            let _ = writeln!(
                text,
                "        {} {}{keys}{null}",
                word(&field.ty.to_string()),
                word(&field.attname)
            );
        }
        text.push_str("    }\n");
        for relation in &model.relations {
            let Some(target) = relation.target else {
                continue;
            };
            let line = match relation.kind {
                RelationKind::ForeignKey if relation.nullable => "}o--o|",
                RelationKind::ForeignKey => "}o--||",
                RelationKind::OneToOne if relation.nullable => "|o--o|",
                RelationKind::OneToOne => "|o--||",
                RelationKind::ManyToMany => "}o--o{",
                _ => continue,
            };
            let _ = writeln!(
                text,
                "    {} {line} {} : {}",
                quoted(&model.label),
                quoted(&schema.model(target).label),
                quoted(&relation.name)
            );
        }
    }
    text
}

/// Quoted as Mermaid reads it, which has no escape for a quote.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "'"))
}

/// A type or an attribute: a letter, then letters, digits, `_`, `-`, `(`, `)`, `[`, `]`.
fn word(name: &str) -> String {
    let fits = |letter: char| letter.is_alphanumeric() || "_-()[]".contains(letter);
    let word: String = name
        .replace(", ", "-")
        .chars()
        .map(|letter| if fits(letter) { letter } else { '_' })
        .collect();
    if word.starts_with(char::is_alphabetic) {
        word
    } else {
        format!("x{word}")
    }
}
