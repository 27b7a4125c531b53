//! The rules by which clauses merge, and those by which they do not.

use crate::build::{
    Build, aggregate, call, count, equal, exists, filter, group, int, join, limit, more, nest,
    order, pipeline, scalar, text,
};
use djq_check::{
    Type,
    functions::{AggregateId, FunctionId},
    hir::{ClauseKind, JoinKind, Role, SetOperator},
};
use insta::assert_snapshot;

#[test]
fn paths_are_joined_once_and_inner_where_that_loses_nothing() {
    let mut b = Build::new();
    let e = b.from("Entry", "e");
    let author = b.path(e, "author");
    let company = b.path(author, "company");
    let editor = b.path(e, "editor");
    let body = {
        let rejected = equal(b.col(editor, "name"), text("Ada"));
        let items = vec![
            ("title", b.col(e, "title")),
            ("author", b.col(author, "name")),
            ("email", b.col(author, "email")),
            ("company", b.col(company, "name")),
        ];
        b.pipeline(e, vec![filter(rejected)], items, |_, _| Vec::new())
    };
    assert_snapshot!(b.plan(body));
}

#[test]
fn a_condition_on_groups_is_having_and_one_on_keys_is_not() {
    let mut b = Build::new();
    let a = b.from("Author", "a");
    let e = b.along(a, "entries", "e", Role::Join);
    let company = b.path(a, "company");
    let key = b.col(a, "id");
    let key = b.name("", key);
    let clauses = vec![join(JoinKind::Inner, e, None), group(vec![(key, Some(a))])];
    let items = vec![
        ("name", b.col(a, "name")),
        ("company", b.col(company, "name")),
        ("entries", count()),
    ];
    let body = b.pipeline(a, clauses, items, |b, ids| {
        vec![
            filter(more(b.use_of(ids[2]), int(3))),
            filter(equal(b.use_of(ids[0]), text("Ada"))),
            order(vec![b.use_of(ids[2]), b.use_of(ids[0])]),
            limit(10),
        ]
    });
    assert_snapshot!(b.plan(body));
}

#[test]
fn a_condition_behind_a_limit_wraps_and_the_order_holds() {
    let mut b = Build::new();
    let e = b.from("Entry", "e");
    let author = b.path(e, "author");
    let clauses = vec![
        order(vec![b.col(e, "pub_date")]),
        limit(10),
        filter(equal(b.col(author, "name"), text("Ada"))),
    ];
    let items = vec![("title", b.col(e, "title"))];
    let body = b.pipeline(e, clauses, items, |_, _| Vec::new());
    assert_snapshot!(b.plan(body));
}

#[test]
fn groups_of_groups_wrap() {
    let mut b = Build::new();
    let e = b.from("Entry", "e");
    let key = b.col(e, "author_id");
    let author = b.name("author", key);
    let n = b.name("n", count());
    let again = b.use_of(n);
    let again = b.name("n", again);
    let clauses = vec![
        group(vec![(author, None)]),
        crate::build::clause(ClauseKind::Select(vec![author, n])),
        group(vec![(again, None)]),
    ];
    let items = vec![("n", b.use_of(again)), ("authors", count())];
    let body = b.pipeline(e, clauses, items, |_, _| Vec::new());
    assert_snapshot!(b.plan(body));
}

#[test]
fn relations_are_aggregated_in_correlated_subqueries_without_idle_joins() {
    let mut b = Build::new();
    let e = b.from("Entry", "e");
    let tags = b.along(e, "tags", "tag", Role::From);
    let counted = b.pipeline(
        tags[0],
        vec![join(JoinKind::Inner, vec![tags[1]], None)],
        vec![("n", count())],
        |_, _| Vec::new(),
    );
    let named = b.along(e, "tags", "tag", Role::From);
    let slug = b.col(named[1], "slug");
    let with_slug = b.pipeline(
        named[0],
        vec![
            join(JoinKind::Inner, vec![named[1]], None),
            filter(equal(slug, text("rust"))),
        ],
        vec![("n", int(1))],
        |_, _| Vec::new(),
    );
    let items = vec![
        ("title", b.col(e, "title")),
        ("tags", scalar(counted, Type::BigInt.required())),
    ];
    let body = b.pipeline(e, vec![filter(exists(with_slug))], items, |b, ids| {
        vec![order(vec![b.use_of(ids[1])])]
    });
    assert_snapshot!(b.plan(body));
}

