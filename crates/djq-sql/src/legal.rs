//! A plan that one dialect can run as it stands, in its own words: what is left is to write it down.
//!
//! Only `legalize` makes a [`LegalPlan`]. An expression here is text, a column, a bound value, a query, or a
//! template over such; what they mean has been decided.

use crate::{
    dialect::{Binding, Dialect, Setting},
    rendered::Slot,
};
use djq_check::{
    Ty,
    hir::{Guard, SetOperator},
};
use djq_plan::plan::{JoinKind, Output, Parent};
use std::borrow::Cow;

mod size;
mod write;

pub(crate) use write::{
    Conflict, Delete, Insert, Joined, Rows, Target, Update, Write, WriteStatement,
};

/// A plan for one dialect, with nothing in it that the dialect lacks. Made by [`crate::legalize`] alone.
#[derive(Debug)]
pub struct LegalPlan<'a> {
    pub(crate) dialect: &'a dyn Dialect,
    pub(crate) statements: Vec<Statement<'a>>,
    /// Of a query that writes, which has no others.
    pub(crate) writes: Vec<WriteStatement<'a>>,
    pub(crate) row: &'a [Output],
    /// Sorted, each once.
    pub(crate) functions: Vec<&'static str>,
}

/// A statement.
#[derive(Debug)]
pub(crate) struct Statement<'a> {
    pub(crate) query: Query<'a>,
    /// Every value that is bound, each once; [`Expr::Slot`] names a place here.
    pub(crate) slots: Vec<Slot>,
    /// Whether there is a guard in it.
    pub(crate) guarded: bool,
    pub(crate) columns: Vec<(Box<str>, Ty)>,
    pub(crate) parent: Option<&'a Parent>,
    /// What the server is told with it.
    pub(crate) setting: Setting,
    /// What it locks of the rows that it reads.
    pub(crate) lock: Option<Lock<'a>>,
}

/// What stands behind a statement that locks rows.
#[derive(Debug)]
pub(crate) struct Lock<'a> {
    pub(crate) words: &'static str,
    /// Aliases; none for all.
    pub(crate) of: Vec<Name<'a>>,
    pub(crate) wait: &'static str,
}

/// A name, of the plan or made.
pub(crate) type Name<'a> = Cow<'a, str>;

#[derive(Debug)]
pub(crate) struct Query<'a> {
    pub(crate) recursive: bool,
    pub(crate) ctes: Vec<Cte<'a>>,
    pub(crate) body: Body<'a>,
    pub(crate) order_by: Vec<OrderKey<'a>>,
    pub(crate) limit: Option<Expr<'a>>,
    /// What stands for a limit where a guard leaves it out and the dialect has no OFFSET alone.
    pub(crate) no_limit: Option<Expr<'a>>,
    pub(crate) offset: Option<Expr<'a>>,
}

#[derive(Debug)]
pub(crate) struct Cte<'a> {
    pub(crate) name: Name<'a>,
    pub(crate) query: Query<'a>,
    /// Whether the server has to be told not to read it where it stands.
    pub(crate) materialized: bool,
    /// When it is there.
    pub(crate) guard: Option<&'a Guard>,
}

#[derive(Debug)]
pub(crate) enum Body<'a> {
    Select(Box<Select<'a>>),
    SetOperation {
        operator: SetOperator,
        all: bool,
        left: Side<'a>,
        right: Side<'a>,
    },
    /// `VALUES (…), (…)`: the right side of a UNION ALL.
    Values {
        /// What stands before each row.
        row: &'static str,
        rows: Vec<Vec<Expr<'a>>>,
    },
}

/// A side of a set operation.
#[derive(Debug)]
pub(crate) struct Side<'a> {
    pub(crate) query: Box<Query<'a>>,
    pub(crate) parentheses: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Select<'a> {
    pub(crate) distinct: bool,
    /// `DISTINCT ON` these columns; none where it is empty.
    pub(crate) distinct_on: Vec<(Name<'a>, Name<'a>)>,
    pub(crate) items: Vec<Item<'a>>,
    pub(crate) from: Option<From<'a>>,
    pub(crate) filter: Option<Expr<'a>>,
    pub(crate) group_by: Vec<Expr<'a>>,
    pub(crate) having: Option<Expr<'a>>,
}

#[derive(Debug)]
pub(crate) struct Item<'a> {
    pub(crate) value: Expr<'a>,
    /// Empty where nothing uses it.
    pub(crate) name: Name<'a>,
}

