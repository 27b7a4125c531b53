//! The derived tables that group relations by the key of their outer row.

use super::{
    candidate::Candidate,
    having,
    steps::{before_total_step, beyond_index},
};
use crate::{
    lower::unique,
    parts::{self, Part},
    plan::{
        Aggregate, Body, Expr, ExprKind, From, Item, JoinKind, OrderKey, Query, Select, Table,
        TableId,
    },
    same::same,
    walk,
};
use djq_check::{
    Ty, Type,
    functions::{AggregateId, FunctionId},
    hir::{BinaryOperator, Literal},
};
use djq_schema::Schema;

/// The groups that a SELECT joins.
pub(super) struct Groups<'t> {
    tables: &'t mut Vec<Table>,
    schema: &'t Schema,
    base: TableId,
    /// The tables beside which the groups stand.
    beside: Vec<TableId>,
    groups: Vec<Group>,
}

/// A relation's rows, grouped.
pub(super) struct Group {
    pub(super) id: TableId,
    pub(super) from: From,
    /// The column of each key, and the outer column that it equals.
    pub(super) keys: Vec<(Expr, Expr)>,
    pub(super) filter: Vec<Expr>,
    /// The columns behind the keys.
    pub(super) aggregates: Vec<(Box<str>, Expr)>,
    pub(super) shares: bool,
    /// Conditions that a row without a group does not fulfil.
    pub(super) having: Vec<Expr>,
    /// Whether anything but those is read of it.
    pub(super) is_read: bool,
}

impl<'t> Groups<'t> {
    /// None yet, for a SELECT that begins with `base`.
    pub(super) fn new(
        tables: &'t mut Vec<Table>,
        schema: &'t Schema,
        from: &From,
        base: TableId,
    ) -> Self {
        let mut beside = Vec::new();
        walk::visible_tables(from, &mut beside);
        Self {
            tables,
            schema,
            base,
            beside,
            groups: Vec::new(),
        }
    }

    pub(super) fn base(&self) -> TableId {
        self.base
    }

    /// All table references, for more of them.
    pub(super) fn tables(&mut self) -> &mut Vec<Table> {
        self.tables
    }

    /// The one group, if there is no other.
    pub(super) fn only(self) -> Option<Group> {
        let mut groups = self.groups.into_iter();
        groups.next().filter(|_| groups.next().is_none())
    }

    /// What stands for the candidate's value.
    pub(super) fn add(&mut self, mut candidate: Candidate) -> ExprKind {
        let known = match candidate.shares {
            true => {
                let all: &[Table] = self.tables;
                let mut groups = self.groups.iter_mut();
                groups.position(|group| group.takes(&mut candidate, self.schema, all))
            }
            false => None,
        };
        let place = known.unwrap_or_else(|| {
            let id = self.table(&candidate);
            self.groups.push(Group {
                id,
                from: candidate.from.clone(),
                keys: candidate.keys.clone(),
                filter: candidate.filter.clone(),
                aggregates: Vec::new(),
                shares: candidate.shares,
                having: Vec::new(),
                is_read: true,
            });
            self.groups.len() - 1
        });
        let mut value = candidate.value;
        if let Some(group) = self.groups.get_mut(place) {
            let rest = group.keep_common(candidate.filter);
            group.columns(&mut value, &rest);
        }
        value.kind
    }

    /// A table reference, named as the relation is.
    fn table(&mut self, candidate: &Candidate) -> TableId {
        let key = candidate.keys.first().and_then(|(own, _)| match own.kind {
            ExprKind::Column(table, _) => self.tables.get(table.0 as usize),
            _ => None,
        });
        let (wish, span) = key.map_or(("grouped".into(), Default::default()), |table| {
            (table.alias.clone(), table.span)
        });
        // In the derived table itself the name may be there once more: nothing here reads that.
        let taken = |name: &str| {
            let groups = self.groups.iter().map(|group| group.id);
            let mut near = self.beside.iter().copied().chain(groups);
            near.any(|id| {
                let table = self.tables.get(id.0 as usize);
                table.is_some_and(|table| *table.alias == *name)
            })
        };
        let alias = unique(&wish, taken);
        let id = TableId(u32::try_from(self.tables.len()).unwrap_or(u32::MAX));
        self.tables.push(Table {
            alias,
            reason: None,
            span,
        });
        id
    }

    /// Moves conditions on groups into them.
    pub(super) fn move_conditions(&mut self, select: &mut Select, order_by: &mut [OrderKey]) {
        having::move_conditions(&mut self.groups, select, order_by);
    }

