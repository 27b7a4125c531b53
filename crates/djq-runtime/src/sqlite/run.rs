//! Running a query: the root statement, then each nested one with the keys that its parent found.

use super::{Bind, Cells, bind::json};
use crate::{Error, KeyForm, Moment, Query, Result, Slot};
use rusqlite::{
    CachedStatement, Connection,
    types::{Value, ValueRef},
};
use std::collections::HashMap;

/// A struct that generated code makes of a row.
pub trait Row: Clone {
    /// Reads the row's own columns; nested lists are empty until [`Row::nest`].
    ///
    /// # Errors
    /// Where a column holds something else than its type.
    fn read(cells: &Cells<'_>) -> Result<Self>;

    /// Fills the nested lists of rows that were read.
    ///
    /// # Errors
    /// Where a nested statement fails.
    fn nest(rows: &mut [Self], loader: &mut Loader<'_, '_>) -> Result<()> {
        let _ = (rows, loader);
        Ok(())
    }
}

/// Every row of a query.
///
/// # Errors
/// Where the database refuses or holds a value that the schema does not know.
pub fn many<T: Row>(
    connection: &Connection,
    query: &'static Query,
    parameters: &[&dyn Bind],
) -> Result<Vec<T>> {
    many_when(connection, query, parameters, &[])
}

/// As [`many`], of a query with guards: `holds` says of each whether it holds.
///
/// # Errors
/// As [`many`].
pub fn many_when<T: Row>(
    connection: &Connection,
    query: &'static Query,
    parameters: &[&dyn Bind],
    holds: &[bool],
) -> Result<Vec<T>> {
    let run = Run {
        connection,
        query,
        parameters,
        holds,
    };
    // Several statements read one snapshot.
    let snapshot = (query.statements.len() > 1 && connection.is_autocommit())
        .then(|| connection.unchecked_transaction())
        .transpose()
        .map_err(|source| Error::Driver {
            query,
            source: Box::new(source),
        })?;
    let rows = run.level(0, None).map(|(rows, _)| rows);
    drop(snapshot);
    rows
}

/// The row of a query that finds at most one.
///
/// # Errors
/// As [`many`].
pub fn maybe<T: Row>(
    connection: &Connection,
    query: &'static Query,
    parameters: &[&dyn Bind],
) -> Result<Option<T>> {
    maybe_when(connection, query, parameters, &[])
}

/// As [`maybe`], of a query with guards.
///
/// # Errors
/// As [`many`].
pub fn maybe_when<T: Row>(
    connection: &Connection,
    query: &'static Query,
    parameters: &[&dyn Bind],
    holds: &[bool],
) -> Result<Option<T>> {
    many_when(connection, query, parameters, holds).map(|rows| rows.into_iter().next())
}

/// The row of a query that finds exactly one.
///
/// # Errors
/// As [`many`], and where there is no row.
pub fn one<T: Row>(
    connection: &Connection,
    query: &'static Query,
    parameters: &[&dyn Bind],
) -> Result<T> {
    one_when(connection, query, parameters, &[])
}

/// As [`one`], of a query with guards.
///
/// # Errors
/// As [`one`].
pub fn one_when<T: Row>(
    connection: &Connection,
    query: &'static Query,
    parameters: &[&dyn Bind],
    holds: &[bool],
) -> Result<T> {
    maybe_when(connection, query, parameters, holds)?.ok_or(Error::NoRow { query })
}

#[derive(Clone, Copy)]
pub(super) struct Run<'a> {
    connection: &'a Connection,
    query: &'static Query,
    parameters: &'a [&'a dyn Bind],
    holds: &'a [bool],
}

/// A row's values in the columns that link it to another statement's rows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key(pub(super) Vec<KeyPart>);

/// A value that can be a key: SQLite's, floats by their bits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum KeyPart {
    Null,
    Integer(i64),
    Real(u64),
    Text(String),
    Blob(Vec<u8>),
}

impl KeyPart {
    fn value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Integer(number) => Value::Integer(*number),
            Self::Real(bits) => Value::Real(f64::from_bits(*bits)),
            Self::Text(text) => Value::Text(text.clone()),
            Self::Blob(bytes) => Value::Blob(bytes.clone()),
        }
    }

    /// As it is compared with what points to it.
    pub(super) fn in_form(self, form: KeyForm) -> Self {
        match (form, self) {
            (KeyForm::Text | KeyForm::UuidText, Self::Integer(number)) => {
                Self::Text(number.to_string())
            }
            (KeyForm::UuidText, Self::Text(text)) if text.len() == 32 && text.is_ascii() => {
                let parts = [0..8, 8..12, 12..16, 16..20, 20..32];
                let parts: Vec<&str> = parts
                    .into_iter()
                    .filter_map(|part| text.get(part))
                    .collect();
                Self::Text(parts.join("-"))
            }
            (_, part) => part,
        }
    }
}

