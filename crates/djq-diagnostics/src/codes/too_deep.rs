use crate::{Code, Severity};

/// See [`Code::doc`].
pub static TOO_DEEP: Code = Code {
    id: "E0901",
    name: "too-deep",
    severity: Severity::Error,
    label: "too deep",
    doc: "Brackets, cases or operators are nested or chained past what the compiler reads: 128 levels of brackets, 500 \
operators or steps in one expression, 64 definitions in each other, 50,000 expressions that definitions stand for in a \
query. The bound keeps hostile input from exhausting the stack. Generated \
conditions such as `id = 1 or id = 2 or …` are better written `id in (…)` or `id in $ids`.",
    example: "query titles() {\n  from Entry\n  where ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((rating)))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) > 3\n  select title\n}\n",
    mended: Some("query titles() {\n  from Entry\n  where (rating) > 3\n  select title\n}\n"),
};
