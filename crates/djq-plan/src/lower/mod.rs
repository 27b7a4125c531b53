//! Clauses into SELECTs.
//!
//! Each pipeline has a current [`Block`], a SELECT in the making. A clause goes into it where that
//! means the same; else the block is wrapped as a derived table and a new one begins around it.
//! Expressions are lowered in a block; what only an inner block has is exported from it when asked for.

mod block;
mod cascade;
mod child;
mod clauses;
mod expressions;
mod finish;
mod guards;
mod inherited;
mod inside;
mod joins;
mod json;
mod names;
mod nesting;
mod pages;
mod recursion;
mod rows;
mod sets;
mod trees;
mod windows;
mod write;

pub(crate) use names::unique;

use crate::plan::{self, Item, Nesting, Output, Plan, Query, Statement, TableId};
use crate::scan;
use block::{Block, BlockId, Items};
use djq_check::{
    Ty, Type, hir,
    hir::{ColumnKind, NamedId, OrderKey, Pipeline, SourceId, SourceKind},
};
use djq_diagnostics::Span;
use djq_schema::{FieldId, ModelId, Schema};
use std::sync::Arc;

/// Plans a query that has no errors.
#[must_use]
pub fn plan(query: &hir::Query, schema: &Schema) -> Plan {
    lower(query, schema, true, Ways::default())
}

/// Plans a query that has no errors, where there are several ways in these.
#[must_use]
pub fn plan_in(query: &hir::Query, schema: &Schema, ways: Ways) -> Plan {
    lower(query, schema, true, ways)
}

/// Ways to the same rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ways {
    /// How nested rows are fetched.
    pub nesting: Nesting,
    /// Whether the subqueries of nested rows as JSON read derived tables that name no outer row, but hold the rows of
    /// all outer rows with the key of each. Where servers take both, the other way is faster for few outer rows.
    pub closed: bool,
}

/// Plans a query clause by clause: each is a SELECT around the one above it, no join is saved and none made
/// inner. It is what the clauses say, slowly; [`plan`] must give the same rows, and tests compare them.
#[doc(hidden)]
#[must_use]
pub fn plan_clause_by_clause(query: &hir::Query, schema: &Schema) -> Plan {
    lower(query, schema, false, Ways::default())
}

fn lower(query: &hir::Query, schema: &Schema, merge: bool, ways: Ways) -> Plan {
    let mut planner = Planner {
        query,
        schema,
        merge,
        ways,
        tables: Vec::with_capacity(query.sources.len()),
        facts: Vec::with_capacity(query.sources.len()),
        statements: Vec::with_capacity(1),
        bodies: Vec::with_capacity(1),
        blocks: Vec::with_capacity(4),
        scopes: Vec::with_capacity(4),
        named_in: vec![None; query.named.len()],
        weights: vec![0; query.named.len()],
        active: Vec::with_capacity(query.sources.len()),
        used_ctes: vec![false; query.ctes.len()],
        cte_outputs: vec![0; query.ctes.len()],
        cte_names: Vec::new(),
        used_trees: Vec::new(),
        source_tables: Vec::new(),
        guarded: false,
        guarded_columns: Vec::new(),
        orders: Vec::new(),
        group_numbers: Vec::new(),
        naming: None,
        counts: Vec::new(),
    };
    planner.name_ctes();
    let (write, row) = match &query.write {
        Some(write) => (planner.write(write), returned(write)),
        None => (None, planner.statement(&query.body, None).1),
    };
    if let Some(lock) = &query.lock {
        planner.lock(lock);
    }
    let mut plan = Plan {
        interface: Arc::clone(&query.interface),
        tables: planner.tables,
        statements: planner.statements.into_iter().flatten().collect(),
        write,
        row,
        counts: planner.counts,
        has_forms: false,
    };
    if planner.guarded {
        crate::guards::spread(&mut plan);
    }
    if merge {
        crate::relations::read_whole_levels(&mut plan, schema);
        crate::relations::group_relations(&mut plan, schema);
        plan.has_forms = crate::forms::has_any(&plan, schema);
    }
    plan
}

