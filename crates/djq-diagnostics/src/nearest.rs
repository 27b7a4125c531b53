//! The name that was meant.

/// The candidate nearest to what was written: the same letters in another case first, then by edit
/// distance, if it is near enough to be a likely meaning (a third of the letters may differ, at least one).
/// Among equals the first wins.
///
/// ```
/// use djq_diagnostics::nearest;
/// assert_eq!(nearest("titel", ["slug", "title", "body"]), Some("title"));
/// assert_eq!(nearest("zebra", ["slug", "title", "body"]), None);
/// ```
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let lower = written.to_lowercase();
    let allowed = (written.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let folded = candidate.to_lowercase();
            let distance = strsim::osa_distance(&lower, &folded);
            let prefix = lower.chars().count() >= 3
                && (folded.starts_with(&lower) || lower.starts_with(&folded));
            (distance <= allowed || (prefix && distance <= 4)).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
