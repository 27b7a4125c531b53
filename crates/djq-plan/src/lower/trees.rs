//! Trees: the pairs of rows that lie above each other along a foreign key to the own model, as a CTE that reads itself.
//!
//! Downwards each row is reached by one way alone, so a step back to the row it started from is what ends a circle.
//! Upwards the way may run into a circle that does not come back there: a row on the way is remembered, a later one each
//! time the way has doubled (Brent's algorithm), and the way ends when it meets that row again. By then it may have gone around more
//! than once: of such a way, as many steps count as there are rows on it.

mod carried;
mod seeds;
mod steps;

use super::Planner;
use crate::plan::{Body, Cte, Expr, ExprKind, Item, Query, TableId};
use carried::Carried;
use djq_check::{
    Ty, Type,
    hir::{SourceId, Tree},
};
use djq_diagnostics::Span;
use djq_schema::ModelId;
use steps::{bare, item};

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

    /// The CTEs of the trees that a statement reads; joins that they spare are taken out of it.
    pub(super) fn trees(&mut self, query: &mut Query) -> Vec<Cte> {
        let used = std::mem::take(&mut self.used_trees);
        let active = std::mem::take(&mut self.active);
        let mut walks = Vec::with_capacity(used.len());
        for used in used {
            if let Some(ends) = self.ends(used.tree) {
                let (start, seeds) = self.seeds(&used, query, &ends);
                walks.push(Walk {
                    used,
                    ends,
                    start,
                    seeds,
                    carried: Vec::new(),
                });
            }
        }
        // What they start from is known of all before anything is taken out.
        for walk in &mut walks {
            walk.carried = self.carry(walk, query);
        }
        let mut ctes = Vec::with_capacity(walks.len());
        for walk in &walks {
            self.tree_ctes(walk, &mut ctes);
        }
        self.active = active;
        ctes
    }

    fn tree_ctes(&mut self, of: &Walk, ctes: &mut Vec<Cte>) {
        let used = &of.used;
        let walk = if used.tree.up {
            self.new_cte_name(&format!("{}_walk", used.name))
        } else {
            used.name.clone()
        };
        let first = self.first_step(of);
        let next = self.next_step(of, &walk);
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
            once: false,
            guard: None,
        });
        if used.tree.up {
            let circles = self.new_cte_name(&format!("{}_circles", used.name));
            let query = self.circles(of, &walk);
            ctes.push(Cte {
                name: circles.clone(),
                query,
                recursive: false,
                // Read again for each row of a walk, it would be read as often as that has rows.
                once: true,
                guard: None,
            });
            let query = self.without_repeats(of, &walk, &circles);
            ctes.push(Cte {
                name: used.name.clone(),
                query,
                recursive: false,
                once: false,
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
}

/// A tree that a statement reads, and how.
struct Walk {
    used: UsedTree,
    ends: Ends,
    /// The table reference that its first step starts from.
    start: TableId,
    /// The conditions on that.
    seeds: Vec<Expr>,
    carried: Vec<Carried>,
}

impl Walk {
    /// What it takes along of a row.
    fn carried_of(&self, rows: TableId) -> impl Iterator<Item = Item> {
        self.carried.iter().map(move |one| {
            let value = Expr {
                kind: ExprKind::Column(rows, one.column.clone()),
                ty: one.ty.clone(),
                span: Span::default(),
            };
            item(value, &one.name)
        })
    }
}

/// The names of a tree's columns, but for the first, which goes by the key.
const FAR: &str = "relative";
const DEPTH: &str = "depth";
const UP: &str = "above";
const MARK: &str = "mark";
const TURN: &str = "turn";
const LENGTH: &str = "length";
/// Those of a walk.
const NAMES: [&str; 5] = [FAR, DEPTH, UP, MARK, TURN];

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
    /// A column that holds the key of the row above, or none.
    fn next(&self, table: TableId, name: &str) -> Expr {
        let ty = self.ty.clone().with_null(self.nullable);
        Expr {
            ty,
            ..self.column(table, name)
        }
    }

    fn number(&self, table: TableId, name: &str) -> Expr {
        Expr {
            ty: Type::Int.required(),
            ..self.column(table, name)
        }
    }

    fn column(&self, table: TableId, name: &str) -> Expr {
        Expr {
            kind: ExprKind::Column(table, name.into()),
            ty: self.ty.clone(),
            span: Span::default(),
        }
    }
}
