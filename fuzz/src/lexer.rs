//! Tokens: each inside the text, one behind the other, and between them nothing but space and what no token begins with.

/// No panic; tokens in order, each a slice of the text that is not empty; asking for completeness ends.
pub fn lexer(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let mut at = 0;
    for (kind, range) in djq_syntax::tokens(text) {
        let token = text
            .get(range.clone())
            .unwrap_or_else(|| panic!("{kind:?} at {range:?} is no slice"));
        assert!(!token.is_empty(), "{kind:?} at {range:?} is empty");
        assert!(
            at <= range.start,
            "{kind:?} at {range:?} begins before {at}, where the one before ends"
        );
        if let Some(spelling) = kind.spelling() {
            assert!(
                token.eq_ignore_ascii_case(spelling),
                "{kind:?} is spelt {token:?}"
            );
        }
        at = range.end;
    }
    let _ = djq_syntax::is_complete(text);
}