/// What the fields of a returned row are made of: its columns, in order.
fn returned(write: &hir::Write) -> Vec<Output> {
    let columns = write
        .returning
        .iter()
        .flat_map(|returning| &returning.columns);
    columns
        .enumerate()
        .map(|(place, _)| Output::Value(place))
        .collect()
}

/// The state of one query's planning.
struct Planner<'a> {
    query: &'a hir::Query,
    schema: &'a Schema,
    /// Whether clauses merge and joins are saved; without, it is the plain reading to compare with.
    merge: bool,
    ways: Ways,
    tables: Vec<plan::Table>,
    /// One for each of `tables`.
    facts: Vec<TableFacts>,
    /// None while it is in the making.
    statements: Vec<Option<Statement>>,
    /// By statement: its pipeline, where that can be read again for what is nested in it.
    bodies: Vec<Option<&'a Pipeline>>,
    blocks: Vec<Block<'a>>,
    scopes: Vec<Scope<'a>>,
    /// The block in which a name was defined, by [`NamedId`].
    named_in: Vec<Option<BlockId>>,
    /// How many expressions a name stands for in the block in which it was defined, by [`NamedId`].
    weights: Vec<u32>,
    /// The tables whose aliases a new one must not take.
    active: Vec<TableId>,
    /// By [`CteId`]: whether the statement in the making uses it.
    used_ctes: Vec<bool>,
    /// By [`CteId`]: which of its columns the statement names.
    cte_outputs: Vec<Places>,
    /// By [`CteId`]: its name, unique in the query; and behind them those of trees.
    cte_names: Vec<Box<str>>,
    /// The trees that the statement in the making reads.
    used_trees: Vec<trees::UsedTree>,
    /// The table references of sources, in the order made.
    source_tables: Vec<(SourceId, TableId)>,
    /// Whether there is a guard in the query.
    guarded: bool,
    /// Columns of derived tables that are there only when a guard holds.
    guarded_columns: Vec<(TableId, Box<str>, hir::Guard)>,
    /// Orders that hold when their guards do.
    orders: Vec<guards::GuardedOrder<'a>>,
    /// Windows whose frames count groups, and where the group's number is: a block's item.
    group_numbers: Vec<(&'a hir::Window, BlockId, usize)>,
    /// The source whose column is being looked up.
    naming: Option<SourceId>,
    /// See [`Plan::counts`].
    counts: Vec<hir::ParamId>,
}

/// What is known of a table reference beside its alias.
struct TableFacts {
    scope: usize,
    /// Whether an outer join may leave it without a row.
    nullable: bool,
    /// How many expressions name one of its columns.
    uses: usize,
    /// Of a derived table: which of its columns are named.
    outputs: Places,
    /// Whether its columns are the whole row because none were selected.
    is_whole: bool,
    /// Of a guarded join, and what hangs on it: when its rows are there.
    guard: Option<hir::Guard>,
}

/// A set of columns, a bit for each place; the last bit for all behind.
type Places = u128;

/// The bit of a place.
fn place_bit(place: u32) -> Places {
    1 << place.min(Places::BITS - 1)
}

/// A pipeline in the making. Scopes are never dropped, so that a place in [`Planner::scopes`] stays its id.
struct Scope<'a> {
    /// The block in which this pipeline stands.
    parent: Option<BlockId>,
    /// The current block.
    block: BlockId,
    /// The order that holds, lowered where the rows come out.
    order: Option<Order<'a>>,
    /// What the last `select`, `group by` or set operation named.
    output: Option<Vec<NamedId>>,
    /// Whether rows are grouped: aggregates belong to these groups.
    grouped: bool,
    /// Whether it uses tables of the very block in which it stands.
    lateral: bool,
    /// Of a nested statement: the key that tells which parent a row belongs to.
    keys: Vec<child::Key<'a>>,
    /// The source it starts from.
    from: Option<SourceId>,
    /// Whether this is a relation's pipeline, whose steps are the compiler's.
    relation: bool,
}

