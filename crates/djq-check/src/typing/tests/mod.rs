//! Tests of typing: an expression over one entry is parsed, its names looked up among the entry's fields, and
//! typed; what comes out is its type, its shape, or the codes of its diagnostics.

mod errors;
mod fixes;
mod product;
mod results;
mod shapes;

use super::{AggregateCall, Operator};
use crate::{
    Ty, Type,
    functions::{self, Callable},
    hir::{Expr, ExprKind, OrderKey, SourceId},
    sink::{ParameterType, ParameterTypes, Problems, Typing},
};
use djq_diagnostics::{Diagnostic, FileId, Span};
use djq_schema::{FieldId, Member, ModelLookup, Schema};
use djq_syntax::ast;
use std::sync::LazyLock;

static SCHEMA: LazyLock<Schema> =
    LazyLock::new(|| Schema::from_json(include_str!("schema.json")).unwrap());

/// What typing made of an expression.
pub(super) struct Typed {
    pub(super) expr: Expr,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) parameters: ParameterTypes,
}

impl Typed {
    /// The names of the codes, errors and lints.
    pub(super) fn codes(&self) -> String {
        let codes: Vec<&str> = self
            .problems
            .iter()
            .map(|problem| problem.code.name)
            .collect();
        codes.join(" ")
    }
}

/// Types `text`, an expression over `blog.Entry`; `Author.name` and `Pair.one` are fields of other models.
/// `parameters` is written as in a query: `p: text?, ids: [int], q`.
pub(super) fn typed(parameters: &str, text: &str) -> Typed {
    let text = format!("query t({parameters}) {{ select {text} as x }}");
    let parsed = djq_syntax::parse(FileId(0), &text);
    assert!(
        parsed.diagnostics.is_empty(),
        "{text}: {:#?}",
        parsed.diagnostics
    );
    let Some(ast::ItemKind::Query(query)) =
        parsed.ast.items.into_iter().next().map(|item| item.kind)
    else {
        panic!("{text}");
    };
    let Some(ast::ClauseKind::Select(items)) = query
        .body
        .clauses
        .into_iter()
        .next()
        .map(|clause| clause.kind)
    else {
        panic!("{text}");
    };
    let Some(ast::SelectItemKind::Expr { value, .. }) =
        items.into_iter().next().map(|item| item.kind)
    else {
        panic!("{text}");
    };
    let mut problems = Problems::default();
    let mut types = ParameterTypes::default();
    for parameter in &query.parameters {
        let mut typing = Typing {
            schema: &SCHEMA,
            problems: &mut problems,
            parameters: &mut types,
        };
        let ty = parameter
            .ty
            .as_ref()
            .map(|ty| typing.type_expr(ty, &mut |_, path| model(path)));
        types.entries.push(ParameterType {
            name: parameter.name.text.clone(),
            span: parameter.name.span,
            optional: false,
            defaulted: false,
            ty,
            inferred_from: None,
            untold: None,
        });
    }
    let mut walker = Walker {
        typing: Typing {
            schema: &SCHEMA,
            problems: &mut problems,
            parameters: &mut types,
        },
    };
    let expr = walker.expr(&value);
    let expr = walker.typing.value(expr);
    walker.typing.finish_parameters();
    Typed {
        expr,
        problems: problems.diagnostics,
        parameters: types,
    }
}

fn model(path: &ast::Path) -> Option<djq_schema::ModelId> {
    match SCHEMA.find_model(None, &path.names.last()?.text) {
        ModelLookup::Found(model) => Some(model),
        _ => None,
    }
}

/// A field of a model as an expression.
pub(super) fn column(model: &str, field: &str, span: Span) -> Expr {
    let ModelLookup::Found(id) = SCHEMA.find_model(None, model) else {
        panic!("no model {model}");
    };
    if field == "pk" {
        let kind = ExprKind::Row(Vec::new());
        return Expr {
            kind,
            ty: Type::Key(id).required(),
            span,
        };
    }
    let (field, relation) = match SCHEMA.member(id, field) {
        Some(Member::Field(field)) => (field, None),
        Some(Member::Relation(relation)) => {
            let relation_of = SCHEMA.relation(relation);
            let (from, _) = relation_of.hops[0].on[0];
            (from, relation_of.target)
        }
        None => panic!("no field {field} of {model}"),
    };
    let definition = SCHEMA.field(field);
    let base = Type::from(&definition.ty);
    let kind = match relation {
        Some(target) => Type::Key(target),
        None if definition.choices.is_empty() => base,
        None => Type::Choices(field, Box::new(base)),
    };
    Expr {
        kind: ExprKind::Column(SourceId(0), field),
        ty: Ty {
            kind,
            nullable: definition.null,
        },
        span,
    }
}

/// The place of a field, for types of choices.
pub(super) fn field(name: &str) -> FieldId {
    match column("Entry", name, Span::default()).kind {
        ExprKind::Column(_, field) => field,
        other => panic!("{other:?}"),
    }
}

