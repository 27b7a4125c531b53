//! Reading: text to [`Snapshot`]. Every wrong key or value is reported, not only the first.

use djq_diagnostics::codes;

use super::json::{Kind, Node, parse};
use super::keys::{
    Keys, Problems, boolean, choices, number, precision_and_scale, string, strings, two_strings,
    wrong,
};
use super::problem::Owner;
use super::{
    FieldEntry, KeyEntry, ModelEntry, RelationEntry, SNAPSHOT_VERSION, Snapshot, SnapshotProblem,
};

/// How many problems are worth reporting; a file with more is not a snapshot.
pub(super) const MAX_PROBLEMS: usize = 50;

impl Snapshot {
    /// Reads a snapshot.
    ///
    /// # Errors
    /// Text that is no JSON, a version this library does not know, unknown, missing or doubled keys, and values of the wrong
    /// kind. What the names in it lead to is looked at by [`Schema::from_snapshot`](crate::Schema::from_snapshot).
    ///
    /// ```
    /// let problems = djq_schema::Snapshot::parse(r#"{"version": 1, "modles": []}"#).unwrap_err();
    /// assert_eq!(problems[0].message, "unknown key `modles` of the snapshot");
    /// ```
    pub fn parse(text: &str) -> Result<Self, Vec<SnapshotProblem>> {
        let root = parse(text).map_err(|error| {
            vec![
                SnapshotProblem::new(
                    &codes::SNAPSHOT_SYNTAX,
                    error.at,
                    format!("the snapshot is not valid JSON: {}", error.message),
                )
                .help("write it anew with `djq introspect`"),
            ]
        })?;
        let mut problems = Vec::new();
        let snapshot = snapshot(&root, &mut problems);
        problems.truncate(MAX_PROBLEMS);
        if problems.is_empty() {
            Ok(snapshot)
        } else {
            Err(problems)
        }
    }
}

fn snapshot(root: &Node<'_>, problems: &mut Problems) -> Snapshot {
    let Some(mut keys) = Keys::of(root, Owner::of("the snapshot", "", ""), problems) else {
        return Snapshot::default();
    };
    // A later version has keys that this one cannot know: its number is all there is to say.
    if let Some(node) = root.entry("version")
        && let Kind::Number(text) = node.kind
        && text.parse() != Ok(SNAPSHOT_VERSION)
    {
        let newer = text
            .parse::<u64>()
            .is_ok_and(|version| version > u64::from(SNAPSHOT_VERSION));
        let help = if newer {
            "a newer djq wrote it: update djq"
        } else {
            "write it anew with `djq introspect`"
        };
        let message =
            format!("the snapshot has version {text}; this djq reads version {SNAPSHOT_VERSION}");
        problems.push(SnapshotProblem::new(&codes::SNAPSHOT_VERSION, node.at, message).help(help));
        return Snapshot::default();
    }
    keys.required("version", number::<u32>);
    let source = keys.optional("source", string).unwrap_or_default();
    let use_tz = keys.optional("use_tz", boolean).unwrap_or(true);
    let models = keys.nodes("models");
    keys.finish();
    Snapshot {
        version: SNAPSHOT_VERSION,
        source,
        use_tz,
        models: read_all(models, |node| model(node, problems)),
    }
}

fn model(node: &Node<'_>, problems: &mut Problems) -> Option<ModelEntry> {
    let mut keys = Keys::of(
        node,
        Owner::of("a model", name_of(node, "label"), ""),
        problems,
    )?;
    let mut entry = ModelEntry {
        label: keys.required("label", string).unwrap_or_default(),
        table: keys.optional("table", string).unwrap_or_default(),
        kind: keys
            .optional("kind", string)
            .unwrap_or_else(|| "concrete".into()),
        schema: keys.optional("schema", string),
        source: keys.optional("source", string),
        doc: keys.optional("doc", string),
        proxy_for: keys.optional("proxy_for", string),
        parents: keys.optional("parents", strings).unwrap_or_default(),
        primary_key: keys.optional("primary_key", strings).unwrap_or_default(),
        ordering: keys.optional("ordering", strings).unwrap_or_default(),
        inferred: keys.flag("inferred"),
        at: node.at,
        ..ModelEntry::default()
    };
    let (unique, indexes) = (keys.nodes("unique"), keys.nodes("indexes"));
    let (fields, relations) = (keys.nodes("fields"), keys.nodes("relations"));
    keys.finish();
    entry.unique = read_all(unique, |node| {
        key(node, "a unique set", &entry.label, problems)
    });
    entry.indexes = read_all(indexes, |node| {
        key(node, "an index", &entry.label, problems)
    });
    entry.fields = read_all(fields, |node| field(node, &entry.label, problems));
    entry.relations = read_all(relations, |node| relation(node, &entry.label, problems));
    Some(entry)
}