#[derive(Clone, Copy)]
enum Order<'a> {
    /// As written.
    Keys(&'a [OrderKey]),
    /// By a column that says each row's place among those of its parent.
    Position(BlockId, usize),
    /// One when its guard holds, else another: a place in [`Planner::orders`].
    When(usize),
}

/// What a pipeline's rows are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// Its columns, in no order.
    Rows,
    /// Whether there is one.
    Exists,
}

impl<'a> Planner<'a> {
    /// What the root locks. The plain reading has no table in its outermost SELECT, and gives the same rows without.
    fn lock(&mut self, lock: &hir::Lock) {
        let table = |wanted: &SourceId| {
            let mut tables = self.source_tables.iter();
            let found = tables.find(|(source, _)| source == wanted);
            found.map(|(_, table)| *table)
        };
        let of: Vec<TableId> = lock.of.iter().filter_map(table).collect();
        if self.merge
            && let Some(Some(root)) = self.statements.first_mut()
        {
            root.lock = Some(plan::Lock {
                share: lock.share,
                of,
                wait: lock.wait,
                span: lock.span,
            });
        }
    }

    /// Lowers the root, or the rows of a nested relation; gives its place and what its row is made of.
    fn statement(
        &mut self,
        body: &'a Pipeline,
        nest: Option<(child::Child<'a>, (usize, Vec<usize>))>,
    ) -> (usize, Vec<Output>) {
        let index = self.statements.len();
        self.statements.push(None);
        self.bodies.push(nest.is_none().then_some(body));
        let active = std::mem::take(&mut self.active);
        let used = vec![false; self.query.ctes.len()];
        let used = std::mem::replace(&mut self.used_ctes, used);
        let trees = std::mem::take(&mut self.used_trees);
        let outputs = vec![0; self.query.ctes.len()];
        let outputs = std::mem::replace(&mut self.cte_outputs, outputs);

        let over = nest.as_ref().is_some_and(|(child, _)| child.is_over());
        let scope = self.open_with(body, None, !over);
        let mut parent = None;
        if let Some((child, of)) = nest {
            self.begin_child(scope, body, child);
            parent = Some(of);
        }
        self.clauses(scope, body);
        let row = self.outputs(scope, body, index);
        let own_columns = self.key_items(scope, false);
        self.order(scope, Items::Output(&body.columns));
        let block = self.scopes[scope].block;
        let columns = self.blocks[block]
            .items
            .iter()
            .map(|item| item.value.ty.clone())
            .collect();
        let mut query = self.finish(block);
        query.ctes = self.ctes();
        let of_trees = self.trees(&mut query);
        query.ctes.splice(0..0, of_trees);

        self.active = active;
        self.used_ctes = used;
        self.used_trees = trees;
        self.cte_outputs = outputs;
        if let Some(slot) = self.statements.get_mut(index) {
            *slot = Some(Statement {
                query,
                parent: parent.map(|(statement, parent_columns)| plan::Parent {
                    statement,
                    parent_columns,
                    own_columns,
                }),
                columns,
                lock: None,
            });
        }
        (index, row)
    }

    /// Lowers a pipeline that stands in a block: a subquery, a derived table, a CTE.
    fn pipeline(
        &mut self,
        body: &'a Pipeline,
        parent: Option<BlockId>,
        purpose: Purpose,
    ) -> (usize, Query) {
        stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || {
            let scope = self.open(body, parent);
            self.clauses(scope, body);
            self.columns(scope, body, purpose);
            let query = self.close(scope);
            (scope, query)
        })
    }

    /// Puts a nested pipeline's output into its current block.
    fn columns(&mut self, scope: usize, body: &'a Pipeline, purpose: Purpose) {
        let block = self.scopes[scope].block;
        let any_items = purpose == Purpose::Exists && !self.blocks[block].sealed;
        if any_items {
            self.scopes[scope].order = None;
            return;
        }
        self.select_columns(scope, &body.columns);
        let block = self.scopes[scope].block;
        if purpose == Purpose::Exists || !self.blocks[block].is_paged() {
            self.scopes[scope].order = None;
        }
        self.order_of_page(scope, Items::Output(&body.columns));
    }

