//! How many rows a pipeline gives: what proves that it is at most one.

use crate::{
    hir::{
        BinaryOperator, Cardinality, ClauseKind, Expr, ExprKind, JoinKind, Literal, SourceId,
        SourceKind,
    },
    scope::{FrameKind, OutputKind},
    visit::{each_source, has_aggregate, same},
    walker::Walker,
};
use djq_diagnostics::{Diagnostic, Span, codes};
use djq_schema::{FieldId, FieldType, ModelId, Schema};
use djq_syntax::ast;

/// Whether fields of one model hold a whole unique key of it.
pub(crate) fn is_unique(schema: &Schema, fields: &[FieldId]) -> bool {
    let Some(first) = fields.first() else {
        return false;
    };
    let model = schema.model(first.model);
    let has = |index: &u32| {
        fields
            .iter()
            .any(|field| field.model == first.model && field.index == *index)
    };
    (!model.primary_key.is_empty() && model.primary_key.iter().all(has))
        || model.unique.iter().any(|unique| {
            unique.condition.is_none() && !unique.fields.is_empty() && unique.fields.iter().all(has)
        })
}

/// The column under a cast that keeps different values different.
pub(crate) fn bare(expr: &Expr) -> &Expr {
    match &expr.kind {
        ExprKind::Cast(inner) if inner.ty.kind.is_integer() && expr.ty.kind.is_integer() => {
            bare(inner)
        }
        _ => expr,
    }
}

/// A column that equals something.
struct Pin {
    source: SourceId,
    column: Pinned,
    /// The sources that the other side needs.
    needs: Vec<SourceId>,
}

#[derive(PartialEq)]
enum Pinned {
    Field(FieldId),
    Output(u32),
}

/// Whether the pipeline of the innermost scope gives at most one row, for each row outside.
pub(crate) fn at_most_one(walker: &Walker<'_>) -> bool {
    let Some(scope) = walker.scope_ref() else {
        return false;
    };
    if scope.grain.unknown {
        return true;
    }
    let mut sources: Vec<SourceId> = scope.from.into_iter().collect();
    let mut pins: Vec<Pin> = Vec::new();
    // Fixed by a limit or a total aggregate, as long as no join multiplies it.
    let mut fixed = scope.from.is_none();
    let mut open = false;
    let mut grouped = false;
    // Keys of which there is one row for each combination.
    let mut firsts: Vec<&Vec<Expr>> = Vec::new();
    if let Some(from) = scope.from {
        pin_link(walker, from, false, &mut pins);
    }
    for clause in &scope.clauses {
        match &clause.kind {
            // What may be left out proves nothing.
            ClauseKind::Where(_) if clause.guard.is_some() => {}
            ClauseKind::Where(condition) => pin(walker, condition, &mut pins),
            ClauseKind::Join { kind, steps, on } => {
                // The other side's rows are there anyway, however few were kept before.
                let keeps_others = matches!(kind, JoinKind::Right | JoinKind::Full);
                open |= keeps_others;
                let always = clause.guard.is_none();
                for step in steps {
                    sources.push(*step);
                    pin_link(walker, *step, *kind == JoinKind::Inner && always, &mut pins);
                }
                if let Some(on) = on {
                    let known = pins.len();
                    pin(walker, on, &mut pins);
                    if *kind == JoinKind::Left || !always {
                        // Of the left side a left join's condition tells nothing, nor does one that may be left out.
                        let mut at = 0;
                        pins.retain(|pin| {
                            at += 1;
                            at <= known || steps.contains(&pin.source)
                        });
                    }
                }
                let to_one = steps.iter().all(|step| {
                    walker
                        .source(*step)
                        .link
                        .as_ref()
                        .is_some_and(|link| link.to_one)
                });
                fixed &= to_one && !keeps_others;
                if !to_one || keeps_others {
                    firsts.clear();
                }
            }
            ClauseKind::Page {
                limit:
                    Some(Expr {
                        kind: ExprKind::Literal(Literal::Int(0 | 1)),
                        ..
                    }),
                ..
            } => {
                fixed = true;
                open = false;
            }
            ClauseKind::GroupSets { .. } => {
                // Each set makes rows of its own.
                grouped = true;
                fixed = false;
                open = true;
                firsts.clear();
            }
            // Keys that are pinned leave one of each.
            ClauseKind::PagePer { limit, per, .. } => {
                if matches!(limit.kind, ExprKind::Literal(Literal::Int(0 | 1))) {
                    firsts.push(per);
                }
            }
            ClauseKind::GroupBy(keys) => {
                grouped = true;
                if keys.is_empty() {
                    fixed = true;
                }
            }
            ClauseKind::Select(ids) => {
                let total =
                    !grouped && ids.iter().any(|id| has_aggregate(&walker.named(*id).value));
                if total {
                    fixed = true;
                    open = false;
                    grouped = true;
                }
            }
            ClauseKind::SetOperation { operator, .. } => {
                grouped = false;
                firsts.clear();
                if *operator == ast::SetOperator::Union {
                    fixed = false;
                    open = true;
                }
            }
            ClauseKind::Distinct => grouped = false,
            ClauseKind::Let(_) | ClauseKind::OrderBy(_) | ClauseKind::Page { .. } => {}
        }
    }
    fixed
        || !open
            && (determined(walker, &sources, &pins)
                || firsts.iter().any(|keys| {
                    keys.iter()
                        .all(|key| is_pinned(walker, key, &sources, &pins))
                }))
}

