//! How the parser reads tokens, and how it reports: chumsky's input with the few questions that
//! the grammar asks of it, and one diagnostic for each mistake.
//!
//! A parser here never fails once it has consumed something: it reports, gives an `Error` node and
//! stays where it is; whoever holds a list of things (clauses, items, elements) steps to the next.

use chumsky::error::EmptyErr;
use chumsky::extra;
use chumsky::input::{Checkpoint, Cursor, InputRef};
use chumsky::inspector::Inspector;
use djq_diagnostics::{Code, Diagnostic, Edit, FileId, Label, Span, codes};

use super::expressions::Tall;
use super::foreign::{Declared, Top};
use crate::ast::{BinaryOperator, Name};
use crate::brackets;
use crate::lexer::{CURLY, MOST_DIAGNOSTICS};
use crate::roles::{self, Role, Roles};
use crate::token::{Token, TokenKind};
use crate::trivia::{CommentKind, Trivia};

/// More pairs than a fix takes apart.
const MOST_PAIRS: usize = 16;
/// More labels of one chain than anyone looks at.
const MOST_LABELS: usize = 4;

/// What is read.
pub(super) type Tokens<'src> = &'src [Token];
/// What chumsky carries along.
pub(super) type Extra<'src> = extra::Full<EmptyErr, State<'src>, ()>;
/// The place in the tokens.
pub(super) type Input<'src, 'parse> = InputRef<'src, 'parse, Tokens<'src>, Extra<'src>>;
/// What chumsky hands to a fold.
pub(super) type Folding<'src, 'b> = chumsky::input::MapExtra<'src, 'b, Tokens<'src>, Extra<'src>>;
/// `Err` means: does not begin here, nothing was consumed.
pub(super) type Match<T> = Result<T, EmptyErr>;

/// Nested expressions deeper than this are refused (brackets alone are bounded before).
const DEEPEST_NESTING: u32 = 300;
/// A tree higher than this is refused: operators and steps in one long chain.
const HIGHEST_TREE: u32 = 500;

/// What the parser knows beside the tokens.
pub(super) struct State<'src> {
    pub(super) file: FileId,
    pub(super) text: &'src str,
    pub(super) tokens: Tokens<'src>,
    pub(super) trivia: &'src Trivia,
    /// Where something that has been reported is missing from the tokens.
    passed_over: &'src [u32],
    /// What the text itself declares, once it has been asked for.
    pub(super) declared: Option<Declared<'src>>,
    /// Where a query was read whose `{` is missing: its `}` then closes nothing.
    pub(super) unopened: Vec<Span>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// A mistake has been reported and nothing has been stepped over since: what follows is its
    /// consequence.
    panicking: bool,
    /// Nothing more is read.
    stopped: bool,
    nesting: u32,
    /// The height of the highest expression read since this was last taken.
    pub(super) height: u32,
    /// Consecutive `not`s.
    pub(super) prefixes: u32,
    /// How many SQL escapes this is inside of.
    pub(super) escapes: u32,
    /// An operand that was read before it was known whether an operator follows.
    pub(super) first_operand: Option<Tall>,
    /// A Django lookup in a name (`title__icontains`) and the position of the `=` that it stands for.
    pub(super) lookup: Option<(usize, BinaryOperator)>,
    /// SQL Server's `top`, which belongs to the pipeline being read.
    pub(super) top: Option<Top>,
    /// What each token was taken for, where the formatter asks.
    pub(super) roles: Option<Roles>,
}

impl<'src> State<'src> {
    pub(super) fn new(
        file: FileId,
        text: &'src str,
        tokens: Tokens<'src>,
        trivia: &'src Trivia,
        passed_over: &'src [u32],
    ) -> Self {
        Self {
            file,
            text,
            tokens,
            trivia,
            passed_over,
            declared: None,
            unopened: Vec::new(),
            diagnostics: Vec::new(),
            panicking: false,
            stopped: false,
            nesting: 0,
            height: 0,
            prefixes: 0,
            escapes: 0,
            first_operand: None,
            lookup: None,
            top: None,
            roles: None,
        }
    }

    pub(super) fn span(&self, token: Token) -> Span {
        Span {
            file: self.file,
            start: token.start,
            end: token.end,
        }
    }

