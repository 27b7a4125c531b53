//! PRQL's pipes and its `group`, which holds a pipeline of its own.

use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};

use super::not_needed;
use crate::ast::{Clause, ClauseKind, Expr, ExprKind};
use crate::parser::expressions::operand_alone;
use crate::parser::input::{Input, Read};
use crate::parser::recovery::{self, clause_at, skip_group};
use crate::token::{Token, TokenKind as K};

/// The `|` between two clauses.
pub(crate) fn pipe(inp: &mut Input<'_, '_>) -> bool {
    if !inp.at(K::Pipe) || !(clause_at(inp, 1) || super::clause_at_next(inp)) {
        return false;
    }
    not_needed(inp, "clauses follow each other without `|`", "remove it");
    true
}

/// `group author (aggregate { n = count this })`, behind `group`: one row for each key, and what is
/// selected of it.
pub(crate) fn group(inp: &mut Input<'_, '_>, keyword: Span, clauses: &mut Vec<Clause>) -> bool {
    let Some((keys, open)) = keys(inp) else {
        return false;
    };
    let inner = inp.token_at(open + 1);
    let word = inp.knows().text(inner).to_owned();
    if !matches!(
        word.as_str(),
        "aggregate" | "sort" | "take" | "derive" | "filter"
    ) {
        return false;
    }
    for _ in 0..open {
        inp.bump();
    }
    let opener = inp.bump();
    let aggregates = (word == "aggregate").then(|| aggregates(inp)).flatten();
    while inp.kind() != K::End && !inp.kind().closes() {
        skip_group(inp);
    }
    recovery::close(inp, opener, "`)`");
    let span = inp.since(keyword);
    let diagnostic = Diagnostic::new(
        &codes::FOREIGN_CLAUSE,
        keyword,
        "`group by` makes a row of each group, and `select` says what is in it",
    )
    .label("PRQL's way");
    let diagnostic = match aggregates {
        Some(aggregates) => {
            let text = format!("group by {keys} select {keys}, {}", aggregates.join(", "));
            diagnostic.fix(
                Applicability::Exact,
                "write `group by` and `select`",
                span,
                text,
            )
        }
        None => diagnostic.help(
            "the first rows of each group are `limit 3 per key`; a value among its group is `f(x) over (partition by key)`",
        ),
    };
    inp.knows().report(diagnostic);
    clauses.push(Clause {
        kind: ClauseKind::Error,
        guard: None,
        span,
        keyword,
    });
    true
}

/// The keys before the parenthesis, as written without braces, and how many tokens they are.
fn keys(inp: &mut Input<'_, '_>) -> Option<(String, usize)> {
    let first = inp.token();
    let mut at = 0;
    if first.kind == K::OpenBrace {
        if first.partner == Token::ALONE {
            return None;
        }
        at = (first.partner as usize).checked_sub(inp.position())? + 1;
    } else {
        while inp.kind_at(at).is_name() || inp.kind_at(at) == K::Dot {
            at += 1;
        }
    }
    if at == 0 || inp.kind_at(at) != K::OpenParen {
        return None;
    }
    let last = inp.token_at(at - 1);
    let span = inp.span_of(first).to(inp.span_of(last));
    let text = inp.knows().slice(span);
    let text = text.strip_prefix('{').unwrap_or(text);
    let text = text.strip_suffix('}').unwrap_or(text).trim();
    Some((text.trim_end_matches(',').to_owned(), at))
}

/// `aggregate { n = count this, sum price }`, each as a column of `select`.
fn aggregates(inp: &mut Input<'_, '_>) -> Option<Vec<String>> {
    inp.bump();
    let open = inp.eat(K::OpenBrace)?;
    let mut aggregates = Vec::new();
    while !recovery::closes(inp, open) {
        let named = inp.kind().is_name() && inp.kind_at(1) == K::Equal;
        let alias = if named {
            let token = inp.bump();
            inp.bump();
            Some(inp.knows().text(token).to_owned())
        } else {
            None
        };
        let function = inp.eat(K::Name)?;
        let function = match inp.knows().text(function) {
            "average" => "avg",
            "count_distinct" => "count(distinct",
            function => function,
        };
        let argument = inp.here();
        while inp.kind().is_name() || inp.at(K::Dot) {
            inp.bump();
        }
        let argument = inp.since(argument);
        let argument = match inp.knows().slice(argument).trim() {
            "this" => "",
            argument => argument,
        };
        let mut text = if function.contains('(') {
            format!("{function} {argument})")
        } else {
            format!("{function}({argument})")
        };
        if let Some(alias) = alias {
            text.push_str(&format!(" as {alias}"));
        }
        aggregates.push(text);
        if inp.eat(K::Comma).is_none() && !recovery::closes(inp, open) {
            return None;
        }
    }
    recovery::close(inp, open, "`}`");
    Some(aggregates)
}

