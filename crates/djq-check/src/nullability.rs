//! Why a value may be null.
//!
//! The checker decides that it may ([`Ty::nullable`](crate::Ty)) while it types; what stands here reads the reasons back from the
//! HIR. The tests hold both against each other, expression by expression, and against the databases: each reason is
//! seen to make a null.

use crate::{
    functions::{self, AggregateId, Callable, FunctionId, Nulls, WindowId},
    hir::{
        Aggregate, BinaryOperator, ClauseKind, ColumnKind, Cte, Expr, ExprKind, JoinKind, Literal,
        NamedId, Nest, Pipeline, Query, Role, RowsKind, SetOperator, Source, SourceId, SourceKind,
        WindowFunction,
    },
    typing::{is_nonzero, may_have_no_value},
};
use djq_schema::{RelationKind, Schema};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};

/// A reason for which a value may be null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NullReason {
    /// A field that the model lets be null.
    Field,
    /// `null` itself.
    Literal,
    /// A parameter of a type with `?`.
    Parameter,
    /// The right side of a `left join`.
    LeftJoin,
    /// The left side of a `right join`.
    RightJoin,
    /// Either side of a `full join`.
    FullJoin,
    /// A path along a key that may be null.
    NullableKey,
    /// A path along a key that the database does not enforce.
    UnenforcedKey,
    /// A path to a row that need not be there: the other side of a one-to-one, a declared relation, a key held by a CTE.
    NoRelatedRow,
    /// A path along a generic foreign key, cast to a model.
    GenericKey,
    /// A pipeline as a value, or an object, that finds no row.
    NoRow,
    /// A `case` without `else`.
    NoBranch,
    /// `/`, `//` and `%` by zero.
    Division,
    /// `try_cast` of a value that is none of the type.
    TryCast,
    /// SQL of the author's that says `?`.
    Sql,
    /// A key of a group that is summed up (`rollup`, `cube`, `grouping sets`).
    SummedKey,
    /// `content_type(M)` of a model that the database has no content type of.
    ContentType,
    /// A function of the catalogue that may be null where its arguments are not.
    Function(FunctionId),
    /// An aggregate over no rows, or whose rows have no answer.
    Aggregate(AggregateId),
    /// A window function that looks at a row that is not there.
    Window(WindowId),
    /// An aggregate over a frame without rows.
    Frame,
}

impl NullReason {
    /// All reasons that there are: those of the language, and one for each function whose entry says that it may be null.
    #[must_use]
    pub fn all() -> BTreeSet<Self> {
        let mut all = BTreeSet::from([
            Self::Field,
            Self::Literal,
            Self::Parameter,
            Self::LeftJoin,
            Self::RightJoin,
            Self::FullJoin,
            Self::NullableKey,
            Self::UnenforcedKey,
            Self::NoRelatedRow,
            Self::GenericKey,
            Self::NoRow,
            Self::NoBranch,
            Self::Division,
            Self::TryCast,
            Self::Sql,
            Self::SummedKey,
            Self::ContentType,
            Self::Frame,
        ]);
        for entry in functions::every() {
            let may_be_null = matches!(entry.nulls, Nulls::Partial | Nulls::May | Nulls::Empty);
            match entry.callable {
                _ if !may_be_null => {}
                Callable::Function(id) => {
                    all.insert(Self::Function(id));
                }
                Callable::Aggregate(id) => {
                    all.insert(Self::Aggregate(id));
                }
                Callable::Window(id) => {
                    all.insert(Self::Window(id));
                }
                Callable::Grouping | Callable::Iif | Callable::Row | Callable::ContentType => {}
            }
        }
        all
    }
}

/// The reasons of a query's values.
///
/// ```
/// # use djq_check::{Nullability, hir::{ColumnKind, Query}};
/// # use djq_schema::Schema;
/// /// Whether a null in a column has one possible reason.
/// fn is_plain(query: &Query, schema: &Schema, column: usize) -> bool {
///     let nullability = Nullability::of(query, schema);
///     matches!(&query.body.columns[column].kind,
///         ColumnKind::Value(value) if nullability.reasons(value).len() == 1)
/// }
/// ```
#[derive(Debug)]
pub struct Nullability<'q> {
    query: &'q Query,
    schema: &'q Schema,
    /// The outer joins that may leave a source without a row.
    joins: HashMap<SourceId, BTreeSet<NullReason>>,
    /// The other side of a set operation's columns.
    others: HashMap<NamedId, &'q Expr>,
    /// Keys of sums.
    summed: HashSet<NamedId>,
    /// The joins of the query that make names null that were given before.
    late: BTreeSet<NullReason>,
    /// CTEs that are being read: a recursive one has no further reasons in itself.
    reading: RefCell<Vec<u32>>,
}

