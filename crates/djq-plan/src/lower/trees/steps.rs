//! The steps of a tree's walk, and what of them counts.

use super::{DEPTH, Ends, FAR, LENGTH, MARK, TURN, UP, Walk};
use crate::lower::{Planner, equal};
use crate::plan::{Aggregate, Body, Expr, ExprKind, From, Item, Query, Select, TableId};
use djq_check::{
    Type,
    functions::AggregateId,
    hir::{BinaryOperator, JoinKind, Literal},
};
use djq_diagnostics::Span;

impl Planner<'_> {
    fn table_of(&self, ends: &Ends, id: TableId) -> From {
        let model = self.schema.model(ends.model);
        From::Table {
            id,
            schema: model.db_schema.clone(),
            table: model.table.clone(),
        }
    }

    /// The rows that it starts from with those one step away; with `own`, with themselves.
    pub(super) fn first_step(&mut self, walk: &Walk) -> Select {
        let Walk {
            used, ends, start, ..
        } = walk;
        let (tree, start) = (used.tree, *start);
        let own = ends.column(start, &ends.key);
        let mut from = self.table_of(ends, start);
        let mut filter = walk.seeds.clone();
        let mut rows = start;
        if !tree.own {
            rows = self.new_table(0, "next", Span::default());
            let (near, far) = match tree.up {
                true => (&ends.up, &ends.key),
                false => (&ends.key, &ends.up),
            };
            from = From::Join {
                kind: JoinKind::Inner,
                left: Box::new(from),
                right: Box::new(self.table_of(ends, rows)),
                on: vec![equal(ends.column(rows, far), ends.column(start, near))],
                guard: None,
            };
            filter.push(differ(ends.column(rows, &ends.key), own.clone()));
        }
        let far = ends.column(rows, &ends.key);
        let depth = i64::from(!tree.own);
        let mut items = vec![
            item(own, &ends.key),
            item(far.clone(), FAR),
            item(integer(depth), DEPTH),
        ];
        items.extend(walk.carried_of(rows));
        if tree.up {
            items.push(item(ends.next(rows, &ends.up), UP));
            items.push(item(far, MARK));
            items.push(item(integer(depth + 1), TURN));
        }
        Select {
            items,
            from: Some(from),
            filter,
            ..Select::default()
        }
    }

    /// One step further.
    pub(super) fn next_step(&mut self, walk: &Walk, name: &str) -> Select {
        let Walk { used, ends, .. } = walk;
        let before = self.new_table(0, "walk", Span::default());
        let next = self.new_table(0, "next", Span::default());
        let known = |name: &str| ends.column(before, name);
        let far = ends.column(next, &ends.key);
        let on = match used.tree.up {
            true => equal(far.clone(), known(UP)),
            false => equal(ends.column(next, &ends.up), known(FAR)),
        };
        let from = From::Join {
            kind: JoinKind::Inner,
            left: Box::new(From::Cte {
                id: before,
                name: name.into(),
            }),
            right: Box::new(self.table_of(ends, next)),
            on: vec![on],
            guard: None,
        };
        let met = if used.tree.up { known(UP) } else { far.clone() };
        let mut filter = vec![differ(met, known(&ends.key))];
        let depth = binary(BinaryOperator::Add, ends.number(before, DEPTH), integer(1));
        let mut items = vec![
            item(known(&ends.key), &ends.key),
            item(far.clone(), FAR),
            item(depth.clone(), DEPTH),
        ];
        items.extend(walk.carried_of(next));
        if used.tree.up {
            filter.push(differ(known(UP), known(MARK)));
            items.push(item(ends.next(next, &ends.up), UP));
            let turn = || ends.number(before, TURN);
            let turns = || equal(depth.clone(), turn());
            items.push(item(case(turns(), far, known(MARK)), MARK));
            let doubled = binary(BinaryOperator::Multiply, turn(), integer(2));
            items.push(item(case(turns(), doubled, turn()), TURN));
        }
        Select {
            items,
            from: Some(from),
            filter,
            ..Select::default()
        }
    }

    /// The rows whose ways have met their marks, each with the number of rows on its way.
    pub(super) fn circles(&mut self, of: &Walk, walk: &str) -> Query {
        let ends = &of.ends;
        let cte = |id: TableId| {
            Some(From::Cte {
                id,
                name: walk.into(),
            })
        };
        let all = self.new_table(0, "walk", Span::default());
        let met = self.new_table(0, "met", Span::default());
        let ended = Select {
            items: vec![item(ends.column(met, &ends.key), &ends.key)],
            from: cte(met),
            filter: vec![equal(ends.next(met, UP), ends.column(met, MARK))],
            ..Select::default()
        };
        let own = ends.column(all, &ends.key);
        let is_ended = condition(ExprKind::InQuery {
            value: Box::new(own.clone()),
            query: Box::new(bare(Body::Select(Box::new(ended)))),
            known: true,
        });
        let length = Expr {
            kind: ExprKind::Aggregate(Box::new(Aggregate {
                function: AggregateId::Count,
                distinct: true,
                arguments: vec![ends.column(all, FAR)],
                condition: None,
                order_by: Vec::new(),
            })),
            ty: Type::BigInt.required(),
            span: Span::default(),
        };
        bare(Body::Select(Box::new(Select {
            items: vec![item(own.clone(), &ends.key), item(length, LENGTH)],
            from: cte(all),
            filter: vec![is_ended],
            group_by: vec![own],
            grouped: true,
            ..Select::default()
        })))
    }

    /// Each pair once.
    pub(super) fn without_repeats(&mut self, of: &Walk, walk: &str, circles: &str) -> Query {
        let ends = &of.ends;
        let id = self.new_table(0, "walk", Span::default());
        let circle = self.new_table(0, "circles", Span::default());
        let number = |id, name: &str| Expr {
            kind: ExprKind::Column(id, name.into()),
            ty: Type::BigInt.required().with_null(id == circle),
            span: Span::default(),
        };
        let none = condition(ExprKind::IsNull(Box::new(number(circle, LENGTH))));
        let last = match of.used.tree.own {
            true => BinaryOperator::Less,
            false => BinaryOperator::LessEqual,
        };
        let before = condition(ExprKind::Binary(
            last,
            Box::new(number(id, DEPTH)),
            Box::new(number(circle, LENGTH)),
        ));
        let mut items = vec![
            item(ends.column(id, &ends.key), &ends.key),
            item(ends.column(id, FAR), FAR),
            item(ends.number(id, DEPTH), DEPTH),
        ];
        items.extend(of.carried.iter().map(|one| {
            let value = Expr {
                kind: ExprKind::Column(id, one.name.clone()),
                ty: one.ty.clone(),
                span: Span::default(),
            };
            item(value, &one.name)
        }));
        let cte = |id: TableId, name: &str| {
            Box::new(From::Cte {
                id,
                name: name.into(),
            })
        };
        bare(Body::Select(Box::new(Select {
            items,
            from: Some(From::Join {
                kind: JoinKind::Left,
                left: cte(id, walk),
                right: cte(circle, circles),
                on: vec![equal(
                    ends.column(circle, &ends.key),
                    ends.column(id, &ends.key),
                )],
                guard: None,
            }),
            filter: vec![either(none, before)],
            ..Select::default()
        })))
    }
}