/// Whether a value is the same in all rows, given what the pins say.
fn is_pinned(walker: &Walker<'_>, key: &Expr, sources: &[SourceId], pins: &[Pin]) -> bool {
    let is_outside = |source: &SourceId| !sources.contains(source);
    let (source, column) = match &bare(key).kind {
        ExprKind::Column(source, field) => (*source, Pinned::Field(*field)),
        ExprKind::Output(source, place) => (*source, Pinned::Output(*place)),
        ExprKind::Named(id) => {
            return is_pinned(walker, &walker.named(*id).value, sources, pins);
        }
        _ => return false,
    };
    is_outside(&walker.root(source))
        || pins.iter().any(|pin| {
            pin.source == source && pin.column == column && pin.needs.iter().all(is_outside)
        })
}

/// Whether every source has one row for certain, given what the pins say.
fn determined(walker: &Walker<'_>, sources: &[SourceId], pins: &[Pin]) -> bool {
    let mut known: Vec<SourceId> = Vec::new();
    loop {
        let before = known.len();
        for source in sources {
            if known.contains(source) {
                continue;
            }
            let mut fields = Vec::new();
            let mut columns = Vec::new();
            for pin in pins.iter().filter(|pin| pin.source == *source) {
                let ready = pin
                    .needs
                    .iter()
                    .all(|need| known.contains(need) || !sources.contains(need));
                if ready {
                    match pin.column {
                        Pinned::Field(field) => fields.push(field),
                        Pinned::Output(column) => columns.push(column),
                    }
                }
            }
            let single = match &walker.source(*source).kind {
                SourceKind::Model(_) => is_unique(walker.schema, &fields),
                SourceKind::Derived(body) if body.at_most_one => true,
                SourceKind::Cte(cte) if walker.ctes[cte.0 as usize].body.at_most_one => true,
                SourceKind::Tree(_) => false,
                SourceKind::Rows(rows) if rows.is_one() => true,
                SourceKind::Derived(_) | SourceKind::Cte(_) | SourceKind::Rows(_) => walker
                    .info(*source)
                    .unique
                    .iter()
                    .any(|set| set.iter().all(|column| columns.contains(column))),
            };
            if single {
                known.push(*source);
            }
        }
        if known.len() == sources.len() {
            return true;
        }
        // What one source needs may be told of another only behind it; a round that tells nothing new is the last.
        if known.len() == before {
            return false;
        }
    }
}

