//! Names for the other sides of relations, where Django's defaults would clash or most authors choose another.
//!
//! A database does not hold a `related_name`. Over public projects these two are chosen more often than Django's default:
//! `children` for a tree's `parent`, and `lines` of `OrderLine` on `Order`.

use std::collections::HashMap;

use djq_schema::{FieldEntry, ModelEntry};

use super::words::{plural, snake};

/// Sets `related_name` wherever the default cannot be, or hardly is, the truth.
pub(super) fn name_other_sides(models: &mut [ModelEntry]) {
    let mut taken: HashMap<String, Vec<String>> = HashMap::new();
    for model in models.iter() {
        let names = taken.entry(model.label.clone()).or_default();
        names.extend(model.fields.iter().map(|field| field.name.clone()));
        names.extend(model.relations.iter().map(|relation| relation.name.clone()));
    }
    for model in models.iter_mut().filter(|model| model.kind != "auto") {
        let lower = split(&model.label).1.to_lowercase();
        let others: Vec<Option<String>> = model
            .fields
            .iter()
            .map(|field| field.target.clone())
            .collect();
        for field in &mut model.fields {
            let Some(target) = field.target.clone() else {
                continue;
            };
            let default = if field.django == "OneToOneField" {
                lower.clone()
            } else {
                format!("{lower}_set")
            };
            let names = taken.entry(target.clone()).or_default();
            let alone = others
                .iter()
                .filter(|other| other.as_deref() == Some(&*target))
                .count()
                == 1;
            let usual =
                usual(&model.label, &target, field, alone).filter(|usual| !names.contains(usual));
            let name = usual.unwrap_or_else(|| free(names, &default, &field.name));
            if name != default {
                field.related_name = Some(name.clone());
            }
            names.push(name);
        }
        // Django's own permissions, which every model of users inherits.
        let is = |relation: &djq_schema::RelationEntry, name: &str, target: &str| {
            relation.name == name && relation.target.as_deref() == Some(target)
        };
        let user = model
            .relations
            .iter()
            .any(|relation| is(relation, "groups", "auth.Group"))
            && model
                .relations
                .iter()
                .any(|relation| is(relation, "user_permissions", "auth.Permission"));
        let named = |kind: &str, symmetrical: bool| {
            kind == "foreign_key" || kind == "many_to_many" && !symmetrical
        };
        for relation in model
            .relations
            .iter_mut()
            .filter(|relation| named(&relation.kind, relation.symmetrical))
        {
            let Some(target) = relation.target.clone() else {
                continue;
            };
            let default = format!("{lower}_set");
            let names = taken.entry(target).or_default();
            let own = user
                && matches!(relation.name.as_str(), "groups" | "user_permissions")
                && !names.iter().any(|name| name == "user_set");
            let name = if own {
                "user_set".to_owned()
            } else {
                free(names, &default, &relation.name)
            };
            if name != default {
                relation.related_name = Some(name.clone());
            }
            if own && lower != "user" {
                relation.related_query_name = Some("user".into());
            }
            names.push(name);
        }
    }
}

fn split(label: &str) -> (&str, &str) {
    label.rsplit_once('.').unwrap_or(("", label))
}

/// What most authors call it, where that is not Django's default.
fn usual(label: &str, target: &str, field: &FieldEntry, alone: bool) -> Option<String> {
    if field.django == "OneToOneField" {
        return None;
    }
    if label == target {
        return (field.name == "parent").then(|| "children".into());
    }
    let ((app, model), (target_app, target)) = (split(label), split(target));
    let rest = model
        .strip_prefix(target)
        .filter(|rest| rest.starts_with(char::is_uppercase))?;
    (alone && app == target_app).then(|| plural(&snake(rest)))
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
