//! `rates NAME TRUTH URL…`: how much of the truth in a snapshot file a bare database gives back; `--list` lists what is wrong,
//! `--bare` does without the rows of Django's own tables.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool for the people of the project"
)]
#![allow(missing_docs, unreachable_pub, reason = "shared with a test")]

#[path = "../tests/rates/mod.rs"]
mod rates;

use djq_introspect::{infer, read_catalog};
use djq_schema::Snapshot;

fn main() {
    let (flags, arguments): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|argument| argument.starts_with("--"));
    let mut total = rates::Rates::default();
    println!(
        "{:<24} {}",
        "",
        rates::NAMES.map(|name| format!("{name:>20}")).join("")
    );
    let line = |name: &str, rates: &rates::Rates| {
        let shown = rates.rates.map(|rate| {
            format!(
                "{:>8.1}% ({:>4}/{:>4})",
                rate.percent(),
                rate.right,
                rate.all
            )
        });
        println!("{name:<24} {}", shown.join(" "));
    };
    for run in arguments.chunks_exact(3) {
        let [name, truth, url] = run else { continue };
        let truth = Snapshot::parse(&std::fs::read_to_string(truth).unwrap()).unwrap();
        djq_schema::Schema::from_snapshot(&truth).unwrap();
        let mut connection = djq_client::Connection::open(url).unwrap();
        let mut catalog = read_catalog(&mut connection).unwrap();
        if flags.iter().any(|flag| flag == "--bare") {
            catalog.django = djq_introspect::DjangoRows::default();
        }
        let inferred = infer(&catalog);
        djq_schema::Schema::from_snapshot(&inferred).unwrap();
        let found = rates::compare(&truth, &inferred);
        line(name, &found);
        if flags.iter().any(|flag| flag == "--list") {
            found.wrong.iter().for_each(|wrong| println!("    {wrong}"));
        }
        total
            .rates
            .iter_mut()
            .zip(found.rates)
            .for_each(|(total, rate)| {
                total.right += rate.right;
                total.all += rate.all;
            });
    }
    line("all", &total);
}
