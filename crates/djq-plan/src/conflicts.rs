//! An insert that meets rows which are there, as two statements: an update of those, and an insert of the others. It means the
//! same, and asks for no clause of the server's.

use crate::{
    lower::unique,
    plan::{
        Body, Conflict, ConflictApart, Expr, ExprKind, From, Insert, Item, JoinKind, OrderKey,
        Plan, Query, Select, Table, TableId, Target, Update, Window, WindowFunction, Write,
        WriteKind,
    },
    walk,
};
use djq_check::{
    Ty, Type,
    functions::WindowId,
    hir::{BinaryOperator, Literal, UnaryOperator},
};
use djq_diagnostics::Span;

/// The plan with the two statements beside the conflict of its insert; none where it has none, or none such that mean the
/// same: what is returned would come from both, rows are read from the table that the update changes, the update moves rows
/// to where the insert would look for them, or a row would be left out for one that comes with it.
///
/// ```
/// # fn of(plan: &djq_plan::plan::Plan) {
/// let apart = djq_plan::conflicts_apart(plan);
/// # let _ = apart;
/// # }
/// ```
#[must_use]
pub fn conflicts_apart(plan: &Plan) -> Option<Plan> {
    let write = plan.write.as_ref()?;
    let WriteKind::Insert(insert) = &write.kind else {
        return None;
    };
    let conflict = insert.conflict.as_ref()?;
    let key: Vec<usize> = conflict
        .columns
        .iter()
        .map(|column| insert.columns.iter().position(|known| known == column))
        .collect::<Option<_>>()?;
    let moves = |update: &[Box<str>]| {
        update
            .iter()
            .any(|column| conflict.columns.contains(column))
    };
    let alone = write.returning.is_none() && write.before.is_empty();
    let apart = match &conflict.update {
        Some(update) => {
            let reads = |row: &Query| walk::reads_table(row, &write.target.table);
            !moves(&update.columns) && !insert.rows.iter().any(reads)
        }
        None => conflict.distinct || insert.rows.iter().all(is_one),
    };
    if !alone || !apart {
        return None;
    }
    let mut tables = plan.tables.clone();
    let mut parting = Parting {
        tables: &mut tables,
        target: &write.target,
        insert,
        key,
        span: conflict.span,
    };
    let update = match &conflict.update {
        Some(_) => Some(parting.update(conflict, write)?),
        None => None,
    };
    let repeats = conflict.update.is_none() && !conflict.distinct && insert.rows.len() > 1;
    let rows = parting.others(repeats)?;
    let mut plan = plan.clone();
    plan.tables = tables;
    if let Some(Write {
        kind:
            WriteKind::Insert(Insert {
                conflict: Some(conflict),
                ..
            }),
        ..
    }) = &mut plan.write
    {
        conflict.apart = Some(Box::new(ConflictApart { update, rows }));
    }
    Some(plan)
}

/// Whether it is one row of values.
fn is_one(query: &Query) -> bool {
    matches!(&query.body, Body::Select(select) if select.from.is_none() && !select.grouped)
}

/// Where a row stands among those that are given: no name of a column.
const PLACE: &str = "given place";
/// Its number among those with the same key.
const NUMBER: &str = "given number";

struct Parting<'p> {
    tables: &'p mut Vec<Table>,
    target: &'p Target,
    insert: &'p Insert,
    /// The places of the conflict's columns.
    key: Vec<usize>,
    span: Span,
}

