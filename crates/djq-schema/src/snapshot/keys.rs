//! The keys of one object of a snapshot, and the values they have.

use djq_diagnostics::{Code, codes};

use super::json::{Entry, Kind, Node};
use super::problem::Owner;
use super::read::MAX_PROBLEMS;
use super::{Place, SnapshotProblem};

pub(super) type Problems = Vec<SnapshotProblem>;

/// No kind of entry has more keys than this.
const MOST_KEYS: usize = 32;

/// The entries of one object; knows which keys were asked for, and so which are unknown.
pub(super) struct Keys<'n, 'a, 'p> {
    entries: &'n [Entry<'a>],
    at: Place,
    owner: Owner<'n>,
    asked: [&'static str; MOST_KEYS],
    asked_count: usize,
    /// A bit for each key that is there: most that are asked for are not.
    there: u64,
    /// A bit for each of the first entries that were found.
    found: u64,
    /// Where the last key was found: files have keys in the order they are asked for.
    next: usize,
    /// Keys that must be there and are not.
    missing: Vec<&'static str>,
    problems: &'p mut Problems,
}

impl<'n, 'a, 'p> Keys<'n, 'a, 'p> {
    pub(super) fn of(
        node: &'n Node<'a>,
        owner: Owner<'n>,
        problems: &'p mut Problems,
    ) -> Option<Self> {
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
                there: entries
                    .iter()
                    .fold(0, |there, entry| there | bit(&entry.key)),
                found: 0,
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
        if self.there & bit(key) == 0 {
            return None;
        }
        let (before, from) = self.entries.split_at_checked(self.next)?;
        let found = from
            .iter()
            .chain(before)
            .position(|entry| entry.key == key)?;
        self.next = (self.next + found) % self.entries.len();
        if self.next < 64 {
            self.found |= 1 << self.next;
        }
        self.entries.get(self.next).map(|entry| &entry.value)
    }

    /// The value of a key; null counts as left out, except for `default`.
    pub(super) fn optional<T>(
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

    pub(super) fn required<T>(
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

    pub(super) fn flag(&mut self, key: &'static str) -> bool {
        self.optional(key, boolean).unwrap_or(false)
    }

    pub(super) fn nodes(&mut self, key: &'static str) -> &'n [Node<'a>] {
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
    pub(super) fn finish(mut self) {
        // Where every entry was found, each is known, and stands once.
        let unknown = self.found.count_ones() as usize != self.entries.len();
        let asked = self.asked.get(..self.asked_count).unwrap_or(&[]);
        for (index, entry) in self.entries.iter().enumerate().filter(|_| unknown) {
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

/// The bit of a key in a set of 64.
fn bit(key: &str) -> u64 {
    let first = key.bytes().next().unwrap_or(0);
    let last = key.bytes().next_back().unwrap_or(0);
    1 << ((usize::from(first) ^ (usize::from(last) << 2) ^ (key.len() << 3)) % 64)
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

pub(super) fn wrong(
    node: &Node<'_>,
    what: &dyn std::fmt::Display,
    wanted: &str,
) -> SnapshotProblem {
    static CODE: &Code = &codes::SNAPSHOT_VALUE;
    SnapshotProblem::new(
        CODE,
        node.at,
        format!("{what} must be {wanted}, found {}", node.kind.words()),
    )
}

pub(super) fn string(node: &Node<'_>) -> Result<String, &'static str> {
    match &node.kind {
        Kind::Text(text) => Ok(text.to_string()),
        _ => Err("text"),
    }
}

pub(super) fn strings(node: &Node<'_>) -> Result<Vec<String>, &'static str> {
    match &node.kind {
        Kind::List(items) => items
            .iter()
            .map(string)
            .collect::<Result<_, _>>()
            .map_err(|_| "a list of texts"),
        _ => Err("a list of texts"),
    }
}

pub(super) fn two_strings(node: &Node<'_>) -> Result<(String, String), &'static str> {
    match <[String; 2]>::try_from(strings(node).unwrap_or_default()) {
        Ok([first, second]) => Ok((first, second)),
        Err(_) => Err("a list of two texts"),
    }
}

pub(super) fn boolean(node: &Node<'_>) -> Result<bool, &'static str> {
    match node.kind {
        Kind::Bool(value) => Ok(value),
        _ => Err("true or false"),
    }
}

pub(super) fn number<N: std::str::FromStr>(node: &Node<'_>) -> Result<N, &'static str> {
    match node.kind {
        Kind::Number(text) => text
            .parse()
            .map_err(|_| "a whole number that is not negative"),
        _ => Err("a whole number"),
    }
}

pub(super) fn precision_and_scale(node: &Node<'_>) -> Result<(u16, u16), &'static str> {
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

pub(super) fn choices(node: &Node<'_>) -> Result<Vec<(serde_json::Value, String)>, &'static str> {
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
