//! Trees: the pairs of rows that lie above each other along a foreign key to the own model, as a CTE that reads itself.
//!
//! Downwards each row is reached by one way alone, so a step back to the row it started from is what ends a circle.
//! Upwards the way may run into a circle that does not come back there: a row on the way is remembered, a later one each
//! time the way has doubled (Brent's algorithm), and the way ends when it meets that row again. What it went
//! around before counts at its least depth.

use super::{Planner, equal};
use crate::plan::{Aggregate, Body, Cte, Expr, ExprKind, From, Item, Query, Select, TableId};
use djq_check::{
    Ty, Type,
    functions::AggregateId,
    hir::{BinaryOperator, JoinKind, Literal, SourceId, Tree, UnaryOperator},
};
use djq_diagnostics::Span;
use djq_schema::ModelId;

/// A tree that a statement reads.
#[derive(Debug, Clone)]
pub(super) struct UsedTree {
    tree: Tree,
    /// The source whose rows it starts from.
    parent: SourceId,
    /// Its name.
    name: Box<str>,
    /// The table references of its pairs.
    pairs: Vec<TableId>,
}

impl Planner<'_> {
    /// The name of the CTE that holds a tree's pairs for the rows of a source.
    pub(super) fn tree(&mut self, tree: Tree, parent: SourceId, pairs: TableId) -> Box<str> {
        let parent = self.same_row(parent).unwrap_or(parent);
        if let Some(known) = self
            .used_trees
            .iter_mut()
            .find(|known| known.tree == tree && known.parent == parent)
        {
            known.pairs.push(pairs);
            return known.name.clone();
        }
        let name = self.new_cte_name(if tree.up { "ancestors" } else { "descendants" });
        self.used_trees.push(UsedTree {
            tree,
            parent,
            name: name.clone(),
            pairs: vec![pairs],
        });
        name
    }

    /// The CTEs of the trees that a statement reads.
    pub(super) fn trees(&mut self, query: &Query) -> Vec<Cte> {
        let used = std::mem::take(&mut self.used_trees);
        let active = std::mem::take(&mut self.active);
        let mut ctes = Vec::with_capacity(used.len());
        for tree in &used {
            self.tree_ctes(tree, query, &mut ctes);
        }
        self.active = active;
        ctes
    }

    fn tree_ctes(&mut self, used: &UsedTree, query: &Query, ctes: &mut Vec<Cte>) {
        let Some(ends) = self.ends(used.tree) else {
            return;
        };
        let (start, seeds) = self.seeds(used, query, &ends);
        let walk = if used.tree.up {
            self.new_cte_name(&format!("{}_walk", used.name))
        } else {
            used.name.clone()
        };
        let first = self.first_step(used.tree, &ends, start, seeds);
        let next = self.next_step(used.tree, &ends, &walk);
        let set = Body::SetOperation {
            operator: djq_check::hir::SetOperator::Union,
            all: true,
            left: Box::new(bare(Body::Select(Box::new(first)))),
            right: Box::new(bare(Body::Select(Box::new(next)))),
        };
        ctes.push(Cte {
            name: walk.clone(),
            query: bare(set),
            recursive: true,
            guard: None,
        });
        if used.tree.up {
            let query = self.nearest(&ends, &walk);
            ctes.push(Cte {
                name: used.name.clone(),
                query,
                recursive: false,
                guard: None,
            });
        }
    }

    /// What a tree's CTE reads and names.
    fn ends(&self, tree: Tree) -> Option<Ends> {
        let relation = self.schema.relation(tree.relation);
        let (up, key) = relation.hops.first()?.on.first()?;
        let (up, key) = (self.schema.field(*up), self.schema.field(*key));
        Some(Ends {
            model: self.schema.concrete(tree.relation.model),
            key: key.column.clone(),
            up: up.column.clone(),
            ty: Type::from(&key.ty).required(),
            nullable: up.null,
        })
    }

    /// The table reference that a tree's first step starts from, and the conditions that leave out rows whose trees
    /// no one asks for: those of the statement that say which rows of the source there are.
    fn seeds(&mut self, used: &UsedTree, query: &Query, ends: &Ends) -> (TableId, Vec<Expr>) {
        let fresh = self.new_table(0, "start", Span::default());
        let mut selects = Vec::new();
        selects_of(query, &mut selects);
        // The keys that a statement above has found.
        for condition in selects.iter().flat_map(|select| &select.filter) {
            if let ExprKind::InParent(values) = &condition.kind
                && let [value] = values.as_slice()
                && let ExprKind::Column(table, column) = &value.kind
                && used.pairs.contains(table)
                && *column == ends.key
            {
                let mut seed = condition.clone();
                seed.kind = ExprKind::InParent(vec![ends.column(fresh, &ends.key)]);
                return (fresh, vec![seed]);
            }
        }
        let tables = self.source_tables.iter().rev();
        let tables = tables.filter(|(source, _)| *source == used.parent);
        let mut found = tables.flat_map(|(_, table)| {
            let reads =
                |select: &&&Select| select.from.as_ref().is_some_and(|from| reads(from, *table));
            selects.iter().filter(reads).map(|select| (*table, *select))
        });
        // One place alone says which rows of the source there are.
        let (Some((table, select)), None) = (found.next(), found.next()) else {
            return (fresh, Vec::new());
        };
        if select.from.as_ref().is_some_and(may_miss) {
            return (fresh, Vec::new());
        }
        let seeds: Vec<Expr> = select
            .filter
            .iter()
            .filter(|condition| is_of(condition, table))
            .cloned()
            .collect();
        if seeds.is_empty() {
            return (fresh, Vec::new());
        }
        (table, seeds)
    }

    fn table_of(&self, ends: &Ends, id: TableId) -> From {
        let model = self.schema.model(ends.model);
        From::Table {
            id,
            schema: model.db_schema.clone(),
            table: model.table.clone(),
        }
    }

    /// The rows that it starts from with those one step away; with `own`, with themselves.
    fn first_step(&mut self, tree: Tree, ends: &Ends, start: TableId, seeds: Vec<Expr>) -> Select {
        let own = ends.column(start, &ends.key);
        let mut from = self.table_of(ends, start);
        let mut filter = seeds;
        let far = if tree.own {
            own.clone()
        } else if tree.up {
            let up = ends.column(start, &ends.up);
            if ends.nullable {
                filter.push(not_null(up.clone()));
            }
            filter.push(differ(up.clone(), own.clone()));
            up
        } else {
            let next = self.new_table(0, "next", Span::default());
            let key = ends.column(next, &ends.key);
            from = From::Join {
                kind: JoinKind::Inner,
                left: Box::new(from),
                right: Box::new(self.table_of(ends, next)),
                on: vec![equal(ends.column(next, &ends.up), own.clone())],
                guard: None,
            };
            filter.push(differ(key.clone(), own.clone()));
            key
        };
        let depth = i64::from(!tree.own);
        let mut items = vec![
            item(own, &ends.key),
            item(far.clone(), FAR),
            item(integer(depth), DEPTH),
        ];
        if tree.up {
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
    fn next_step(&mut self, tree: Tree, ends: &Ends, walk: &str) -> Select {
        let before = self.new_table(0, "walk", Span::default());
        let next = self.new_table(0, "next", Span::default());
        let known = |name: &str| ends.column(before, name);
        let (far, met) = if tree.up {
            (ends.column(next, &ends.up), &ends.key)
        } else {
            (ends.column(next, &ends.key), &ends.up)
        };
        let from = From::Join {
            kind: JoinKind::Inner,
            left: Box::new(From::Cte {
                id: before,
                name: walk.into(),
            }),
            right: Box::new(self.table_of(ends, next)),
            on: vec![equal(ends.column(next, met), known(FAR))],
            guard: None,
        };
        let mut filter = Vec::new();
        if tree.up && ends.nullable {
            filter.push(not_null(far.clone()));
        }
        filter.push(differ(far.clone(), known(&ends.key)));
        let number = |name: &str| Expr {
            ty: Type::Int.required(),
            ..known(name)
        };
        let depth = binary(BinaryOperator::Add, number(DEPTH), integer(1));
        let mut items = vec![
            item(known(&ends.key), &ends.key),
            item(far.clone(), FAR),
            item(depth.clone(), DEPTH),
        ];
        if tree.up {
            filter.push(differ(far.clone(), known(MARK)));
            let turns = || equal(depth.clone(), number(TURN));
            items.push(item(case(turns(), far, known(MARK)), MARK));
            let doubled = binary(BinaryOperator::Multiply, number(TURN), integer(2));
            items.push(item(case(turns(), doubled, number(TURN)), TURN));
        }
        Select {
            items,
            from: Some(from),
            filter,
            ..Select::default()
        }
    }

    /// Each pair at its least depth.
    fn nearest(&mut self, ends: &Ends, walk: &str) -> Query {
        let id = self.new_table(0, "walk", Span::default());
        let (own, far) = (ends.column(id, &ends.key), ends.column(id, FAR));
        let depth = Expr {
            ty: Type::Int.required(),
            ..ends.column(id, DEPTH)
        };
        let least = Expr {
            kind: ExprKind::Aggregate(Box::new(Aggregate {
                function: AggregateId::Min,
                distinct: false,
                arguments: vec![depth],
                condition: None,
                order_by: Vec::new(),
            })),
            ty: Type::Int.required(),
            span: Span::default(),
        };
        let select = Select {
            items: vec![
                item(own.clone(), &ends.key),
                item(far.clone(), FAR),
                item(least, DEPTH),
            ],
            from: Some(From::Cte {
                id,
                name: walk.into(),
            }),
            group_by: vec![own, far],
            grouped: true,
            ..Select::default()
        };
        bare(Body::Select(Box::new(select)))
    }
}

/// The names of a tree's columns, but for the first, which goes by the key.
const FAR: &str = "relative";
const DEPTH: &str = "depth";
const MARK: &str = "mark";
const TURN: &str = "turn";

/// The name of a tree's column by its place.
pub(super) fn column_name(index: u32) -> Box<str> {
    match index {
        Tree::FAR => FAR.into(),
        _ => DEPTH.into(),
    }
}

/// What a tree's CTE reads.
struct Ends {
    model: ModelId,
    /// The column of the key.
    key: Box<str>,
    /// The column that points up.
    up: Box<str>,
    ty: Ty,
    /// Whether it may point nowhere.
    nullable: bool,
}

impl Ends {
    fn column(&self, table: TableId, name: &str) -> Expr {
        Expr {
            kind: ExprKind::Column(table, name.into()),
            ty: self.ty.clone(),
            span: Span::default(),
        }
    }
}

/// The SELECTs that a query's rows come from: its own, and those of its sides and derived tables.
fn selects_of<'q>(query: &'q Query, found: &mut Vec<&'q Select>) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || match &query.body {
        Body::Select(select) => {
            found.push(select);
            if let Some(from) = &select.from {
                derived_in(from, found);
            }
        }
        Body::SetOperation { left, right, .. } => {
            selects_of(left, found);
            selects_of(right, found);
        }
        Body::Values(_) => {}
    });
}

