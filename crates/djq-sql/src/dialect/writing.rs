//! What a dialect can do when it writes.

/// What a dialect can do when it writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Writing {
    /// How an insert meets a row that is there.
    pub upsert: Upsert,
    /// Whether a statement may give the rows that it wrote.
    pub returning: Returning,
    /// Whether RETURNING sees the other tables of an update too, so that the row must be named by its alias there; else
    /// it sees the row alone, by no name.
    pub returns_by_alias: bool,
    /// How an update or a delete reads other rows.
    pub joined: Joined,
    /// Whether an assignment sees what those in front of it have set.
    pub assigns_in_order: bool,
    /// Whether a subquery of an update or a delete may read the table that is written.
    pub reads_target: bool,
    /// Whether subqueries in the values of an update see the table as it was before the first of its rows is changed.
    pub keeps_target: bool,
    /// Whether an update or a delete with a subquery in its condition is planned as a SELECT would be; else the rows are
    /// found by a SELECT.
    pub plans_subqueries: bool,
    /// Whether the table that a delete writes may have an alias.
    pub has_delete_alias: bool,
    /// How a row without a single value is inserted.
    pub empty_row: &'static str,
}

/// How an insert meets a row that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Upsert {
    /// `ON CONFLICT (fields) DO …`, the new row going by `excluded`.
    OnConflict {
        /// Whether the server itself refuses two new rows with the same fields.
        refuses_repeats: bool,
        /// Whether `ON` behind the FROM of an inserted query would be read as a join's.
        needs_where: bool,
    },
    /// `ON DUPLICATE KEY UPDATE`, whichever unique key it is.
    OnDuplicateKey(NewRow),
}

/// How ON DUPLICATE KEY UPDATE names the row that would have been new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewRow {
    /// `VALUES (…) AS new`, and then `new.x`.
    Alias,
    /// `VALUES(x)`.
    Function,
}

/// Which statements have RETURNING.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the statement of its name")]
pub struct Returning {
    pub insert: bool,
    pub update: bool,
    pub delete: bool,
}

/// How an update or a delete reads other rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// `UPDATE t SET … FROM (…)`, `DELETE FROM t WHERE key IN (…)`.
    From,
    /// `UPDATE t JOIN (…) SET …`, `DELETE t FROM t JOIN (…)`.
    Join,
}