#[derive(Debug)]
pub(crate) enum From<'a> {
    /// A table or a CTE.
    Table {
        schema: Option<&'a str>,
        table: Name<'a>,
        alias: Name<'a>,
    },
    Derived {
        query: Box<Query<'a>>,
        lateral: bool,
        alias: Name<'a>,
    },
    /// A function that gives rows, a template.
    Function {
        sql: Cow<'static, str>,
        operands: Vec<Expr<'a>>,
        alias: Name<'a>,
        /// The names of its columns, where it gives them none.
        columns: Vec<Name<'a>>,
    },
    Join {
        kind: JoinKind,
        left: Box<From<'a>>,
        right: Box<From<'a>>,
        /// None for a cross join alone.
        on: Option<Expr<'a>>,
        /// When it is there.
        guard: Option<&'a Guard>,
    },
}

#[derive(Debug)]
pub(crate) struct OrderKey<'a> {
    pub(crate) value: Expr<'a>,
    pub(crate) descending: bool,
    /// `NULLS FIRST` or `NULLS LAST`, where it has to be said.
    pub(crate) nulls_first: Option<bool>,
}

#[derive(Debug)]
pub(crate) enum Expr<'a> {
    /// Complete text.
    Text(Cow<'static, str>, Binding),
    /// A column of a table reference.
    Column(Name<'a>, Name<'a>),
    /// A column of the SELECT's own output, by name.
    Name(Name<'a>),
    /// A bound value, a place in [`Statement::slots`].
    Slot(usize),
    /// A template with its operands: see [`crate::dialect::Form`].
    Form {
        sql: Cow<'static, str>,
        binds: Binding,
        holes: Binding,
        operands: Vec<Expr<'a>>,
    },
    /// Operands with an operator between them that is associative.
    Chain(Chain, Vec<Expr<'a>>),
    /// `NOT x`.
    Not(Box<Expr<'a>>),
    /// `CASE`.
    Case {
        branches: Vec<(Expr<'a>, Expr<'a>)>,
        otherwise: Option<Box<Expr<'a>>>,
    },
    /// `x IN (a, b)`.
    InList {
        value: Box<Expr<'a>>,
        negated: bool,
        list: Vec<Expr<'a>>,
    },
    /// `x IN (query)`.
    InQuery {
        value: Box<Expr<'a>>,
        negated: bool,
        query: Box<Query<'a>>,
    },
    /// `EXISTS (query)`.
    Exists(Box<Query<'a>>),
    /// `(query)`.
    Query(Box<Query<'a>>),
    /// `(a, b)`.
    Row(Vec<Expr<'a>>),
    /// What is there when the guard holds: an operand of `And`, an item, a key, a limit, an offset.
    When(Box<When<'a>>),
    /// What stands behind ORDER BY, inside an aggregate.
    Keys(Vec<OrderKey<'a>>),
    /// What stands behind OVER, with its parentheses.
    Window(Box<Window<'a>>),
}

/// What stands behind OVER.
#[derive(Debug)]
pub(crate) struct Window<'a> {
    pub(crate) partition_by: Vec<Expr<'a>>,
    pub(crate) order_by: Vec<OrderKey<'a>>,
    pub(crate) frame: Option<Frame<'a>>,
}

/// The rows that a window sees.
#[derive(Debug)]
pub(crate) struct Frame<'a> {
    /// `ROWS` or `RANGE`.
    pub(crate) unit: &'static str,
    pub(crate) start: Bound<'a>,
    pub(crate) end: Bound<'a>,
    /// `EXCLUDE …`, or empty.
    pub(crate) exclude: &'static str,
}

/// An end of a frame: a distance, and the words behind it.
#[derive(Debug)]
pub(crate) struct Bound<'a> {
    pub(crate) distance: Option<Expr<'a>>,
    pub(crate) words: &'static str,
}

/// Something that is there when a guard holds.
#[derive(Debug)]
pub(crate) struct When<'a> {
    pub(crate) guard: Cow<'a, Guard>,
    pub(crate) of: Expr<'a>,
}

/// What stands between the operands of a [`Expr::Chain`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chain {
    And,
    Or,
}

/// How often a template has an operand.
pub(crate) fn holes(sql: &str, place: usize) -> usize {
    let mut bytes = sql.bytes();
    let mut count = 0;
    // `{{` is a brace, and no hole.
    while bytes.any(|byte| byte == b'{') {
        let mut number: Option<usize> = None;
        for byte in bytes.by_ref() {
            match byte {
                b'0'..=b'9' => {
                    let tens = number.unwrap_or(0).saturating_mul(10);
                    number = Some(tens.saturating_add(usize::from(byte - b'0')));
                    continue;
                }
                b'}' if number == Some(place) => count += 1,
                _ => {}
            }
            break;
        }
    }
    count
}

impl<'a> Query<'a> {
    /// A SELECT with nothing around it.
    pub(crate) fn select(select: Select<'a>) -> Self {
        Self::bare(Body::Select(Box::new(select)))
    }

    /// A body with nothing around it.
    pub(crate) fn bare(body: Body<'a>) -> Self {
        Self {
            recursive: false,
            ctes: Vec::new(),
            body,
            order_by: Vec::new(),
            limit: None,
            no_limit: None,
            offset: None,
        }
    }

    /// Whether it is a body with nothing around it.
    pub(crate) fn is_bare(&self) -> bool {
        self.ctes.is_empty()
            && self.order_by.is_empty()
            && self.limit.is_none()
            && self.offset.is_none()
    }

    /// The items of its (first) SELECT, to change.
    fn items_mut(&mut self) -> &mut [Item<'a>] {
        match &mut self.body {
            Body::Select(select) => &mut select.items,
            Body::SetOperation { left, .. } => left.query.items_mut(),
            Body::Values { .. } => &mut [],
        }
    }

    /// Gives names to outputs that have none, so that they can be referred to.
    pub(crate) fn name_items(&mut self) {
        for (place, item) in self.items_mut().iter_mut().enumerate() {
            if item.name.is_empty() {
                item.name = format!("column_{}", place + 1).into();
            }
        }
    }

    /// Takes away the names of outputs that nothing refers to.
    pub(crate) fn forget_names(&mut self) {
        let ordered = self
            .order_by
            .iter()
            .any(|key| !matches!(key.value.unguarded(), Expr::Column(..)));
        if let Body::Select(select) = &mut self.body
            && !ordered
        {
            for item in &mut select.items {
                item.name = "".into();
            }
        }
    }

    /// The items of its (first) SELECT, whose names are the query's.
    pub(crate) fn items(&self) -> &[Item<'a>] {
        match &self.body {
            Body::Select(select) => &select.items,
            Body::SetOperation { left, .. } => left.query.items(),
            Body::Values { .. } => &[],
        }
    }
}

impl<'a> Expr<'a> {
    /// Text that stands anywhere.
    pub(crate) fn atom(sql: impl Into<Cow<'static, str>>) -> Self {
        Self::Text(sql.into(), Binding::Atom)
    }

    /// Both, flattened.
    pub(crate) fn all(conditions: Vec<Expr<'a>>) -> Option<Self> {
        let mut flat = Vec::with_capacity(conditions.len());
        for condition in conditions {
            match condition {
                Self::Chain(Chain::And, operands) => flat.extend(operands),
                other => flat.push(other),
            }
        }
        if flat.len() > 1 {
            Some(Self::Chain(Chain::And, flat))
        } else {
            flat.pop()
        }
    }

    /// The expression without the guard around it.
    pub(crate) fn unguarded(&self) -> &Self {
        match self {
            Self::When(when) => &when.of,
            _ => self,
        }
    }

    /// The guard around it.
    pub(crate) fn guard(&self) -> Option<&Guard> {
        match self {
            Self::When(when) => Some(&when.guard),
            _ => None,
        }
    }

    /// Another expression, under this one's guard.
    pub(crate) fn guard_of(&self, other: Expr<'a>) -> Expr<'a> {
        match self {
            Self::When(when) => Expr::When(Box::new(When {
                guard: when.guard.clone(),
                of: other,
            })),
            _ => other,
        }
    }

    /// What `wrap` makes of it, under the same guard.
    pub(crate) fn within_guard(self, wrap: impl FnOnce(Self) -> Self) -> Self {
        match self {
            Self::When(when) => Self::When(Box::new(When {
                guard: when.guard,
                of: wrap(when.of),
            })),
            other => wrap(other),
        }
    }

    /// A template over operands that a dialect gave.
    pub(crate) fn form(form: crate::dialect::Form, operands: Vec<Expr<'a>>) -> Self {
        Self::Form {
            sql: form.sql,
            binds: form.binds,
            holes: form.holes,
            operands,
        }
    }

    /// `row_number() OVER (…)`.
    pub(crate) fn row_number(partition_by: Vec<Expr<'a>>, order_by: Vec<OrderKey<'a>>) -> Self {
        let window = Window {
            partition_by,
            order_by,
            frame: None,
        };
        Self::form(
            crate::dialect::Form::atom("row_number() OVER {0}"),
            vec![Self::Window(Box::new(window))],
        )
    }

    /// How tightly it binds.
    pub(crate) fn binds(&self) -> Binding {
        match self {
            Self::Text(_, binds) | Self::Form { binds, .. } => *binds,
            Self::Column(..)
            | Self::Name(_)
            | Self::Slot(_)
            | Self::Case { .. }
            | Self::Query(_)
            | Self::Exists(_)
            | Self::Row(_)
            | Self::Keys(_)
            | Self::Window(_) => Binding::Atom,
            Self::Chain(Chain::And, _) => Binding::And,
            Self::Chain(Chain::Or, _) => Binding::Or,
            Self::Not(_) => Binding::Not,
            Self::InList { .. } | Self::InQuery { .. } => Binding::Comparison,
            Self::When(when) => when.of.binds(),
        }
    }
}
