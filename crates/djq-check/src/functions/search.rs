//! The catalogue: full-text search. What counts as a word, and how well it fits, each database decides.

use super::{
    FunctionId,
    entry::{Callable, Category, Entry, Gives, Nulls, Takes, Times, arg},
};

pub(super) static ENTRIES: &[Entry] = &[
    Entry {
        callable: Callable::Function(FunctionId::Search),
        name: "search",
        arguments: &[
            arg("text", Takes::Document, Times::Once),
            arg("words", Takes::Text, Times::Once),
        ],
        gives: Gives::Bool,
        nulls: Nulls::Strict,
        category: Category::Search,
        volatile: false,
        doc: "Whether a text, or a full-text document, has all the words, in whatever form the database takes for the same word. On MySQL and MariaDB the text is a column with a FULLTEXT index.",
        example: "search(title, 'words')",
        django: Some("SearchQuery"),
    },
    Entry {
        callable: Callable::Function(FunctionId::SearchRank),
        name: "search_rank",
        arguments: &[
            arg("text", Takes::Document, Times::Once),
            arg("words", Takes::Text, Times::Once),
        ],
        gives: Gives::Float,
        nulls: Nulls::Strict,
        category: Category::Search,
        volatile: false,
        doc: "How well the words fit a text, or a full-text document: the higher the better. On MySQL and MariaDB the text is a column with a FULLTEXT index.",
        example: "search_rank(title, 'words')",
        django: Some("SearchRank"),
    },
    Entry {
        callable: Callable::Function(FunctionId::Similarity),
        name: "similarity",
        arguments: &[
            arg("text", Takes::Text, Times::Once),
            arg("other", Takes::Text, Times::Once),
        ],
        gives: Gives::Float,
        nulls: Nulls::Strict,
        category: Category::Search,
        volatile: false,
        doc: "How alike two texts are by their groups of three letters, from 0 to 1; PostgreSQL alone, with its extension pg_trgm.",
        example: "similarity(title, 'word')",
        django: Some("TrigramSimilarity"),
    },
    Entry {
        callable: Callable::Function(FunctionId::Headline),
        name: "headline",
        arguments: &[
            arg("text", Takes::Text, Times::Once),
            arg("words", Takes::Text, Times::Once),
        ],
        gives: Gives::Text,
        nulls: Nulls::Strict,
        category: Category::Search,
        volatile: false,
        doc: "A part of the text with the words marked by `<b>`; PostgreSQL alone.",
        example: "headline(body, 'words')",
        django: Some("SearchHeadline"),
    },
];
