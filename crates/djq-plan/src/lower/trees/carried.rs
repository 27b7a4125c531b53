//! What a walk takes along: it reads the rows of its tree anyway, so the columns that are wanted of them come with it, and no join
//! reads the rows again; and where of the rows that it starts from the key alone is wanted, they are not read again either.

use super::{Ends, FAR, Walk, seeds::is_of};
use crate::{
    lower::{Planner, unique},
    parts::{self, Part},
    plan::{Body, Expr, ExprKind, From, Query, Select, TableId},
    walk,
};
use djq_check::{
    Ty, Type,
    hir::{BinaryOperator, JoinKind},
};
use djq_schema::FieldType;

/// A column of a tree's rows that comes with the walk.
#[derive(Debug, Clone)]
pub(super) struct Carried {
    /// The table's column.
    pub(super) column: Box<str>,
    /// Its name in the walk.
    pub(super) name: Box<str>,
    pub(super) ty: Ty,
}

/// So many characters of text at most: what is wider makes the walk's rows dearer than a second look.
const WIDTH: u32 = 255;

impl Planner<'_> {
    /// Takes the joins that the walk can spare out of a statement; gives what it has to take along for that.
    pub(super) fn carry(&mut self, walk: &Walk, query: &mut Query) -> Vec<Carried> {
        let mut carried = Vec::new();
        // The plain reading saves nothing; a lock names the tables as they stand, a guard the joins.
        let plain = self.query.lock.is_none() && self.query.write.is_none() && !self.guarded;
        if !self.merge || !plain {
            return carried;
        }
        for pair in &walk.used.pairs {
            self.spare_rows(walk, *pair, query, &mut carried);
            self.spare_start(walk, *pair, query);
        }
        carried
    }

    /// The join of the rows that a pair leads to.
    fn spare_rows(
        &mut self,
        walk: &Walk,
        pair: TableId,
        query: &mut Query,
        carried: &mut Vec<Carried>,
    ) {
        let ends = &walk.ends;
        let model = self.schema.model(ends.model);
        let mut found = None;
        each_select(query, &mut |select| {
            let from = select.from.as_ref();
            let rows = from.and_then(|from| rows_of(from, pair, &model.table, ends));
            found = found.or(rows);
        });
        let Some(rows) = found else {
            return;
        };
        let mut wanted = carried.clone();
        let mut known = true;
        walk::of_query(query, &mut |expr| {
            if let ExprKind::Column(table, column) = &expr.kind
                && *table == rows
                && *column != ends.key
                && wanted.iter().all(|one| one.column != *column)
            {
                match self.carried(ends, column, &wanted) {
                    Some(one) => wanted.push(one),
                    None => known = false,
                }
            }
        });
        let mut spared = query.clone();
        each_select(&mut spared, &mut |select| {
            known &= !select.keyed.contains(&rows);
            if let Some(from) = &mut select.from {
                without(from, &mut |join| match join {
                    From::Join { left, right, .. } if right.id() == Some(rows) => {
                        Some((**left).clone())
                    }
                    _ => None,
                });
            }
        });
        if !known || self.width(ends, &wanted).is_none_or(|width| width > WIDTH) {
            return;
        }
        each_column(&mut spared, &mut |table, column| {
            if *table == rows {
                *table = pair;
                let one = wanted.iter().find(|one| one.column == *column);
                *column = one.map_or_else(|| FAR.into(), |one| one.name.clone());
            }
        });
        // It goes by the rows' name now.
        let given = self.tables.get_mut(rows.0 as usize);
        let given = given.map(|table| (table.alias.clone(), table.reason.take()));
        if let (Some((alias, reason)), Some(table)) = (given, self.tables.get_mut(pair.0 as usize))
        {
            table.alias = alias;
            table.reason = table.reason.take().or(reason);
        }
        *query = spared;
        *carried = wanted;
    }

    /// The join of the rows that the walk starts from: their conditions are the walk's already.
    fn spare_start(&self, walk: &Walk, pair: TableId, query: &mut Query) {
        let ends = &walk.ends;
        let is_start = |table: TableId| {
            let mut tables = self.source_tables.iter();
            tables.any(|(source, id)| *id == table && *source == walk.used.parent)
        };
        let mut spared = query.clone();
        let mut start = None;
        each_select(&mut spared, &mut |select| {
            let Some(from) = &mut select.from else {
                return;
            };
            without_base(from, &mut |join| {
                let From::Join { left, right, .. } = join else {
                    return None;
                };
                let table = left.id().filter(|table| is_start(*table))?;
                let is_table = matches!(**left, From::Table { .. });
                let by_key = link(join) == Some(((table, &ends.key), (pair, &ends.key)));
                (is_table && by_key).then(|| {
                    start = Some(table);
                    (**right).clone()
                })
            });
            if let Some(start) = start
                && walk.start == start
                && !reads(select.from.as_ref(), start)
            {
                select.filter.retain(|condition| !is_of(condition, start));
            }
        });
        let Some(start) = start else {
            return;
        };
        let mut spare = true;
        each_select(&mut spared, &mut |select| {
            spare &= !select.keyed.contains(&start) && !reads(select.from.as_ref(), start);
        });
        each_column(&mut spared, &mut |table, column| {
            if *table == start {
                spare &= *column == ends.key;
                *table = pair;
            }
        });
        if spare {
            *query = spared;
        }
    }

    /// A column of the tree's table, if it is a small one, as the walk may have it.
    fn carried(&self, ends: &Ends, column: &str, beside: &[Carried]) -> Option<Carried> {
        let fields = &self.schema.model(ends.model).fields;
        let field = fields.iter().find(|field| *field.column == *column)?;
        let is_small = match &field.ty {
            FieldType::Text => field.max_length.is_some() && field.collation.is_none(),
            FieldType::Bool
            | FieldType::Int
            | FieldType::BigInt
            | FieldType::Float
            | FieldType::Decimal(..)
            | FieldType::Date
            | FieldType::Time
            | FieldType::DateTime
            | FieldType::Duration
            | FieldType::Uuid => true,
            _ => false,
        };
        let taken = |name: &str| {
            let own = super::NAMES.iter().copied().chain([&*ends.key]);
            own.chain(beside.iter().map(|one| &*one.name))
                .any(|known| known.eq_ignore_ascii_case(name))
        };
        is_small.then(|| Carried {
            column: column.into(),
            name: unique(column, taken),
            ty: Type::from(&field.ty).required().with_null(field.null),
        })
    }

    /// The characters of text in what is taken along.
    fn width(&self, ends: &Ends, carried: &[Carried]) -> Option<u32> {
        let fields = &self.schema.model(ends.model).fields;
        let texts = carried
            .iter()
            .filter(|one| *one.ty.kind.base() == Type::Text);
        texts
            .map(|one| {
                let field = fields.iter().find(|field| field.column == one.column)?;
                field.max_length
            })
            .sum()
    }
}