    pub(super) fn text(&self, token: Token) -> &'src str {
        self.text.get(token.range()).unwrap_or("")
    }

    pub(super) fn slice(&self, span: Span) -> &'src str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// Adds a diagnostic, whatever came before; where there are more than anyone reads, it ends the parse.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if self.stopped {
            return;
        }
        if self.diagnostics.len() < MOST_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        } else {
            self.stop();
        }
    }

    /// Adds a diagnostic unless it is a consequence, and calls what follows one.
    pub(super) fn complain(&mut self, diagnostic: Diagnostic) {
        if !self.panicking {
            self.report(diagnostic);
            self.panicking = true;
        }
    }

    /// Adds another comparison to the chain that was reported at `chain`, one mistake with one fix;
    /// false where none was.
    pub(super) fn chain_on(&mut self, chain: Span, operator: Span, edit: &Edit) -> bool {
        let reported = self.diagnostics.iter_mut().rev().find(|diagnostic| {
            let lasts = diagnostic.fixes.iter().map(|fix| fix.edits.last());
            diagnostic.code == &codes::CHAINED_COMPARISON
                && (diagnostic.help.is_some() || lasts.flatten().any(|last| last.span == chain))
        });
        let Some(reported) = reported else {
            return false;
        };
        let another = Label {
            span: operator,
            message: "and another".to_owned(),
        };
        if reported.secondary.len() < MOST_LABELS {
            reported.secondary.push(another);
        }
        for fix in &mut reported.fixes {
            fix.edits.push(edit.clone());
        }
        // Of a chain that nobody wrote by hand, the fix would be longer than the file.
        if reported
            .fixes
            .first()
            .is_some_and(|fix| fix.edits.len() > MOST_PAIRS)
        {
            reported.fixes.clear();
            reported.help = Some("compare each pair, joined by `and`".to_owned());
        }
        true
    }

    /// Takes back what was said of a place, since more can be said of what it is part of.
    pub(super) fn forget(&mut self, code: &Code, span: Span) {
        self.diagnostics
            .retain(|diagnostic| diagnostic.code != code || diagnostic.primary.span != span);
    }

    /// Whether it follows from something that the parser has reported.
    pub(super) fn is_consequence(&self, diagnostic: &Diagnostic) -> bool {
        let start = diagnostic.primary.span.start;
        diagnostic.code == &codes::STRAY_BRACKET
            && self
                .unopened
                .iter()
                .any(|span| span.start <= start && start <= span.end)
    }

    /// Whether something was left out between two tokens.
    fn passes_over(&self, from: u32, to: u32) -> bool {
        let after = self.passed_over.partition_point(|place| *place < from);
        self.passed_over.get(after).is_some_and(|place| *place < to)
    }

    /// Whether there are more problems already than anyone reads.
    pub(super) fn is_full(&self) -> bool {
        self.diagnostics.len() >= MOST_DIAGNOSTICS
    }

    /// What follows is a consequence of what has been reported.
    pub(super) fn consequences_follow(&mut self) {
        self.panicking = true;
    }

    /// Whether a text ends with a quote.
    pub(super) fn is_closed(&self, token: Token) -> bool {
        let text = self.text(token);
        text.starts_with(CURLY)
            || text.len() > 1 && text.as_bytes().first() == text.as_bytes().last()
    }

    /// Reading has come to a place from which it can go on.
    pub(super) fn recovered(&mut self) {
        self.panicking = false;
    }

    /// Refuses what is nested or chained too long, and ends the parse.
    fn stop_too_deep(&mut self, span: Span) {
        if !self.stopped {
            self.diagnostics
                .retain(|diagnostic| diagnostic.primary.span.start < span.start);
            self.report(brackets::too_deep(span));
            self.stop();
        }
    }

    /// Ends the parse: from here on there is the end alone.
    pub(super) fn stop(&mut self) {
        self.stopped = true;
        let last = self.tokens.len().saturating_sub(1);
        self.tokens = self.tokens.get(last..).unwrap_or_default();
    }

    /// Notes a node of this height; a higher one than allowed ends the parse.
    pub(super) fn grow(&mut self, height: u32, span: Span) {
        if height > HIGHEST_TREE && !self.stopped {
            self.report(
                Diagnostic::new(&codes::TOO_DEEP, span, "this expression is too long")
                    .label(format!("more than {HIGHEST_TREE} operators or steps in a row"))
                    .help("many alternatives of one value are `x in (…)`; name parts with `let` or `def`"),
            );
            self.stop();
        }
    }
}

