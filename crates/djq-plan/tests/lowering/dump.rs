//! A plan as text close to SQL, for people to read and tests to compare.

use djq_plan::plan::{
    Aggregate, Body, Expr, ExprKind, From, JoinKind, OrderKey, Output, Plan, Query, TableId,
    WindowFunction,
};
use std::fmt::Write;

/// Every statement, then what a row is made of, then why the joins are there.
pub(crate) fn dump(plan: &Plan) -> String {
    let dump = Dump { plan };
    let mut text = String::new();
    for (index, statement) in plan.statements.iter().enumerate() {
        if index > 0 {
            text.push_str("\n-- ");
            if let Some(parent) = &statement.parent {
                let _ = writeln!(
                    text,
                    "statement {index}: {:?} of statement {} = {:?}",
                    parent.parent_columns, parent.statement, parent.own_columns
                );
            }
        }
        text.push_str(&dump.query(&statement.query, 0));
        text.push('\n');
        assert_eq!(
            statement.columns.len(),
            width(&statement.query.body).unwrap_or(statement.columns.len())
        );
    }
    let row: Vec<String> = plan.row.iter().map(output).collect();
    let _ = writeln!(text, "-- row: {}", row.join(" "));
    for table in &plan.tables {
        if let Some(reason) = &table.reason {
            let _ = writeln!(
                text,
                "-- {}: {} {:?}, {}",
                table.alias, reason.path, reason.kind, reason.because
            );
        }
    }
    text
}

fn width(body: &Body) -> Option<usize> {
    match body {
        Body::Select(select) => Some(select.items.len()),
        Body::SetOperation { left, .. } => width(&left.body),
        Body::Values(values) => Some(values.names.len()),
    }
}

fn output(output: &Output) -> String {
    let list = |fields: &[Output]| {
        fields
            .iter()
            .map(self::output)
            .collect::<Vec<_>>()
            .join(" ")
    };
    match output {
        Output::Value(index) => index.to_string(),
        Output::Object { present, fields } => match present {
            Some(present) => format!("{{{present}? {}}}", list(fields)),
            None => format!("{{{}}}", list(fields)),
        },
        Output::List { statement, fields } => format!("[{statement}: {}]", list(fields)),
        Output::One { statement, fields } => format!("({statement}: {})", list(fields)),
        Output::Json {
            column,
            list: is_list,
            fields,
        } => format!(
            "json {column}{} {}",
            if *is_list { "[]" } else { "" },
            fields.len()
        ),
    }
}

struct Dump<'a> {
    plan: &'a Plan,
}

