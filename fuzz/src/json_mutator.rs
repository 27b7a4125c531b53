//! Changes of a schema snapshot that leave it JSON: a value is replaced by another's, by one at an edge, or left out.

use super::{Project, dice::Dice, project};
use serde_json::{Value, json};
use std::sync::OnceLock;

/// The values of the snapshots of this repository, by the key they stand under.
fn pool() -> &'static [(String, Value)] {
    static POOL: OnceLock<Vec<(String, Value)>> = OnceLock::new();
    POOL.get_or_init(|| {
        let mut found = Vec::new();
        for project in Project::ALL {
            let text = project::read(&project.folder().join("schema.json"));
            if let Ok(snapshot) = serde_json::from_str(&text) {
                gather("", &snapshot, &mut found);
            }
        }
        found.retain(|(key, _)| !key.is_empty() && key != "models");
        found.sort_by(|a, b| a.0.cmp(&b.0));
        found.dedup();
        found
    })
}

fn gather(key: &str, value: &Value, found: &mut Vec<(String, Value)>) {
    found.push((key.to_owned(), value.clone()));
    match value {
        Value::Array(items) => items.iter().for_each(|item| gather(key, item, found)),
        Value::Object(entries) => {
            for (key, value) in entries {
                gather(key, value, found);
            }
        }
        _ => {}
    }
}

fn edges() -> [Value; 12] {
    [
        Value::Null,
        json!(true),
        json!(0),
        json!(-1),
        json!(1e300),
        json!(u64::MAX),
        json!(""),
        json!("a.b.c"),
        json!("it's \"q\" `b` \\ \n\u{0}"),
        json!("é\u{301}日本🙂"),
        json!([]),
        json!({}),
    ]
}

/// Changes `data` and gives its new length, at most `max_size`; `bytes` is what changes plain bytes.
pub fn mutate_json(
    data: &mut [u8],
    size: usize,
    max_size: usize,
    seed: u32,
    bytes: fn(&mut [u8], usize, usize) -> usize,
) -> usize {
    let mut dice = Dice::new(seed.into());
    let parsed = serde_json::from_slice(data.get(..size).unwrap_or_default()).ok();
    let Some(mut snapshot) = parsed.filter(|_: &Value| dice.below(10) > 0) else {
        return bytes(data, size, max_size);
    };
    for _ in 0..=dice.below(4) {
        let count = count(&snapshot);
        let copied = {
            let mut from = dice.below(count);
            at("", &mut snapshot, &mut from).map(|(_, value)| value.clone())
        };
        let mut to = dice.below(count);
        if let Some((key, value)) = at("", &mut snapshot, &mut to) {
            change(&key, value, copied, &mut dice);
        }
    }
    let text = snapshot.to_string();
    match data.get_mut(..text.len()) {
        Some(place) if text.len() <= max_size => {
            place.copy_from_slice(text.as_bytes());
            text.len()
        }
        _ => size,
    }
}

fn change(key: &str, value: &mut Value, copied: Option<Value>, dice: &mut Dice) {
    match dice.below(8) {
        0 => *value = dice.pick(&edges()).cloned().unwrap_or_default(),
        1 => *value = copied.unwrap_or_default(),
        2 | 3 => match value {
            Value::Array(items) if !items.is_empty() => {
                let place = dice.below(items.len());
                match dice.below(2) {
                    0 => drop(items.remove(place)),
                    _ => items.push(items[place].clone()),
                }
            }
            Value::Object(entries) => {
                let keys: Vec<String> = entries.keys().cloned().collect();
                if let Some(key) = dice.pick(&keys) {
                    entries.shift_remove(key);
                }
            }
            _ => *value = Value::Null,
        },
        4 => {
            if let (Value::Object(entries), Some((key, new))) = (value, dice.pick(pool())) {
                entries.insert(key.clone(), new.clone());
            }
        }
        _ => {
            let first = pool().partition_point(|(of, _)| of.as_str() < key);
            let end = pool().partition_point(|(of, _)| of.as_str() <= key);
            if let Some((_, new)) = dice.pick(pool().get(first..end).unwrap_or_default()) {
                *value = new.clone();
            }
        }
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(entries) => entries.values().map(count).sum(),
        _ => 0,
    }
}

/// The value that is the `left`th, from above, and the key it stands under.
fn at<'v>(key: &str, value: &'v mut Value, left: &mut usize) -> Option<(String, &'v mut Value)> {
    if *left == 0 {
        return Some((key.to_owned(), value));
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| at(key, item, left)),
        Value::Object(entries) => entries
            .iter_mut()
            .find_map(|(key, value)| at(key, value, left)),
        _ => None,
    }
}