impl<'src> Inspector<'src, Tokens<'src>> for State<'src> {
    type Checkpoint = ();
    #[inline(always)]
    fn on_token(&mut self, _: &Token) {}
    #[inline(always)]
    fn on_save<'parse>(&self, _: &Cursor<'src, 'parse, Tokens<'src>>) -> Self::Checkpoint {}
    #[inline(always)]
    fn on_rewind<'parse>(&mut self, _: &Checkpoint<'src, 'parse, Tokens<'src>, Self::Checkpoint>) {}
}

/// The questions the grammar asks of the tokens.
pub(super) trait Read<'src>: Sized {
    /// The index of the next token.
    fn position(&self) -> usize;
    /// The token `n` after the next.
    fn token_at(&mut self, n: usize) -> Token;
    /// Consumes the next token (never the end).
    fn bump(&mut self) -> Token;
    /// What is known beside the tokens.
    fn knows(&mut self) -> &mut State<'src>;

    fn token(&mut self) -> Token {
        self.token_at(0)
    }

    fn kind(&mut self) -> TokenKind {
        self.token_at(0).kind
    }

    fn kind_at(&mut self, n: usize) -> TokenKind {
        self.token_at(n).kind
    }

    fn at(&mut self, kind: TokenKind) -> bool {
        self.kind() == kind
    }

    fn eat(&mut self, kind: TokenKind) -> Option<Token> {
        if self.kind() == kind {
            Some(self.bump())
        } else {
            None
        }
    }

    /// Whether the token `n` after the next is this word, which is not one of the token kinds.
    fn is_word_at(&mut self, n: usize, word: &str) -> bool {
        let token = self.token_at(n);
        token.kind == TokenKind::Name
            && token.range().len() == word.len()
            && self.knows().text(token).eq_ignore_ascii_case(word)
    }

    /// The next token's span.
    fn here(&mut self) -> Span {
        let token = self.token();
        self.knows().span(token)
    }

    /// The span of the token before.
    fn previous(&mut self) -> Span {
        let before = self.position().checked_sub(1);
        let state = self.knows();
        match before.and_then(|before| state.tokens.get(before)) {
            Some(token) => state.span(*token),
            None => Span {
                file: state.file,
                start: 0,
                end: 0,
            },
        }
    }

    /// From `start` to the token before.
    fn since(&mut self, start: Span) -> Span {
        let end = self.previous().end;
        Span {
            end: end.max(start.start),
            ..start
        }
    }

    fn span_of(&mut self, token: Token) -> Span {
        self.knows().span(token)
    }

    /// A token as a name, without backticks or a parameter's `$`.
    fn name_of(&mut self, token: Token) -> Name {
        self.mark_previous(roles::NAME);
        let state = self.knows();
        let text = state.text(token);
        let text = if token.kind == TokenKind::QuotedName {
            let inner = text.strip_prefix('`').unwrap_or(text);
            inner
                .strip_suffix('`')
                .unwrap_or(inner)
                .replace("``", "`")
                .into()
        } else {
            text.strip_prefix('$').unwrap_or(text).into()
        };
        Name {
            text,
            span: state.span(token),
        }
    }

    /// A word of the language that the tree keeps, in lower case.
    fn keyword_of(&mut self, token: Token) -> Name {
        let state = self.knows();
        Name {
            text: state.text(token).to_lowercase().into(),
            span: state.span(token),
        }
    }

    /// Notes what the next token is taken for.
    fn mark(&mut self, role: Role) {
        let position = self.position();
        if let Some(roles) = &mut self.knows().roles {
            roles.add(position, role);
        }
    }

    /// Notes what the token before was taken for.
    fn mark_previous(&mut self, role: Role) {
        let position = self.position();
        if let Some(roles) = &mut self.knows().roles {
            roles.add(position.wrapping_sub(1), role);
        }
    }

    /// Reports that something else was expected here: `wanted` reads "an expression".
    fn unexpected(&mut self, wanted: &str) {
        self.unexpected_as(&codes::SYNTAX_ERROR, wanted, |diagnostic| diagnostic);
    }

    /// As [`Read::unexpected`], with a code and more to say.
    fn unexpected_as(
        &mut self,
        code: &'static Code,
        wanted: &str,
        more: impl FnOnce(Diagnostic) -> Diagnostic,
    ) where
        Self: Sized,
    {
        let token = self.token();
        let before = self.previous();
        let state = self.knows();
        if state.panicking {
            return;
        }
        if state.passes_over(before.end, token.start) {
            state.panicking = true;
            return;
        }
        let found = describe(state, token);
        let message = format!("expected {wanted}, found {found}");
        // What is missing at a line's end is missing there, not where the next line begins.
        let missing = before.end > before.start
            && (token.first_on_line || token.kind == TokenKind::End || token.kind.closes());
        let diagnostic = if missing {
            Diagnostic::new(code, before, message).label(format!("{wanted} should follow"))
        } else {
            let span = if token.kind == TokenKind::End {
                before
            } else {
                state.span(token)
            };
            Diagnostic::new(code, span, message).label(format!("expected {wanted}"))
        };
        state.complain(more(diagnostic));
    }

    /// The `##` lines above the next token.
    fn docs(&mut self) -> Option<Name> {
        let token = self.token();
        if !token.documented {
            return None;
        }
        let previous = self.previous().end;
        let state = self.knows();
        let comments = state.trivia.between(previous, token.start);
        let mut lines = comments
            .iter()
            .filter(|comment| comment.kind == CommentKind::Doc && comment.own_line);
        let first = lines.next()?;
        let mut span = first.span;
        let strip = |span: Span| {
            let text = state.text.get(span.range()).unwrap_or("");
            let text = text.strip_prefix("##").unwrap_or(text);
            text.strip_prefix(' ').unwrap_or(text).trim_end()
        };
        let mut text = strip(first.span).to_owned();
        for line in lines {
            text.push('\n');
            text.push_str(strip(line.span));
            span = span.to(line.span);
        }
        Some(Name {
            text: text.into(),
            span,
        })
    }

    /// Goes one level down, unless that is too deep.
    fn descend(&mut self) -> bool {
        let span = self.here();
        let state = self.knows();
        state.nesting += 1;
        if state.nesting > DEEPEST_NESTING {
            state.stop_too_deep(span);
        }
        !state.stopped
    }

    /// Comes up again.
    fn ascend(&mut self) {
        let state = self.knows();
        state.nesting = state.nesting.saturating_sub(1);
    }

    /// The lookup that a Django name has put in place of the `=` here.
    fn position_lookup(&mut self) -> Option<BinaryOperator> {
        let position = self.position();
        self.knows()
            .lookup
            .filter(|(at, _)| *at == position)
            .map(|(_, operator)| operator)
    }

    /// Counts a `not` in front; too many of them end the parse.
    fn descend_prefix(&mut self, span: Span) {
        let state = self.knows();
        state.prefixes += 1;
        if state.prefixes > 64 {
            state.stop_too_deep(span);
        }
    }
}