type Reasons = BTreeSet<NullReason>;

impl<'q> Nullability<'q> {
    /// Reads a query.
    #[must_use]
    pub fn of(query: &'q Query, schema: &'q Schema) -> Self {
        let mut nullability = Self {
            query,
            schema,
            joins: HashMap::new(),
            others: HashMap::new(),
            summed: HashSet::new(),
            late: BTreeSet::new(),
            reading: RefCell::default(),
        };
        query.each_pipeline(&mut |pipeline| nullability.read(pipeline));
        nullability
    }

    fn read(&mut self, pipeline: &'q Pipeline) {
        let mut there: Vec<SourceId> = pipeline.from.into_iter().collect();
        for clause in &pipeline.clauses {
            match &clause.kind {
                ClauseKind::Join { kind, steps, .. } => {
                    let (reason, left, right) = match kind {
                        JoinKind::Left => (NullReason::LeftJoin, false, true),
                        JoinKind::Right => (NullReason::RightJoin, true, false),
                        JoinKind::Full => (NullReason::FullJoin, true, true),
                        _ => (NullReason::LeftJoin, false, false),
                    };
                    let missing = there.iter().filter(|_| left);
                    for source in missing.chain(steps.iter().filter(|_| right)) {
                        self.joins.entry(*source).or_default().insert(reason);
                    }
                    if left {
                        self.late.insert(reason);
                    }
                    there.extend(steps);
                }
                ClauseKind::GroupSets { keys, .. } => {
                    self.summed.extend(keys.iter().map(|key| key.named));
                }
                ClauseKind::SetOperation {
                    operator: SetOperator::Union | SetOperator::Intersect,
                    right,
                    columns,
                    ..
                } => {
                    for (id, column) in columns.iter().zip(&right.columns) {
                        if let ColumnKind::Value(value) = &column.kind {
                            self.others.insert(*id, value);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Why a value may be null; nothing where it never is. Where several are named, each may be the one.
    #[must_use]
    pub fn reasons(&self, expr: &Expr) -> BTreeSet<NullReason> {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.here(expr))
    }

    fn here(&self, expr: &Expr) -> Reasons {
        let only = |reason| BTreeSet::from([reason]);
        match &expr.kind {
            ExprKind::Literal(Literal::Null) => only(NullReason::Literal),
            ExprKind::Literal(_)
            | ExprKind::IsNull(_)
            | ExprKind::IsBool(..)
            | ExprKind::Exists(_)
            | ExprKind::Grouping(_) => Reasons::new(),
            ExprKind::ContentType(_) => only(NullReason::ContentType),
            // What the checker knows of a row that is there, it knows of the names alone.
            ExprKind::Param(_)
            | ExprKind::Column(..)
            | ExprKind::Output(..)
            | ExprKind::Named(_)
            | ExprKind::Sql(..)
                if !expr.ty.nullable =>
            {
                Reasons::new()
            }
            ExprKind::Param(_) => only(NullReason::Parameter),
            ExprKind::Sql(..) => only(NullReason::Sql),
            ExprKind::Column(source, field) => {
                let mut reasons = self.of_source(*source);
                if self.schema.field(*field).null {
                    reasons.insert(NullReason::Field);
                }
                self.or_late(reasons)
            }
            ExprKind::Output(source, place) => {
                let mut reasons = self.of_source(*source);
                reasons.extend(self.of_output(*source, *place));
                self.or_late(reasons)
            }
            ExprKind::Named(id) => {
                let mut reasons = Reasons::new();
                if let Some(named) = self.query.named.get(id.0 as usize) {
                    reasons.extend(self.reasons(&named.value));
                }
                if let Some(other) = self.others.get(id) {
                    reasons.extend(self.reasons(other));
                }
                if self.summed.contains(id) {
                    reasons.insert(NullReason::SummedKey);
                }
                self.or_late(reasons)
            }
            ExprKind::Binary(
                BinaryOperator::DistinctFrom | BinaryOperator::NotDistinctFrom,
                ..,
            ) => Reasons::new(),
            ExprKind::Binary(
                BinaryOperator::Divide | BinaryOperator::FloorDivide | BinaryOperator::Modulo,
                left,
                right,
            ) => {
                let mut reasons = self.any_of([&**left, &**right]);
                if !is_nonzero(right) {
                    reasons.insert(NullReason::Division);
                }
                reasons
            }
            ExprKind::Binary(_, left, right)
            | ExprKind::Lookup {
                value: left,
                pattern: right,
                ..
            } => self.any_of([&**left, &**right]),
            ExprKind::Unary(_, inner) | ExprKind::Cast(inner) | ExprKind::When(_, inner) => {
                self.reasons(inner)
            }
            ExprKind::TryCast(inner) => {
                let mut reasons = self.reasons(inner);
                reasons.insert(NullReason::TryCast);
                reasons
            }
            ExprKind::InList(value, items) => {
                let mut reasons = self.any_of(items);
                reasons.extend(self.reasons(value));
                reasons
            }
            ExprKind::InParam(value, _) => {
                let mut reasons = self.reasons(value);
                if expr.ty.nullable && reasons.is_empty() {
                    reasons.insert(NullReason::Parameter);
                }
                reasons
            }
            ExprKind::InPipeline { known: true, .. } => Reasons::new(),
            ExprKind::InPipeline { value, body, .. } => {
                let mut reasons = self.reasons(value);
                reasons.extend(
                    body.columns
                        .iter()
                        .flat_map(|column| self.of_column(&column.kind)),
                );
                reasons
            }
            ExprKind::Scalar(body) => self.of_scalar(body, expr.ty.nullable),
            ExprKind::Case {
                branches,
                otherwise,
            } => {
                let values = branches.iter().map(|(_, value)| value);
                let mut reasons = self.any_of(values.chain(otherwise.as_deref()));
                if otherwise.is_none() {
                    reasons.insert(NullReason::NoBranch);
                }
                reasons
            }
            ExprKind::Call(id, arguments) => self.of_call(*id, arguments),
            ExprKind::Aggregate(_) | ExprKind::Window(_) if !expr.ty.nullable => Reasons::new(),
            ExprKind::Aggregate(aggregate) => {
                self.of_aggregate(aggregate, NullReason::Aggregate(aggregate.function))
            }
            ExprKind::Window(window) => match &window.function {
                WindowFunction::Window(id, arguments) => {
                    let mut reasons = self.any_of(arguments);
                    reasons.insert(NullReason::Window(*id));
                    reasons
                }
                WindowFunction::Aggregate(aggregate) => {
                    self.of_aggregate(aggregate, NullReason::Frame)
                }
            },
            ExprKind::Row(parts) => self.any_of(parts),
        }
    }

    /// Why a nested object may be null.
    #[must_use]
    pub fn of_object(&self, nest: &Nest) -> BTreeSet<NullReason> {
        match nest.body.from {
            Some(row) if nest.body.clauses.is_empty() && self.source(row).is_some_and(is_path) => {
                self.of_source(row)
            }
            Some(row) if nest.body.clauses.is_empty() && !self.of_source(row).is_empty() => {
                self.of_source(row)
            }
            _ => BTreeSet::from([NullReason::NoRow]),
        }
    }

    fn any_of<'e>(&self, values: impl IntoIterator<Item = &'e Expr>) -> Reasons {
        values
            .into_iter()
            .flat_map(|value| self.reasons(value))
            .collect()
    }

    /// What has no reason of its own became null by what happened to all rows.
    fn or_late(&self, reasons: Reasons) -> Reasons {
        match reasons.is_empty() {
            true if !self.summed.is_empty() => BTreeSet::from([NullReason::SummedKey]),
            true => self.late.clone(),
            false => reasons,
        }
    }

    fn of_call(&self, id: FunctionId, arguments: &[Expr]) -> Reasons {
        let mut reasons = Reasons::new();
        match functions::entry(id).nulls {
            // It looks at a place, where there may be nothing.
            Nulls::Strict if id == FunctionId::JsonType && arguments.len() > 1 => {
                reasons.insert(NullReason::Function(FunctionId::JsonGet));
            }
            Nulls::Never => return reasons,
            Nulls::First => return self.any_of(arguments.first()),
            Nulls::All if arguments.iter().any(|value| !value.ty.nullable) => return reasons,
            Nulls::Strict | Nulls::All => {}
            Nulls::Partial if !may_have_no_value(id, arguments) => {}
            Nulls::Partial | Nulls::May | Nulls::Empty => {
                reasons.insert(NullReason::Function(id));
            }
        }
        reasons.extend(self.any_of(arguments));
        reasons
    }

    fn of_aggregate(&self, aggregate: &Aggregate, own: NullReason) -> Reasons {
        let mut reasons = self.any_of(&aggregate.arguments);
        reasons.insert(own);
        reasons
    }

    fn of_scalar(&self, body: &Pipeline, nullable: bool) -> Reasons {
        let Some(column) = body.columns.first() else {
            return Reasons::new();
        };
        let mut reasons = self.of_column(&column.kind);
        let total = matches!(&column.kind, ColumnKind::Value(value) if self.is_aggregate(value));
        if nullable && (reasons.is_empty() || !total) {
            reasons.insert(NullReason::NoRow);
        }
        reasons
    }

    fn is_aggregate(&self, value: &Expr) -> bool {
        match &value.kind {
            ExprKind::Aggregate(_) => true,
            ExprKind::Named(id) => self
                .query
                .named
                .get(id.0 as usize)
                .is_some_and(|named| matches!(named.value.kind, ExprKind::Aggregate(_))),
            _ => false,
        }
    }

    fn of_column(&self, column: &ColumnKind) -> Reasons {
        match column {
            ColumnKind::Value(value) => self.reasons(value),
            ColumnKind::Nest(_) => Reasons::new(),
        }
    }

    fn source(&self, id: SourceId) -> Option<&'q Source> {
        self.query.sources.get(id.0 as usize)
    }

    /// Why there may be no row of a source.
    fn of_source(&self, id: SourceId) -> Reasons {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            let mut reasons = self.joins.get(&id).cloned().unwrap_or_default();
            let Some(source) = self.source(id).filter(|source| is_path(source)) else {
                return reasons;
            };
            let Some(link) = &source.link else {
                return reasons;
            };
            if link.parent != id {
                reasons.extend(self.of_source(link.parent));
            }
            if link.total {
                return reasons;
            }
            let Some((relation, _)) = link.relation else {
                reasons.extend(self.any_of(&link.left));
                reasons.insert(NullReason::NoRelatedRow);
                return reasons;
            };
            let of = self.schema.relation(relation);
            match of.kind {
                RelationKind::ForeignKey | RelationKind::OneToOne => {
                    let may_be_null = |key: &Expr| matches!(key.kind, ExprKind::Column(_, field) if self.schema.field(field).null);
                    if link.left.iter().any(may_be_null) {
                        reasons.insert(NullReason::NullableKey);
                    }
                    if !of.enforced {
                        reasons.insert(NullReason::UnenforcedKey);
                    }
                }
                RelationKind::GenericForeignKey => {
                    reasons.insert(NullReason::GenericKey);
                }
                _ => {
                    reasons.insert(NullReason::NoRelatedRow);
                }
            }
            reasons
        })
    }

    /// Why a column of a CTE's, a derived table's or other rows may be null where there is a row.
    fn of_output(&self, source: SourceId, place: u32) -> Reasons {
        let place = place as usize;
        let of_body = |body: &Pipeline| {
            body.columns
                .get(place)
                .map_or_else(Reasons::new, |column| self.of_column(&column.kind))
        };
        match self.source(source).map(|source| &source.kind) {
            Some(SourceKind::Derived(body)) => of_body(body),
            Some(SourceKind::Cte(id)) => {
                let known = self.reading.borrow().contains(&id.0);
                let cte: Option<&Cte> = self.query.ctes.get(id.0 as usize).filter(|_| !known);
                let Some(cte) = cte else {
                    return Reasons::new();
                };
                self.reading.borrow_mut().push(id.0);
                let reasons = of_body(&cte.body);
                self.reading.borrow_mut().pop();
                reasons
            }
            Some(SourceKind::Rows(rows)) => {
                let nullable = rows.columns.get(place).is_some_and(|(_, ty)| ty.nullable);
                match &rows.kind {
                    RowsKind::Literal(rows) => {
                        self.any_of(rows.iter().filter_map(|row| row.get(place)))
                    }
                    RowsKind::Parameter(_) if nullable => BTreeSet::from([NullReason::Parameter]),
                    RowsKind::Sql(..) if nullable => BTreeSet::from([NullReason::Sql]),
                    _ => Reasons::new(),
                }
            }
            Some(SourceKind::Model(_) | SourceKind::Tree(_)) | None => Reasons::new(),
        }
    }
}

/// Whether a source is there for a path alone.
fn is_path(source: &Source) -> bool {
    source.role == Role::Implied
}
