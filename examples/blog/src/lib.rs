//! The blog's queries as typed functions, made by the build script from `queries/*.djq`.

pub mod queries {
    djq_runtime::include_queries!();
}