#[test]
fn a_subquery_that_is_filtered_and_selected_runs_once() {
    let mut b = Build::new();
    let a = b.from("Author", "a");
    let e = b.along(a, "entries", "entries", Role::From);
    let counted = b.pipeline(e[0], Vec::new(), vec![("n", count())], |_, _| Vec::new());
    let items = vec![
        ("name", b.col(a, "name")),
        ("n", scalar(counted, Type::BigInt.required())),
    ];
    let body = b.pipeline(a, Vec::new(), items, |b, ids| {
        vec![
            filter(more(b.use_of(ids[1]), int(3))),
            order(vec![b.use_of(ids[1])]),
        ]
    });
    assert_snapshot!(b.plan(body));
}

#[test]
fn a_left_join_of_several_steps_is_one_unit() {
    let mut b = Build::new();
    let e = b.from("Entry", "e");
    let tags = b.along(e, "tags", "t", Role::Join);
    let author = b.path(e, "author");
    let condition = equal(b.col(tags[1], "slug"), b.col(author, "name"));
    let slug = b.col(tags[1], "slug");
    let items = vec![("title", b.col(e, "title")), ("slug", slug)];
    let clauses = vec![join(JoinKind::Left, tags, Some(condition))];
    let body = b.pipeline(e, clauses, items, |_, _| Vec::new());
    assert_snapshot!(b.plan(body));
}

#[test]
fn rows_kept_before_a_right_join_are_kept_before_it() {
    let mut b = Build::new();
    let e = b.from("Entry", "e");
    let a = b.free_join("Author", "a");
    let on = equal(b.col(e, "author_id"), b.col(a, "id"));
    let clauses = vec![
        filter(more(b.col(e, "rating"), int(3))),
        join(JoinKind::Right, vec![a], Some(on)),
    ];
    let items = vec![("title", b.col(e, "title")), ("name", b.col(a, "name"))];
    let body = b.pipeline(e, clauses, items, |_, _| Vec::new());
    assert_snapshot!(b.plan(body));
}

#[test]
fn set_operations_are_ordered_by_their_columns() {
    let mut b = Build::new();
    let a = b.from("Author", "a");
    let c = b.from("Company", "c");
    let (select, left) = {
        let name = b.col(a, "name");
        b.select(vec![("name", name)])
    };
    let name = b.col(c, "name");
    let right = b.pipeline(c, Vec::new(), vec![("name", name)], |_, _| Vec::new());
    let column = b.use_of(left[0]);
    let column = b.name("name", column);
    let clauses = vec![
        select,
        crate::build::clause(ClauseKind::SetOperation {
            operator: SetOperator::Union,
            all: false,
            right: Box::new(right),
            left,
            columns: vec![column],
        }),
        order(vec![b.use_of(column)]),
        filter(equal(b.use_of(column), text("Ada"))),
    ];
    let columns = b.columns(&[column]);
    let body = pipeline(a, clauses, columns);
    assert_snapshot!(b.plan(body));
}

#[test]
fn distinct_rows_are_filtered_before_and_ordered_after() {
    let mut b = Build::new();
    let e = b.from("Entry", "e");
    let author = b.path(e, "author");
    let items = vec![("name", b.col(author, "name"))];
    let body = b.pipeline(e, Vec::new(), items, |b, ids| {
        let lower = call(
            FunctionId::Lower,
            vec![b.use_of(ids[0])],
            Type::Text.required(),
        );
        vec![
            crate::build::clause(ClauseKind::Distinct),
            filter(more(b.use_of(ids[0]), text("B"))),
            order(vec![lower]),
        ]
    });
    assert_snapshot!(b.plan(body));
}

