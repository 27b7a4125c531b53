//! Expressions.

use super::{Legalizer, grouping_sets::AsKey, truth};
use crate::{
    dialect::{Binding, Form, Refusal, Spelling},
    legal::{Chain, Expr, From, Item, Query, Select},
    rendered::SlotValue,
};
use djq_check::{
    functions::FunctionId,
    hir::{BinaryOperator, Literal, UnaryOperator},
};
use djq_plan::plan::{self, ExprKind};

/// What a condition's value is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// Every value counts.
    Value,
    /// Null is as good as false: in WHERE, ON, HAVING and what they combine.
    Truth,
}

impl<'a> Legalizer<'a> {
    /// An expression whose every value counts.
    pub(super) fn expression(&mut self, expr: &'a plan::Expr) -> Expr<'a> {
        self.expression_for(expr, Use::Value)
    }

    /// Conditions that all must be true.
    pub(super) fn conditions(&mut self, conditions: &'a [plan::Expr]) -> Option<Expr<'a>> {
        let conditions = conditions
            .iter()
            .map(|condition| self.expression_for(condition, Use::Truth))
            .collect();
        Expr::all(conditions)
    }

    pub(super) fn expressions(&mut self, exprs: &'a [plan::Expr]) -> Vec<Expr<'a>> {
        exprs.iter().map(|expr| self.expression(expr)).collect()
    }

    pub(super) fn expression_for(&mut self, expr: &'a plan::Expr, usage: Use) -> Expr<'a> {
        let whole = std::mem::take(&mut self.whole);
        self.whole = whole && matches!(expr.kind, ExprKind::Item(_) | ExprKind::When(..));
        let value = stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            self.expression_inner(expr, usage)
        });
        if whole || self.aggregating {
            return value;
        }
        if let (ExprKind::Window(_), djq_check::Type::Text) = (&expr.kind, expr.ty.kind.base())
            && let Some(inside) = self.dialect.window_text_inside()
        {
            return Expr::form(Form::atom(inside), vec![value]);
        }
        match self.dialect.group_key_inside(self.having) {
            Some(inside) if self.is_made_key(expr) => Expr::form(Form::atom(inside), vec![value]),
            _ => value,
        }
    }

    /// Whether it is a key of the groups at hand, and more than a column; in HAVING also a column of which another
    /// table's has the name: the first key of a name is the only one that MySQL and MariaDB look at there.
    pub(super) fn is_made_key(&self, expr: &plan::Expr) -> bool {
        let hidden = match &expr.kind {
            ExprKind::Column(table, column) => {
                self.having
                    && self.group_keys.iter().any(|key| {
                        matches!(&key.kind, ExprKind::Column(other, name) if other != table && name == column)
                    })
            }
            _ => true,
        };
        hidden
            && self
                .group_keys
                .iter()
                .any(|key| super::query::same(key, expr))
    }

    fn expression_inner(&mut self, expr: &'a plan::Expr, usage: Use) -> Expr<'a> {
        if !self.absent.is_empty() {
            match self.as_key(expr) {
                AsKey::None => {}
                AsKey::Absent => return self.null(expr),
                AsKey::Present => {
                    let absent = std::mem::take(&mut self.absent);
                    let key = self.expression_inner(expr, usage);
                    self.absent = absent;
                    return key;
                }
            }
        }
        match &expr.kind {
            ExprKind::Literal(literal) => self.literal(expr, literal),
            ExprKind::Param(param) => {
                let slot = self.slot(SlotValue::Param(*param), expr.ty.clone(), false);
                self.typed(slot, &expr.ty)
            }
            ExprKind::Column(table, column) => self.column(*table, column),
            ExprKind::Item(place) => match self.items.and_then(|items| items.get(*place)) {
                Some(item) => self.expression(item.value.unguarded()),
                None => Expr::atom("NULL"),
            },
            ExprKind::Within(value, limit) => match self.dialect.within(limit) {
                Some(form) if !self.lengths_later => {
                    self.spelt(expr, Ok(form), |this| vec![this.expression(value)])
                }
                _ => self.expression(value),
            },
            ExprKind::ContentType(app, model) => self.content_type(app, model),
            ExprKind::NewKey(table, column) => {
                let key = self
                    .dialect
                    .new_key(table.schema.as_deref(), &table.table, column);
                Expr::Text(key, Binding::Atom)
            }
            ExprKind::Unary(UnaryOperator::Negate, operand) => {
                let form = self.dialect.spell(Spelling::Negate(operand, &expr.ty));
                self.spelt(expr, form, |this| vec![this.expression(operand)])
            }
            ExprKind::Unary(UnaryOperator::Not, operand) => self.not(operand),
            ExprKind::Binary(operator, left, right) => {
                self.binary(expr, *operator, left, right, usage)
            }
            ExprKind::IsNull(operand) => self.is(operand, "{0} IS NULL"),
            ExprKind::IsBool(operand, true) => self.is(operand, "{0} IS TRUE"),
            ExprKind::IsBool(operand, false) => self.is(operand, "{0} IS FALSE"),
            ExprKind::Lookup {
                lookup,
                value,
                pattern,
            } => {
                let form = self
                    .dialect
                    .spell(Spelling::Lookup(*lookup, value, pattern));
                self.spelt(expr, form, |this| {
                    vec![this.expression(value), this.expression(pattern)]
                })
            }
            ExprKind::InList(value, list) => self.in_list(value, list, false),
            ExprKind::InParam(value, param) => self.in_param(expr, value, *param),
            ExprKind::InParent(values) => self.in_parent(expr, values),
            ExprKind::InQuery {
                value,
                query,
                known,
            } => {
                self.note_subquery(expr);
                self.in_query(expr, value, query, *known && usage == Use::Value, false)
            }
            ExprKind::Exists(query) => {
                self.note_subquery(expr);
                self.exists(query)
            }
            ExprKind::Scalar(query) if truth::is_empty(query) => self.null(expr),
            ExprKind::Scalar(query) if self.is_windowed_list(query) => self.windowed_list(query),
            ExprKind::Scalar(query) => {
                self.note_subquery(expr);
                if let Some(aggregate) = self.windowed_aggregate(query) {
                    return self.first_window(query, aggregate);
                }
                let mut query = self.query(query);
                query.forget_names();
                Expr::Query(Box::new(query))
            }
            ExprKind::Case {
                branches,
                otherwise,
            } => Expr::Case {
                branches: branches
                    .iter()
                    .map(|(condition, value)| {
                        (
                            self.expression_for(condition, Use::Truth),
                            self.expression(value),
                        )
                    })
                    .collect(),
                otherwise: otherwise
                    .as_ref()
                    .map(|otherwise| Box::new(self.expression(otherwise))),
            },
            ExprKind::Call(function, operands) => {
                let form = self
                    .dialect
                    .spell(Spelling::Function(*function, operands, &expr.ty));
                self.spelt(expr, form, |this| match operands.as_slice() {
                    [left, right]
                        if matches!(
                            function,
                            FunctionId::Holds | FunctionId::HeldBy | FunctionId::Overlaps
                        ) =>
                    {
                        vec![this.beside(left, right), this.beside(right, left)]
                    }
                    _ => this.compared(*function, operands),
                })
            }
            ExprKind::Aggregate(aggregate) => self.aggregate(expr, aggregate),
            ExprKind::Window(window) => self.window(expr, window),
            ExprKind::Grouping(keys) => self.grouping(keys),
            ExprKind::Cast(operand) => {
                let form = self.dialect.spell(Spelling::Cast(operand, &expr.ty));
                self.spelt(expr, form, |this| vec![this.expression(operand)])
            }
            ExprKind::TryCast(operand) => {
                let form = self.dialect.spell(Spelling::TryCast(operand, &expr.ty));
                self.spelt(expr, form, |this| vec![this.expression(operand)])
            }
            ExprKind::Row(values) => Expr::Row(self.expressions(values)),
            ExprKind::Sql(texts, operands) => self.sql(texts, operands, expr.span),
            ExprKind::When(guard, of) => {
                let of = self.expression_for(of, usage);
                self.when(guard, of)
            }
            ExprKind::JsonObject(members) => self.json_object(members),
            ExprKind::JsonList { item, order_by } => self.json_list(item, order_by),
            ExprKind::JsonListOrEmpty(list) => {
                let operands = vec![
                    self.expression(list),
                    Expr::atom(self.dialect.json_empty_list()),
                ];
                Expr::form(Form::atom("coalesce({0}, {1})"), operands)
            }
        }
    }

    /// A null of an expression's type.
    fn null(&mut self, expr: &plan::Expr) -> Expr<'a> {
        let null = match self.collation_of(&expr.ty) {
            Some(_) => self.dialect.null_text(),
            None => "NULL",
        };
        self.typed(Expr::atom(null), &expr.ty)
    }

    /// What a dialect spells, or what it refuses.
    pub(super) fn spelt(
        &mut self,
        expr: &plan::Expr,
        form: Result<Form, Refusal>,
        operands: impl FnOnce(&mut Self) -> Vec<Expr<'a>>,
    ) -> Expr<'a> {
        match form {
            Ok(form) => {
                self.functions.extend(form.registers);
                let mut operands = operands(self);
                if form.sql == "{0}" && !operands.is_empty() {
                    return operands.swap_remove(0);
                }
                self.form_of(expr, form, operands)
            }
            Err(refusal) => {
                let refused = self.refused(expr.span, refusal);
                // The operands may have problems of their own.
                operands(self);
                refused
            }
        }
    }

    /// A column, through the derived table that it is read through now.
    pub(super) fn column(&mut self, table: plan::TableId, column: &'a str) -> Expr<'a> {
        if !self.inlined.is_empty()
            && let Some(inlined) = self.inlined(table, column)
        {
            return inlined;
        }
        for renamed in self.renamed.iter().rev() {
            if renamed.table == table && renamed.column == column {
                return Expr::Column(renamed.alias.clone(), renamed.name.clone());
            }
        }
        if !self.rows.is_empty()
            && let Some(column) = self.column_of_row(table, column)
        {
            return column;
        }
        Expr::Column(self.alias(table).into(), column.into())
    }

    /// A condition, of which null is as good as false.
    pub(super) fn condition(&mut self, expr: &'a plan::Expr) -> Expr<'a> {
        self.expression_for(expr, Use::Truth)
    }

    fn literal(&mut self, expr: &plan::Expr, literal: &Literal) -> Expr<'a> {
        match self.dialect.literal(literal, &expr.ty.kind) {
            Ok(constant) => Expr::Text(constant.sql, constant.binds),
            Err(refusal) => self.refused(expr.span, refusal),
        }
    }

    fn binary(
        &mut self,
        expr: &plan::Expr,
        operator: BinaryOperator,
        left: &'a plan::Expr,
        right: &'a plan::Expr,
        usage: Use,
    ) -> Expr<'a> {
        let chain = match operator {
            BinaryOperator::And => Chain::And,
            BinaryOperator::Or => Chain::Or,
            _ => {
                if let ExprKind::Row(values) = &left.kind {
                    return self.row_comparison(expr, operator, (left, values), right);
                }
                let form = self
                    .dialect
                    .spell(Spelling::Binary(operator, left, right, &expr.ty));
                // Between two operands alone, a server knows the type of one from the other.
                let infix = form.as_ref().is_ok_and(|form| {
                    form.sql
                        .strip_prefix("{0} ")
                        .and_then(|sql| sql.strip_suffix(" {1}"))
                        .is_some_and(|sql| !sql.contains(['{', '(', ':']))
                });
                return self.spelt(expr, form, |this| {
                    if infix && operator != BinaryOperator::Concat {
                        vec![this.beside(left, right), this.beside(right, left)]
                    } else {
                        vec![this.expression(left), this.expression(right)]
                    }
                });
            }
        };
        // In an aggregate a column says whose rows it is over.
        let folds = !self.aggregating;
        if let Some(value) = truth::always(expr).filter(|_| folds) {
            return Expr::atom(if value { "TRUE" } else { "FALSE" });
        }
        let mut operands = Vec::new();
        for side in [left, right] {
            // True beside `and`, false beside `or`.
            if folds && truth::always(side).is_some() {
                continue;
            }
            match self.expression_for(side, usage) {
                Expr::Chain(inner, inner_operands) if inner == chain => {
                    operands.extend(inner_operands);
                }
                operand => operands.push(operand),
            }
        }
        match operands.len() {
            1 => operands.swap_remove(0),
            _ => Expr::Chain(chain, operands),
        }
    }

    fn is(&mut self, operand: &'a plan::Expr, sql: &'static str) -> Expr<'a> {
        let operand = self.expression(operand);
        Expr::form(
            Form::infix(sql, Binding::Comparison, Binding::Other),
            vec![operand],
        )
    }

