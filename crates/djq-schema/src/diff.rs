//! What changed between two snapshots.

use std::collections::BTreeMap;
use std::fmt;

use crate::snapshot::{FieldEntry, KeyEntry, ModelEntry, RelationEntry, Snapshot};

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// To what: `blog.Entry`, `blog.Entry.title`.
    pub path: String,
    /// What is there now, or was, or `before -> now`.
    pub what: String,
}

/// What happened to something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they say it")]
pub enum ChangeKind {
    Added,
    Removed,
    Changed,
}

/// `+ blog.Entry.subtitle text?`, `- blog.Tag model`, `~ blog.Entry.rating int -> int?`.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.kind {
            ChangeKind::Added => '+',
            ChangeKind::Removed => '-',
            ChangeKind::Changed => '~',
        };
        write!(f, "{sign} {} {}", self.path, self.what)
    }
}

/// The differences, by path; none where the snapshots mean the same, in whatever order they say it.
#[must_use]
pub fn diff(old: &Snapshot, new: &Snapshot) -> Vec<Change> {
    let mut changes = Vec::new();
    if old.use_tz != new.use_tz {
        changes.push(changed(
            "use_tz",
            old.use_tz.to_string(),
            new.use_tz.to_string(),
        ));
    }
    let by_label = |snapshot: &'_ Snapshot| {
        snapshot
            .models
            .iter()
            .map(|model| (model.label.clone(), model.clone()))
            .collect::<BTreeMap<_, _>>()
    };
    pairs(&by_label(old), &by_label(new), |label, old, new| {
        match (old, new) {
            (Some(old), Some(new)) => model(&mut changes, label, old, new),
            (None, Some(new)) => changes.push(Change {
                kind: ChangeKind::Added,
                path: label.into(),
                what: model_words(new),
            }),
            (Some(old), None) => changes.push(Change {
                kind: ChangeKind::Removed,
                path: label.into(),
                what: model_words(old),
            }),
            (None, None) => {}
        }
    });
    changes
}

fn model_words(model: &ModelEntry) -> String {
    match model.table.as_str() {
        "" => "proxy".into(),
        table => format!("model of table {table}"),
    }
}

fn changed(path: &str, old: String, new: String) -> Change {
    Change {
        kind: ChangeKind::Changed,
        path: path.into(),
        what: format!("{old} -> {new}"),
    }
}

fn model(changes: &mut Vec<Change>, label: &str, old: &ModelEntry, new: &ModelEntry) {
    let list = |names: &[String]| format!("[{}]", names.join(", "));
    let facts = |model: &ModelEntry| {
        [
            ("table", model.table.clone()),
            ("schema", model.schema.clone().unwrap_or_default()),
            ("kind", model.kind.clone()),
            ("proxy_for", model.proxy_for.clone().unwrap_or_default()),
            ("parents", list(&model.parents)),
            ("primary_key", list(&model.primary_key)),
            ("ordering", list(&model.ordering)),
            ("unique", keys(&model.unique)),
            ("indexes", keys(&model.indexes)),
            ("doc", model.doc.clone().unwrap_or_default()),
        ]
    };
    for ((name, before), (_, now)) in facts(old).into_iter().zip(facts(new)) {
        if before != now {
            changes.push(changed(
                &format!("{label} {name}"),
                shown(before),
                shown(now),
            ));
        }
    }
    let fields = |model: &ModelEntry| {
        model
            .fields
            .iter()
            .map(|field| (field.name.clone(), field.clone()))
            .collect::<BTreeMap<_, _>>()
    };
    pairs(&fields(old), &fields(new), |name, old, new| {
        member(
            changes,
            label,
            name,
            old.map(field_words),
            new.map(field_words),
        )
    });
    let relations = |model: &ModelEntry| {
        model
            .relations
            .iter()
            .map(|relation| (relation.name.clone(), relation.clone()))
            .collect::<BTreeMap<_, _>>()
    };
    pairs(&relations(old), &relations(new), |name, old, new| {
        member(
            changes,
            label,
            name,
            old.map(relation_words),
            new.map(relation_words),
        )
    });
}

fn shown(text: String) -> String {
    if text.is_empty() {
        "nothing".into()
    } else {
        text
    }
}

fn member(
    changes: &mut Vec<Change>,
    label: &str,
    name: &str,
    old: Option<String>,
    new: Option<String>,
) {
    let path = format!("{label}.{name}");
    match (old, new) {
        (Some(old), Some(new)) if old != new => changes.push(changed(&path, old, new)),
        (None, Some(what)) => changes.push(Change {
            kind: ChangeKind::Added,
            path,
            what,
        }),
        (Some(what), None) => changes.push(Change {
            kind: ChangeKind::Removed,
            path,
            what,
        }),
        _ => {}
    }
}