pub(super) fn key(cells: &Cells<'_>, columns: &[usize]) -> Result<Key> {
    let part = |column: &usize| {
        Ok(match cells.cell(*column)? {
            ValueRef::Null => KeyPart::Null,
            ValueRef::Integer(number) => KeyPart::Integer(number),
            ValueRef::Real(number) => KeyPart::Real(number.to_bits()),
            ValueRef::Text(text) => KeyPart::Text(String::from_utf8_lossy(text).into_owned()),
            ValueRef::Blob(bytes) => KeyPart::Blob(bytes.to_vec()),
        })
    };
    columns.iter().map(part).collect::<Result<_>>().map(Key)
}

/// What a nested statement needs of the level above it.
#[derive(Debug)]
pub struct Loader<'a, 'k> {
    run: Run<'a>,
    /// For each nested statement, the key of each row of this level.
    keys: &'k HashMap<usize, Vec<Key>>,
}

impl std::fmt::Debug for Run<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Run")
            .field("query", &self.query.name)
            .finish_non_exhaustive()
    }
}

impl Loader<'_, '_> {
    /// Runs a nested statement once for all rows, and pushes each of its rows to the list of the row that it
    /// belongs to, in the statement's order; a row whose object is null has no list.
    ///
    /// # Errors
    /// As [`many`].
    pub fn list<P, C: Row>(
        &mut self,
        statement: usize,
        rows: &mut [P],
        list: impl Fn(&mut P) -> Option<&mut Vec<C>>,
    ) -> Result<()> {
        self.children(statement, rows, |row, child| {
            if let Some(list) = list(row) {
                list.push(child);
            }
        })
    }

    /// Runs a nested statement that finds at most one row for each row.
    ///
    /// # Errors
    /// As [`many`].
    pub fn one<P, C: Row>(
        &mut self,
        statement: usize,
        rows: &mut [P],
        field: impl Fn(&mut P) -> Option<&mut Option<C>>,
    ) -> Result<()> {
        self.children(statement, rows, |row, child| {
            if let Some(field) = field(row) {
                *field = Some(child);
            }
        })
    }

    fn children<P, C: Row>(
        &mut self,
        statement: usize,
        rows: &mut [P],
        put: impl Fn(&mut P, C),
    ) -> Result<()> {
        let parents = self.keys.get(&statement).map_or(&[][..], Vec::as_slice);
        let mut places: HashMap<&Key, Vec<usize>> = HashMap::with_capacity(parents.len());
        // A statement that is given no keys reads its parent's query again, and then a null belongs to a null.
        let takes_keys = self.run.query.statements[statement].takes_keys();
        for (place, key) in parents.iter().enumerate() {
            if !(takes_keys && key.0.contains(&KeyPart::Null)) {
                places.entry(key).or_default().push(place);
            }
        }
        if places.is_empty() {
            return Ok(());
        }
        let (children, owners) = self
            .run
            .level::<C>(statement, Some(&key_list(places.keys().copied())))?;
        for (child, owner) in children.into_iter().zip(owners) {
            // After a join several rows may have the same key: each gets the child.
            let Some((last, others)) = places.get(&owner).and_then(|places| places.split_last())
            else {
                continue;
            };
            for place in others {
                put(&mut rows[*place], child.clone());
            }
            put(&mut rows[*last], child);
        }
        Ok(())
    }
}

/// The distinct keys as JSON: values, or arrays of them where a key has several columns.
pub(super) fn key_list<'k>(keys: impl Iterator<Item = &'k Key>) -> String {
    let items = keys.map(|key| match key.0.as_slice() {
        [one] => json(&one.value()),
        several => {
            serde_json::Value::Array(several.iter().map(|part| json(&part.value())).collect())
        }
    });
    serde_json::Value::Array(items.collect()).to_string()
}

/// The moment that is now, in UTC, in whole microseconds, as Django stores it.
fn moment(part: Moment) -> Value {
    let now = jiff::Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .datetime();
    match part {
        Moment::Date => now.date().bind(),
        Moment::Time => now.time().bind(),
        Moment::DateTime => now.bind(),
    }
}