pub(super) fn bare(body: Body) -> Query {
    Query {
        ctes: Vec::new(),
        body,
        order_by: Vec::new(),
        limit: None,
        offset: None,
    }
}

pub(super) fn item(value: Expr, name: &str) -> Item {
    Item {
        value,
        name: name.into(),
    }
}

fn integer(value: i64) -> Expr {
    Expr {
        kind: ExprKind::Literal(Literal::Int(value)),
        ty: Type::Int.required(),
        span: Span::default(),
    }
}

fn binary(operator: BinaryOperator, left: Expr, right: Expr) -> Expr {
    let ty = left.ty.clone();
    Expr {
        kind: ExprKind::Binary(operator, Box::new(left), Box::new(right)),
        ty,
        span: Span::default(),
    }
}

fn condition(kind: ExprKind) -> Expr {
    Expr {
        kind,
        ty: Type::Bool.required(),
        span: Span::default(),
    }
}

fn differ(left: Expr, right: Expr) -> Expr {
    condition(ExprKind::Binary(
        BinaryOperator::NotEqual,
        Box::new(left),
        Box::new(right),
    ))
}

fn either(left: Expr, right: Expr) -> Expr {
    condition(ExprKind::Binary(
        BinaryOperator::Or,
        Box::new(left),
        Box::new(right),
    ))
}

fn case(when: Expr, then: Expr, otherwise: Expr) -> Expr {
    Expr {
        ty: then.ty.clone(),
        kind: ExprKind::Case {
            branches: vec![(when, then)],
            otherwise: Some(Box::new(otherwise)),
        },
        span: Span::default(),
    }
}