    /// Makes the groups of those rows alone that fulfil conditions on `rows`, the first table; gives whether there are any.
    pub(super) fn keep_within(&mut self, rows: &From, conditions: &[Expr]) -> bool {
        let From::Table { schema, table, .. } = rows else {
            return false;
        };
        for place in 0..self.groups.len() {
            let id = TableId(u32::try_from(self.tables.len()).unwrap_or(u32::MAX));
            let Some(group) = self.groups.get_mut(place) else {
                continue;
            };
            let Some((own, outer)) = group.keys.first() else {
                continue;
            };
            let renamed = |expr: &Expr| {
                let mut expr = expr.clone();
                rename(&mut expr, &[(self.base, id)]);
                expr
            };
            let wanted = Select {
                items: vec![Item {
                    value: renamed(outer),
                    name: key_name(outer).into(),
                }],
                from: Some(From::Table {
                    id,
                    schema: schema.clone(),
                    table: table.clone(),
                }),
                filter: conditions.iter().map(renamed).collect(),
                ..Select::default()
            };
            let condition = Expr {
                kind: ExprKind::InQuery {
                    value: Box::new(own.clone()),
                    query: Box::new(Query {
                        ctes: Vec::new(),
                        body: Body::Select(Box::new(wanted)),
                        order_by: Vec::new(),
                        limit: None,
                        offset: None,
                    }),
                    known: false,
                },
                ty: Type::Bool.required().with_null(true),
                span: own.span,
            };
            group.filter.push(condition);
            self.tables.push(Table {
                alias: "wanted".into(),
                reason: None,
                span: own.span,
            });
        }
        !self.groups.is_empty()
    }

    /// The FROM with the groups joined to it, and conditions that stand for groups of which nothing is read.
    pub(super) fn joined(self, mut from: From) -> (From, Vec<Expr>) {
        let schema = self.schema;
        let mut listed = Vec::new();
        for group in self.groups {
            // MySQL takes `GROUP BY key + 0` for something else inside IN.
            let plain = !group.having.is_empty() && !group.scans(schema);
            if let ([(_, outer)], false, true) = (&group.keys[..], group.is_read, plain) {
                let outer = outer.clone();
                listed.push(Expr {
                    ty: Type::Bool.required().with_null(true),
                    span: outer.span,
                    kind: ExprKind::InQuery {
                        value: Box::new(outer),
                        query: Box::new(group.query(schema, true)),
                        known: false,
                    },
                });
                continue;
            }
            let on = group.on();
            from = From::Join {
                kind: match group.having.is_empty() {
                    true => JoinKind::Left,
                    false => JoinKind::Inner,
                },
                left: Box::new(from),
                right: Box::new(From::Derived {
                    id: group.id,
                    query: Box::new(group.query(schema, false)),
                    lateral: false,
                }),
                on,
                guard: None,
            };
        }
        (from, listed)
    }
}

impl Group {
    /// Whether a candidate's rows are these but for conditions; its tables become these then. Where one of the two takes a
    /// step more, to exactly one row, they are the same rows with that step.
    fn takes(&mut self, candidate: &mut Candidate, schema: &Schema, all: &[Table]) -> bool {
        if !self.shares || self.keys.len() != candidate.keys.len() {
            return false;
        }
        let mut tables = Vec::new();
        let mut same_rows = |left: &From, right: &From| {
            tables.clear();
            same_tables(left, right, &mut tables)
        };
        let shorter = before_total_step(schema, &self.from);
        let longer = before_total_step(schema, &candidate.from);
        let same_as = same_rows(&self.from, &candidate.from)
            || shorter.is_some_and(|shorter| same_rows(shorter, &candidate.from));
        let further = !same_as
            && longer.is_some_and(|longer| same_rows(&self.from, longer))
            && has_room(&self.from, &candidate.from, all);
        if !same_as && !further {
            return false;
        }
        let keys = self.keys.iter().zip(&candidate.keys);
        let all = |(known, key): (&(Expr, Expr), &(Expr, Expr))| {
            let mut own = key.0.clone();
            rename(&mut own, &tables);
            same(&known.0, &own) && same(&known.1, &key.1)
        };
        if !keys.into_iter().all(all) {
            return false;
        }
        for condition in &mut candidate.filter {
            rename(condition, &tables);
        }
        rename(&mut candidate.value, &tables);
        if further
            && let From::Join {
                kind, right, on, ..
            } = &candidate.from
        {
            let mut on = on.clone();
            on.iter_mut().for_each(|on| rename(on, &tables));
            self.from = From::Join {
                kind: *kind,
                left: Box::new(self.from.clone()),
                right: right.clone(),
                on,
                guard: None,
            };
        }
        true
    }

