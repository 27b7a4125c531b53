//! Where clauses and items begin, and how to step over a broken part to the next of them.

use super::input::{Input, Read};
use crate::token::{Token, TokenKind as K};

/// Whether a clause begins at the token `n` after the next.
///
/// A reserved word is a clause's first only where what follows can belong to it: `order = 1` has a
/// name, `order by` a clause.
pub(super) fn clause_at(inp: &mut Input<'_, '_>, n: usize) -> bool {
    match inp.kind_at(n) {
        K::From
        | K::Where
        | K::Let
        | K::Select
        | K::Limit
        | K::Offset
        | K::Returning
        | K::Join
        | K::Distinct
        | K::With => true,
        K::Order | K::Group => true,
        K::Left | K::Right | K::Full | K::Cross => {
            inp.kind_at(n + 1) == K::Join || inp.is_word_at(n + 1, "outer")
        }
        K::Union | K::Intersect | K::Except | K::Window | K::For => true,
        K::Insert | K::Update | K::Delete => true,
        K::On => inp.kind_at(n + 1) == K::Conflict,
        _ => false,
    }
}

/// Whether an item begins at the token `n` after the next.
pub(super) fn item_at(inp: &mut Input<'_, '_>, n: usize) -> bool {
    let token = inp.token_at(n);
    if !token.first_on_line {
        return false;
    }
    if token.kind == K::At {
        return inp.kind_at(n + 1) == K::OpenBracket;
    }
    if !matches!(token.kind, K::Query | K::Def | K::View | K::Use) {
        return false;
    }
    let next = inp.token_at(n + 1);
    let state = inp.knows();
    let margin =
        token.start == 0 || state.text.as_bytes().get(token.start as usize - 1) == Some(&b'\n');
    if margin && !next.first_on_line {
        return next.kind.is_name()
            || next.kind.is_reserved()
            || matches!(next.kind, K::OpenBrace | K::OpenParen | K::Text);
    }
    let after = inp.token_at(n + 2);
    next.kind.is_name()
        && match token.kind {
            K::Query => matches!(after.kind, K::OpenParen | K::OpenBrace | K::Arrow),
            K::Def => matches!(after.kind, K::OpenParen | K::Dot | K::Colon | K::Equal),
            K::View => after.kind == K::OpenBrace,
            _ => after.kind == K::Dot || after.first_on_line,
        }
        || (token.kind == K::Use && next.kind == K::Text)
}

/// Whether nothing more can belong to what is being read: a closing bracket, an item, the end.
pub(super) fn at_end(inp: &mut Input<'_, '_>) -> bool {
    let kind = inp.kind();
    kind == K::End || kind.closes() || item_at(inp, 0)
}

/// Steps over a bracket and all inside it.
pub(super) fn skip_group(inp: &mut Input<'_, '_>) {
    let token = inp.bump();
    if token.kind.opens() && token.partner != Token::ALONE {
        skip_to(inp, token.partner as usize);
        inp.bump();
    }
}

/// Steps to a position.
fn skip_to(inp: &mut Input<'_, '_>, position: usize) {
    while inp.position() < position && inp.kind() != K::End {
        inp.bump();
    }
}

/// Steps to the next clause, or to the end of the pipeline.
pub(super) fn skip_to_clause(inp: &mut Input<'_, '_>) {
    while !at_end(inp) {
        let after_dot = inp.position() > 0 && {
            let position = inp.position();
            inp.knows()
                .tokens
                .get(position - 1)
                .is_some_and(|token| token.kind == K::Dot)
        };
        if !after_dot && clause_at(inp, 0) {
            break;
        }
        skip_group(inp);
    }
    inp.knows().recovered();
}

/// Steps to the next item.
pub(super) fn skip_to_item(inp: &mut Input<'_, '_>) {
    while inp.kind() != K::End && !item_at(inp, 0) {
        skip_group(inp);
    }
    inp.knows().recovered();
}

/// After an element of a bracketed list: consumes the comma and says whether another may follow.
/// What stands between is reported as not being `wanted` and stepped over.
pub(super) fn another(inp: &mut Input<'_, '_>, open: Token, wanted: &str) -> bool {
    if inp.eat(K::Comma).is_some() {
        return !closes(inp, open);
    }
    if closes(inp, open) {
        return false;
    }
    if open.partner == Token::ALONE {
        // Never closed, which has been reported: it ends where its contents do.
        return false;
    }
    inp.unexpected(wanted);
    skip_to_comma(inp, open);
    inp.eat(K::Comma).is_some() && !closes(inp, open)
}

/// Steps to the next comma of the list that `open` opened, or to its end.
pub(super) fn skip_to_comma(inp: &mut Input<'_, '_>, open: Token) {
    let end = open.partner as usize;
    while inp.position() < end && inp.kind() != K::End && !inp.at(K::Comma) {
        skip_group(inp);
    }
    inp.knows().recovered();
}

/// Whether the list that `open` opened ends here.
pub(super) fn closes(inp: &mut Input<'_, '_>, open: Token) -> bool {
    let kind = inp.kind();
    kind == K::End || kind.closes() || (open.partner == Token::ALONE && item_at(inp, 0))
}

/// Consumes what closes `open`; anything before it is reported as not being `wanted`.
pub(super) fn close(inp: &mut Input<'_, '_>, open: Token, wanted: &str) {
    if open.partner == Token::ALONE {
        inp.knows().recovered();
        return;
    }
    let end = open.partner as usize;
    if inp.position() < end {
        inp.unexpected(wanted);
        skip_to(inp, end);
    }
    if inp.position() == end {
        inp.bump();
    }
    inp.knows().recovered();
}