    /// Finishes a nested pipeline; its aliases are free again.
    fn close(&mut self, scope: usize) -> Query {
        let block = self.scopes[scope].block;
        let query = self.finish(block);
        self.active
            .retain(|table| self.facts[table.0 as usize].scope < scope);
        query
    }

    /// Starts a pipeline: its first block with its first source.
    fn open(&mut self, body: &'a Pipeline, parent: Option<BlockId>) -> usize {
        self.open_with(body, parent, true)
    }

    /// As `open`; without the source where another pipeline's rows come first.
    fn open_with(&mut self, body: &'a Pipeline, parent: Option<BlockId>, source: bool) -> usize {
        let scope = self.scopes.len();
        let block = self.blocks.len();
        self.blocks.push(Block::new(scope));
        let link = body.from.and_then(|from| self.source(from).link.as_ref());
        self.scopes.push(Scope {
            parent,
            block,
            order: None,
            output: None,
            grouped: false,
            lateral: false,
            keys: Vec::new(),
            from: body.from,
            relation: link.is_some(),
        });
        if let Some(from) = body.from.filter(|_| source) {
            let (_, table) = self.reference(block, from);
            self.blocks[block].base = Some(table);
            if let (Some(link), Some(_)) = (link, parent) {
                let conditions = self.link_conditions(block, from, link, true);
                self.blocks[block].filter.extend(conditions);
                if let Some(condition) = &link.condition {
                    self.filter(block, condition);
                }
            }
        }
        scope
    }

    /// Puts the output's values into the current block, wrapping it if its output is settled otherwise.
    fn select_columns(&mut self, scope: usize, columns: &'a [hir::Column]) {
        let nested = columns.iter().filter_map(|column| match &column.kind {
            ColumnKind::Nest(nest) => nest.body.from,
            ColumnKind::Value(_) => None,
        });
        self.keys_of_many_first(scope, nested, &mut |query, see| {
            for column in columns {
                scan::walk_column(query, column, see);
            }
        });
        let block = self.scopes[scope].block;
        let settled = self.blocks[block].sealed && !self.is_output(block, columns);
        let windows_first = columns.iter().any(|column| match &column.kind {
            ColumnKind::Value(value) => self.needs_windows_first(block, value),
            ColumnKind::Nest(_) => false,
        });
        if settled || windows_first || !self.orders_by_output(scope, columns) {
            self.wrap(scope);
        }
        let block = self.scopes[scope].block;
        if self.blocks[block].sealed {
            return;
        }
        let nests = columns
            .iter()
            .any(|column| matches!(column.kind, ColumnKind::Nest(_)));
        self.blocks[block]
            .items
            .reserve(columns.len() + usize::from(nests));
        for column in columns {
            if let ColumnKind::Value(value) = &column.kind {
                let value = self.expr(block, value);
                self.blocks[block].items.push(Item {
                    value,
                    name: column.name.clone(),
                });
            }
        }
    }

    /// Whether a settled output is these columns.
    fn is_output(&self, block: BlockId, columns: &[hir::Column]) -> bool {
        let exports = &self.blocks[block].exports;
        exports.len() - self.blocks[block].hidden == columns.len()
            && columns.iter().enumerate().all(|(index, column)| {
                let ColumnKind::Value(value) = &column.kind else {
                    return false;
                };
                block::Request::of(value)
                    .is_some_and(|request| self.blocks[block].exported(request) == Some(index))
            })
    }

    /// Lowers the order that holds into the current block.
    fn order(&mut self, scope: usize, items: Items<'a>) {
        let block = self.scopes[scope].block;
        self.blocks[block].order_by = match self.scopes[scope].order {
            None => Vec::new(),
            Some(order) => self.lower_order(block, order, items),
        };
    }

    fn lower_order(
        &mut self,
        block: BlockId,
        order: Order<'a>,
        items: Items<'a>,
    ) -> Vec<plan::OrderKey> {
        match order {
            Order::Keys(keys) => self.order_keys(block, keys, items),
            Order::When(_) => self.guarded_orders(block, order, items),
            Order::Position(home, item) => {
                let value = self.position(block, home, item);
                vec![plan::OrderKey {
                    value,
                    descending: false,
                    nulls_first: false,
                }]
            }
        }
    }

