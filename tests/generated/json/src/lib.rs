//! The queries as `nest = "json"` compiles them: one statement, nested rows as JSON.

pub mod queries {
    djq_runtime::include_queries!();
}