impl<'src> Read<'src> for Input<'src, '_> {
    #[inline]
    fn position(&self) -> usize {
        *self.cursor().inner()
    }

    #[inline]
    fn token_at(&mut self, n: usize) -> Token {
        let position = self.position() + n;
        let tokens = self.state().tokens;
        match tokens.get(position).or_else(|| tokens.last()) {
            Some(token) => *token,
            None => end_of_nothing(),
        }
    }

    #[inline]
    fn bump(&mut self) -> Token {
        let token = self.token_at(0);
        if token.kind != TokenKind::End {
            self.skip();
        }
        if token.kind.opens() && token.partner == Token::ALONE {
            // Never closed, which has been reported: what goes wrong inside is a consequence.
            self.state().panicking = true;
        }
        token
    }

    #[inline]
    fn knows(&mut self) -> &mut State<'src> {
        self.state()
    }
}

fn end_of_nothing() -> Token {
    Token {
        kind: TokenKind::End,
        first_on_line: true,
        adjacent: false,
        documented: false,
        start: 0,
        end: 0,
        partner: Token::ALONE,
    }
}

/// What a token is, for a message.
pub(super) fn describe(state: &State<'_>, token: Token) -> String {
    match token.kind {
        TokenKind::End => "the end of the text".to_owned(),
        TokenKind::Text => "a text".to_owned(),
        TokenKind::Int | TokenKind::Decimal | TokenKind::Float => {
            format!("the number `{}`", state.text(token))
        }
        _ => {
            let text = state.text(token);
            let short: String = text.chars().take(40).collect();
            format!("`{short}`")
        }
    }
}
