//! A text cut into what can be moved about: clauses, values, words.

use djq_syntax::TokenKind as K;
use std::ops::Range;

/// What a piece is, and so what may stand in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A clause, to the next one.
    Clause,
    /// What stands between two commas, or behind a word, to the next one.
    Value,
    Name,
    Literal,
    Sign,
    Word,
}

/// All pieces of a text; they overlap.
pub(super) fn pieces(text: &str) -> Vec<(Sort, Range<usize>)> {
    let tokens: Vec<(K, Range<usize>)> = djq_syntax::tokens(text)
        .filter(|(kind, _)| *kind != K::Comment)
        .collect();
    let mut found = Vec::new();
    for (at, (kind, range)) in tokens.iter().enumerate() {
        found.push((sort(*kind), range.clone()));
        let here = &tokens[at..];
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let opens_value = before.is_none_or(|(before, _)| begins_value(*before));
        // A join's side and `order by` begin before the word.
        if begins_clause(*kind) {
            found.push((Sort::Clause, extent(here, begins_clause)));
        }
        if opens_value && !begins_clause(*kind) && !kind.closes() {
            found.push((Sort::Value, extent(here, ends_value)));
        }
    }
    found
}

/// From the first token to before the one where `ends` holds, or the bracket around it closes.
fn extent(tokens: &[(K, Range<usize>)], ends: impl Fn(K) -> bool) -> Range<usize> {
    let mut depth = 0_usize;
    let (start, mut end) = tokens
        .first()
        .map_or((0, 0), |(_, range)| (range.start, range.end));
    for (at, (kind, range)) in tokens.iter().enumerate() {
        if kind.closes() {
            let Some(less) = depth.checked_sub(1) else {
                break;
            };
            depth = less;
        } else if at > 0 && depth == 0 && ends(*kind) {
            break;
        }
        depth += usize::from(kind.opens());
        end = range.end;
    }
    start..end
}

fn sort(kind: K) -> Sort {
    match kind {
        K::Name | K::QuotedName | K::Parameter => Sort::Name,
        K::Int | K::Decimal | K::Float | K::Text | K::Moment | K::True | K::False | K::Null => {
            Sort::Literal
        }
        kind if kind.is_reserved() || kind.is_name() => Sort::Word,
        _ => Sort::Sign,
    }
}

fn begins_clause(kind: K) -> bool {
    matches!(
        kind,
        K::From
            | K::Where
            | K::Join
            | K::Left
            | K::Right
            | K::Full
            | K::Cross
            | K::Let
            | K::Group
            | K::Select
            | K::Distinct
            | K::Order
            | K::Limit
            | K::Offset
            | K::Union
            | K::Intersect
            | K::Except
            | K::Window
            | K::With
            | K::For
            | K::Update
            | K::Delete
            | K::Insert
            | K::Returning
            | K::Query
            | K::Def
            | K::View
            | K::Use
    )
}

fn begins_value(kind: K) -> bool {
    kind.opens()
        || matches!(
            kind,
            K::Comma
                | K::Where
                | K::Let
                | K::By
                | K::Select
                | K::On
                | K::When
                | K::Then
                | K::Else
                | K::And
                | K::Or
                | K::Not
                | K::Case
                | K::Limit
                | K::Offset
                | K::In
                | K::From
                | K::Join
                | K::Per
                | K::Exists
        )
        || is_operator(kind)
}

fn ends_value(kind: K) -> bool {
    begins_clause(kind)
        || is_operator(kind)
        || matches!(
            kind,
            K::Comma
                | K::And
                | K::Or
                | K::When
                | K::Then
                | K::Else
                | K::End_
                | K::As
                | K::Asc
                | K::Desc
                | K::Nulls
                | K::On
                | K::Per
                | K::Over
                | K::Is
                | K::In
                | K::Between
        )
}

fn is_operator(kind: K) -> bool {
    matches!(
        kind,
        K::Plus
            | K::Minus
            | K::Star
            | K::Slash
            | K::DoubleSlash
            | K::Percent
            | K::Equal
            | K::NotEqual
            | K::Less
            | K::LessEqual
            | K::Greater
            | K::GreaterEqual
            | K::DoublePipe
            | K::DoubleQuestion
    )
}