/// `join side:left c=Customer (this.customer_id == c.id)`, behind `join`.
pub(crate) fn prql_join(inp: &mut Input<'_, '_>) -> bool {
    let side = inp.is_word_at(0, "side") && inp.kind_at(1) == K::Colon;
    let first = if side { 3 } else { 0 };
    let named = inp.kind_at(first).is_name() && inp.kind_at(first + 1) == K::Equal;
    let model = if named { first + 2 } else { first };
    let condition = inp.kind_at(model).is_name() && inp.kind_at(model + 1) == K::OpenParen;
    if !condition || !(side || named) {
        return false;
    }
    let keyword = inp.previous();
    let word = |inp: &mut Input<'_, '_>, at: usize| {
        let token = inp.token_at(at);
        inp.knows().text(token).to_owned()
    };
    let kind = if side { word(inp, 2) } else { String::new() };
    let of = word(inp, model);
    let alias = if named {
        word(inp, first)
    } else {
        of.to_lowercase()
    };
    for _ in 0..=model {
        inp.bump();
    }
    let open = inp.token();
    skip_group(inp);
    let span = inp.since(keyword);
    let inside = Span {
        start: open.end,
        end: span.end.saturating_sub(1).max(open.end),
        ..span
    };
    let written = inp.knows().slice(inside).trim().to_owned();
    let diagnostic = Diagnostic::new(
        &codes::FOREIGN_CLAUSE,
        keyword,
        "a join names its source, then `as`, then `on` and the condition",
    )
    .label("PRQL's way");
    // `==id` compares the fields of that name on both sides.
    let condition = match written.strip_prefix("==") {
        Some(field) => {
            let field = field.trim();
            format!("{field} = {alias}.{field}")
        }
        None => written
            .replace("this.", "")
            .replace("that.", &format!("{alias}."))
            .replace("==", "="),
    };
    let kind = match kind.as_str() {
        "left" | "right" | "full" => format!("{kind} join"),
        _ => "join".to_owned(),
    };
    inp.knows().report(diagnostic.fix(
        Applicability::Likely,
        "write it so",
        span,
        format!("{kind} {of} as {alias} on {condition}"),
    ));
    true
}

/// `window rolling:3 (derive { … })`, behind `window`.
pub(crate) fn prql_window(inp: &mut Input<'_, '_>) -> bool {
    if !inp.kind().is_name() || inp.kind_at(1) != K::Colon {
        return false;
    }
    let keyword = inp.previous();
    while !recovery::at_end(inp) && !clause_at(inp, 0) {
        skip_group(inp);
    }
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_CLAUSE,
            keyword,
            "the rows that a value looks at are said behind it, with `over`",
        )
        .label("PRQL's way")
        .help("`rolling:3` is `sum(x) over (order by … rows 2 preceding)`, `expanding:true` is `sum(x) over (order by … rows unbounded preceding)`"),
    );
    true
}

/// `count this`, `sum price`: a call without parentheses, and the edit that writes them.
pub(crate) fn call(inp: &mut Input<'_, '_>) -> Option<(Expr, Edit)> {
    if inp.kind() != K::Name || !inp.kind_at(1).is_name() {
        return None;
    }
    let token = inp.token();
    let function = match inp.knows().text(token) {
        "average" => "avg",
        "count_distinct" => "count",
        known @ ("count" | "sum" | "min" | "max" | "any" | "all") => known,
        _ => return None,
    };
    let distinct = inp.knows().text(token) == "count_distinct";
    let start = inp.here();
    inp.bump();
    let mut name = inp.name_of(token);
    name.text = function.into();
    let argument = operand_alone(inp);
    let span = inp.since(start);
    let written = inp.knows().slice(argument.span).to_owned();
    let is_this = written == "this";
    let word = if distinct { "distinct " } else { "" };
    let text = if is_this { String::new() } else { written };
    let edit = Edit {
        span,
        text: format!("{function}({word}{text})"),
    };
    let mut call = super::call_of(name, if is_this { Vec::new() } else { vec![argument] });
    call.distinct = distinct.then_some(start);
    let value = Expr {
        kind: ExprKind::Call(Box::new(call)),
        span,
    };
    Some((value, edit))
}
