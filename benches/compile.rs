//! What a query costs, stage by stage and whole, and what PRQL's compiler takes for the same question.
//!
//!     cargo bench --manifest-path benches/Cargo.toml
//!
//! Times are of one run on one machine: compare within a run only. The allocator is the command line's.

use divan::{Bencher, black_box, counter::ItemsCount};
use djq_benches::{PAIRS, Pair, schema};
use djq_check::{Checked, Context, check};
use djq_compiler::{Program, Settings, compile};
use djq_sql::dialect::{Dialect, DialectId, Options, dialect};

/// As in the command line.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

const THREE: [DialectId; 3] = [DialectId::Postgres, DialectId::MySql, DialectId::Sqlite];

fn checked(pair: Pair, schema: &djq_schema::Schema) -> Checked {
    let parsed = djq_syntax::parse(Default::default(), pair.djq);
    let checked = check(&parsed.ast, schema, &Context::default());
    assert!(!checked.queries.is_empty(), "{}: {:?}", pair.name, checked.diagnostics);
    checked
}

#[divan::bench(args = PAIRS)]
fn a_lex(bencher: Bencher, pair: Pair) {
    bencher.bench(|| djq_syntax::tokens(black_box(pair.djq)).count());
}

#[divan::bench(args = PAIRS)]
fn b_parse(bencher: Bencher, pair: Pair) {
    bencher.bench(|| djq_syntax::parse(Default::default(), black_box(pair.djq)));
}

#[divan::bench(args = PAIRS)]
fn c_check(bencher: Bencher, pair: Pair) {
    let schema = schema();
    let parsed = djq_syntax::parse(Default::default(), pair.djq);
    bencher.bench(|| check(black_box(&parsed.ast), &schema, &Context::default()));
}

#[divan::bench(args = PAIRS)]
fn d_plan(bencher: Bencher, pair: Pair) {
    let schema = schema();
    let checked = checked(pair, &schema);
    bencher.bench(|| djq_plan::plan(black_box(&checked.queries[0]), &schema));
}

#[divan::bench(args = PAIRS)]
fn e_sql_for_one_dialect(bencher: Bencher, pair: Pair) {
    let schema = schema();
    let plan = djq_plan::plan(&checked(pair, &schema).queries[0], &schema);
    let postgres = dialect(DialectId::Postgres, Options::default());
    bencher.bench(|| djq_sql::compile(black_box(&plan), &*postgres).unwrap());
}

/// From text to SQL for one dialect.
fn whole(pair: Pair, schema: &djq_schema::Schema, dialect: &dyn Dialect) -> usize {
    let checked = checked(pair, schema);
    let rendered = djq_sql::compile(&djq_plan::plan(&checked.queries[0], schema), dialect).unwrap();
    rendered.statements[0].pieces[0].sql.len()
}

#[divan::bench(args = PAIRS, min_time = 1)]
fn f_whole_djq(bencher: Bencher, pair: Pair) {
    let schema = schema();
    let postgres = dialect(DialectId::Postgres, Options::default());
    bencher.bench(|| whole(black_box(pair), &schema, &*postgres));
}

#[divan::bench(args = PAIRS, min_time = 1)]
fn g_whole_prqlc(bencher: Bencher, pair: Pair) {
    let options = prqlc::Options::default().no_format().no_signature().with_target(prqlc::Target::Sql(Some(prqlc::sql::Dialect::Postgres)));
    bencher.bench(|| prqlc::compile(black_box(pair.prql), &options).unwrap());
}

/// Files of one query each, compiled for three dialects on as many threads as the machine has.
#[divan::bench(args = [1, 10, 100, 1_000], sample_count = 10)]
fn h_files_for_three_dialects(bencher: Bencher, files: usize) {
    let schema = schema();
    let settings = Settings::of(THREE);
    let programs: Vec<Program> = (0..files).map(|index| Program::from_text("q.djq", PAIRS[index % 2].djq)).collect();
    bencher.counter(ItemsCount::new(files)).bench(|| {
        programs.iter().map(|program| compile(black_box(program), &schema, &settings).len()).sum::<usize>()
    });
}

/// One file with so many queries: the cost is linear in the input.
#[divan::bench(args = [10, 100, 1_000], sample_count = 10)]
fn i_one_file_of_many_queries(bencher: Bencher, queries: usize) {
    let schema = schema();
    let settings = Settings::of(THREE);
    let text: String = (0..queries).map(|index| PAIRS[index % 2].djq.replacen('(', &format!("_{index}("), 1) + "\n").collect();
    bencher.counter(ItemsCount::new(queries)).bench(|| {
        compile(&Program::from_text("q.djq", black_box(&text)), &schema, &settings)
    });
}
