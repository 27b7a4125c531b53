//! Names for the other sides of relations, where Django's defaults would clash or convention says another.

use std::collections::HashMap;

use djq_schema::ModelEntry;

/// Sets `related_name` wherever the default cannot be, or hardly is, the truth.
pub(super) fn name_other_sides(models: &mut [ModelEntry]) {
    let mut taken: HashMap<String, Vec<String>> = HashMap::new();
    for model in models.iter() {
        let names = taken.entry(model.label.clone()).or_default();
        names.extend(model.fields.iter().map(|field| field.name.clone()));
        names.extend(model.relations.iter().map(|relation| relation.name.clone()));
    }
    for model in models.iter_mut().filter(|model| model.kind != "auto") {
        let lower = model
            .label
            .rsplit_once('.')
            .map_or(model.label.as_str(), |(_, name)| name)
            .to_lowercase();
        for field in &mut model.fields {
            let Some(target) = field.target.clone() else {
                continue;
            };
            let default = if field.django == "OneToOneField" {
                lower.clone()
            } else {
                format!("{lower}_set")
            };
            let names = taken.entry(target).or_default();
            let name = free(names, &default, &field.name);
            if name != default {
                field.related_name = Some(name.clone());
            }
            names.push(name);
        }
        for relation in model.relations.iter_mut().filter(|relation| {
            relation.kind == "many_to_many" && !relation.symmetrical
                || relation.kind == "foreign_key"
        }) {
            let Some(target) = relation.target.clone() else {
                continue;
            };
            let default = format!("{lower}_set");
            let names = taken.entry(target).or_default();
            let name = free(names, &default, &relation.name);
            if name != default {
                relation.related_name = Some(name.clone());
            }
            names.push(name);
        }
    }
}

/// The default, or else a name that the field's own name tells apart.
fn free(taken: &[String], default: &str, field: &str) -> String {
    let mut name = default.to_owned();
    if taken.contains(&name) {
        name = format!("{field}_{default}");
    }
    while taken.contains(&name) {
        name.push('_');
    }
    name
}