struct Walker<'a> {
    typing: Typing<'a>,
}

impl Walker<'_> {
    fn expr(&mut self, expr: &ast::Expr) -> Expr {
        let span = expr.span;
        match &expr.kind {
            ast::ExprKind::Literal(literal) => self.typing.literal(literal, span),
            ast::ExprKind::Parameter(name) => {
                let id = self.parameter(name);
                self.typing.parameter(id, span)
            }
            ast::ExprKind::Name(name) => column("Entry", &name.text, span),
            ast::ExprKind::Field { base, name } => match &base.kind {
                ast::ExprKind::Name(model) => column(&model.text, &name.text, span),
                other => panic!("{other:?}"),
            },
            ast::ExprKind::Paren(inner) => self.expr(inner),
            ast::ExprKind::Unary {
                operator,
                operator_span,
                operand,
            } => {
                let operand = self.expr(operand);
                self.typing.unary(*operator, *operator_span, operand, span)
            }
            ast::ExprKind::Binary {
                operator,
                negated,
                operator_span,
                left,
                right,
            } => {
                let operator = Operator {
                    kind: *operator,
                    negated: *negated,
                    span: *operator_span,
                };
                let left = self.expr(left);
                match (&right.kind, operator.kind) {
                    (
                        ast::ExprKind::Row(items) | ast::ExprKind::List(items),
                        ast::BinaryOperator::In,
                    ) => {
                        let items = items.iter().map(|item| self.expr(item)).collect();
                        self.typing.in_list(operator, left, items, span)
                    }
                    (ast::ExprKind::Parameter(name), ast::BinaryOperator::In) => {
                        let id = self.parameter(name);
                        self.typing.in_param(operator, left, id, right.span, span)
                    }
                    _ => {
                        let right = self.expr(right);
                        self.typing.binary(operator, left, right, span)
                    }
                }
            }
            ast::ExprKind::Is {
                operand,
                negated,
                what,
            } => {
                let operand = self.expr(operand);
                self.typing.is_test(operand, *negated, *what, span)
            }
            ast::ExprKind::Between {
                operand,
                negated,
                low,
                high,
            } => {
                let operand = self.expr(operand);
                let (low, high) = (self.expr(low), self.expr(high));
                self.typing.between(operand, *negated, low, high, span)
            }
            ast::ExprKind::Case {
                operand,
                branches,
                otherwise,
            } => {
                let operand = operand.as_ref().map(|operand| self.expr(operand));
                let branches = branches
                    .iter()
                    .map(|(condition, value)| (self.expr(condition), self.expr(value)))
                    .collect();
                let otherwise = otherwise.as_ref().map(|otherwise| self.expr(otherwise));
                self.typing.case(operand, branches, otherwise, span)
            }
            ast::ExprKind::Cast { operand, ty } => {
                let operand = self.expr(operand);
                let to = self.typing.type_expr(ty, &mut |_, path| model(path));
                self.typing.cast(operand, to, ty.span, span)
            }
            ast::ExprKind::TryCast { operand, ty } => {
                let operand = self.expr(operand);
                let to = self.typing.type_expr(ty, &mut |_, path| model(path));
                self.typing.try_cast(operand, to, ty.span, span)
            }
            ast::ExprKind::Row(items) => {
                let items = items.iter().map(|item| self.expr(item)).collect();
                self.typing.row(items, span)
            }
            ast::ExprKind::Call(call) => self.call(call, span),
            other => panic!("{other:?}"),
        }
    }

    fn call(&mut self, call: &ast::Call, span: Span) -> Expr {
        let arguments = call
            .arguments
            .iter()
            .map(|argument| self.expr(argument))
            .collect();
        let is_aggregate = call.distinct.is_some()
            || call.condition.is_some()
            || !call.order_by.is_empty()
            || matches!(
                functions::by_name(&call.name.text),
                Some(Callable::Aggregate(_))
            );
        if !is_aggregate {
            return self.typing.call(&call.name, arguments, span);
        }
        let condition = call
            .condition
            .as_ref()
            .map(|condition| self.expr(condition));
        let order_by = call
            .order_by
            .iter()
            .map(|item| OrderKey {
                value: self.expr(&item.value),
                descending: item.descending,
                nulls_first: false,
            })
            .collect();
        let call_of = AggregateCall {
            distinct: call.distinct,
            arguments,
            condition,
            order_by,
            has_rows: true,
        };
        self.typing.aggregate(&call.name, call_of, span)
    }

    fn parameter(&self, name: &ast::Name) -> crate::hir::ParamId {
        let place = self
            .typing
            .parameters
            .entries
            .iter()
            .position(|entry| entry.name == name.text)
            .unwrap();
        crate::hir::ParamId(u32::try_from(place).unwrap())
    }
}