    /// Leaves the conditions that are said of the new rows too, and gives those that are said of them alone; the
    /// aggregates that are there take over what is left out.
    fn keep_common(&mut self, conditions: Vec<Expr>) -> Vec<Expr> {
        let is_in = |list: &[Expr], one: &Expr| list.iter().any(|known| same(known, one));
        let (rest, common): (Vec<_>, Vec<_>) = conditions
            .into_iter()
            .partition(|condition| self.shares && !is_in(&self.filter, condition));
        if !self.shares {
            return Vec::new();
        }
        let (kept, left_out): (Vec<_>, Vec<_>) = std::mem::take(&mut self.filter)
            .into_iter()
            .partition(|condition| is_in(&common, condition));
        self.filter = kept;
        for (_, aggregate) in &mut self.aggregates {
            if let ExprKind::Aggregate(aggregate) = &mut aggregate.kind {
                on_condition(aggregate, &left_out);
            }
        }
        rest
    }

    /// Puts columns where the value has aggregates.
    fn columns(&mut self, value: &mut Expr, rest: &[Expr]) {
        if let ExprKind::JsonList { .. } = value.kind {
            let name = self.free_name("nested");
            self.aggregates.push((name.clone(), value.clone()));
            value.kind = ExprKind::JsonListOrEmpty(Box::new(Expr {
                kind: ExprKind::Column(self.id, name),
                ty: Type::Json.required().with_null(true),
                span: value.span,
            }));
            return;
        }
        let ExprKind::Aggregate(aggregate) = &mut value.kind else {
            parts::of_expr(value, &mut |part| {
                if let Part::Expr(part) = part {
                    self.columns(part, rest);
                }
            });
            return;
        };
        on_condition(aggregate, rest);
        let function = aggregate.function;
        let aggregate = value.clone();
        let known = self
            .aggregates
            .iter()
            .find(|(_, one)| same(one, &aggregate));
        let name = match known {
            Some((name, _)) => name.clone(),
            None => {
                let name = self.free_name(column_name(function));
                self.aggregates.push((name.clone(), aggregate));
                name
            }
        };
        let over_nothing = match function {
            AggregateId::Count => Some(Literal::Int(0)),
            AggregateId::Every => Some(Literal::Bool(true)),
            AggregateId::Some => Some(Literal::Bool(false)),
            _ => None,
        };
        let column = Expr {
            kind: ExprKind::Column(self.id, name),
            ty: Ty {
                kind: value.ty.kind.clone(),
                nullable: true,
            },
            span: value.span,
        };
        value.kind = match over_nothing {
            None => column.kind,
            Some(literal) => {
                let literal = Expr {
                    kind: ExprKind::Literal(literal),
                    ty: value.ty.clone(),
                    span: value.span,
                };
                ExprKind::Call(FunctionId::Coalesce, vec![column, literal])
            }
        };
    }

    fn free_name(&self, wish: &str) -> Box<str> {
        let taken = |name: &str| {
            self.aggregates.iter().any(|(known, _)| **known == *name)
                || self.keys.iter().any(|(own, _)| key_name(own) == name)
        };
        unique(wish, taken)
    }

    fn on(&self) -> Vec<Expr> {
        let key = |(place, (own, outer)): (usize, &(Expr, Expr))| {
            let column = Expr {
                kind: ExprKind::Column(self.id, self.key_column(place, own)),
                ty: own.ty.clone(),
                span: own.span,
            };
            Expr {
                ty: Type::Bool
                    .required()
                    .with_null(own.ty.nullable || outer.ty.nullable),
                span: own.span,
                kind: ExprKind::Binary(
                    BinaryOperator::Equal,
                    Box::new(column),
                    Box::new(outer.clone()),
                ),
            }
        };
        self.keys.iter().enumerate().map(key).collect()
    }

    /// The name of a key's column: its own, unless another key has that.
    fn key_column(&self, place: usize, own: &Expr) -> Box<str> {
        let name = key_name(own);
        let before = self.keys.iter().take(place);
        match before.filter(|(key, _)| key_name(key) == name).count() {
            0 => name.into(),
            number => format!("{name}_key_{}", number + 1).into(),
        }
    }