impl Parting<'_> {
    /// The update of the rows that are there.
    fn update(&mut self, conflict: &Conflict, write: &Write) -> Option<Write> {
        let update = conflict.update.as_ref()?;
        let Body::Select(values) = &update.values.body else {
            return None;
        };
        let Some(From::Join { left, right, .. }) = &values.from else {
            return None;
        };
        let (there, fresh) = (left.id()?, right.id()?);
        let mut items: Vec<Item> = self
            .target
            .key
            .iter()
            .map(|column| Item {
                value: self.column(there, column, Type::BigInt.required()),
                name: column.clone(),
            })
            .collect();
        let (sets, condition) = values.items.split_at_checked(update.columns.len())?;
        for (place, item) in sets.iter().enumerate() {
            items.push(Item {
                value: item.value.clone(),
                name: format!("value{place}").into(),
            });
        }
        let select = Select {
            items,
            from: Some(From::Join {
                kind: JoinKind::Inner,
                left: left.clone(),
                right: Box::new(self.given(fresh)?),
                on: self.same_key(there, fresh)?,
                guard: None,
            }),
            filter: condition
                .iter()
                .filter(|_| update.conditional)
                .map(|item| item.value.clone())
                .collect(),
            ..Select::default()
        };
        Some(Write {
            target: self.target.clone(),
            before: Vec::new(),
            kind: WriteKind::Update(Update {
                rows: query(Body::Select(Box::new(select))),
                columns: update.columns.clone(),
            }),
            returning: None,
            span: write.span,
        })
    }

    /// The rows that are not there; where they may repeat, the first of each key.
    fn others(&mut self, repeats: bool) -> Option<Query> {
        let fresh = self.table("new")?;
        let there = self.table("there")?;
        let found = Select {
            items: vec![Item {
                value: self.value(ExprKind::Literal(Literal::Int(1)), Type::Int),
                name: "one".into(),
            }],
            from: Some(self.target_as(there)),
            filter: self.same_key(there, fresh)?,
            ..Select::default()
        };
        let exists = self.value(
            ExprKind::Exists(Box::new(query(Body::Select(Box::new(found))))),
            Type::Bool,
        );
        let not = ExprKind::Unary(UnaryOperator::Not, Box::new(exists));
        let items = self.insert.columns.iter().zip(self.types());
        let items = items.map(|(column, ty)| Item {
            value: self.column(fresh, column, ty),
            name: column.clone(),
        });
        let mut select = Select {
            items: items.collect(),
            filter: vec![self.value(not, Type::Bool)],
            ..Select::default()
        };
        if repeats {
            select.from = Some(self.numbered(fresh)?);
            let number = self.column(fresh, NUMBER, Type::BigInt.required());
            let one = self.value(ExprKind::Literal(Literal::Int(1)), Type::BigInt);
            let mut kept = self.value(
                ExprKind::Binary(BinaryOperator::Equal, Box::new(number), Box::new(one)),
                Type::Bool,
            );
            // A null is the same as nothing.
            for key in self.keys(fresh).into_iter().filter(|key| key.ty.nullable) {
                let null = self.value(ExprKind::IsNull(Box::new(key)), Type::Bool);
                let either = ExprKind::Binary(BinaryOperator::Or, Box::new(kept), Box::new(null));
                kept = self.value(either, Type::Bool);
            }
            select.filter.push(kept);
        } else {
            select.from = Some(self.given(fresh)?);
        }
        Some(query(Body::Select(Box::new(select))))
    }

    /// The rows that are given, each with its number among those with the same key.
    fn numbered(&mut self, id: TableId) -> Option<From> {
        let given = self.table("given")?;
        let items = self.insert.columns.iter().zip(self.types());
        let mut items: Vec<Item> = items
            .map(|(column, ty)| Item {
                value: self.column(given, column, ty),
                name: column.clone(),
            })
            .collect();
        let window = Window {
            function: WindowFunction::Window(WindowId::RowNumber, Vec::new()),
            partition_by: self.keys(given),
            order_by: vec![OrderKey {
                value: self.column(given, PLACE, Type::BigInt.required()),
                descending: false,
                nulls_first: false,
            }],
            frame: None,
        };
        items.push(Item {
            value: self.value(ExprKind::Window(Box::new(window)), Type::BigInt),
            name: NUMBER.into(),
        });
        let mut from = self.given(given)?;
        if let From::Derived { query, .. } = &mut from {
            let mut place = 0;
            self.number(query, &mut place);
        }
        let select = Select {
            items,
            from: Some(from),
            ..Select::default()
        };
        Some(From::Derived {
            id,
            query: Box::new(query(Body::Select(Box::new(select)))),
            lateral: false,
        })
    }

    /// Gives each row its place.
    fn number(&self, query: &mut Query, place: &mut i64) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || match &mut query.body {
            Body::Select(select) => {
                let literal = ExprKind::Literal(Literal::Int(*place));
                *place += 1;
                select.items.push(Item {
                    value: self.value(literal, Type::BigInt),
                    name: PLACE.into(),
                });
            }
            Body::SetOperation { left, right, .. } => {
                self.number(left, place);
                self.number(right, place);
            }
            Body::Values(_) => {}
        });
    }

    fn keys(&self, table: TableId) -> Vec<Expr> {
        let types = self.types();
        let places = self.key.iter();
        let key = |place: &usize| {
            let (column, ty) = (self.insert.columns.get(*place)?, types.get(*place)?);
            Some(self.column(table, column, ty.clone()))
        };
        places.filter_map(key).collect()
    }

    /// The rows that are given, behind none of the table's: so their columns are of its types and collations.
    fn given(&mut self, id: TableId) -> Option<From> {
        let shape = self.table("shape")?;
        let items = self.insert.columns.iter().zip(self.types());
        let items = items.map(|(column, ty)| Item {
            value: self.column(shape, column, ty),
            name: column.clone(),
        });
        let none = Select {
            items: items.collect(),
            from: Some(self.target_as(shape)),
            filter: vec![self.value(ExprKind::Literal(Literal::Bool(false)), Type::Bool)],
            ..Select::default()
        };
        let mut all = query(Body::Select(Box::new(none)));
        for row in &self.insert.rows {
            all = query(Body::SetOperation {
                operator: djq_check::hir::SetOperator::Union,
                all: true,
                left: Box::new(all),
                right: Box::new(row.clone()),
            });
        }
        Some(From::Derived {
            id,
            query: Box::new(all),
            lateral: false,
        })
    }

    fn target_as(&self, id: TableId) -> From {
        From::Table {
            id,
            schema: self.target.schema.clone(),
            table: self.target.table.clone(),
        }
    }

    /// The types of the inserted columns: null where any row's may be.
    fn types(&self) -> Vec<Ty> {
        fn of(query: &Query) -> Vec<Ty> {
            match &query.body {
                Body::Select(select) => select
                    .items
                    .iter()
                    .map(|item| item.value.ty.clone())
                    .collect(),
                Body::SetOperation { left, .. } => of(left),
                Body::Values(values) => {
                    let first = values.rows.first().map_or(&[][..], Vec::as_slice);
                    first.iter().map(|value| value.ty.clone()).collect()
                }
            }
        }
        let mut rows = self.insert.rows.iter().map(of);
        let mut types = rows.next().unwrap_or_default();
        for row in rows {
            for (ty, other) in types.iter_mut().zip(row) {
                ty.nullable |= other.nullable;
            }
        }
        types
    }

    fn same_key(&self, left: TableId, right: TableId) -> Option<Vec<Expr>> {
        let types = self.types();
        let same = |place: &usize| {
            let (column, ty) = (self.insert.columns.get(*place)?, types.get(*place)?);
            let side = |table| Box::new(self.column(table, column, ty.clone()));
            let kind = ExprKind::Binary(BinaryOperator::Equal, side(left), side(right));
            Some(self.value(kind, Type::Bool))
        };
        self.key.iter().map(same).collect()
    }

    fn column(&self, table: TableId, column: &str, ty: Ty) -> Expr {
        Expr {
            kind: ExprKind::Column(table, column.into()),
            ty,
            span: self.span,
        }
    }

    fn value(&self, kind: ExprKind, ty: Type) -> Expr {
        Expr {
            kind,
            ty: ty.required(),
            span: self.span,
        }
    }

    fn table(&mut self, alias: &str) -> Option<TableId> {
        let id = TableId(u32::try_from(self.tables.len()).ok()?);
        let alias = unique(alias, |name| {
            self.tables.iter().any(|table| *table.alias == *name)
        });
        self.tables.push(Table {
            alias,
            reason: None,
            span: self.span,
        });
        Some(id)
    }
}

fn query(body: Body) -> Query {
    Query {
        ctes: Vec::new(),
        body,
        order_by: Vec::new(),
        limit: None,
        offset: None,
    }
}
