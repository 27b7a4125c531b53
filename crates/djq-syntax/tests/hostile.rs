//! No input crashes the parser or keeps it for long, whatever it is.

use std::time::{Duration, Instant};

use djq_diagnostics::{FileId, SourceMap, render};

const SAMPLE: &str = include_str!("sample.djq");

/// The time that this thread has worked: a machine with much to do is no fault of the parser's.
fn worked() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = text.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// Parses and renders within a second, even unoptimised.
fn survives(what: &str, text: &str) -> usize {
    let start = Instant::now();
    let before = worked();
    let mut files = SourceMap::default();
    let file = files.add("hostile.djq", text);
    let parsed = djq_syntax::parse(file, text);
    let pipeline = djq_syntax::parse_pipeline(FileId(0), text);
    let shown = render(&parsed.diagnostics, &files, false);
    assert!(parsed.diagnostics.is_empty() == shown.is_empty());
    let count = parsed.diagnostics.len();
    drop(parsed);
    drop(pipeline);
    let took = match (before, worked()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => start.elapsed(),
    };
    assert!(took < Duration::from_secs(2), "{what}: {took:?}");
    assert!(shown.len() < 500_000, "{what}: {} bytes shown", shown.len());
    count
}

#[test]
fn the_sample_is_clean() {
    assert_eq!(djq_syntax::parse(FileId(0), SAMPLE).diagnostics, []);
}

#[test]
fn nested_deep() {
    let n = 100_000;
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{", "}"),
        ("f(", ")"),
        ("(a, ", ")"),
        ("(from ", ")"),
        ("a[", "]"),
        ("a { ", "}"),
    ] {
        let text = format!(
            "query a() {{ from Entry where {}1{} }}",
            open.repeat(n),
            close.repeat(n)
        );
        assert_eq!(survives(open, &text), 1, "{open}");
        survives(
            open,
            &format!("query a() {{ from Entry where {}", open.repeat(n)),
        );
    }
}

#[test]
fn chained_long() {
    let n = 20_000;
    for part in [
        "-",
        "not ",
        "a + ",
        "a or ",
        "a.",
        "a = ",
        "a < ",
        "case when ",
        "case ",
        "exists ",
        "a::int::",
        "a ?? b || ",
        "!",
        "a between 1 and ",
        "a ? b : ",
        "a if b else ",
        "a.objects.filter(b=1).",
    ] {
        let text = format!("query a() {{ from Entry where {}a }}", part.repeat(n));
        let count = survives(part, &text);
        assert!(count >= 1, "{part}: {count}");
    }
    for ty in ["range<", "[", "{a: "] {
        survives(
            ty,
            &format!("query a(x: {}int) {{ from Entry }}", ty.repeat(n)),
        );
    }
}

#[test]
fn deep_on_a_small_stack() {
    // The tree must drop, compare and copy on a thread with little room.
    let run = || {
        for text in [
            format!("query a() {{ from Entry where {}a }}", "a or ".repeat(499)),
            format!(
                "query a() {{ from Entry where {}a{} }}",
                "(".repeat(126),
                ")".repeat(126)
            ),
            format!(
                "query a() {{ from Entry where {}a{} }}",
                "(from Entry where a = ".repeat(126),
                ")".repeat(126)
            ),
            format!("query a() {{ from Entry where {}a }}", "not ".repeat(60)),
            format!("query a() {{ from Entry where a{} }}", ".b".repeat(480)),
            format!(
                "query a() {{ from Entry where {}a{} }}",
                "case when a then ".repeat(100),
                " end".repeat(100)
            ),
        ] {
            let parsed = djq_syntax::parse(FileId(0), &text);
            assert_eq!(parsed.diagnostics, [], "{}", &text[..60]);
            assert!(parsed.clone() == parsed);
        }
    };
    std::thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(run)
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn huge() {
    let megabytes = 10 << 20;
    for text in ["from ", "("] {
        assert_eq!(
            survives(text, &text.repeat(megabytes / text.len())),
            1,
            "{text}"
        );
    }
    let large = 1 << 17;
    for text in [
        "from ",
        "'",
        "(",
        ")",
        "\u{0}",
        "é ",
        "`\n",
        "@ ",
        "--\n",
        "/* */",
        "; ",
        "a b ",
        "a__b = 1 and ",
        "a && b ",
        ", ",
    ] {
        survives(text, &text.repeat(large / text.len()));
        survives(
            text,
            &format!(
                "query a() {{ from Entry where {}",
                text.repeat(large / text.len())
            ),
        );
    }
    assert_eq!(
        survives(
            "queries",
            &"query a() { from Entry where rating > 3 select title }\n".repeat(5_000)
        ),
        0
    );
}

#[test]
fn every_prefix_and_suffix() {
    for (at, _) in SAMPLE.char_indices() {
        let (prefix, suffix) = SAMPLE.split_at(at);
        for text in [prefix, suffix] {
            let parsed = djq_syntax::parse(FileId(0), text);
            assert!(parsed.diagnostics.len() <= 100);
            let _ = djq_syntax::is_complete(text);
        }
    }
}

#[test]
fn every_word_left_out() {
    let words: Vec<_> = djq_syntax::tokens(SAMPLE).collect();
    for (_, range) in words {
        let text = format!("{}{}", &SAMPLE[..range.start], &SAMPLE[range.end..]);
        let parsed = djq_syntax::parse(FileId(0), &text);
        for diagnostic in &parsed.diagnostics {
            let span = diagnostic.primary.span;
            assert!(text.get(span.range()).is_some(), "{diagnostic:?}");
        }
    }
}

#[test]
fn a_hundred_parentheses_are_quick() {
    let start = Instant::now();
    let text = format!(
        "query a() {{ from Entry where {}a{} = 1 }}",
        "(".repeat(100),
        ")".repeat(100)
    );
    assert_eq!(djq_syntax::parse(FileId(0), &text).diagnostics, []);
    assert!(
        start.elapsed() < Duration::from_millis(100),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn nul_and_controls() {
    survives(
        "nul",
        "query a() { from Entry\0where a = '\0' \u{1} \u{7f} \u{a0} \u{feff} select b }",
    );
    assert_eq!(survives("bom", "\u{feff}query a() { from Entry }"), 0);
    assert_eq!(survives("crlf", &SAMPLE.replace('\n', "\r\n")), 0);
}