fn pin_link(walker: &Walker<'_>, id: SourceId, inner: bool, pins: &mut Vec<Pin>) {
    let Some(link) = &walker.source(id).link else {
        return;
    };
    for (left, right) in link.left.iter().zip(&link.right) {
        pins.push(Pin {
            source: id,
            column: Pinned::Field(*right),
            needs: roots(walker, left),
        });
        if let (true, ExprKind::Column(parent, field)) = (inner, &bare(left).kind) {
            pins.push(Pin {
                source: *parent,
                column: Pinned::Field(*field),
                needs: vec![id],
            });
        }
    }
}

fn roots(walker: &Walker<'_>, expr: &Expr) -> Vec<SourceId> {
    let mut needs = Vec::new();
    each_source(walker, expr, &mut |source| needs.push(walker.root(source)));
    needs
}

fn pin(walker: &Walker<'_>, condition: &Expr, pins: &mut Vec<Pin>) {
    let ExprKind::Binary(operator, left, right) = &condition.kind else {
        return;
    };
    match operator {
        BinaryOperator::And => {
            pin(walker, left, pins);
            pin(walker, right, pins);
        }
        BinaryOperator::Equal => {
            for (one, other) in [(left, right), (right, left)] {
                let columns: Vec<&Expr> = match &bare(one).kind {
                    ExprKind::Row(parts) => parts.iter().collect(),
                    _ => vec![bare(one)],
                };
                for column in columns {
                    let (source, column) = match &column.kind {
                        ExprKind::Column(source, field) => (*source, Pinned::Field(*field)),
                        ExprKind::Output(source, place) => (*source, Pinned::Output(*place)),
                        _ => continue,
                    };
                    let needs = roots(walker, other);
                    if !needs.contains(&source) {
                        pins.push(Pin {
                            source,
                            column,
                            needs,
                        });
                    }
                }
            }
        }
        _ => {}
    }
}

/// Sets of output columns of the innermost scope that are unique in its rows.
pub(crate) fn unique_columns(walker: &mut Walker<'_>) -> Vec<Vec<u32>> {
    if walker.scope().output.is_none() {
        let span = walker
            .scope()
            .clauses
            .last()
            .map_or(Span::default(), |clause| clause.span);
        walker.default_output(span);
    }
    let Some(scope) = walker.scope_ref() else {
        return Vec::new();
    };
    let Some(output) = &scope.output else {
        return Vec::new();
    };
    let place = |wanted: &dyn Fn(&Expr) -> bool| -> Option<u32> {
        let at = output.iter().position(|column| match column.kind {
            OutputKind::Named(id) => {
                let named = walker.named(id);
                wanted(&walker.named_expr(id, named.span)) || wanted(&named.value)
            }
            OutputKind::Nest(_) => false,
        })?;
        u32::try_from(at).ok()
    };
    match &scope.frame().kind {
        // A key's null may be one of the data, or that of a sum.
        FrameKind::Grouped(_) if scope.frame().summed => Vec::new(),
        FrameKind::Grouped(keys) => keys
            .iter()
            .map(|key| {
                let value = &walker.named(key.named).value;
                place(&|expr| {
                    matches!(expr.kind, ExprKind::Named(id) if id == key.named) || same(expr, value)
                })
            })
            .collect::<Option<Vec<u32>>>()
            .into_iter()
            .collect(),
        FrameKind::Distinct(ids) => {
            let all = (0u32..).take(ids.len()).collect();
            vec![all]
        }
        FrameKind::SetOperation => Vec::new(),
        FrameKind::Rows => {
            let sources = scope.grain.finest();
            let firsts = first_of_each(walker, &scope.clauses, &place);
            firsts
                .into_iter()
                .chain(
                    sources
                        .iter()
                        .flat_map(|source| unique_of(walker, *source, &place)),
                )
                .collect()
        }
    }
}

/// Where the first output column is that a question is true of.
type PlaceOf<'f> = dyn Fn(&dyn Fn(&Expr) -> bool) -> Option<u32> + 'f;

