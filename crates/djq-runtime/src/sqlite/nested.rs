//! Nested rows that came as JSON, on their way to Rust types.

use super::{Cells, Read, read::ReadDecimal};
use crate::{Error, Query, Result};
use rusqlite::types::ValueRef;
use serde_json::Value as Json;

/// A struct that generated code makes of a nested row's JSON object.
pub trait Nested: Sized {
    /// Reads the object's members.
    ///
    /// # Errors
    /// Where a member holds something else than its type.
    fn read(object: &Object<'_>) -> Result<Self>;
}

/// A nested row's JSON object.
#[derive(Debug)]
pub struct Object<'a> {
    query: &'static Query,
    column: usize,
    json: &'a Json,
}

impl Cells<'_> {
    /// The rows of a nested list.
    ///
    /// # Errors
    /// Where the database holds something else there.
    pub fn list<T: Nested>(&self, column: usize) -> Result<Vec<T>> {
        let json = self.json(column)?;
        list(self.query, column, &json)
    }

    /// A nested object; none where there is none.
    ///
    /// # Errors
    /// Where the database holds something else there.
    pub fn object<T: Nested>(&self, column: usize) -> Result<Option<T>> {
        let json = self.json(column)?;
        object(self.query, column, &json)
    }

    fn json(&self, column: usize) -> Result<Json> {
        match self.cell(column)? {
            ValueRef::Null => Ok(Json::Null),
            cell => cell
                .as_str()
                .ok()
                .and_then(|text| serde_json::from_str(text).ok())
                .ok_or_else(|| wrong(self.query, column, "no JSON of nested rows".to_owned())),
        }
    }
}

impl Object<'_> {
    /// The value of a member; one that is not there is null.
    ///
    /// # Errors
    /// Where it is something else.
    pub fn value<T: Read>(&self, member: &str) -> Result<T> {
        let json = self.json.get(member).unwrap_or(&Json::Null);
        T::read_json(json).ok_or_else(|| self.wrong(member, json))
    }

    /// A decimal of so many digits behind the point.
    ///
    /// # Errors
    /// Where it is something else.
    pub fn decimal<T: ReadDecimal>(&self, member: &str, scale: u32) -> Result<T> {
        let json = self.json.get(member).unwrap_or(&Json::Null);
        let cell = match json {
            Json::Null => Some(ValueRef::Null),
            // As SQLite holds it: whole, or as a float.
            Json::String(text) => match text.parse() {
                Ok(whole) => Some(ValueRef::Integer(whole)),
                Err(_) => text.parse().ok().map(ValueRef::Real),
            },
            other => other.as_f64().map(ValueRef::Real),
        };
        cell.and_then(|cell| T::read(cell, scale))
            .ok_or_else(|| self.wrong(member, json))
    }

    /// The rows of a list in it.
    ///
    /// # Errors
    /// Where it is something else.
    pub fn list<T: Nested>(&self, member: &str) -> Result<Vec<T>> {
        let json = self.json.get(member).unwrap_or(&Json::Null);
        list(self.query, self.column, json)
    }

    /// An object in it; none where there is none.
    ///
    /// # Errors
    /// Where it is something else.
    pub fn object<T: Nested>(&self, member: &str) -> Result<Option<T>> {
        let json = self.json.get(member).unwrap_or(&Json::Null);
        object(self.query, self.column, json)
    }

    /// An object in it that is always there.
    ///
    /// # Errors
    /// Where it is not.
    pub fn required<T: Nested>(&self, member: &str) -> Result<T> {
        self.object(member)?
            .ok_or_else(|| self.wrong(member, &Json::Null))
    }

    fn wrong(&self, member: &str, found: &Json) -> Error {
        wrong(
            self.query,
            self.column,
            format!("JSON with {found} as `{member}`"),
        )
    }
}

fn list<T: Nested>(query: &'static Query, column: usize, json: &Json) -> Result<Vec<T>> {
    match json {
        Json::Null => Ok(Vec::new()),
        Json::Array(rows) => rows
            .iter()
            .map(|json| {
                T::read(&Object {
                    query,
                    column,
                    json,
                })
            })
            .collect(),
        _ => Err(wrong(query, column, "no JSON array".to_owned())),
    }
}

fn object<T: Nested>(query: &'static Query, column: usize, json: &Json) -> Result<Option<T>> {
    match json {
        Json::Null => Ok(None),
        Json::Object(_) => T::read(&Object {
            query,
            column,
            json,
        })
        .map(Some),
        _ => Err(wrong(query, column, "no JSON object".to_owned())),
    }
}

fn wrong(query: &'static Query, column: usize, found: String) -> Error {
    Error::Value {
        query,
        column,
        found,
    }
}
