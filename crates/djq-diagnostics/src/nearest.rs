//! The name that was probably meant.

/// The candidate nearest to `name`, if one is near: the same in another case first, then the
/// fewest slips (a letter changed, added, left out, or two swapped), then the most alike.
///
/// ```
/// assert_eq!(djq_diagnostics::nearest("titel", ["title", "slug"]), Some("title"));
/// assert_eq!(djq_diagnostics::nearest("Title", ["title", "slug"]), Some("title"));
/// assert_eq!(djq_diagnostics::nearest("banana", ["title", "slug"]), None);
/// ```
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = name.to_lowercase();
    // A third of the letters may be wrong, at least one of them where there are three.
    let most = (lower.chars().count() / 3).max(usize::from(lower.chars().count() > 2));
    let mut best: Option<(usize, f64, &'a str)> = None;
    for candidate in candidates {
        let other = candidate.to_lowercase();
        if other == lower {
            return Some(candidate);
        }
        if other.len().abs_diff(lower.len()) > most * 4 {
            continue;
        }
        let slips = strsim::damerau_levenshtein(&lower, &other);
        // `pub_dates` for `pub_date`, `user` for `username`: one begins with the other.
        let begins = lower.len() >= 3
            && other.len() >= 3
            && slips <= 4
            && (other.starts_with(&lower) || lower.starts_with(&other));
        let is_plural = plural_of(&lower, &other) || plural_of(&other, &lower);
        if slips > most && !begins && !is_plural {
            continue;
        }
        let alike = strsim::jaro_winkler(&lower, &other);
        if best.is_none_or(|(least, most_alike, _)| {
            slips < least || (slips == least && alike > most_alike)
        }) {
            best = Some((slips, alike, candidate));
        }
    }
    best.map(|(_, _, candidate)| candidate)
}

/// Whether `many` is `one` with `ies` for its `y`.
fn plural_of(one: &str, many: &str) -> bool {
    one.strip_suffix('y')
        .is_some_and(|stem| many.strip_suffix("ies") == Some(stem))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn plurals_are_near() {
        assert_eq!(nearest("Entries", ["Author", "Entry"]), Some("Entry"));
        assert_eq!(nearest("category", ["categories"]), Some("categories"));
    }

    #[test]
    fn fewest_slips_win() {
        assert_eq!(
            nearest("autor", ["author", "auto", "editor"]),
            Some("author")
        );
        assert_eq!(nearest("selct", ["select", "delete"]), Some("select"));
        assert_eq!(nearest("pub_dat", ["pub_date", "body"]), Some("pub_date"));
    }

    #[test]
    fn short_names_are_not_guessed() {
        assert_eq!(nearest("x", ["y", "id"]), None);
        assert_eq!(nearest("", ["y"]), None);
    }

    #[test]
    fn the_same_in_another_case_comes_first() {
        assert_eq!(nearest("ENTRY", ["entri", "Entry"]), Some("Entry"));
    }
}
