//! SQL's `insert into M (…) values (…)`, and MySQL's `insert into M set …`.
//!
//! djq names the model and puts what each field gets in braces.

use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};

use super::statements::report;
use crate::ast::{Assignment, ClauseKind, Expr, Name, Path, SelectItem, SelectItemKind};
use crate::parser::expressions::expr;
use crate::parser::input::{Input, Read};
use crate::parser::recovery::{another, close, closes, skip_group};
use crate::parser::{clauses, names, pipelines, shapes};
use crate::token::{Token, TokenKind as K};

/// What stands behind `insert [into] M` where djq has braces: SQL's columns and values, MySQL's
/// `set`, or braces that are parentheses. `into` is where that word begins and ends, if it is there.
pub(crate) fn insert(
    inp: &mut Input<'_, '_>,
    keyword: Span,
    into: Option<Span>,
    model: &Path,
) -> Option<ClauseKind> {
    let values = inp.is_word_at(0, "values") && inp.kind_at(1) == K::OpenParen;
    let set = inp.is_word_at(0, "set") && inp.kind_at(2) == K::Equal;
    if values {
        let span = inp.here();
        let diagnostic = Diagnostic::new(
            &codes::FOREIGN_STATEMENT,
            span,
            "the values of a new row are named",
        )
        .label("SQL's way, and in the table's order")
        .help("write `insert M { field = value, … }`, one pair of braces for each row");
        inp.knows().report(diagnostic);
        inp.bump();
        skip_rows(inp);
        return Some(ClauseKind::Error);
    }
    if set {
        let start = inp.here();
        inp.bump();
        let first = inp.here();
        let assignments = clauses::items(inp, shapes::assignment);
        let list = inp.since(first);
        let text = inp.knows().slice(list).to_owned();
        let mut edits = without_into(into);
        edits.push(Edit {
            span: start.to(list),
            text: format!("{{ {text} }}"),
        });
        row_fix(inp, keyword, edits);
        return Some(ClauseKind::Insert {
            model: model.clone(),
            into: false,
            rows: vec![assignments],
        });
    }
    if !inp.at(K::OpenParen) {
        return None;
    }
    let open = inp.bump();
    let start = inp.span_of(open);
    if inp.kind_at(1) == K::Equal {
        let assignments = in_parentheses(inp, open);
        let mut edits = without_into(into);
        edits.push(Edit {
            span: start,
            text: "{".into(),
        });
        edits.push(Edit {
            span: inp.previous(),
            text: "}".into(),
        });
        row_fix(inp, keyword, edits);
        return Some(ClauseKind::Insert {
            model: model.clone(),
            into: false,
            rows: vec![assignments],
        });
    }
    let fields = names_inside(inp, open);
    if inp.is_word_at(0, "values") {
        inp.bump();
        return Some(insert_values(inp, keyword, into, model, start, fields));
    }
    if matches!(inp.kind(), K::Select | K::From | K::With) {
        return Some(insert_select(inp, keyword, model, fields));
    }
    inp.unexpected("`values` and rows, or a pipeline");
    Some(ClauseKind::Error)
}

/// `(a, b)` behind the parenthesis.
fn names_inside(inp: &mut Input<'_, '_>, open: Token) -> Vec<Name> {
    let mut fields = Vec::new();
    let mut more = !closes(inp, open);
    while more {
        fields.push(names::name(inp, "a field's name"));
        more = another(inp, open, "`,` or `)`");
    }
    close(inp, open, "`,` or `)`");
    fields
}

/// `(a = 1, b = 2)` behind the parenthesis.
fn in_parentheses(inp: &mut Input<'_, '_>, open: Token) -> Vec<Assignment> {
    let mut assignments = Vec::new();
    let mut more = !closes(inp, open);
    while more {
        assignments.push(shapes::assignment(inp));
        more = another(inp, open, "`,` or `)`");
    }
    close(inp, open, "`,` or `)`");
    assignments
}