/// The columns that hold a key of a source: a model's primary key, what is unique in the rows of another pipeline.
fn unique_of(walker: &Walker<'_>, source: SourceId, place: &PlaceOf<'_>) -> Vec<Vec<u32>> {
    let SourceKind::Model(model) = walker.source(source).kind else {
        let sets = walker.info(source).unique.iter();
        return sets
            .filter_map(|set| {
                set.iter()
                    .map(|column| {
                        place(&|expr| {
                            matches!(expr.kind, ExprKind::Output(of, known)
                                if of == source && known == *column)
                        })
                    })
                    .collect()
            })
            .collect();
    };
    let columns = |key: &[FieldId]| -> Option<Vec<u32>> {
        key.iter()
            .map(|field| {
                place(&|expr| {
                    matches!(expr.kind, ExprKind::Column(of, known)
                        if of == source && known == *field)
                })
            })
            .collect()
    };
    unique_keys(walker.schema, model)
        .filter(|key| !key.is_empty())
        .filter_map(|key| columns(&key))
        .collect()
}

/// The primary key of a model, and what else is unique in all its rows, never null, and the same by every collation.
fn unique_keys(schema: &Schema, model: ModelId) -> impl Iterator<Item = Vec<FieldId>> {
    let model = schema.concrete(model);
    let others = schema
        .model(model)
        .unique
        .iter()
        .filter(|unique| unique.condition.is_none())
        .map(move |unique| {
            let fields = unique.fields.iter();
            fields
                .map(|index| FieldId {
                    model,
                    index: *index,
                })
                .collect()
        })
        .filter(move |key: &Vec<FieldId>| {
            key.iter().all(|field| {
                let field = schema.field(*field);
                let told = matches!(
                    field.ty,
                    FieldType::Int | FieldType::BigInt | FieldType::Uuid | FieldType::Date
                );
                told && !field.null
            })
        });
    std::iter::once(schema.primary_key(model).collect()).chain(others)
}

/// The columns that hold the keys of a `limit 1 per`, behind which no join repeats rows.
fn first_of_each(
    walker: &Walker<'_>,
    clauses: &[crate::hir::Clause],
    place: &PlaceOf<'_>,
) -> Option<Vec<u32>> {
    let last = clauses.iter().rev().find(|clause| {
        !matches!(
            clause.kind,
            ClauseKind::Where(_)
                | ClauseKind::Let(_)
                | ClauseKind::Select(_)
                | ClauseKind::OrderBy(_)
                | ClauseKind::Page { .. }
        )
    })?;
    let ClauseKind::PagePer { limit, per, .. } = &last.kind else {
        return None;
    };
    if !matches!(limit.kind, ExprKind::Literal(Literal::Int(0 | 1))) {
        return None;
    }
    per.iter()
        .map(|key| {
            place(&|expr| {
                same(expr, key)
                    || matches!(key.kind, ExprKind::Named(id)
                        if same(expr, &walker.named(id).value))
            })
        })
        .collect()
}

/// The cardinality that a query declares, checked against what is proven.
pub(crate) fn declared(
    walker: &mut Walker<'_>,
    query: &ast::Query,
    at_most_one: bool,
) -> Cardinality {
    let Some(word) = &query.cardinality else {
        return Cardinality::Many;
    };
    let declared = match &*word.text {
        "one" => Cardinality::One,
        "maybe" => Cardinality::Maybe,
        _ => return Cardinality::Many,
    };
    if !at_most_one {
        let join = query
            .body
            .clauses
            .iter()
            .find(|clause| matches!(clause.kind, ast::ClauseKind::Join { .. }));
        let several = match (&query.body.source, join) {
            (_, Some(join)) => join.span,
            (Some(source), None) => source.span,
            (None, None) => query.body.span,
        };
        walker.report(
            Diagnostic::new(
                &codes::NOT_PROVEN,
                word.span,
                format!("nothing proves that there is at most one row, as `{}` says", word.text),
            )
            .label("not proven")
            .because(several, "several rows may come from here")
            .help("compare a unique field, or all fields of a unique constraint, with `=`; end with `limit 1`; or aggregate without `group by`"),
        );
    }
    declared
}