fn key(
    node: &Node<'_>,
    what: &'static str,
    model: &str,
    problems: &mut Problems,
) -> Option<KeyEntry> {
    if let Kind::List(_) = node.kind {
        return match strings(node) {
            Ok(fields) => Some(KeyEntry {
                at: node.at,
                ..KeyEntry::of(fields)
            }),
            Err(wanted) => {
                problems.push(wrong(node, &Owner::of(what, "", model), wanted));
                None
            }
        };
    }
    let mut keys = Keys::of(node, Owner::of(what, "", model), problems)?;
    let entry = KeyEntry {
        fields: keys.required("fields", strings).unwrap_or_default(),
        condition: keys.optional("condition", string),
        nulls_distinct: keys.optional("nulls_distinct", boolean).unwrap_or(true),
        at: node.at,
    };
    keys.finish();
    Some(entry)
}

fn field(node: &Node<'_>, model: &str, problems: &mut Problems) -> Option<FieldEntry> {
    let mut keys = Keys::of(
        node,
        Owner::of("a field", name_of(node, "name"), model),
        problems,
    )?;
    let name = keys.required("name", string).unwrap_or_default();
    let target = keys.optional("target", string);
    let default_column = || {
        if target.is_some() {
            format!("{name}_id")
        } else {
            name.clone()
        }
    };
    let entry = FieldEntry {
        column: keys
            .optional("column", string)
            .unwrap_or_else(default_column),
        ty: keys.required("type", string).unwrap_or_default(),
        decimal: keys.optional("decimal", precision_and_scale),
        base: keys.optional("base", string),
        db_type: keys.optional("db_type", string),
        django: keys.optional("django", string).unwrap_or_default(),
        null: keys.flag("null"),
        max_length: keys.optional("max_length", number),
        choices: keys.optional("choices", choices).unwrap_or_default(),
        default: keys.optional("default", |node| Ok(node.to_value())),
        default_callable: keys.optional("default_callable", string),
        db_default: keys.optional("db_default", string),
        auto_now: keys.flag("auto_now"),
        auto_now_add: keys.flag("auto_now_add"),
        generated: keys.optional("generated", string),
        collation: keys.optional("collation", string),
        to_field: keys.optional("to_field", string),
        one_to_one: keys.flag("one_to_one"),
        parent_link: keys.flag("parent_link"),
        on_delete: keys.optional("on_delete", string),
        constraint: keys.optional("constraint", boolean).unwrap_or(true),
        related_name: keys.optional("related_name", string),
        related_query_name: keys.optional("related_query_name", string),
        source: keys.optional("source", string),
        doc: keys.optional("doc", string),
        inferred: keys.flag("inferred"),
        name,
        target,
        at: node.at,
    };
    keys.finish();
    Some(entry)
}

fn relation(node: &Node<'_>, model: &str, problems: &mut Problems) -> Option<RelationEntry> {
    let mut keys = Keys::of(
        node,
        Owner::of("a relation", name_of(node, "name"), model),
        problems,
    )?;
    let entry = RelationEntry {
        name: keys.required("name", string).unwrap_or_default(),
        query_name: keys.optional("query_name", string),
        kind: keys.required("kind", string).unwrap_or_default(),
        target: keys.optional("target", string),
        field: keys.optional("field", string),
        through: keys.optional("through", string),
        through_fields: keys.optional("through_fields", two_strings),
        fields: keys.optional("fields", strings).unwrap_or_default(),
        from_fields: keys.optional("from_fields", strings).unwrap_or_default(),
        to_fields: keys.optional("to_fields", strings).unwrap_or_default(),
        for_concrete_model: keys.optional("for_concrete_model", boolean).unwrap_or(true),
        symmetrical: keys.flag("symmetrical"),
        null: keys.flag("null"),
        constraint: keys.optional("constraint", boolean).unwrap_or(true),
        on_delete: keys.optional("on_delete", string),
        related_name: keys.optional("related_name", string),
        related_query_name: keys.optional("related_query_name", string),
        inferred: keys.flag("inferred"),
        at: node.at,
    };
    keys.finish();
    Some(entry)
}

/// Each node's entry; a vector of the right size, since entries are large.
fn read_all<'n, 'a, T>(
    nodes: &'n [Node<'a>],
    read: impl FnMut(&'n Node<'a>) -> Option<T>,
) -> Vec<T> {
    let mut entries = Vec::with_capacity(nodes.len());
    entries.extend(nodes.iter().filter_map(read));
    entries
}

/// What the entry says its name is, if it does.
fn name_of<'n>(node: &'n Node<'_>, key: &str) -> &'n str {
    match node.entry(key).map(|node| &node.kind) {
        Some(Kind::Text(name)) => name,
        _ => "",
    }
}