impl Dump<'_> {
    fn alias(&self, id: TableId) -> &str {
        &self.plan.tables[id.0 as usize].alias
    }

    fn query(&self, query: &Query, indent: usize) -> String {
        let pad = "  ".repeat(indent);
        let mut text = String::new();
        for cte in &query.ctes {
            let recursive = if cte.recursive { "recursive " } else { "" };
            let body = self.query(&cte.query, indent + 1);
            let _ = writeln!(
                text,
                "{pad}with {recursive}{} as (\n{body}\n{pad})",
                cte.name
            );
        }
        match &query.body {
            Body::Values(values) => {
                let rows: Vec<String> = values
                    .rows
                    .iter()
                    .map(|row| format!("({})", self.list(row, indent)))
                    .collect();
                let _ = write!(text, "{pad}values {}", rows.join(", "));
            }
            Body::Select(select) => {
                let items: Vec<String> = select
                    .items
                    .iter()
                    .map(|item| {
                        let value = self.expr(&item.value, indent);
                        match &item.value.kind {
                            ExprKind::Column(_, name) if *name == item.name => value,
                            _ => format!("{value} as {}", item.name),
                        }
                    })
                    .collect();
                let distinct = if select.distinct { "distinct " } else { "" };
                let _ = write!(text, "{pad}select {distinct}{}", items.join(", "));
                if let Some(from) = &select.from {
                    let _ = write!(text, "\n{pad}from {}", self.from(from, indent));
                }
                self.conditions(&mut text, indent, "where", &select.filter);
                if select.grouped {
                    let keys: Vec<String> = select
                        .group_by
                        .iter()
                        .map(|key| self.expr(key, indent))
                        .collect();
                    let _ = write!(text, "\n{pad}group by ({})", keys.join(", "));
                    if let Some(sets) = &select.grouping_sets {
                        let _ = write!(text, " sets {sets:?}");
                    }
                } else {
                    assert!(select.group_by.is_empty() && select.having.is_empty());
                }
                self.conditions(&mut text, indent, "having", &select.having);
            }
            Body::SetOperation {
                operator,
                all,
                left,
                right,
            } => {
                let all = if *all { " all" } else { "" };
                let _ = write!(
                    text,
                    "{pad}(\n{}\n{pad}) {}{all} (\n{}\n{pad})",
                    self.query(left, indent + 1),
                    format!("{operator:?}").to_lowercase(),
                    self.query(right, indent + 1)
                );
            }
        }
        if !query.order_by.is_empty() {
            let _ = write!(
                text,
                "\n{pad}order by {}",
                self.order(&query.order_by, indent)
            );
        }
        for (word, part) in [("limit", &query.limit), ("offset", &query.offset)] {
            if let Some(part) = part {
                let _ = write!(text, "\n{pad}{word} {}", self.expr(part, indent));
            }
        }
        text
    }

    fn conditions(&self, text: &mut String, indent: usize, word: &str, conditions: &[Expr]) {
        let pad = "  ".repeat(indent);
        for (index, condition) in conditions.iter().enumerate() {
            let word = if index == 0 { word } else { "  and" };
            let _ = write!(text, "\n{pad}{word} {}", self.expr(condition, indent));
        }
    }

    fn order(&self, keys: &[OrderKey], indent: usize) -> String {
        keys.iter()
            .map(|key| {
                let value = self.expr(&key.value, indent);
                let descending = if key.descending { " desc" } else { "" };
                let nulls = if key.nulls_first { " nulls first" } else { "" };
                format!("{value}{descending}{nulls}")
            })
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn from(&self, from: &From, indent: usize) -> String {
        let pad = "  ".repeat(indent);
        match from {
            From::Table { id, table, .. } => named(table, self.alias(*id)),
            From::Cte { id, name } => named(name, self.alias(*id)),
            From::Derived { id, query, lateral } => format!(
                "{}(\n{}\n{pad}) {}",
                if *lateral { "lateral " } else { "" },
                self.query(query, indent + 1),
                self.alias(*id)
            ),
            From::Function { id, function } => {
                let operands: Vec<String> = function
                    .expressions()
                    .into_iter()
                    .map(|operand| self.expr(operand, indent))
                    .collect();
                format!("function({}) {}", operands.join(", "), self.alias(*id))
            }
            From::Join {
                kind,
                left,
                right,
                on,
                ..
            } => {
                let inner = matches!(**right, From::Join { .. });
                let right = self.from(right, indent + usize::from(inner));
                let right = if inner { format!("({right})") } else { right };
                let on: Vec<String> = on.iter().map(|part| self.expr(part, indent)).collect();
                let kind = match kind {
                    JoinKind::Inner => "join".to_owned(),
                    other => format!("{} join", format!("{other:?}").to_lowercase()),
                };
                let on = if on.is_empty() {
                    String::new()
                } else {
                    format!(" on {}", on.join(" and "))
                };
                format!("{}\n{pad}{kind} {right}{on}", self.from(left, indent))
            }
        }
    }

    fn list(&self, list: &[Expr], indent: usize) -> String {
        list.iter()
            .map(|item| self.expr(item, indent))
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn sub(&self, query: &Query, indent: usize) -> String {
        let pad = "  ".repeat(indent);
        format!("(\n{}\n{pad})", self.query(query, indent + 1))
    }

    fn expr(&self, expr: &Expr, indent: usize) -> String {
        let go = |expr: &Expr| self.expr(expr, indent);
        match &expr.kind {
            ExprKind::Literal(literal) => literal_text(literal),
            ExprKind::Param(id) => format!("${}", id.0),
            ExprKind::Column(table, name) => format!("{}.{name}", self.alias(*table)),
            ExprKind::Item(index) => format!("#{index}"),
            ExprKind::ContentType(app, model) => format!("content_type({app}.{model})"),
            ExprKind::Within(value, limit) => {
                format!(
                    "within({}, {} of {})",
                    go(value),
                    limit.characters,
                    limit.field
                )
            }
            ExprKind::NewKey(target, column) => format!("new_key({}.{column})", target.table),
            ExprKind::Unary(operator, of) => format!("{operator:?}({})", go(of)),
            ExprKind::Binary(operator, left, right) => {
                let operator = format!("{operator:?}");
                let operator = match &*operator {
                    "Equal" => "=",
                    "Less" => "<",
                    "LessEqual" => "<=",
                    "Greater" => ">",
                    "GreaterEqual" => ">=",
                    "Add" => "+",
                    other => other,
                };
                let part = |of: &Expr| match of.kind {
                    ExprKind::Binary(..) => format!("({})", go(of)),
                    _ => go(of),
                };
                format!("{} {operator} {}", part(left), part(right))
            }
            ExprKind::IsNull(of) => format!("{} is null", go(of)),
            ExprKind::IsBool(of, value) => format!("{} is {value}", go(of)),
            ExprKind::Lookup {
                lookup,
                value,
                pattern,
            } => format!("{} {lookup:?} {}", go(value), go(pattern)),
            ExprKind::InList(value, list) => {
                format!("{} in ({})", go(value), self.list(list, indent))
            }
            ExprKind::InParam(value, id) => format!("{} in ${}", go(value), id.0),
            ExprKind::InParent(keys) => format!("({}) in parent", self.list(keys, indent)),
            ExprKind::InQuery {
                value,
                query,
                known,
            } => format!(
                "{} {}in {}",
                go(value),
                if *known { "known " } else { "" },
                self.sub(query, indent)
            ),
            ExprKind::Exists(query) => format!("exists {}", self.sub(query, indent)),
            ExprKind::Scalar(query) => self.sub(query, indent),
            ExprKind::Case {
                branches,
                otherwise,
            } => {
                let mut text = "case".to_owned();
                for (condition, value) in branches {
                    let _ = write!(text, " when {} then {}", go(condition), go(value));
                }
                if let Some(otherwise) = otherwise {
                    let _ = write!(text, " else {}", go(otherwise));
                }
                text + " end"
            }
            ExprKind::Call(function, list) => {
                format!("{function:?}({})", self.list(list, indent)).to_lowercase()
            }
            ExprKind::Aggregate(aggregate) => self.aggregate(aggregate, indent),
            ExprKind::Window(window) => {
                let function = match &window.function {
                    WindowFunction::Window(id, arguments) => {
                        format!("{}({})", id.name(), self.list(arguments, indent))
                    }
                    WindowFunction::Aggregate(aggregate) => self.aggregate(aggregate, indent),
                };
                let frame = window.frame.as_ref();
                let frame = frame.map_or(String::new(), |frame| format!(" {frame:?}"));
                format!(
                    "{function} over (partition by {} order by {}{frame})",
                    self.list(&window.partition_by, indent),
                    self.order(&window.order_by, indent)
                )
            }
            ExprKind::Grouping(keys) => format!("grouping({keys:?})"),
            ExprKind::Cast(of) => format!("{}::{}", go(of), expr.ty.kind),
            ExprKind::TryCast(of) => format!("try_cast({} as {})", go(of), expr.ty.kind),
            ExprKind::Row(list) => format!("({})", self.list(list, indent)),
            ExprKind::Sql(_, list) => format!("sql({})", self.list(list, indent)),
            ExprKind::When(guard, of) => format!("{} when {guard:?}", go(of)),
            ExprKind::JsonObject(members) => {
                let members: Vec<String> = members
                    .iter()
                    .map(|member| format!("{}: {}", member.name, go(&member.value)))
                    .collect();
                format!("{{{}}}", members.join(", "))
            }
            ExprKind::JsonListOrEmpty(list) => format!("{} or []", go(list)),
            ExprKind::JsonList { item, order_by } => {
                format!("[{} order by {}]", go(item), self.order(order_by, indent))
            }
        }
    }

    fn aggregate(&self, aggregate: &Aggregate, indent: usize) -> String {
        let mut text = format!("{:?}(", aggregate.function).to_lowercase();
        if aggregate.distinct {
            text.push_str("distinct ");
        }
        text.push_str(&self.list(&aggregate.arguments, indent));
        if let Some(condition) = &aggregate.condition {
            let _ = write!(text, " where {}", self.expr(condition, indent));
        }
        if !aggregate.order_by.is_empty() {
            let _ = write!(
                text,
                " order by {}",
                self.order(&aggregate.order_by, indent)
            );
        }
        text + ")"
    }
}

fn named(name: &str, alias: &str) -> String {
    if name == alias {
        name.to_owned()
    } else {
        format!("{name} {alias}")
    }
}

fn literal_text(literal: &djq_check::hir::Literal) -> String {
    use djq_check::hir::Literal as L;
    match literal {
        L::Null => "null".to_owned(),
        L::Bool(value) => value.to_string(),
        L::Int(value) => value.to_string(),
        L::Float(value) => value.to_string(),
        L::Decimal(value) => value.to_string(),
        L::Text(value) => format!("'{value}'"),
        L::Date(value) | L::Time(value) | L::DateTime(value) => format!("@{value}"),
        other => format!("{other:?}"),
    }
}
