//! How much of Django's truth an inferred snapshot has, in seven rates.

use djq_schema::{FieldEntry, ModelEntry, RelationEntry, Snapshot};

/// Right ones of all.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Rate {
    pub right: u32,
    pub all: u32,
}

impl Rate {
    fn count(&mut self, right: bool) {
        self.all += 1;
        self.right += u32::from(right);
    }

    /// In percent; of nothing, all is right.
    pub fn percent(self) -> f64 {
        if self.all == 0 {
            100.0
        } else {
            f64::from(self.right) * 100.0 / f64::from(self.all)
        }
    }
}

/// The seven rates, in the order of [`NAMES`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rates {
    pub rates: [Rate; 7],
    /// What is wrong, a line each.
    pub wrong: Vec<String>,
}

pub const NAMES: [&str; 7] = [
    "label exact",
    "label, any case",
    "plain fields",
    "foreign keys",
    "reverse accessors",
    "many-to-many names",
    "whole model right",
];

/// Compares models by their tables. What has no table here (a proxy, a model of an app that is not migrated) is not counted, nor
/// are the tables of many-to-many fields, which have no class; they count as the fields they are of.
pub fn compare(truth: &Snapshot, inferred: &Snapshot) -> Rates {
    let mut rates = Rates::default();
    let Ok(schema) = djq_schema::Schema::from_snapshot(inferred) else {
        rates.wrong.push("what was inferred is no schema".into());
        return rates;
    };
    for model in &truth.models {
        if matches!(model.kind.as_str(), "proxy" | "auto") {
            continue;
        }
        let Some(found) = inferred
            .models
            .iter()
            .find(|found| found.table == model.table)
        else {
            continue;
        };
        let mut wrong = Vec::new();
        rates.rates[0].count(found.label == model.label);
        rates.rates[1].count(found.label.eq_ignore_ascii_case(&model.label));
        if found.label != model.label {
            wrong.push(format!("label {}", found.label));
        }
        for field in &model.fields {
            let there = found
                .fields
                .iter()
                .find(|there| there.column == field.column);
            let right = there.is_some_and(|there| same_field(truth, inferred, field, there));
            rates.rates[if field.target.is_some() { 3 } else { 2 }].count(right);
            if !right {
                let shown = |field: &FieldEntry| {
                    format!(
                        "{} {}{}{}",
                        field.name,
                        field.ty,
                        if field.null { "?" } else { "" },
                        field
                            .target
                            .as_ref()
                            .map(|target| format!(" -> {target}"))
                            .unwrap_or_default()
                    )
                };
                wrong.push(format!(
                    "field {}: {}",
                    shown(field),
                    there.map_or("nothing".into(), shown)
                ));
            }
        }
        for relation in model
            .relations
            .iter()
            .filter(|relation| relation.kind == "many_to_many")
        {
            let right = found.relations.iter().any(|there| {
                there.kind == relation.kind
                    && there.name == relation.name
                    && same_target(
                        truth,
                        inferred,
                        relation.target.as_deref(),
                        there.target.as_deref(),
                    )
            });
            rates.rates[5].count(right);
            if !right {
                wrong.push(format!(
                    "many-to-many {} through {}",
                    relation.name,
                    relation.through.as_deref().unwrap_or("")
                ));
            }
        }
        let named = |name: &String| {
            model
                .relations
                .iter()
                .any(|relation| relation.name == *name)
        };
        let invented = found
            .relations
            .iter()
            .filter(|there| there.kind == "many_to_many" && !named(&there.name));
        wrong.extend(invented.map(|there| format!("no many-to-many {}", there.name)));
        let forward_right = wrong.is_empty();
        for relation in model
            .relations
            .iter()
            .filter(|relation| relation.kind.starts_with("reverse_"))
        {
            let right = accessor_is_right(truth, &schema, model, relation);
            rates.rates[4].count(right);
            if !right {
                wrong.push(format!(
                    "reverse {} of {}.{}",
                    relation.name,
                    relation.target.as_deref().unwrap_or(""),
                    relation.field.as_deref().unwrap_or("")
                ));
            }
        }
        rates.rates[6].count(forward_right);
        rates.wrong.extend(
            wrong
                .into_iter()
                .map(|wrong| format!("{} ({}): {wrong}", model.label, model.table)),
        );
    }
    rates
}

/// The name, the type, the null, and the target's table.
fn same_field(truth: &Snapshot, inferred: &Snapshot, a: &FieldEntry, b: &FieldEntry) -> bool {
    a.name == b.name
        && a.ty == b.ty
        && a.null == b.null
        && same_target(truth, inferred, a.target.as_deref(), b.target.as_deref())
}

fn same_target(truth: &Snapshot, inferred: &Snapshot, a: Option<&str>, b: Option<&str>) -> bool {
    let table = |snapshot: &Snapshot, label: Option<&str>| {
        let model = snapshot
            .models
            .iter()
            .find(|model| Some(model.label.as_str()) == label)?;
        let concrete = model
            .proxy_for
            .as_deref()
            .and_then(|label| snapshot.models.iter().find(|model| model.label == label));
        Some(concrete.unwrap_or(model).table.clone())
    };
    table(truth, a) == table(inferred, b)
}

/// Whether the inferred model of `model`'s table has `relation`'s accessor, from the same column or table between.
fn accessor_is_right(
    truth: &Snapshot,
    schema: &djq_schema::Schema,
    model: &ModelEntry,
    relation: &RelationEntry,
) -> bool {
    let source = truth
        .models
        .iter()
        .find(|source| Some(&source.label) == relation.target.as_ref());
    let column = source
        .and_then(|source| {
            source
                .fields
                .iter()
                .find(|field| Some(&field.name) == relation.field.as_ref())
        })
        .map(|field| &field.column);
    let through = relation
        .through
        .as_ref()
        .and_then(|label| truth.models.iter().find(|through| through.label == *label))
        .map(|through| &through.table);
    let Some(id) = schema
        .model_ids()
        .find(|id| *schema.model(*id).table == *model.table)
    else {
        return false;
    };
    schema.model(id).relations.iter().any(|found| {
        let Some(forward) = found.reverse_of.filter(|_| *found.name == *relation.name) else {
            return false;
        };
        let source_table = &schema.model(forward.model).table;
        match (column, through) {
            (Some(column), _) => {
                let from = schema
                    .relation(forward)
                    .hops
                    .first()
                    .and_then(|hop| hop.on.first())
                    .map(|(from, _)| schema.field(*from));
                source.is_some_and(|source| *source.table == **source_table)
                    && from.is_some_and(|from| *from.column == **column)
            }
            (None, Some(through)) => found
                .hops
                .first()
                .is_some_and(|hop| *schema.model(hop.model).table == **through),
            (None, None) => false,
        }
    })
}
