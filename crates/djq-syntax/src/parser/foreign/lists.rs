//! Lists, aliases and braces as other languages have them.

use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes, nearest};

use crate::ast::{Clause, ClauseKind, Expr, ExprKind, Name, SelectItem};
use crate::parser::expressions::expr;
use crate::parser::input::{Input, Read};
use crate::parser::recovery::{another, close, closes};
use crate::parser::{names, recovery, shapes};
use crate::token::{Token, TokenKind as K};

use super::clauses::CLAUSES;

/// `from Entry e`: an alias without `as`.
pub(crate) fn bare_alias(inp: &mut Input<'_, '_>, in_list: bool) -> Option<Name> {
    let token = inp.token();
    if token.kind != K::Name || token.first_on_line || super::clause_at(inp) {
        return None;
    }
    let next = inp.token_at(1);
    let ends = next.first_on_line
        || next.kind.is_reserved()
        || next.kind.closes()
        || matches!(next.kind, K::Comma | K::End | K::Semicolon | K::Pipe)
        || (!in_list && super::clause_at_next(inp));
    if !ends {
        return None;
    }
    let span = inp.here();
    let text = inp.knows().text(token);
    let mut diagnostic = Diagnostic::new(
        &codes::SYNTAX_ERROR,
        span,
        format!("a name for it needs `as`: `as {text}`"),
    )
    .label("`as` should stand before this")
    .fix(Applicability::Exact, "write `as`", span.before(), "as ");
    if in_list {
        diagnostic = diagnostic
            .label("`as` or a comma should stand before this")
            .fix(
                Applicability::Likely,
                "write a comma, if it is an output of its own",
                inp.previous().after(),
                ",",
            );
    }
    inp.knows().complain(diagnostic);
    inp.knows().recovered();
    inp.bump();
    Some(inp.name_of(token))
}

/// `as 'Title'`, `as "Title"`: a name in quotes.
pub(crate) fn quoted_alias(inp: &mut Input<'_, '_>) -> Option<Name> {
    if !inp.at(K::Text) {
        return None;
    }
    let span = inp.here();
    let token = inp.bump();
    let text = crate::parser::operands::text_of(inp, token);
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let written = if is_plain {
        text.to_string()
    } else {
        format!("`{}`", text.replace('`', "``"))
    };
    inp.knows().report(
        Diagnostic::new(
            &codes::SYNTAX_ERROR,
            span,
            "a name stands without quotes, or in backticks",
        )
        .label("a text, not a name")
        .fix(
            Applicability::Exact,
            format!("write {written}"),
            span,
            written.clone(),
        ),
    );
    Some(Name { text, span })
}

/// `select title` and on the next line `rating`: the comma between them is missing.
pub(crate) fn forgotten_comma(inp: &mut Input<'_, '_>) -> bool {
    let token = inp.token();
    if !token.first_on_line
        || !matches!(token.kind, K::Name | K::QuotedName)
        || inp.knows().is_full()
    {
        return false;
    }
    let text = inp.knows().text(token);
    if super::clause_at(inp)
        || recovery::item_at(inp, 0)
        || nearest(text, CLAUSES.iter().copied()).is_some()
    {
        return false;
    }
    let next = inp.token_at(1);
    let is_element = next.first_on_line
        || next.kind.closes()
        || matches!(
            next.kind,
            K::Comma | K::Dot | K::OpenParen | K::OpenBrace | K::As | K::End
        );
    if !is_element {
        return false;
    }
    let before = inp.previous();
    let text = text.to_owned();
    inp.knows().complain(
        Diagnostic::new(
            &codes::SYNTAX_ERROR,
            before.after(),
            format!("a comma is missing before `{text}`"),
        )
        .label("a comma should follow")
        .fix(Applicability::Exact, "write a comma", before.after(), ","),
    );
    inp.knows().recovered();
    true
}

