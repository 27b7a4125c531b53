//! Reading: text to [`Snapshot`]. Every wrong key or value is reported, not only the first.

use djq_diagnostics::{Code, codes};

use super::json::{Entry, Kind, Node, parse};
use super::problem::Owner;
use super::{
    FieldEntry, KeyEntry, ModelEntry, Place, RelationEntry, SNAPSHOT_VERSION, Snapshot,
    SnapshotProblem,
};

/// How many problems are worth reporting; a file with more is not a snapshot.
const MAX_PROBLEMS: usize = 50;

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

type Problems = Vec<SnapshotProblem>;

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

/// No kind of entry has more keys than this.
const MOST_KEYS: usize = 32;

/// The entries of one object; knows which keys were asked for, and so which are unknown.
struct Keys<'n, 'a, 'p> {
    entries: &'n [Entry<'a>],
    at: Place,
    owner: Owner<'n>,
    asked: [&'static str; MOST_KEYS],
    asked_count: usize,
    /// Where the last key was found: files have keys in the order they are asked for.
    next: usize,
    /// Keys that must be there and are not.
    missing: Vec<&'static str>,
    problems: &'p mut Problems,
}

impl<'n, 'a, 'p> Keys<'n, 'a, 'p> {
    fn of(node: &'n Node<'a>, owner: Owner<'n>, problems: &'p mut Problems) -> Option<Self> {
        if problems.len() >= MAX_PROBLEMS {
            return None;
        }
        match &node.kind {
            Kind::Object(entries) => Some(Self {
                entries,
                at: node.at,
                owner,
                asked: [""; MOST_KEYS],
                asked_count: 0,
                next: 0,
                missing: Vec::new(),
                problems,
            }),
            _ => {
                problems.push(wrong(node, &owner, "an object"));
                None
            }
        }
    }

    fn ask(&mut self, key: &'static str) -> Option<&'n Node<'a>> {
        if let Some(place) = self.asked.get_mut(self.asked_count) {
            *place = key;
            self.asked_count += 1;
        }
        let (before, from) = self.entries.split_at_checked(self.next)?;
        let found = from
            .iter()
            .chain(before)
            .position(|entry| entry.key == key)?;
        self.next = (self.next + found) % self.entries.len();
        self.entries.get(self.next).map(|entry| &entry.value)
    }

    /// The value of a key; null counts as left out, except for `default`.
    fn optional<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&Node<'a>) -> Result<T, &'static str>,
    ) -> Option<T> {
        let node = self
            .ask(key)
            .filter(|node| !matches!(node.kind, Kind::Null) || key == "default")?;
        self.read(key, node, read)
    }

    fn read<T>(
        &mut self,
        key: &'static str,
        node: &Node<'a>,
        read: impl FnOnce(&Node<'a>) -> Result<T, &'static str>,
    ) -> Option<T> {
        match read(node) {
            Ok(value) => Some(value),
            Err(wanted) => {
                self.problems.push(wrong(
                    node,
                    &format_args!("`{key}` of {}", self.owner),
                    wanted,
                ));
                None
            }
        }
    }

    fn required<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&Node<'a>) -> Result<T, &'static str>,
    ) -> Option<T> {
        match self
            .ask(key)
            .filter(|node| !matches!(node.kind, Kind::Null))
        {
            Some(node) => self.read(key, node, read),
            None => {
                self.missing.push(key);
                None
            }
        }
    }

    fn flag(&mut self, key: &'static str) -> bool {
        self.optional(key, boolean).unwrap_or(false)
    }

    fn nodes(&mut self, key: &'static str) -> &'n [Node<'a>] {
        match self.ask(key) {
            Some(Node {
                kind: Kind::List(items),
                ..
            }) => items,
            None
            | Some(Node {
                kind: Kind::Null, ..
            }) => &[],
            Some(node) => {
                self.problems.push(wrong(
                    node,
                    &format_args!("`{key}` of {}", self.owner),
                    "a list",
                ));
                &[]
            }
        }
    }

    /// Reports keys that nothing asked for, keys given twice, and missing ones (but not those that are misspelt here).
    fn finish(mut self) {
        let asked = self.asked.get(..self.asked_count).unwrap_or(&[]);
        for (index, entry) in self.entries.iter().enumerate() {
            if self.problems.len() >= MAX_PROBLEMS {
                return;
            }
            if self
                .entries
                .iter()
                .take(index)
                .any(|earlier| earlier.key == entry.key)
            {
                let message = format!("the key `{}` stands twice in {}", entry.key, self.owner);
                self.problems.push(
                    SnapshotProblem::new(&codes::SNAPSHOT_DUPLICATE, entry.key_at, message)
                        .help("keep one of them"),
                );
            } else if !asked.iter().any(|asked| *asked == entry.key) {
                let near = nearest(&entry.key, asked.iter().copied());
                self.missing.retain(|missing| Some(*missing) != near);
                let help = match near {
                    Some(near) => format!("`{near}` was meant?"),
                    None => format!("its keys are {}", asked.join(", ")),
                };
                let message = format!("unknown key `{}` of {}", entry.key, self.owner);
                self.problems.push(
                    SnapshotProblem::new(&codes::SNAPSHOT_KEY, entry.key_at, message).help(help),
                );
            }
        }
        for key in self.missing {
            let message = format!("{} has no `{key}`", self.owner);
            let place = (self.at.0, self.at.0 + 1);
            self.problems.push(
                SnapshotProblem::new(&codes::SNAPSHOT_VALUE, place, message)
                    .help(format!("add the key `{key}`")),
            );
        }
    }
}