/// `values (x, y), (z, w)`, behind the word.
fn insert_values(
    inp: &mut Input<'_, '_>,
    keyword: Span,
    into: Option<Span>,
    model: &Path,
    start: Span,
    fields: Vec<Name>,
) -> ClauseKind {
    let mut rows = Vec::new();
    let mut texts = Vec::new();
    let mut fits = true;
    while inp.at(K::OpenParen) {
        let open = inp.bump();
        let mut values = Vec::new();
        let mut more = !closes(inp, open);
        while more {
            values.push(expr(inp));
            more = another(inp, open, "`,` or `)`");
        }
        close(inp, open, "`,` or `)`");
        fits &= values.len() == fields.len();
        texts.push(braces(inp, &fields, &values));
        rows.push(assign(&fields, values));
        if inp.at(K::Comma) && inp.kind_at(1) == K::OpenParen {
            inp.bump();
        }
    }
    let span = inp.since(start);
    let mut diagnostic = Diagnostic::new(
        &codes::FOREIGN_STATEMENT,
        keyword,
        "a new row is written in braces, each value with its field",
    )
    .label("a statement as SQL has it");
    if fits && !rows.is_empty() {
        let text = match texts.as_slice() {
            [one] => one.clone(),
            many => format!("[{}]", many.join(", ")),
        };
        let mut edits = without_into(into);
        edits.push(Edit { span, text });
        diagnostic = diagnostic.fix_all(Applicability::Exact, "name each value", edits);
    } else {
        diagnostic = diagnostic
            .because(span, "as many values as fields?")
            .help("write `insert M { field = value, … }`");
    }
    inp.knows().report(diagnostic);
    if !fits || rows.is_empty() {
        return ClauseKind::Error;
    }
    ClauseKind::Insert {
        model: model.clone(),
        into: false,
        rows,
    }
}

/// `select x, y from …`: djq reads first, and inserts what it has read.
fn insert_select(
    inp: &mut Input<'_, '_>,
    keyword: Span,
    model: &Path,
    fields: Vec<Name>,
) -> ClauseKind {
    let right = pipelines::whole(inp);
    let state = inp.knows();
    // Its `select` does not move down: it goes into the braces.
    let first = right
        .clauses
        .iter()
        .find(|clause| matches!(clause.kind, ClauseKind::Select(_)));
    if let Some(select) = first {
        state.forget(&codes::SELECT_FIRST, select.keyword);
    }
    let values = first.and_then(|clause| match &clause.kind {
        ClauseKind::Select(items) => plain_values(items),
        _ => None,
    });
    let diagnostic = Diagnostic::new(
        &codes::FOREIGN_STATEMENT,
        keyword,
        "the rows come first: `from … insert into M { … }`",
    )
    .label("a statement as SQL has it");
    let text = match (&right.source, values) {
        (Some(source), Some(values)) if values.len() == fields.len() => {
            let others = right
                .clauses
                .iter()
                .filter(|clause| !matches!(clause.kind, ClauseKind::Select(_)));
            let rest: String = others
                .map(|clause| format!(" {}", state.slice(clause.span)))
                .collect();
            let pairs: Vec<String> = fields
                .iter()
                .zip(&values)
                .map(|(field, value)| {
                    format!("{} = {}", state.slice(field.span), state.slice(*value))
                })
                .collect();
            Some(format!(
                "from {}{rest} insert into {} {{ {} }}",
                state.slice(source.span),
                state.slice(model.span),
                pairs.join(", ")
            ))
        }
        _ => None,
    };
    let whole = inp.since(keyword);
    let diagnostic = match text {
        Some(text) => diagnostic.fix(Applicability::Exact, "read, then insert", whole, text),
        None => diagnostic.help("write `from … insert into M { field = value, … }`"),
    };
    inp.knows().report(diagnostic);
    ClauseKind::Error
}

/// Where the values of a `select` stand, if it has nothing but values.
fn plain_values(items: &[SelectItem]) -> Option<Vec<Span>> {
    items
        .iter()
        .map(|item| match &item.kind {
            SelectItemKind::Expr { value, .. } => Some(value.span),
            _ => None,
        })
        .collect()
}

fn assign(fields: &[Name], values: Vec<Expr>) -> Vec<Assignment> {
    fields
        .iter()
        .zip(values)
        .map(|(field, value)| Assignment {
            span: value.span,
            name: field.clone(),
            value,
            guard: None,
        })
        .collect()
}

fn braces(inp: &mut Input<'_, '_>, fields: &[Name], values: &[Expr]) -> String {
    let state = inp.knows();
    let pairs: Vec<String> = fields
        .iter()
        .zip(values)
        .map(|(field, value)| format!("{} = {}", state.slice(field.span), state.slice(value.span)))
        .collect();
    format!("{{ {} }}", pairs.join(", "))
}

/// One row is inserted without `into`.
fn without_into(into: Option<Span>) -> Vec<Edit> {
    into.map(|span| Edit {
        span,
        text: String::new(),
    })
    .into_iter()
    .collect()
}

fn row_fix(inp: &mut Input<'_, '_>, keyword: Span, edits: Vec<Edit>) {
    report(
        inp,
        keyword,
        "a new row is written in braces, each value with its field",
        vec![(Applicability::Exact, "write braces", edits)],
    );
}

/// Steps over `(…), (…)`.
fn skip_rows(inp: &mut Input<'_, '_>) {
    while inp.at(K::OpenParen) {
        skip_group(inp);
        if inp.at(K::Comma) && inp.kind_at(1) == K::OpenParen {
            inp.bump();
        }
    }
}