/// The table reference of the rows that are joined to a pair by its key, and by nothing else.
fn rows_of(from: &From, pair: TableId, name: &str, ends: &Ends) -> Option<TableId> {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        let From::Join { left, right, .. } = from else {
            return None;
        };
        if let From::Table { id, table, .. } = &**right
            && **table == *name
            && link(from) == Some(((pair, FAR), (*id, &ends.key)))
            && is_always_there(left, pair)
        {
            return Some(*id);
        }
        rows_of(left, pair, name, ends).or_else(|| rows_of(right, pair, name, ends))
    })
}

/// A column of a table reference.
type Column<'e> = (TableId, &'e str);

/// The columns that the one condition of an inner join says are equal: the left side's, and the right side's.
fn link(join: &From) -> Option<(Column<'_>, Column<'_>)> {
    let From::Join {
        kind: JoinKind::Inner,
        right,
        on,
        guard: None,
        ..
    } = join
    else {
        return None;
    };
    let [on] = on.as_slice() else {
        return None;
    };
    let ExprKind::Binary(BinaryOperator::Equal, one, other) = &on.kind else {
        return None;
    };
    let (ExprKind::Column(one, name), ExprKind::Column(other, second)) = (&one.kind, &other.kind)
    else {
        return None;
    };
    let (one, other) = ((*one, &**name), (*other, &**second));
    match reads(Some(right), one.0) {
        true => Some((other, one)),
        false => Some((one, other)),
    }
}

/// Whether a FROM has this reference among those that can be named around it.
fn reads(from: Option<&From>, table: TableId) -> bool {
    let mut tables = Vec::new();
    if let Some(from) = from {
        walk::visible_tables(from, &mut tables);
    }
    tables.contains(&table)
}

/// Whether a reference has a row in each row of a FROM.
fn is_always_there(from: &From, table: TableId) -> bool {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || match from {
        From::Join {
            kind, left, right, ..
        } => match kind {
            JoinKind::Inner | JoinKind::Cross => {
                is_always_there(left, table) || is_always_there(right, table)
            }
            JoinKind::Left => is_always_there(left, table),
            JoinKind::Right => is_always_there(right, table),
            JoinKind::Full => false,
        },
        other => other.id() == Some(table),
    })
}

/// Puts what `instead` gives in the place of a join.
fn without(from: &mut From, instead: &mut dyn FnMut(&From) -> Option<From>) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        if let Some(other) = instead(from) {
            *from = other;
        } else if let From::Join { left, right, .. } = from {
            without(left, instead);
            without(right, instead);
        }
    });
}

/// The same of the joins that no outer join may leave without rows, and whose conditions the SELECT's are beside.
fn without_base(from: &mut From, instead: &mut dyn FnMut(&From) -> Option<From>) {
    let mut at = from;
    loop {
        if let Some(other) = instead(at) {
            *at = other;
            return;
        }
        match at {
            From::Join {
                kind: JoinKind::Inner | JoinKind::Cross | JoinKind::Left,
                left,
                guard: None,
                ..
            } => at = left,
            _ => return,
        }
    }
}

/// Calls `see` with each SELECT of a query, at any depth.
fn each_select(query: &mut Query, see: &mut dyn FnMut(&mut Select)) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        if let Body::Select(select) = &mut query.body {
            see(select);
        }
        parts::of_query(query, &mut |part| match part {
            Part::Query(query) => each_select(query, see),
            Part::Expr(expr) => each_inside(expr, see),
        });
    });
}

fn each_inside(expr: &mut Expr, see: &mut dyn FnMut(&mut Select)) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        parts::of_expr(expr, &mut |part| match part {
            Part::Query(query) => each_select(query, see),
            Part::Expr(expr) => each_inside(expr, see),
        });
    });
}

/// Calls `see` with each column of a query, at any depth.
fn each_column(query: &mut Query, see: &mut dyn FnMut(&mut TableId, &mut Box<str>)) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        parts::of_query(query, &mut |part| column_in(part, see));
    });
}

fn column_in(part: Part<'_>, see: &mut dyn FnMut(&mut TableId, &mut Box<str>)) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || match part {
        Part::Query(query) => each_column(query, see),
        Part::Expr(expr) => match &mut expr.kind {
            ExprKind::Column(table, column) => see(table, column),
            _ => parts::of_expr(expr, &mut |part| column_in(part, see)),
        },
    });
}