    /// Whether most of what is read of the keys' own table is in no index that begins with them, and they can be kept from it.
    fn scans(&self, schema: &Schema) -> bool {
        let whole_number =
            |(own, _): &(Expr, Expr)| matches!(own.ty.kind, Type::Int | Type::BigInt);
        let keys: Vec<_> = self.keys.iter().map(|(own, _)| own).collect();
        let values = self.aggregates.iter().map(|(_, value)| value);
        self.keys.iter().all(whole_number)
            && beyond_index(schema, &self.from, &keys, self.filter.iter().chain(values))
    }

    /// The groups, or their keys alone.
    fn query(self, schema: &Schema, keys_alone: bool) -> Query {
        let scans = self.scans(schema);
        let keys = self.keys.iter().enumerate().map(|(place, (own, _))| Item {
            value: own.clone(),
            name: self.key_column(place, own),
        });
        let mut items: Vec<_> = keys.collect();
        let group_by = self.keys.into_iter().map(|(own, _)| own).collect();
        let aggregates = self.aggregates.into_iter().filter(|_| !keys_alone);
        items.extend(aggregates.map(|(name, value)| Item { value, name }));
        Query {
            ctes: Vec::new(),
            body: Body::Select(Box::new(Select {
                items,
                from: Some(self.from),
                filter: self.filter,
                group_by,
                grouped: true,
                having: self.having,
                scans,
                ..Select::default()
            })),
            order_by: Vec::new(),
            limit: None,
            offset: None,
        }
    }
}

/// Whether the last table of a join may stand beside others under its own name.
fn has_room(beside: &From, join: &From, all: &[Table]) -> bool {
    let From::Join { right, .. } = join else {
        return false;
    };
    let alias = |id: &TableId| all.get(id.0 as usize).map(|table| &table.alias);
    let (mut near, mut new) = (Vec::new(), Vec::new());
    walk::visible_tables(beside, &mut near);
    walk::visible_tables(right, &mut new);
    new.iter()
        .all(|new| near.iter().all(|near| alias(near) != alias(new)))
}

fn key_name(own: &Expr) -> &str {
    match &own.kind {
        ExprKind::Column(_, name) => name,
        _ => "key",
    }
}

fn column_name(function: AggregateId) -> &'static str {
    match function {
        AggregateId::Count => "count",
        AggregateId::Sum => "sum",
        AggregateId::Avg => "avg",
        AggregateId::Min => "min",
        AggregateId::Max => "max",
        AggregateId::Every => "every",
        AggregateId::Some => "some",
        _ => "value",
    }
}

/// Adds conditions to those of an aggregate.
pub(super) fn on_condition(aggregate: &mut Aggregate, conditions: &[Expr]) {
    for condition in conditions {
        let condition = condition.clone();
        aggregate.condition = Some(match aggregate.condition.take() {
            None => condition,
            Some(known) => Expr {
                ty: Type::Bool
                    .required()
                    .with_null(known.ty.nullable || condition.ty.nullable),
                span: condition.span,
                kind: ExprKind::Binary(BinaryOperator::And, Box::new(condition), Box::new(known)),
            },
        });
    }
}

/// Whether both read the same tables, joined alike; the tables of the right with those of the left.
fn same_tables(left: &From, right: &From, tables: &mut Vec<(TableId, TableId)>) -> bool {
    match (left, right) {
        (
            From::Table { id, schema, table },
            From::Table {
                id: other,
                schema: s,
                table: t,
            },
        ) => {
            tables.push((*other, *id));
            schema == s && table == t
        }
        (From::Cte { id, name }, From::Cte { id: other, name: n }) => {
            tables.push((*other, *id));
            name == n
        }
        (
            From::Join {
                kind,
                left,
                right,
                on,
                ..
            },
            From::Join {
                kind: k,
                left: l,
                right: r,
                on: o,
                ..
            },
        ) => {
            kind == k
                && same_tables(left, l, tables)
                && same_tables(right, r, tables)
                && on.len() == o.len()
                && on.iter().zip(o).all(|(known, on)| {
                    let mut on = on.clone();
                    rename(&mut on, tables);
                    same(known, &on)
                })
        }
        _ => false,
    }
}

/// Puts other tables into an expression that has no queries.
fn rename(expr: &mut Expr, tables: &[(TableId, TableId)]) {
    if let ExprKind::Column(table, _) = &mut expr.kind
        && let Some((_, known)) = tables.iter().find(|(from, _)| from == table)
    {
        *table = *known;
    }
    parts::of_expr(expr, &mut |part| {
        if let Part::Expr(part) = part {
            rename(part, tables);
        }
    });
}
