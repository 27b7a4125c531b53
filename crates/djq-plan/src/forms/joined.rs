//! Tables that are joined one after the other, parted into the two sides of a lateral join: parents with what each has one of, and
//! rows that hang on them.

use crate::{
    plan::{Expr, ExprKind, From, JoinKind, TableId},
    relations::Survey,
};
use djq_check::hir::BinaryOperator;

/// Tables that are joined one after the other.
pub(super) struct Joined {
    steps: Vec<Step>,
    /// The conditions of all inner joins, which are those of the rows.
    inner: Vec<Expr>,
}

pub(super) struct Step {
    id: TableId,
    from: From,
    /// Of a left join alone.
    on: Option<Vec<Expr>>,
}

/// The two sides of a lateral join.
pub(super) struct Sides {
    pub(super) parents: From,
    /// The references in it.
    ids: Vec<TableId>,
    pub(super) rows: From,
    /// The conditions that name both sides, or the rows alone.
    pub(super) between: Vec<Expr>,
}

impl Joined {
    pub(super) fn of(from: &From) -> Option<Self> {
        let mut joined = Self {
            steps: Vec::new(),
            inner: Vec::new(),
        };
        let mut at = from;
        while let From::Join {
            kind,
            left,
            right,
            on,
            guard: None,
        } = at
        {
            let From::Table { id, .. } = **right else {
                return None;
            };
            let step = |on| Step {
                id,
                from: (**right).clone(),
                on,
            };
            match kind {
                JoinKind::Inner => {
                    joined.inner.extend(on.iter().cloned());
                    joined.steps.push(step(None));
                }
                JoinKind::Left => joined.steps.push(step(Some(on.clone()))),
                _ => return None,
            }
            at = left;
        }
        let From::Table { id, .. } = at else {
            return None;
        };
        joined.steps.push(Step {
            id: *id,
            from: at.clone(),
            on: None,
        });
        joined.steps.reverse();
        Some(joined)
    }

    /// The name of a table of the database by its reference.
    pub(super) fn table(&self, wanted: TableId) -> Option<&str> {
        let step = self.steps.iter().find(|step| step.id == wanted)?;
        step.table()
    }

    /// Columns that are equal in all rows.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (Column<'_>, Column<'_>)> {
        self.inner.iter().filter_map(pair)
    }

    /// Puts the parent, and what each parent has one of at most, on one side, and the rest on the other.
    pub(super) fn split(
        &mut self,
        parent: TableId,
        is_key: impl Fn(&str, &str) -> bool,
    ) -> Option<Sides> {
        let place = self.steps.iter().position(|step| step.id == parent)?;
        if self.steps.get(place)?.on.is_some() {
            return None;
        }
        let first = self.steps.remove(place);
        let mut sides = Sides {
            parents: first.from,
            ids: vec![parent],
            rows: self.steps.first()?.from.clone(),
            between: Vec::new(),
        };
        while let Some(place) =
            (self.steps.iter()).position(|step| self.is_one(step, &sides, &is_key))
        {
            let step = self.steps.remove(place);
            sides.ids.push(step.id);
            let (kind, on) = match step.on {
                Some(on) => (JoinKind::Left, on),
                None => {
                    let inner = std::mem::take(&mut self.inner);
                    let (on, rest) = inner.into_iter().partition(|on| sides.is_outside(on));
                    self.inner = rest;
                    (JoinKind::Inner, on)
                }
            };
            sides.parents = joined(kind, sides.parents, step.from, on);
        }
        let mut steps = std::mem::take(&mut self.steps).into_iter();
        let first = steps.next().filter(|step| step.on.is_none())?;
        sides.rows = first.from;
        let mut seen = vec![first.id];
        for step in steps {
            seen.push(step.id);
            let (kind, on) = match step.on {
                Some(on) => (JoinKind::Left, on),
                None => {
                    let inner = std::mem::take(&mut self.inner);
                    let of_rows = |on: &Expr| {
                        names(on).is_some_and(|names| names.iter().all(|id| seen.contains(id)))
                    };
                    let (on, rest) = inner.into_iter().partition(of_rows);
                    self.inner = rest;
                    (JoinKind::Inner, on)
                }
            };
            sides.rows = joined(kind, sides.rows, step.from, on);
        }
        sides.between = std::mem::take(&mut self.inner);
        Some(sides)
    }

    /// Whether a step gives each row of the parents' side one row at most, by that row alone.
    fn is_one(&self, step: &Step, sides: &Sides, is_key: impl Fn(&str, &str) -> bool) -> bool {
        let Some(table) = step.table() else {
            return false;
        };
        let by_key = |on: &Expr| {
            pair(on).is_some_and(|((left, one), (right, other))| {
                left == step.id && is_key(table, one) && sides.ids.contains(&right)
                    || right == step.id && is_key(table, other) && sides.ids.contains(&left)
            })
        };
        match &step.on {
            None => self.inner.iter().any(by_key),
            Some(on) => {
                let here = |on: &Expr| {
                    let here = |id: &TableId| *id == step.id || sides.ids.contains(id);
                    names(on).is_some_and(|names| names.iter().all(here))
                };
                on.iter().any(by_key) && on.iter().all(here)
            }
        }
    }
}

impl Step {
    fn table(&self) -> Option<&str> {
        match &self.from {
            From::Table { table, .. } => Some(table),
            _ => None,
        }
    }
}

/// A column of the rows, or of a parent, that is the same in all rows of a parent.
pub(super) type Link = (TableId, Box<str>);

impl Sides {
    /// The columns by which rows hang on a parent.
    pub(super) fn links(&self) -> Vec<Link> {
        let pairs = self.between.iter().filter_map(pair);
        let pairs = pairs
            .filter(|((left, _), (right, _))| self.ids.contains(left) != self.ids.contains(right));
        pairs
            .flat_map(|((left, one), (right, other))| [(left, one.into()), (right, other.into())])
            .collect()
    }

    /// Whether a condition is one on the parents' side.
    pub(super) fn is_outside(&self, condition: &Expr) -> bool {
        names(condition).is_some_and(|names| {
            !names.is_empty() && names.iter().all(|name| self.ids.contains(name))
        })
    }
}

fn joined(kind: JoinKind, left: From, right: From, on: Vec<Expr>) -> From {
    From::Join {
        kind: match kind {
            JoinKind::Inner if on.is_empty() => JoinKind::Cross,
            kind => kind,
        },
        left: Box::new(left),
        right: Box::new(right),
        on,
        guard: None,
    }
}

/// The tables that an expression names, if it may stand anywhere.
fn names(expr: &Expr) -> Option<Vec<TableId>> {
    let survey = Survey::of(expr);
    let anywhere = !survey.queries && !survey.fixed;
    anywhere.then(|| survey.named.into_iter().map(|(table, _)| table).collect())
}

/// A column of a table reference.
type Column<'e> = (TableId, &'e str);

/// Two columns that a condition says are equal.
fn pair(on: &Expr) -> Option<(Column<'_>, Column<'_>)> {
    let ExprKind::Binary(BinaryOperator::Equal, left, right) = &on.kind else {
        return None;
    };
    match (&left.kind, &right.kind) {
        (ExprKind::Column(left, one), ExprKind::Column(right, other)) => {
            Some(((*left, one), (*right, other)))
        }
        _ => None,
    }
}