impl<'a> Run<'a> {
    /// A query with its parameters.
    pub(super) fn new(
        connection: &'a Connection,
        query: &'static Query,
        parameters: &'a [&'a dyn Bind],
        holds: &'a [bool],
    ) -> Self {
        Self {
            connection,
            query,
            parameters,
            holds,
        }
    }

    pub(super) fn query(self) -> &'static Query {
        self.query
    }

    /// What the driver said, as an error of this query.
    pub(super) fn failed(&self, source: rusqlite::Error) -> Error {
        Error::Driver {
            query: self.query,
            source: Box::new(source),
        }
    }

    /// A statement with what is bound in it.
    pub(super) fn prepared(
        self,
        statement: usize,
        keys: Option<&str>,
    ) -> Result<CachedStatement<'a>> {
        let text = &self.query.statements[statement];
        let (sql, slots) = text.text(self.holds);
        let prepare = || self.connection.prepare_cached(&sql);
        let mut prepared = match prepare() {
            // The compiled SQL may use functions that a plain connection lacks; the first such query registers them.
            Err(error) if error.to_string().contains("no such function") => {
                super::register(self.connection)
                    .and_then(|()| prepare())
                    .map_err(|error| self.failed(error))?
            }
            other => other.map_err(|error| self.failed(error))?,
        };
        for (slot, place) in slots.iter().zip(1..) {
            let value = match slot {
                Slot::Parameter(index) => self.parameters[*index].bind(),
                Slot::Count(index) => match self.parameters[*index].bind() {
                    Value::Integer(number) if number < 0 => {
                        return Err(Error::Negative {
                            query: self.query,
                            number,
                        });
                    }
                    value => value,
                },
                Slot::ParentKeys => Value::Text(keys.unwrap_or("[]").to_owned()),
                Slot::Now(part) => moment(*part),
            };
            prepared
                .raw_bind_parameter(place, value)
                .map_err(|error| self.failed(error))?;
        }
        Ok(prepared)
    }

    /// The rows of a statement with all that is nested in them, and the key of each by which it belongs to its parent.
    pub(super) fn level<T: Row>(
        self,
        statement: usize,
        keys: Option<&str>,
    ) -> Result<(Vec<T>, Vec<Key>)> {
        let query = self.query;
        let driver = |source: rusqlite::Error| Error::Driver {
            query,
            source: Box::new(source),
        };
        let text = &query.statements[statement];
        let mut prepared = self.prepared(statement, keys)?;
        let nested: Vec<(usize, &[usize])> = (0..query.statements.len())
            .filter_map(|index| Some((index, query.statements[index].parent.as_ref()?)))
            .filter(|(_, parent)| parent.statement == statement)
            .map(|(index, parent)| (index, parent.parent_columns))
            .collect();
        let own: &[usize] = text
            .parent
            .as_ref()
            .map_or(&[], |parent| parent.own_columns);
        let (mut rows, mut owners) = (Vec::new(), Vec::new());
        let mut links: HashMap<usize, Vec<Key>> = HashMap::new();
        let mut cursor = prepared.raw_query();
        while let Some(row) = cursor.next().map_err(driver)? {
            let cells = Cells { query, row };
            rows.push(T::read(&cells)?);
            if !own.is_empty() {
                owners.push(key(&cells, own)?);
            }
            for (index, columns) in &nested {
                links.entry(*index).or_default().push(key(&cells, columns)?);
            }
        }
        if !nested.is_empty() && !rows.is_empty() {
            T::nest(
                &mut rows,
                &mut Loader {
                    run: self,
                    keys: &links,
                },
            )?;
        }
        Ok((rows, owners))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Statement;

    #[derive(Clone)]
    struct Nothing;

    impl Row for Nothing {
        fn read(_: &Cells<'_>) -> Result<Self> {
            Ok(Self)
        }
    }

    #[test]
    fn a_number_of_rows_is_not_negative() {
        static QUERY: Query = Query {
            name: "some",
            source: "some.djq:1",
            statements: &[Statement {
                sql: "SELECT 1 LIMIT ?1",
                slots: &[Slot::Count(0)],
                pieces: &[],
                parent: None,
            }],
        };
        let connection = Connection::open_in_memory().unwrap();
        let rows = |limit: i64| many::<Nothing>(&connection, &QUERY, &[&limit]);
        assert_eq!(rows(1).unwrap().len(), 1);
        assert_eq!(rows(0).unwrap().len(), 0);
        assert_eq!(
            rows(-2).err().map(|error| error.to_string()).as_deref(),
            Some(
                "query `some` (some.djq:1): `limit` and `offset` take no negative number, and -2 is one"
            )
        );
    }
}
