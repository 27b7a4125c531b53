//! Rows that no table holds: literal rows, a bound list, a series.

use super::{Legalizer, lateral::Inlined, walk};
use crate::{
    dialect::{self, Binding, BoundRows, Form},
    legal::{Body, Expr, From, Item, Query, Select, Side},
    rendered::SlotValue,
};
use djq_check::{
    Ty, Type,
    hir::{Literal, ParamId, SetOperator},
};
use djq_plan::plan::{self, ExprKind, TableFunction, TableId, Values};

impl<'a> Legalizer<'a> {
    /// The first row as a SELECT, which names the columns, and behind it the others as VALUES.
    pub(super) fn values(&mut self, values: &'a Values) -> Body<'a> {
        let mut rows = values.rows.iter();
        let first = rows.next().map_or(&[][..], Vec::as_slice);
        let items = values
            .names
            .iter()
            .zip(first)
            .map(|(name, value)| {
                self.check_name(name, value.span);
                Item {
                    value: self.literal_value(value),
                    name: (&**name).into(),
                }
            })
            .collect();
        let select = Select {
            items,
            ..Select::default()
        };
        let rows: Vec<Vec<Expr<'a>>> = rows
            .map(|row| row.iter().map(|value| self.literal_value(value)).collect())
            .collect();
        if rows.is_empty() {
            return Body::Select(Box::new(select));
        }
        let side = |query| Side {
            query: Box::new(query),
            parentheses: false,
        };
        Body::SetOperation {
            operator: SetOperator::Union,
            all: true,
            left: side(Query::select(select)),
            right: side(Query::bare(Body::Values {
                row: self.dialect.row_word(),
                rows,
            })),
        }
    }

    fn literal_value(&mut self, value: &'a plan::Expr) -> Expr<'a> {
        self.whole = true;
        let legal = self.expression(value);
        match value.kind {
            ExprKind::Literal(Literal::Null) => self.typed(legal, &value.ty),
            _ => legal,
        }
    }

    /// A function that gives rows.
    pub(super) fn function(&mut self, id: TableId, function: &'a TableFunction) -> From<'a> {
        match function {
            TableFunction::Parameter { parameter, columns } => {
                self.bound_rows(id, *parameter, columns)
            }
            TableFunction::Sql(texts, operands) => self.sql_rows(id, texts, operands),
            TableFunction::Gathered { list, columns } => {
                let rows = self.dialect.gathered_rows(columns);
                let list = self.expression(list);
                match rows {
                    Some(rows) => self.unpacked(id, list, columns, rows),
                    None => super::lateral::one_row(self.alias(id).into()),
                }
            }
            TableFunction::Series {
                column,
                first,
                last,
                step,
            } => self.series(id, column, [first, last, step]),
        }
    }

    fn bound_rows(
        &mut self,
        id: TableId,
        parameter: ParamId,
        columns: &'a [(Box<str>, Ty)],
    ) -> From<'a> {
        let span = usize::try_from(id.0)
            .ok()
            .and_then(|place| self.plan.tables.get(place))
            .map_or_else(Default::default, |table| table.span);
        let types: Vec<&Ty> = columns.iter().map(|(_, ty)| ty).collect();
        let row = Type::Row(columns.to_vec().into()).required();
        let list = self.slot(SlotValue::Param(parameter), row, true);
        for (name, _) in columns {
            self.check_name(name, span);
        }
        match self.dialect.rows_parameter(&types) {
            Ok(rows) => self.unpacked(id, list, columns, rows),
            Err(refusal) => {
                self.refuse(span, refusal);
                super::lateral::one_row(self.alias(id).into())
            }
        }
    }

    /// The rows of a list.
    fn unpacked(
        &mut self,
        id: TableId,
        list: Expr<'a>,
        columns: &'a [(Box<str>, Ty)],
        rows: BoundRows,
    ) -> From<'a> {
        match rows {
            BoundRows::Select {
                from,
                columns: values,
            } => {
                let items = columns
                    .iter()
                    .zip(values)
                    .map(|((name, _), value)| Item {
                        value: Expr::atom(value),
                        name: (&**name).into(),
                    })
                    .collect();
                From::Derived {
                    query: Box::new(Query::select(Select {
                        items,
                        from: Some(From::Function {
                            sql: from,
                            operands: vec![list],
                            alias: "listed".into(),
                            columns: Vec::new(),
                        }),
                        ..Select::default()
                    })),
                    lateral: false,
                    alias: self.alias(id).into(),
                }
            }
            BoundRows::Function {
                from,
                columns: values,
            } => {
                let mut operands = vec![list];
                for ((name, _), value) in columns.iter().zip(values) {
                    operands.push(Expr::Name((&**name).into()));
                    if let Some(value) = value {
                        self.inlined.push((id, name, Inlined::Column(value)));
                    }
                }
                From::Function {
                    sql: from,
                    operands,
                    alias: self.alias(id).into(),
                    columns: Vec::new(),
                }
            }
        }
    }

    fn series(
        &mut self,
        id: TableId,
        column: &'a str,
        [first, last, step]: [&'a plan::Expr; 3],
    ) -> From<'a> {
        let (text, number) = match self.dialect.series() {
            dialect::Series::Function { by_one, by_step } => {
                let mut operands = vec![self.expression(first), self.expression(last)];
                let sql = match whole(step) {
                    Some(1) => by_one,
                    literal => {
                        let step = self.expression(step);
                        operands.push(match literal {
                            Some(_) => step,
                            None => Expr::form(Form::atom("nullif({0}, 0)"), vec![step]),
                        });
                        by_step
                    }
                };
                return From::Function {
                    sql: sql.into(),
                    operands,
                    alias: self.alias(id).into(),
                    columns: vec![column.into()],
                };
            }
            dialect::Series::Numbered {
                from,
                text,
                known,
                divide,
                column: numbers,
                number,
            } => {
                let text = self.series_text([first, last, step], text, known, divide);
                let function = |alias| From::Function {
                    sql: from.into(),
                    operands: vec![text],
                    alias,
                    columns: Vec::new(),
                };
                let uses_tables = [first, last, step].iter().any(|part| {
                    let mut found = false;
                    walk::expressions(part, true, &mut |part| {
                        found |= matches!(part.kind, ExprKind::Column(..));
                    });
                    found
                });
                let own = Inlined::Number {
                    first,
                    step,
                    column: numbers,
                    number,
                };
                if uses_tables {
                    self.inlined.push((id, column, own));
                    return function(self.alias(id).into());
                }
                (function("numbered".into()), own)
            }
        };
        // What uses nothing around it is a derived table, whose column then stands for its long value.
        let value = self.inlined_value("numbered".into(), column, number);
        From::Derived {
            query: Box::new(Query::select(Select {
                items: vec![Item {
                    value,
                    name: column.into(),
                }],
                from: Some(text),
                ..Select::default()
            })),
            lateral: false,
            alias: self.alias(id).into(),
        }
    }

    /// The text that makes as many rows as a series has values: the whole part of `(last - first + step) / step`, none
    /// where that is negative.
    fn series_text(
        &mut self,
        [first, last, step]: [&'a plan::Expr; 3],
        text: &'static str,
        known: &'static str,
        divide: &'static str,
    ) -> Expr<'a> {
        if let (Some(first), Some(last), Some(step)) = (whole(first), whole(last), whole(step)) {
            let step = i128::from(step);
            let length = i128::from(last) - i128::from(first) + step;
            let rows = length.checked_div(step).unwrap_or(0).max(0);
            return Expr::form(Form::atom(known), vec![Expr::atom(rows.to_string())]);
        }
        let (add, subtract) = ("{0} + {1}", "{0} - {1}");
        let sum = |sql: &'static str, left, right| {
            Expr::form(
                Form::infix(sql, Binding::Sum, Binding::Product),
                vec![left, right],
            )
        };
        let mut length = self.expression(last);
        if whole(first) != Some(0) {
            let first = self.expression(first);
            length = sum(subtract, length, first);
        }
        let step_value = self.expression(step);
        let mut rows = sum(add, length, step_value);
        if whole(step) != Some(1) {
            let divide = Form::infix(divide, Binding::Product, Binding::Atom);
            rows = Expr::form(divide, vec![rows, self.expression(step)]);
        }
        let null = first.ty.nullable || last.ty.nullable || step.ty.nullable;
        let sure = !null && whole(step).is_some();
        Expr::form(Form::atom(if sure { known } else { text }), vec![rows])
    }

    /// The value of a series out of the number of its row.
    pub(super) fn series_value(
        &mut self,
        first: &'a plan::Expr,
        step: &'a plan::Expr,
        number: Expr<'a>,
    ) -> Expr<'a> {
        let product = match whole(step) {
            Some(1) => number,
            _ => Expr::form(
                Form::infix("{0} * {1}", Binding::Product, Binding::Unary),
                vec![number, self.expression(step)],
            ),
        };
        match whole(first) {
            Some(0) => product,
            _ => Expr::form(
                Form::infix("{0} + {1}", Binding::Sum, Binding::Product),
                vec![self.expression(first), product],
            ),
        }
    }
}

/// The number that a literal is.
fn whole(expr: &plan::Expr) -> Option<i64> {
    match expr.kind {
        ExprKind::Literal(Literal::Int(value)) => Some(value),
        _ => None,
    }
}