/// Calls `each` with every key of the two, in order.
fn pairs<T>(
    old: &BTreeMap<String, T>,
    new: &BTreeMap<String, T>,
    mut each: impl FnMut(&str, Option<&T>, Option<&T>),
) {
    let mut keys: Vec<&String> = old.keys().chain(new.keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        each(key, old.get(key), new.get(key));
    }
}

fn keys(keys: &[KeyEntry]) -> String {
    let mut words: Vec<String> = keys
        .iter()
        .map(|key| {
            let condition = key
                .condition
                .as_ref()
                .map(|condition| format!(" where {condition}"))
                .unwrap_or_default();
            format!(
                "({}){condition}{}",
                key.fields.join(", "),
                if key.nulls_distinct {
                    ""
                } else {
                    " nulls not distinct"
                }
            )
        })
        .collect();
    words.sort_unstable();
    words.join(" ")
}

/// Everything of a field that a query could notice, in one line.
fn field_words(field: &FieldEntry) -> String {
    let mut words = vec![match (
        &field.decimal,
        &field.base,
        &field.db_type,
        &field.max_length,
    ) {
        (Some((precision, scale)), ..) => format!("decimal({precision}, {scale})"),
        (_, Some(base), ..) => format!("{} of {base}", field.ty),
        (_, _, Some(db_type), _) => format!("{} ({db_type})", field.ty),
        (_, _, _, Some(length)) => format!("{}({length})", field.ty),
        _ => field.ty.clone(),
    }];
    if field.null
        && let Some(ty) = words.first_mut()
    {
        ty.push('?');
    }
    if !field.django.is_empty() {
        words.push(field.django.clone());
    }
    words.extend(field.target.as_ref().map(|target| format!("to {target}")));
    words.extend(field.to_field.as_ref().map(|name| format!("by {name}")));
    words.extend(
        (field.column != field.name && field.column != format!("{}_id", field.name))
            .then(|| format!("column {}", field.column)),
    );
    words.extend(field.on_delete.clone());
    words.extend((!field.constraint).then(|| "unenforced".to_owned()));
    words.extend((!field.choices.is_empty()).then(|| {
        format!(
            "choices {}",
            field
                .choices
                .iter()
                .map(|(value, _)| value.to_string())
                .collect::<Vec<_>>()
                .join("/")
        )
    }));
    words.extend(
        field
            .default
            .as_ref()
            .map(|value| format!("default {value}")),
    );
    words.extend(
        field
            .default_callable
            .as_ref()
            .map(|name| format!("default {name}()")),
    );
    words.extend(
        field
            .db_default
            .as_ref()
            .map(|expression| format!("database default {expression}")),
    );
    words.extend(
        field
            .generated
            .as_ref()
            .map(|expression| format!("generated {expression}")),
    );
    words.extend(
        field
            .collation
            .as_ref()
            .map(|collation| format!("collation {collation}")),
    );
    words.extend(
        field
            .related_name
            .as_ref()
            .map(|name| format!("related_name {name}")),
    );
    let switches = [
        (field.auto_now, "auto_now"),
        (field.auto_now_add, "auto_now_add"),
        (field.one_to_one, "one-to-one"),
        (field.parent_link, "parent link"),
    ];
    words.extend(
        switches
            .into_iter()
            .filter(|(on, _)| *on)
            .map(|(_, word)| word.to_owned()),
    );
    words.extend(field.doc.as_ref().map(|doc| format!("“{doc}”")));
    words.join(" ")
}

fn relation_words(relation: &RelationEntry) -> String {
    let mut words = vec![relation.kind.replace('_', " ")];
    words.extend(
        relation
            .target
            .as_ref()
            .map(|target| format!("to {target}")),
    );
    words.extend(relation.field.as_ref().map(|field| format!("of {field}")));
    words.extend(
        relation
            .through
            .as_ref()
            .map(|through| format!("through {through}")),
    );
    words.extend(
        relation
            .through_fields
            .as_ref()
            .map(|(here, there)| format!("by {here}, {there}")),
    );
    words.extend(
        relation
            .query_name
            .as_ref()
            .map(|name| format!("query name {name}")),
    );
    words.extend(
        (!relation.fields.is_empty()).then(|| format!("by {}", relation.fields.join(", "))),
    );
    words.extend((!relation.from_fields.is_empty()).then(|| {
        format!(
            "by {} = {}",
            relation.from_fields.join(", "),
            relation.to_fields.join(", ")
        )
    }));
    words.extend(
        relation
            .related_name
            .as_ref()
            .map(|name| format!("related_name {name}")),
    );
    words.extend(relation.symmetrical.then(|| "symmetrical".to_owned()));
    words.extend((!relation.for_concrete_model).then(|| "of the proxy itself".to_owned()));
    words.join(" ")
}
