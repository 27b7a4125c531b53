//! What fuzzing has found, and where it begins, asked the same questions again: the corpus of each target in `fuzz/`, and
//! every query of the repository, as it is and changed.
//!
//! `DJQ_MUTATIONS` says how many changed queries are tried (200 unless told), `DJQ_MUTATIONS_SEED` which ones; what breaks a
//! promise is written to `target/tmp/fuzz`. libFuzzer looks further, for it sees what an input reaches: `cargo fuzz run`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, and says what it counted"
)]

#[path = "../../../fuzz/src/lib.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "the fuzz targets use the rest"
)]
mod fuzz;

use fuzz::{Check, TARGETS};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// As long as one input may take, unoptimised and on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/corpus")
        .join(target);
    let mut found: Vec<(String, Vec<u8>)> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .collect();
    found.sort();
    assert!(!found.is_empty(), "{} is empty", folder.display());
    found
}

/// Those inputs that break a promise.
fn broken(check: Check, inputs: &[(String, Vec<u8>)]) -> Vec<String> {
    let mut broken = Vec::new();
    for (name, input) in inputs {
        let started = Instant::now();
        if catch_unwind(|| check(input)).is_err() {
            broken.push(format!("{name}: see above"));
        }
        let took = started.elapsed();
        if took > PATIENCE {
            broken.push(format!("{name}: {took:?}"));
        }
    }
    broken
}

#[test]
fn what_was_found_stays_mended() {
    let mut all = Vec::new();
    for (target, check) in TARGETS {
        let inputs = corpus(target);
        eprintln!("{target}: {} inputs", inputs.len());
        all.extend(broken(check, &inputs));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn every_query_of_the_repository_keeps_the_promises() {
    let seeds: Vec<(String, Vec<u8>)> = fuzz::seeds()
        .into_iter()
        .map(|(name, text)| (name, text.into_bytes()))
        .collect();
    eprintln!("{} queries", seeds.len());
    assert!(seeds.len() > 1000);
    for (target, check) in TARGETS {
        if target != "schema" {
            let broken = broken(check, &seeds);
            assert!(broken.is_empty(), "{target}: {}", broken.join("\n"));
        }
    }
}

fn number(variable: &str, otherwise: u32) -> u32 {
    std::env::var(variable).map_or(otherwise, |text| text.parse().unwrap())
}

#[test]
fn changed_queries_keep_the_promises() {
    let count = number("DJQ_MUTATIONS", 200);
    let first = number("DJQ_MUTATIONS_SEED", 1);
    let seeds = fuzz::seeds();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    std::fs::create_dir_all(&folder).unwrap();
    let mut all = Vec::new();
    let mut accepted = 0;
    for seed in first..first + count {
        let (_, start) = &seeds[seed as usize * 7919 % seeds.len()];
        let mut input = vec![0; start.len().max(4096)];
        input[..start.len()].copy_from_slice(start.as_bytes());
        let size = input.len();
        let length = fuzz::mutate(&mut input, start.len(), size, seed, |_, size, _| size);
        input.truncate(length);
        accepted += u32::from(fuzz::is_accepted(&input));
        let path = folder.join(format!("mutation-{seed}.djq"));
        // It is there should the check not come back.
        std::fs::write(&path, &input).unwrap();
        let input = [(path.display().to_string(), input)];
        let before = all.len();
        for (target, check) in TARGETS {
            if target != "schema" {
                let broken = broken(check, &input);
                all.extend(broken.iter().map(|story| format!("{target} {story}")));
            }
        }
        if all.len() == before {
            std::fs::remove_file(&path).unwrap();
        }
    }
    eprintln!("{count} changed queries, {accepted} of them without an error");
    assert!(all.is_empty(), "{}", all.join("\n"));
    assert!(accepted >= count / 2, "only {accepted} of {count} compile");
}

#[test]
fn the_dictionary_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/djq.dict");
    let wanted = fuzz::dictionary();
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write(&path, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap();
    assert!(
        found == wanted,
        "fuzz/djq.dict is stale; INSTA_UPDATE=always writes it"
    );
}