fn derived_in<'q>(from: &'q From, found: &mut Vec<&'q Select>) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || match from {
        From::Derived { query, .. } => selects_of(query, found),
        From::Join { left, right, .. } => {
            derived_in(left, found);
            derived_in(right, found);
        }
        From::Table { .. } | From::Cte { .. } | From::Function { .. } => {}
    });
}

/// Whether a FROM reads this table reference itself.
fn reads(from: &From, table: TableId) -> bool {
    match from {
        From::Table { id, .. } => *id == table,
        From::Join { left, right, .. } => reads(left, table) || reads(right, table),
        _ => false,
    }
}

/// Whether a join in it may leave rows of its left side out.
fn may_miss(from: &From) -> bool {
    match from {
        From::Join {
            kind, left, right, ..
        } => matches!(kind, JoinKind::Right | JoinKind::Full) || may_miss(left) || may_miss(right),
        _ => false,
    }
}

/// Whether a condition is of a table's columns, and of nothing else but constants and parameters.
fn is_of(condition: &Expr, table: TableId) -> bool {
    let all = |list: &[Expr]| list.iter().all(|part| is_of(part, table));
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || match &condition.kind {
        ExprKind::Column(of, _) => *of == table,
        ExprKind::Literal(_) | ExprKind::Param(_) => true,
        ExprKind::Unary(_, of)
        | ExprKind::IsNull(of)
        | ExprKind::IsBool(of, _)
        | ExprKind::InParam(of, _)
        | ExprKind::Cast(of)
        | ExprKind::TryCast(of)
        | ExprKind::When(_, of) => is_of(of, table),
        ExprKind::Binary(_, left, right)
        | ExprKind::Lookup {
            value: left,
            pattern: right,
            ..
        } => is_of(left, table) && is_of(right, table),
        ExprKind::InList(value, list) => is_of(value, table) && all(list),
        ExprKind::Row(list) | ExprKind::InParent(list) => all(list),
        _ => false,
    })
}

fn bare(body: Body) -> Query {
    Query {
        ctes: Vec::new(),
        body,
        order_by: Vec::new(),
        limit: None,
        offset: None,
    }
}

fn item(value: Expr, name: &str) -> Item {
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

fn not_null(value: Expr) -> Expr {
    let null = condition(ExprKind::IsNull(Box::new(value)));
    condition(ExprKind::Unary(UnaryOperator::Not, Box::new(null)))
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