/// PRQL's `select {a, b}`: the columns, with the braces gone in the fix.
pub(crate) fn braced_columns(inp: &mut Input<'_, '_>) -> Option<Vec<SelectItem>> {
    let next = inp.kind_at(1);
    if !inp.at(K::OpenBrace) || inp.kind_at(2) == K::Colon || !(next.is_name() || next.closes()) {
        return None;
    }
    let open = inp.bump();
    let start = inp.span_of(open);
    let mut items = Vec::new();
    let mut more = !closes(inp, open);
    let mut trailing = None;
    while more {
        items.push(shapes::select_item(inp));
        trailing = inp.at(K::Comma).then(|| inp.here());
        more = another(inp, open, "`,` or `}`");
    }
    close(inp, open, "`,` or `}`");
    if open.partner == Token::ALONE {
        return Some(items);
    }
    let end = inp.previous();
    let removed = |span: Span| Edit {
        span,
        text: String::new(),
    };
    let mut edits = vec![removed(start)];
    edits.extend(trailing.map(removed));
    edits.push(removed(end));
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_CLAUSE,
            start,
            "columns stand behind `select` without braces",
        )
        .label("no braces here")
        .fix_all(Applicability::Exact, "remove the braces", edits),
    );
    Some(items)
}

/// `title: rating`, `title := rating`: a name before its value, as EdgeQL and GraphQL have it.
pub(crate) fn named_before(inp: &mut Input<'_, '_>, name: &Expr) -> Option<(Expr, Option<Name>)> {
    let ExprKind::Name(alias) = &name.kind else {
        return None;
    };
    if !inp.at(K::Colon) {
        return None;
    }
    let sign = inp.here();
    inp.bump();
    if inp.at(K::Equal) && inp.token().adjacent {
        inp.bump();
    }
    let sign = inp.since(sign);
    let next = inp.here();
    if inp.at(K::OpenBrace) {
        // `author: { name }` nests the relation of that name.
        let shape = shapes::shape(inp);
        inp.knows().report(
            Diagnostic::new(
                &codes::FOREIGN_CLAUSE,
                sign,
                "a shape stands right behind its relation",
            )
            .label("not needed")
            .fix(Applicability::Exact, "remove it", sign, ""),
        );
        let span = inp.since(name.span);
        let nest = Expr {
            kind: ExprKind::Nest {
                base: Box::new(name.clone()),
                shape,
            },
            span,
        };
        return Some((nest, None));
    }
    let value = expr(inp);
    let behind = inp.previous().after();
    let edits = vec![
        Edit {
            span: Span {
                end: next.start.max(sign.end),
                ..name.span
            },
            text: String::new(),
        },
        Edit {
            span: behind,
            text: format!(" as {}", alias.text),
        },
    ];
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_CLAUSE,
            name.span.to(sign),
            "a column is named behind its value, with `as`",
        )
        .label("another language's way")
        .fix_all(
            Applicability::Exact,
            format!("write `as {}`", alias.text),
            edits,
        ),
    );
    Some((value, Some(alias.clone())))
}

/// The `e.` of `{ e.title = 'x' }`.
pub(crate) fn assignment_alias(inp: &mut Input<'_, '_>) {
    let is_path = inp.kind().is_name()
        && inp.kind_at(1) == K::Dot
        && inp.kind_at(2).is_name()
        && matches!(inp.kind_at(3), K::Equal | K::Colon);
    if !is_path {
        return;
    }
    let start = inp.here();
    inp.bump();
    inp.bump();
    let span = inp.since(start);
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_ASSIGNMENT,
            span,
            "what is set is a field of the rows that are written, and goes by its name alone",
        )
        .label("not needed")
        .fix(Applicability::Exact, "write the name alone", span, ""),
    );
}

