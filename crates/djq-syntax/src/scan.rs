//! What an editor or a prompt asks of a text without parsing it: its tokens, and whether it ends.

use std::ops::Range;

use djq_diagnostics::{FileId, codes};

use crate::token::{Token, TokenKind as K};
use crate::{brackets, lexer};

/// The tokens and comments of a text with their bytes, in order, for highlighting.
///
/// A word that is a keyword in its place alone (`desc`, `contains`) has its own kind wherever it
/// stands; so has a reserved word after a dot, where it is a name.
///
/// ```
/// use djq_syntax::{tokens, TokenKind};
/// let kinds: Vec<_> = tokens("from Entry # all").map(|(kind, _)| kind).collect();
/// assert_eq!(kinds, [TokenKind::From, TokenKind::Name, TokenKind::Comment]);
/// ```
pub fn tokens(text: &str) -> impl Iterator<Item = (K, Range<usize>)> + use<> {
    let lexed = lexer::lex(FileId::default(), text, 0..text.len());
    let mut tokens = lexed
        .tokens
        .into_iter()
        .filter(|token| token.kind != K::End)
        .map(|token| (token.kind, token.range()))
        .peekable();
    let mut comments = lexed
        .trivia
        .comments
        .into_iter()
        .map(|comment| (K::Comment, comment.span.range()))
        .peekable();
    std::iter::from_fn(move || match (tokens.peek(), comments.peek()) {
        (Some(token), Some(comment)) if comment.1.start < token.1.start => comments.next(),
        (Some(_), _) => tokens.next(),
        (None, _) => comments.next(),
    })
}

/// Whether a text ends where it may: no bracket or text is open, and its last clause has what it
/// needs. A prompt runs it then, and asks for another line where not.
///
/// ```
/// use djq_syntax::is_complete;
/// assert!(is_complete("from Entry limit 3"));
/// assert!(!is_complete("from Entry where"));
/// assert!(!is_complete("from Entry where (rating > 3"));
/// ```
#[must_use]
pub fn is_complete(text: &str) -> bool {
    let mut lexed = lexer::lex(FileId::default(), text, 0..text.len());
    if lexed
        .diagnostics
        .iter()
        .any(|diagnostic| diagnostic.code == &codes::UNCLOSED_TEXT)
    {
        return false;
    }
    let unclosed_comment = lexed.trivia.comments.last().is_some_and(|comment| {
        let comment = text.get(comment.span.range()).unwrap_or("");
        comment.starts_with("/*") && !comment.ends_with("*/")
    });
    if unclosed_comment {
        return false;
    }
    let brackets = brackets::pair(FileId::default(), text, &mut lexed.tokens);
    if brackets.too_deep {
        return true;
    }
    if lexed
        .tokens
        .iter()
        .any(|token| token.kind.opens() && token.partner == Token::ALONE)
        || open_case(&lexed.tokens)
    {
        return false;
    }
    let mut last = lexed.tokens.iter().rev().skip(1);
    match (last.next(), last.next()) {
        (None, _) => false,
        (Some(last), before) => {
            !expects_more(last.kind) || before.is_some_and(|before| before.kind == K::Dot)
        }
    }
}

/// Whether something must follow a token of this kind.
fn expects_more(kind: K) -> bool {
    match kind {
        K::Distinct | K::End_ | K::Null | K::True | K::False | K::Delete => false,
        K::QuotedName | K::Text | K::Name => false,
        kind if kind.is_reserved() => true,
        K::Comma
        | K::Dot
        | K::DotDot
        | K::Colon
        | K::DoubleColon
        | K::DoubleQuestion
        | K::Pipe
        | K::DoublePipe => true,
        K::Plus
        | K::Minus
        | K::Slash
        | K::DoubleSlash
        | K::Percent
        | K::Equal
        | K::DoubleEqual
        | K::NotEqual => true,
        K::LessGreater
        | K::Bang
        | K::Less
        | K::LessEqual
        | K::Greater
        | K::GreaterEqual
        | K::Arrow
        | K::AtGreater => true,
        K::LessAt | K::DoubleAmpersand | K::MinusPipeMinus | K::At => true,
        _ => false,
    }
}

/// Whether a `case` waits for its `end`.
fn open_case(tokens: &[Token]) -> bool {
    let mut open = 0_usize;
    let mut before = K::End;
    for token in tokens {
        if before != K::Dot {
            match token.kind {
                K::Case => open += 1,
                K::End_ => open = open.saturating_sub(1),
                _ => {}
            }
        }
        before = token.kind;
    }
    open > 0
}