    /// The CTEs that the statement uses. They stand at its top wherever they were declared: none of
    /// them can name a row from outside.
    fn ctes(&mut self) -> Vec<plan::Cte> {
        let mut ctes = Vec::new();
        for index in (0..self.query.ctes.len()).rev() {
            if !self.used_ctes[index] {
                continue;
            }
            self.used_ctes[index] = false;
            let active = std::mem::take(&mut self.active);
            let body = &self.query.ctes[index].body;
            // A server knows a query that reads itself by its form: its parts are SELECTs, around nothing.
            let reads_itself = recursion::reads(self.query, body, index);
            let merge = self.merge;
            self.merge |= reads_itself;
            let (_, mut query) = self.pipeline(body, None, Purpose::Rows);
            self.merge = merge;
            recursion::rename(&mut query, &body.columns);
            if is_whole(body) {
                finish::prune(&mut query, self.cte_outputs[index]);
            }
            self.active = active;
            let recursive = std::mem::replace(&mut self.used_ctes[index], false);
            ctes.push(plan::Cte {
                name: self.cte_names[index].clone(),
                query,
                recursive,
                once: false,
                guard: None,
            });
        }
        ctes.reverse();
        ctes
    }

    fn source(&self, id: SourceId) -> &'a hir::Source {
        &self.query.sources[id.0 as usize]
    }

    fn named(&self, id: NamedId) -> &'a hir::Named {
        &self.query.named[id.0 as usize]
    }

    /// The concrete model behind a source.
    fn model_of(&self, id: SourceId) -> Option<ModelId> {
        match self.source(id).kind {
            SourceKind::Model(model) => Some(self.schema.concrete(model)),
            _ => None,
        }
    }

    /// A type as the database has it: a model's key is its column, or the row of its columns.
    fn ty(&self, ty: &Ty) -> Ty {
        match ty.kind {
            Type::Key(model) => {
                let column = |field| Type::from(&self.schema.field(field).ty);
                let mut fields = self.schema.primary_key(model);
                let kind = match (fields.next(), fields.next()) {
                    (None, _) => return ty.clone(),
                    (Some(field), None) => column(field),
                    _ => Type::Row(
                        self.schema
                            .primary_key(model)
                            .map(|field| {
                                (
                                    Box::default(),
                                    column(field).required().with_null(ty.nullable),
                                )
                            })
                            .collect(),
                    ),
                };
                Ty {
                    kind,
                    nullable: ty.nullable,
                }
            }
            _ => ty.clone(),
        }
    }

    /// A column of a table reference that holds a field.
    fn field(&mut self, table: TableId, field: FieldId, span: Span) -> plan::Expr {
        let facts = &mut self.facts[table.0 as usize];
        facts.uses += 1;
        let nullable = facts.nullable;
        let field = self.schema.field(field);
        plan::Expr {
            kind: plan::ExprKind::Column(table, field.column.clone()),
            ty: Ty {
                kind: Type::from(&field.ty),
                nullable: field.null || nullable,
            },
            span,
        }
    }
}

/// Whether a pipeline gives whole rows because it selects nothing.
fn is_whole(body: &Pipeline) -> bool {
    !body
        .clauses
        .iter()
        .any(|clause| matches!(clause.kind, hir::ClauseKind::Select(_)))
}

/// `left = right`.
fn equal(left: plan::Expr, right: plan::Expr) -> plan::Expr {
    let nullable = left.ty.nullable || right.ty.nullable;
    plan::Expr {
        span: right.span,
        kind: plan::ExprKind::Binary(hir::BinaryOperator::Equal, Box::new(left), Box::new(right)),
        ty: Type::Bool.required().with_null(nullable),
    }
}

/// The constant that a query selects when it needs no column.
fn one() -> plan::Expr {
    plan::Expr {
        kind: plan::ExprKind::Literal(hir::Literal::Int(1)),
        ty: Type::Int.required(),
        span: Span::default(),
    }
}
