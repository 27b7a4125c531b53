//! Names and the words in them: `blogentry` is `BlogEntry` where something says that it is two words.

use std::collections::HashMap;

/// Words from all the names of a database, and runs of them as they follow each other there.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Joined run to its words: `blogentry` to `blog entry`, with how often it was seen so.
    runs: HashMap<String, HashMap<Vec<String>, u32>>,
}

/// Names of more words than this are not names of models.
const LONGEST_RUN: usize = 6;

impl Words {
    /// Takes in a name of several words: `blog_entry_tags`, `Can add blog entry`.
    pub(super) fn learn(&mut self, name: &str, weight: u32) {
        let words = split(name);
        for start in 0..words.len() {
            for end in start + 1..=words.len().min(start + LONGEST_RUN) {
                let Some(run) = words.get(start..end) else {
                    continue;
                };
                let entry = self
                    .runs
                    .entry(run.concat())
                    .or_default()
                    .entry(run.to_vec())
                    .or_default();
                *entry = entry.saturating_add(weight);
                // The names of relations are plurals of the models' names.
                if let Some((last, before)) = run.split_last()
                    && let Some(one) = singular(last)
                {
                    let mut run = before.to_vec();
                    run.push(one);
                    let entry = self
                        .runs
                        .entry(run.concat())
                        .or_default()
                        .entry(run)
                        .or_default();
                    *entry = entry.saturating_add(weight);
                }
            }
        }
    }

    /// The words of a name that is written as one, as they are seen most often; a single word only where nothing splits it.
    pub(super) fn of(&self, joined: &str) -> Option<Vec<String>> {
        let seen = self.runs.get(joined)?;
        let best = seen
            .iter()
            .max_by(|a, b| (a.1, a.0.len(), b.0).cmp(&(b.1, b.0.len(), a.0)));
        best.map(|(words, _)| words.clone())
    }

    /// Whether it is seen as a word on its own.
    fn is_word(&self, word: &str) -> bool {
        self.runs
            .get(word)
            .is_some_and(|seen| seen.keys().any(|run| run.len() == 1))
    }

    /// The fewest known words that a name is made of, each of at least three letters.
    pub(super) fn made_of(&self, joined: &str) -> Option<Vec<String>> {
        let ends: Vec<usize> = joined
            .char_indices()
            .map(|(at, _)| at)
            .chain([joined.len()])
            .collect();
        let mut best: Vec<Option<Vec<&str>>> = vec![None; ends.len()];
        *best.first_mut()? = Some(Vec::new());
        for end in 1..ends.len() {
            for start in 0..end {
                let (Some(from), Some(to)) = (ends.get(start), ends.get(end)) else {
                    continue;
                };
                let Some(piece) = joined.get(*from..*to) else {
                    continue;
                };
                if end - start < 3 || !self.is_word(piece) {
                    continue;
                }
                let Some(Some(before)) = best.get(start) else {
                    continue;
                };
                let shorter = best
                    .get(end)
                    .and_then(Option::as_ref)
                    .is_none_or(|known| before.len() + 1 < known.len());
                if shorter {
                    let mut words = before.clone();
                    words.push(piece);
                    if let Some(place) = best.get_mut(end) {
                        *place = Some(words);
                    }
                }
            }
        }
        let words = best.pop().flatten()?;
        (words.len() > 1).then(|| words.into_iter().map(str::to_owned).collect())
    }
}

/// The words of a name, in lower case.
pub(super) fn split(name: &str) -> Vec<String> {
    name.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// English plural, as people name relations.
pub(super) fn plural(word: &str) -> String {
    let vowel_before = |word: &str| {
        word.chars()
            .rev()
            .nth(1)
            .is_some_and(|letter| "aeiou".contains(letter))
    };
    if word.ends_with('y') && !vowel_before(word) {
        format!("{}ies", word.strip_suffix('y').unwrap_or(word))
    } else if ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|end| word.ends_with(end))
    {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

/// The word that this is the plural of, where it looks like one.
pub(super) fn singular(word: &str) -> Option<String> {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return Some(format!("{stem}y"));
    }
    for end in ["sses", "xes", "ches", "shes"] {
        if word.ends_with(end) {
            return word.strip_suffix("es").map(str::to_owned);
        }
    }
    let one = word.strip_suffix('s').filter(|one| {
        one.len() > 2 && !one.ends_with('s') && !one.ends_with("u") && !one.ends_with('i')
    })?;
    Some(one.to_owned())
}

/// Words as a class is named: `blog entry` is `BlogEntry`. A word that has capitals keeps them, and a
/// word that is written large by nearly everyone is.
pub(super) fn camel(words: &[String]) -> String {
    const LARGE: [&str; 24] = [
        "api", "css", "csv", "dns", "faq", "gps", "html", "http", "https", "id", "ip", "json",
        "ldap", "pdf", "rss", "seo", "sku", "sms", "sql", "ssl", "url", "uuid", "vat", "xml",
    ];
    words
        .iter()
        .map(|word| {
            if LARGE.contains(&word.as_str()) {
                return word.to_uppercase();
            }
            let mut letters = word.chars();
            match letters.next() {
                Some(first) => first.to_uppercase().chain(letters).collect(),
                None => String::new(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn names_are_split_by_what_was_seen() {
        let mut seen = Words::default();
        seen.learn("related_blog_entries", 1);
        seen.learn("order_line", 1);
        seen.learn("price", 1);
        assert_eq!(seen.of("blogentry"), Some(words("blog entry")));
        assert_eq!(
            seen.made_of("orderlineprice"),
            Some(words("order line price"))
        );
        assert_eq!(seen.made_of("orderx"), None);
        assert_eq!(seen.of("nothing"), None);
    }

    #[test]
    fn plurals_and_classes() {
        for (one, many) in [
            ("entry", "entries"),
            ("box", "boxes"),
            ("tag", "tags"),
            ("day", "days"),
            ("address", "addresses"),
        ] {
            assert_eq!(plural(one), many);
            assert_eq!(singular(many).as_deref(), Some(one));
        }
        for word in ["status", "news", "address", "analysis"] {
            assert!(singular(word).is_none_or(|one| one == "new"), "{word}");
        }
        assert_eq!(camel(&words("blog entry")), "BlogEntry");
        assert_eq!(camel(&words("o auth2 token")), "OAuth2Token");
        assert_eq!(camel(&words("short url")), "ShortURL");
    }
}
