//! `f(…) within group (order by x)`: SQL's ordered-set aggregates, which are plain calls here.

use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};

use crate::ast::Call;
use crate::parser::clauses;
use crate::parser::input::{Input, Read};
use crate::parser::recovery::close;
use crate::token::TokenKind as K;

/// Reads what stands behind a call that is closed at `closed`, and puts it where it belongs.
pub(crate) fn within_group(inp: &mut Input<'_, '_>, call: &mut Call, closed: Span) {
    let is_one =
        inp.is_word_at(0, "within") && inp.kind_at(1) == K::Group && inp.kind_at(2) == K::OpenParen;
    if !is_one {
        return;
    }
    let start = inp.here();
    inp.bump();
    inp.bump();
    let open = inp.bump();
    let mut items = Vec::new();
    let list = inp.here();
    if inp.at(K::Order) && inp.kind_at(1) == K::By {
        inp.bump();
        inp.bump();
        items = clauses::order_items(inp);
    } else {
        inp.unexpected("`order by`");
    }
    let list = inp.since(list);
    close(inp, open, "`,` or `)`");
    let whole = inp.since(start);
    let removed = Edit {
        span: Span {
            start: closed.end,
            ..whole
        },
        text: String::new(),
    };
    let diagnostic = Diagnostic::new(
        &codes::FOREIGN_CALL,
        whole,
        "what an aggregate is of, and its order, stand inside its parentheses",
    )
    .label("belongs inside the parentheses");
    let name = call.name.text.to_lowercase();
    let ordered_set = matches!(
        &*name,
        "percentile_cont" | "percentile_disc" | "mode" | "median"
    );
    let diagnostic = match items.as_slice() {
        [item] if ordered_set => {
            let descends = item.descending && name.starts_with("percentile");
            let value = item.value.clone();
            let text = inp.knows().slice(value.span).to_owned();
            let (at, text) = match call.arguments.first() {
                Some(first) => (first.span.before(), format!("{text}, ")),
                None => (closed.before(), text),
            };
            call.arguments.insert(0, value);
            let insert = Edit { span: at, text };
            if descends {
                diagnostic.help(format!(
                    "write `{name}(x, fraction)`; in descending order the fraction is 1 less the one here"
                ))
            } else {
                diagnostic.fix_all(Applicability::Exact, "put it inside", vec![insert, removed])
            }
        }
        [] => diagnostic,
        _ => {
            let text = inp.knows().slice(list).to_owned();
            call.order_by = items;
            let insert = Edit {
                span: closed.before(),
                text: format!(" {text}"),
            };
            diagnostic.fix_all(Applicability::Exact, "put it inside", vec![insert, removed])
        }
    };
    inp.knows().report(diagnostic);
}
