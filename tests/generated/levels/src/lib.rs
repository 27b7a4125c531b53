//! The queries as `nest = "levels"` compiles them: a statement for each level.

pub mod queries {
    djq_runtime::include_queries!();
}