#[test]
fn a_value_that_changes_each_time_is_computed_once() {
    let mut b = Build::new();
    let e = b.from("Entry", "e");
    let random = call(FunctionId::Random, Vec::new(), Type::Float.required());
    let items = vec![("title", b.col(e, "title")), ("r", random)];
    let body = b.pipeline(e, Vec::new(), items, |b, ids| {
        vec![
            filter(more(b.use_of(ids[1]), int(0))),
            order(vec![b.use_of(ids[1])]),
        ]
    });
    assert_snapshot!(b.plan(body));
}

#[test]
fn nested_rows_are_a_statement_each_and_pages_hold_for_each_parent() {
    let mut b = Build::new();
    let a = b.from("Author", "a");
    let e = b.along(a, "entries", "entries", Role::From)[0];
    let tags = b.along(e, "tags", "tags", Role::From);
    let company = b.along(a, "company", "company", Role::From)[0];
    let tag_items = vec![("slug", b.col(tags[1], "slug"))];
    let tag_rows = b.pipeline(
        tags[0],
        vec![join(JoinKind::Inner, vec![tags[1]], None)],
        tag_items,
        |_, _| Vec::new(),
    );
    let entry_items = vec![("title", b.col(e, "title"))];
    let clauses = vec![
        filter(more(b.col(e, "rating"), int(3))),
        order(vec![b.col(e, "pub_date")]),
        limit(3),
    ];
    let mut entries = b.pipeline(e, clauses, entry_items, |_, _| Vec::new());
    entries.columns.push(nest("tags", tag_rows, true));
    let city = vec![("city", b.col(company, "city"))];
    let company = b.pipeline(company, Vec::new(), city, |_, _| Vec::new());
    let items = vec![("name", b.col(a, "name"))];
    let mut body = b.pipeline(a, Vec::new(), items, |b, ids| {
        vec![order(vec![b.use_of(ids[0])])]
    });
    body.columns.push(nest("entries", entries, true));
    body.columns.push(nest("company", company, false));
    assert_snapshot!(b.plan(body));
}

#[test]
fn totals_over_a_derived_table() {
    let mut b = Build::new();
    let e = b.from("Entry", "e");
    let clauses = vec![order(vec![b.col(e, "rating")]), limit(5)];
    let sum = aggregate(
        AggregateId::Sum,
        vec![b.col(e, "rating")],
        Type::BigInt.nullable(),
    );
    let body = b.pipeline(e, clauses, vec![("n", count()), ("total", sum)], |_, _| {
        Vec::new()
    });
    assert_snapshot!(b.plan(body));
}

#[test]
fn a_key_of_a_relation_brings_the_columns_of_its_row() {
    let mut b = Build::new();
    let e = b.from("Entry", "e");
    let author = b.path(e, "author");
    let company = b.path(author, "company");
    let key = b.col(e, "author_id");
    let key = b.name("author", key);
    let items = vec![
        ("pk", b.col(author, "id")),
        ("name", b.col(author, "name")),
        ("city", b.col(company, "city")),
        ("n", count()),
    ];
    let clauses = vec![group(vec![(key, Some(author))])];
    let body = b.pipeline(e, clauses, items, |_, _| Vec::new());
    assert_snapshot!(b.plan(body));
}

#[test]
fn a_key_with_a_subquery_is_computed_before_the_rows_are_grouped() {
    let mut b = Build::new();
    let a = b.from("Author", "a");
    let e = b.along(a, "entries", "entries", Role::From)[0];
    let counted = b.pipeline(e, Vec::new(), vec![("n", count())], |_, _| Vec::new());
    let key = b.name("entries", scalar(counted, Type::BigInt.required()));
    let first = aggregate(
        AggregateId::Min,
        vec![b.col(a, "name")],
        Type::Text.nullable(),
    );
    let items = vec![
        ("entries", b.use_of(key)),
        ("authors", count()),
        ("first", first),
    ];
    let clauses = vec![group(vec![(key, None)])];
    let body = b.pipeline(a, clauses, items, |_, ids| {
        vec![order(vec![crate::build::named(ids[0])])]
    });
    assert_snapshot!(b.plan(body));
}