/// The `:` of `{ title: 'x' }` where something is assigned.
pub(crate) fn assignment_sign(inp: &mut Input<'_, '_>, name: &Name) {
    if inp.eat(K::Equal).is_some() {
        return;
    }
    let span = inp.here();
    let sign = match inp.kind() {
        K::Plus => "+",
        K::Minus => "-",
        K::Star => "*",
        K::Slash => "/",
        _ => "",
    };
    let next = inp.token_at(1);
    if !sign.is_empty() && next.kind == K::Equal && next.adjacent {
        inp.bump();
        inp.bump();
        let span = inp.since(span);
        let field = &name.text;
        inp.knows().report(
            Diagnostic::new(
                &codes::FOREIGN_ASSIGNMENT,
                span,
                format!("a field is set by `=`: `{field} = {field} {sign} …`"),
            )
            .label("another language's sign")
            .fix(
                Applicability::Exact,
                format!("write `= {field} {sign}`"),
                span,
                format!("= {field} {sign}"),
            ),
        );
        return;
    }
    let adjacent = inp.token().adjacent;
    if inp.eat(K::Colon).is_none() {
        inp.unexpected("`=`");
        return;
    }
    if inp.at(K::Equal) && inp.token().adjacent {
        inp.bump();
    }
    let span = inp.since(span);
    let text = if adjacent { " =" } else { "=" };
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_ASSIGNMENT,
            span,
            "a field is set by `=`: `{ title = 'x' }`",
        )
        .label("another language's sign")
        .fix(Applicability::Exact, "write `=`", span, text),
    );
}

/// `q(title text)`, `q(text title)`: a parameter's type without its colon.
pub(crate) fn parameter_type(inp: &mut Input<'_, '_>, name: &mut Name) -> bool {
    const TYPES: &[&str] = &[
        "int",
        "bigint",
        "float",
        "decimal",
        "text",
        "bool",
        "date",
        "datetime",
        "time",
        "uuid",
        "json",
        "duration",
        "bytes",
        "str",
        "string",
        "integer",
        "varchar",
        "boolean",
        "timestamp",
    ];
    if !inp.kind().is_name() || inp.token().first_on_line {
        return false;
    }
    let token = inp.token();
    let span = inp.span_of(token);
    let second = inp.knows().text(token).to_owned();
    let is_type = |word: &str| TYPES.iter().any(|known| known.eq_ignore_ascii_case(word));
    let swapped = is_type(&name.text) && !is_type(&second);
    let diagnostic = Diagnostic::new(
        &codes::SYNTAX_ERROR,
        span,
        "a parameter's type stands behind `:`",
    );
    let diagnostic = if swapped {
        let text = format!("{second}: {}", name.text);
        diagnostic
            .label("the name comes first, then `:` and the type")
            .fix(
                Applicability::Exact,
                format!("write `{text}`"),
                name.span.to(span),
                text,
            )
    } else {
        diagnostic.label("`:` should stand before this").fix(
            Applicability::Exact,
            "write `:`",
            name.span.after(),
            ":",
        )
    };
    inp.knows().report(diagnostic);
    if swapped {
        inp.bump();
        let ours = inp.name_of(token);
        name.text = ours.text;
        name.span = ours.span;
        return false;
    }
    true
}

/// MySQL's `limit 10, 5` behind its first number: the offset came first.
pub(crate) fn limit_pair(
    inp: &mut Input<'_, '_>,
    keyword: Span,
    first: Expr,
    clauses: &mut Vec<Clause>,
) -> Expr {
    if !inp.at(K::Comma) || !matches!(inp.kind_at(1), K::Int | K::Parameter) {
        return first;
    }
    inp.bump();
    let count = expr(inp);
    let span = inp.since(first.span);
    let state = inp.knows();
    let text = format!(
        "{} offset {}",
        state.slice(count.span),
        state.slice(first.span)
    );
    state.report(
        Diagnostic::new(
            &codes::FOREIGN_CLAUSE,
            span,
            "how many rows are passed over is said by `offset`",
        )
        .label("MySQL's way: the offset, then the number of rows")
        .fix(
            Applicability::Exact,
            format!("write `limit {text}`"),
            span,
            text,
        ),
    );
    clauses.push(Clause {
        kind: ClauseKind::Offset(first),
        guard: None,
        span: keyword,
        keyword,
    });
    count
}