/// The known name that is most like `name`, where one is like it at all.
pub(super) fn nearest<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    if name.len() > 100 {
        return None;
    }
    let lower = name.to_lowercase();
    let scored = known.map(|known| {
        (
            strsim::damerau_levenshtein(&lower, &known.to_lowercase()),
            known,
        )
    });
    scored
        .filter(|(distance, known)| *distance <= known.len().max(name.len()) / 3)
        .min()
        .map(|(_, known)| known)
}

fn wrong(node: &Node<'_>, what: &dyn std::fmt::Display, wanted: &str) -> SnapshotProblem {
    static CODE: &Code = &codes::SNAPSHOT_VALUE;
    SnapshotProblem::new(
        CODE,
        node.at,
        format!("{what} must be {wanted}, found {}", node.kind.words()),
    )
}

fn string(node: &Node<'_>) -> Result<String, &'static str> {
    match &node.kind {
        Kind::Text(text) => Ok(text.to_string()),
        _ => Err("text"),
    }
}

fn strings(node: &Node<'_>) -> Result<Vec<String>, &'static str> {
    match &node.kind {
        Kind::List(items) => items
            .iter()
            .map(string)
            .collect::<Result<_, _>>()
            .map_err(|_| "a list of texts"),
        _ => Err("a list of texts"),
    }
}

fn two_strings(node: &Node<'_>) -> Result<(String, String), &'static str> {
    match <[String; 2]>::try_from(strings(node).unwrap_or_default()) {
        Ok([first, second]) => Ok((first, second)),
        Err(_) => Err("a list of two texts"),
    }
}

fn boolean(node: &Node<'_>) -> Result<bool, &'static str> {
    match node.kind {
        Kind::Bool(value) => Ok(value),
        _ => Err("true or false"),
    }
}

fn number<N: std::str::FromStr>(node: &Node<'_>) -> Result<N, &'static str> {
    match node.kind {
        Kind::Number(text) => text
            .parse()
            .map_err(|_| "a whole number that is not negative"),
        _ => Err("a whole number"),
    }
}

fn precision_and_scale(node: &Node<'_>) -> Result<(u16, u16), &'static str> {
    const WANTED: &str =
        "two numbers, precision and scale, with a scale no larger than the precision";
    let Kind::List(items) = &node.kind else {
        return Err(WANTED);
    };
    let [precision, scale] = items.as_slice() else {
        return Err(WANTED);
    };
    let (precision, scale) = (
        number(precision).map_err(|_| WANTED)?,
        number(scale).map_err(|_| WANTED)?,
    );
    if scale <= precision && precision > 0 {
        Ok((precision, scale))
    } else {
        Err(WANTED)
    }
}

fn choices(node: &Node<'_>) -> Result<Vec<(serde_json::Value, String)>, &'static str> {
    const WANTED: &str = "a list of pairs, a value and its label";
    let Kind::List(items) = &node.kind else {
        return Err(WANTED);
    };
    let pair = |item: &Node<'_>| match &item.kind {
        Kind::List(pair) => match pair.as_slice() {
            [value, label]
                if matches!(
                    value.kind,
                    Kind::Text(_) | Kind::Number(_) | Kind::Bool(_) | Kind::Null
                ) =>
            {
                Ok((value.to_value(), string(label).map_err(|_| WANTED)?))
            }
            _ => Err(WANTED),
        },
        _ => Err(WANTED),
    };
    items.iter().map(pair).collect()
}