#[test]
fn a_path_under_an_outer_join_stays_on_its_side() {
    let mut b = Build::new();
    let a = b.from("Author", "a");
    let e = b.along(a, "entries", "e", Role::Join);
    b.nullable(e[0]);
    let editor = b.path(e[0], "editor");
    let on = equal(b.col(editor, "name"), b.col(a, "name"));
    let items = vec![
        ("name", b.col(a, "name")),
        ("title", b.col(e[0], "title")),
        ("editor", b.col(editor, "email")),
    ];
    let clauses = vec![join(JoinKind::Left, e, Some(on))];
    let body = b.pipeline(a, clauses, items, |_, _| Vec::new());
    assert_snapshot!(b.plan(body));
}

#[test]
fn a_path_of_an_outer_row_is_joined_outside() {
    let mut b = Build::new();
    let a = b.from("Author", "a");
    let company = b.path(a, "company");
    let e = b.along(a, "entries", "entries", Role::From)[0];
    let author = b.path(e, "editor");
    let same_city = equal(b.col(e, "title"), b.col(company, "city"));
    let other = equal(b.col(author, "name"), text("Ada"));
    let counted = b.pipeline(
        e,
        vec![filter(same_city), filter(other)],
        vec![("n", count())],
        |_, _| Vec::new(),
    );
    let items = vec![
        ("name", b.col(a, "name")),
        ("n", scalar(counted, Type::BigInt.required())),
    ];
    let body = b.pipeline(a, Vec::new(), items, |_, _| Vec::new());
    assert_snapshot!(b.plan(body));
}

#[test]
fn nested_rows_that_name_the_outer_row_join_it_again() {
    let mut b = Build::new();
    let e = b.from("Entry", "e");
    let author = b.path(e, "author");
    let others = b.along(author, "entries", "entries", Role::From)[0];
    let better = more(b.col(others, "rating"), b.col(e, "rating"));
    let items = vec![("title", b.col(others, "title"))];
    let rows = b.pipeline(others, vec![filter(better)], items, |_, _| Vec::new());
    let items = vec![("title", b.col(e, "title"))];
    let mut body = b.pipeline(e, Vec::new(), items, |_, _| Vec::new());
    body.columns.push(nest("better", rows, true));
    assert_snapshot!(b.plan(body));
}

#[test]
fn rows_grouped_and_limited_are_grouped_again_with_their_aggregates() {
    let mut b = Build::new();
    let e = b.from("Entry", "e");
    let key = b.col(e, "author_id");
    let author = b.name("author", key);
    let items = vec![("author", b.use_of(author)), ("n", count())];
    let clauses = vec![
        group(vec![(author, None)]),
        order(vec![count()]),
        limit(5),
        filter(more(count(), int(2))),
    ];
    let body = b.pipeline(e, clauses, items, |_, _| Vec::new());
    assert_snapshot!(b.plan(body));
}

#[test]
fn nested_rows_that_name_a_computed_value_read_the_parents_again() {
    let mut b = Build::new();
    let a = b.from("Author", "a");
    let e = b.along(a, "entries", "e", Role::Join);
    let key = b.col(a, "id");
    let key = b.name("", key);
    let books = b.along(a, "books", "books", Role::From)[0];
    let (select, ids) = {
        let items = vec![("name", b.col(a, "name")), ("n", count())];
        b.select(items)
    };
    let dear = more(b.col(books, "price"), b.use_of(ids[1]));
    let items = vec![("title", b.col(books, "title"))];
    let clauses = vec![filter(dear), order(vec![b.col(books, "title")]), limit(2)];
    let rows = b.pipeline(books, clauses, items, |_, _| Vec::new());
    let clauses = vec![
        join(JoinKind::Inner, e, None),
        group(vec![(key, Some(a))]),
        select,
        order(vec![b.use_of(ids[1])]),
        limit(5),
    ];
    let mut columns = b.columns(&ids);
    columns.push(nest("dear", rows, true));
    let body = pipeline(a, clauses, columns);
    assert_snapshot!(b.plan(body));
}
