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
/// Django's names are shorter than this; what is longer is text that somebody put there.
const LONGEST_NAME: usize = 255;

impl Words {
    /// Takes in a name of several words: `blog_entry_tags`, `Can add blog entry`.
    pub(super) fn learn(&mut self, name: &str, weight: u32) {
        if name.len() > LONGEST_NAME {
            return;
        }
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

    /// Whether it is seen as a word on its own, in the plural or not.
    fn is_word(&self, word: &str) -> bool {
        let seen = |word: &str| {
            self.runs
                .get(word)
                .is_some_and(|seen| seen.keys().any(|run| run.len() == 1))
        };
        seen(word) || singular(word).is_some_and(|one| seen(&one))
    }

    /// The likeliest words of a name that is written as one: `own` are words that are said of this very thing.
    pub(super) fn made_of(&self, joined: &str, own: &[String]) -> Vec<String> {
        if joined.len() > LONGEST_NAME {
            return vec![joined.to_owned()];
        }
        // A word of its own costs least, then any known word. Letters that are no known word cost more than two that are, so that
        // `choice` stays whole and `orderline` does not; a whole name costs more the longer it is, and most where a word
        // of its own stands in it.
        let within = own
            .iter()
            .any(|word| word.len() > 3 && word != joined && joined.contains(word.as_str()));
        let cost = |piece: &str, whole: bool| match piece.chars().count() {
            _ if own
                .iter()
                .any(|word| word == piece || plural(word) == piece) =>
            {
                Some(1)
            }
            _ if whole && within => Some(8),
            letters if whole => Some(4.max(letters / 2)),
            3.. if self.is_word(piece) => Some(2),
            3.. => Some(5),
            _ => None,
        };
        let ends: Vec<usize> = joined
            .char_indices()
            .map(|(at, _)| at)
            .chain([joined.len()])
            .collect();
        let mut best: Vec<Option<(usize, Vec<&str>)>> = vec![None; ends.len()];
        if let Some(first) = best.first_mut() {
            *first = Some((0, Vec::new()));
        }
        for end in 1..ends.len() {
            for start in 0..end {
                let (Some(from), Some(to)) = (ends.get(start), ends.get(end)) else {
                    continue;
                };
                let (Some(piece), Some(Some((before, words)))) =
                    (joined.get(*from..*to), best.get(start))
                else {
                    continue;
                };
                let Some(cost) = cost(piece, start == 0 && end + 1 == ends.len()) else {
                    continue;
                };
                let sum = before + cost;
                // Of equals the one of more words: that is what a class's name in two words is for.
                let better =
                    best.get(end)
                        .and_then(Option::as_ref)
                        .is_none_or(|(known, pieces)| {
                            (sum, pieces.len()) < (*known, words.len() + 1) || sum < *known
                        });
                if better {
                    let words: Vec<&str> = words.iter().copied().chain([piece]).collect();
                    if let Some(place) = best.get_mut(end) {
                        *place = Some((sum, words));
                    }
                }
            }
        }
        match best.pop().flatten() {
            // `forum readtrack` is not the end of it, where `track` is a word of its own.
            Some((_, words)) if words.len() > 1 => words
                .into_iter()
                .flat_map(|word| self.parts(word, own))
                .collect(),
            _ => vec![joined.to_owned()],
        }
    }

    /// A word, or what it is made of where a word of its own is in it.
    fn parts(&self, word: &str, own: &[String]) -> Vec<String> {
        let is_own = own.iter().any(|own| own == word || plural(own) == word);
        let within = own
            .iter()
            .any(|own| own.len() > 3 && word.contains(own.as_str()));
        if within && !is_own {
            self.made_of(word, own)
        } else {
            vec![word.to_owned()]
        }
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

/// Words as a class is named: `blog entry` is `BlogEntry`. A word that has capitals keeps them, and what
/// can only be initials, or nearly everyone writes large, is written so.
pub(super) fn camel(words: &[String]) -> String {
    const LARGE: [&str; 16] = [
        "api", "faq", "id", "ip", "oidc", "otp", "saml", "seo", "sku", "sso", "totp", "url",
        "uuid", "vat", "iban", "ui",
    ];
    let initials = |word: &str| {
        let letters = word.chars().count();
        let vowel = word.contains(['a', 'e', 'i', 'o', 'u', 'y']);
        let digit_inside = word
            .char_indices()
            .any(|(at, letter)| letter.is_ascii_digit() && at > 0 && at + 1 < word.len());
        (2..=4).contains(&letters)
            && word.is_ascii()
            && (!vowel && word.chars().all(char::is_alphabetic) || digit_inside)
    };
    words
        .iter()
        .map(|word| {
            if LARGE.contains(&word.as_str()) || initials(word) && *word == word.to_lowercase() {
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

/// `OrderLine` is `order_line`, `HTMLPage` is `html_page`.
pub(super) fn snake(class: &str) -> String {
    let letters: Vec<char> = class.chars().collect();
    let mut name = String::new();
    for (place, letter) in letters.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(place + 1);
        let starts = letter.is_uppercase()
            && before.is_some_and(|before| {
                !before.is_uppercase() || after.is_some_and(|after| after.is_lowercase())
            });
        if starts && !name.ends_with('_') {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

/// A name for people, in words: `e-mail template` is two, `follow-up` is two.
pub(super) fn spoken(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for part in name.split_whitespace() {
        let mut joins = false;
        for piece in part
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|piece| !piece.is_empty())
        {
            match words.last_mut().filter(|_| joins) {
                Some(last) => last.push_str(piece),
                None => words.push(piece.to_owned()),
            }
            joins = part.starts_with(piece) && piece.chars().count() == 1;
        }
    }
    words
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
            seen.made_of("orderlineprice", &[]),
            words("order line price")
        );
        assert_eq!(seen.made_of("choice", &[]), words("choice"));
        assert_eq!(
            seen.made_of("forumreadtrack", &words("forum track")),
            words("forum read track")
        );
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
        for (class, name) in [
            ("OrderLine", "order_line"),
            ("HTMLPage", "html_page"),
            ("Line", "line"),
            ("U2FDevice", "u2_f_device"),
        ] {
            assert_eq!(snake(class), name);
        }
        assert_eq!(camel(&words("blog entry")), "BlogEntry");
        assert_eq!(camel(&words("o auth2 token")), "OAuth2Token");
        assert_eq!(camel(&words("short url")), "ShortURL");
        assert_eq!(camel(&words("u2f kv store")), "U2FKVStore");
        assert_eq!(spoken("e-mail follow-up"), words("email follow up"));
    }
}