    /// `not x`, as people write it.
    fn not(&mut self, operand: &'a plan::Expr) -> Expr<'a> {
        match &operand.kind {
            ExprKind::IsNull(value) => self.is(value, "{0} IS NOT NULL"),
            ExprKind::IsBool(value, true) => self.is(value, "{0} IS NOT TRUE"),
            ExprKind::IsBool(value, false) => self.is(value, "{0} IS NOT FALSE"),
            ExprKind::InList(value, list) => self.in_list(value, list, true),
            ExprKind::InQuery {
                value,
                query,
                known,
            } => {
                self.note_subquery(operand);
                self.in_query(operand, value, query, *known, true)
            }
            ExprKind::Binary(operator, left, right) => {
                let opposite = match operator {
                    BinaryOperator::Equal => BinaryOperator::NotEqual,
                    BinaryOperator::NotEqual => BinaryOperator::Equal,
                    BinaryOperator::DistinctFrom => BinaryOperator::NotDistinctFrom,
                    BinaryOperator::NotDistinctFrom => BinaryOperator::DistinctFrom,
                    _ => return self.negated(operand),
                };
                self.binary(operand, opposite, left, right, Use::Value)
            }
            _ => self.negated(operand),
        }
    }

    fn negated(&mut self, operand: &'a plan::Expr) -> Expr<'a> {
        match self.expression(operand) {
            Expr::Form {
                sql,
                binds,
                holes,
                operands,
            } => {
                for (like, not_like) in [
                    ("{0} LIKE ", "{0} NOT LIKE "),
                    ("{0} ILIKE ", "{0} NOT ILIKE "),
                    ("{0} GLOB ", "{0} NOT GLOB "),
                ] {
                    if binds == Binding::Comparison
                        && let Some(rest) = sql.strip_prefix(like)
                    {
                        return Expr::Form {
                            sql: format!("{not_like}{rest}").into(),
                            binds,
                            holes,
                            operands,
                        };
                    }
                }
                Expr::Not(Box::new(Expr::Form {
                    sql,
                    binds,
                    holes,
                    operands,
                }))
            }
            operand => Expr::Not(Box::new(operand)),
        }
    }

    /// The key of a content type: a query of one row, which servers run once.
    fn content_type(&mut self, app: &str, model: &str) -> Expr<'a> {
        const ALIAS: &str = "ct";
        let same = |column: &'static str, value: &str| {
            let literal = Literal::Text(value.into());
            let value = match self.dialect.literal(&literal, &djq_check::Type::Text) {
                Ok(constant) => Expr::Text(constant.sql, constant.binds),
                Err(_) => Expr::atom("NULL"),
            };
            Expr::form(
                Form::infix("{0} = {1}", Binding::Comparison, Binding::Other),
                vec![Expr::Column(ALIAS.into(), column.into()), value],
            )
        };
        let filter = vec![same("app_label", app), same("model", model)];
        Expr::Query(Box::new(Query::select(Select {
            items: vec![Item {
                value: Expr::Column(ALIAS.into(), "id".into()),
                name: "id".into(),
            }],
            from: Some(From::Table {
                schema: None,
                table: "django_content_type".into(),
                alias: ALIAS.into(),
            }),
            filter: Expr::all(filter),
            ..Select::default()
        })))
    }
}