/// A `top 5` that stands in a `select`: what is removed, and how many rows.
pub(crate) struct Top {
    span: Span,
    count: Box<str>,
}

/// SQL Server's `select top 5 …`.
pub(crate) fn top(inp: &mut Input<'_, '_>) {
    if !inp.is_word_at(0, "top") || inp.kind_at(1) != K::Int {
        return;
    }
    let next = inp.kind_at(2);
    if matches!(next, K::Comma | K::As | K::End) || next.closes() {
        return;
    }
    let start = inp.here();
    inp.bump();
    let token = inp.bump();
    let end = inp.here();
    let state = inp.knows();
    state.top = Some(Top {
        span: Span {
            end: end.start,
            ..start
        },
        count: state.text(token).into(),
    });
}

/// Puts aside the `top` of a pipeline around the one that begins.
pub(crate) fn top_pending(inp: &mut Input<'_, '_>) -> Option<Top> {
    inp.knows().top.take()
}

/// Reports the `top` of the pipeline that ends here, where its `limit` belongs.
pub(crate) fn top_report(inp: &mut Input<'_, '_>, outer: Option<Top>) {
    let behind = inp.previous().after();
    let state = inp.knows();
    if let Some(top) = std::mem::replace(&mut state.top, outer) {
        let edits = vec![
            Edit {
                span: top.span,
                text: String::new(),
            },
            Edit {
                span: behind,
                text: format!(" limit {}", top.count),
            },
        ];
        state.report(
            Diagnostic::new(
                &codes::FOREIGN_CLAUSE,
                top.span,
                "how many rows are kept is said by `limit`, the last clause",
            )
            .label("SQL Server's way")
            .fix_all(
                Applicability::Exact,
                format!("write `limit {}`", top.count),
                edits,
            ),
        );
    }
}

/// `union select …`: the right side without parentheses.
pub(crate) fn bare_set_operand(inp: &mut Input<'_, '_>, right: Span) {
    without_parentheses(
        inp,
        right,
        "the right side of a set operation stands in parentheses",
    );
}

/// `with x as from …`: a CTE's body without parentheses.
pub(crate) fn bare_cte(inp: &mut Input<'_, '_>, body: Span) {
    without_parentheses(inp, body, "a CTE's pipeline stands in parentheses");
}

fn without_parentheses(inp: &mut Input<'_, '_>, right: Span, message: &'static str) {
    let edits = vec![
        Edit {
            span: right.before(),
            text: "(".into(),
        },
        Edit {
            span: right.after(),
            text: ")".into(),
        },
    ];
    inp.knows().report(
        Diagnostic::new(&codes::FOREIGN_CLAUSE, right, message)
            .label("without parentheses")
            .fix_all(Applicability::Exact, "put it in parentheses", edits),
    );
}

/// A name with hyphens, as an item's: `query top-authors`.
pub(crate) fn hyphens(inp: &mut Input<'_, '_>, name: &mut Name) {
    let mut text = name.text.to_string();
    while inp.at(K::Minus) && inp.token().adjacent && names::is_word(inp, 1) {
        inp.bump();
        let token = inp.bump();
        text.push('_');
        text.push_str(inp.knows().text(token));
    }
    if *text == *name.text {
        return;
    }
    let span = inp.since(name.span);
    inp.knows().report(
        Diagnostic::new(&codes::SYNTAX_ERROR, span, "a name has no `-` in it")
            .label("not a name")
            .fix(
                Applicability::Exact,
                format!("write `{text}`"),
                span,
                text.clone(),
            ),
    );
    name.text = text.into();
    name.span = span;
}
