//! Writing: models by label, a line for each field and relation, so that a diff reads well;
//! the same bytes as `manage.py djq_schema` writes.

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::Value;

use super::{KeyEntry, ModelEntry, Snapshot};

impl Snapshot {
    /// The snapshot's text, the same for the same models in whatever order they come.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut models: Vec<&ModelEntry> = self.models.iter().collect();
        models.sort_by(|a, b| a.label.cmp(&b.label));
        let mut text = format!("{{\n  \"version\": {}", self.version);
        if !self.source.is_empty() {
            text.push_str(&format!(",\n  \"source\": {}", line(&self.source)));
        }
        text.push_str(&format!(
            ",
  \"use_tz\": {}",
            self.use_tz
        ));
        text.push_str(",\n  \"models\": [");
        for (index, model) in models.iter().enumerate() {
            text.push_str(if index == 0 { "\n    {" } else { ",\n    {" });
            block(model, &mut text);
            text.push_str("\n    }");
        }
        text.push_str(if models.is_empty() {
            "]\n}\n"
        } else {
            "\n  ]\n}\n"
        });
        text
    }
}

/// Lists that have a line for each item; other lists stand on one line.
const LONG: [&str; 2] = ["fields", "relations"];

fn block(model: &ModelEntry, text: &mut String) {
    let Ok(Value::Object(entries)) = serde_json::to_value(model) else {
        return;
    };
    for (index, (key, value)) in entries.iter().enumerate() {
        text.push_str(if index == 0 { "\n      " } else { ",\n      " });
        text.push_str(&format!("{}: ", line(key)));
        match value {
            Value::Array(items) if !items.is_empty() && LONG.contains(&key.as_str()) => {
                for (index, item) in items.iter().enumerate() {
                    text.push_str(if index == 0 {
                        "[\n        "
                    } else {
                        ",\n        "
                    });
                    text.push_str(&line(item));
                }
                text.push_str("\n      ]");
            }
            value => text.push_str(&line(value)),
        }
    }
}

/// JSON on one line, with a space behind each comma and colon.
fn line(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Spaced);
    // Writing to memory cannot fail, and the entries' keys are all text.
    if value.serialize(&mut serializer).is_err() {
        return String::new();
    }
    String::from_utf8(bytes).unwrap_or_default()
}

struct Spaced;

impl serde_json::ser::Formatter for Spaced {
    fn begin_array_value<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> std::io::Result<()> {
        writer.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_key<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> std::io::Result<()> {
        writer.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_value<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
    ) -> std::io::Result<()> {
        writer.write_all(b": ")
    }
}

impl Serialize for KeyEntry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.condition.is_none() && self.nulls_distinct {
            return self.fields.serialize(serializer);
        }
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("fields", &self.fields)?;
        if let Some(condition) = &self.condition {
            map.serialize_entry("condition", condition)?;
        }
        if !self.nulls_distinct {
            map.serialize_entry("nulls_distinct", &false)?;
        }
        map.end()
    }
}
