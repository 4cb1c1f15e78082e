//! The rules' sentences, with names and civil times put in.

use closeknit_api::{Phrase, Value, views::Person};
use closeknit_domain::{
    Known, PostRef, Profile, Record,
    text::Place,
    time::Zone,
    words::{self, Says},
};
use closeknit_ids::MemberId;
use jiff::Timestamp;

/// Who reads, and where names and titles are looked up.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub(crate) me: MemberId,
    pub(crate) known: Known<'a>,
}

/// Sentences that say otherwise who chooses, where it is the reader.
const CHOSEN: [&str; 3] = ["came-forward", "offer-asked-for", "two-came-forward-choose"];

impl Reader<'_> {
    /// The profile of a member: the one with the smallest id counts.
    pub(crate) fn profile(&self, member: MemberId) -> Option<&Profile> {
        self.known.members.get(&member)?.values().find_map(|record| match record {
            Record::Profile(profile) => Some(profile),
            _ => None,
        })
    }

    /// Where the reader lives roughly.
    pub(crate) fn area(&self) -> Option<&Place> {
        self.profile(self.me)?.area.as_ref()
    }

    /// What they are called; of somebody whose profile has not arrived yet, the beginning of their id;
    /// of a former member nothing.
    pub(crate) fn name(&self, member: MemberId) -> Option<String> {
        let named = self.profile(member).map(|profile| profile.name.to_string());
        named.or_else(|| self.known.members.contains_key(&member).then(|| member.short()))
    }

    /// A member as a list or a card shows them.
    pub(crate) fn person(&self, member: MemberId) -> Person {
        Person { id: member.to_string(), name: self.name(member), me: member == self.me }
    }

    /// A sentence of the rules as a face can say it.
    pub(crate) fn phrase(&self, sentence: &impl Says) -> Phrase {
        let (id, values) = (sentence.id(), sentence.values());
        let chooses = CHOSEN.contains(&id) && values.contains(&("author", words::Value::Member(self.me)));
        let id = if chooses { format!("{id}-you") } else { id.to_owned() };
        values.into_iter().fold(Phrase::new(id), |phrase, (name, value)| {
            let value = match value {
                words::Value::Moment(at) if name == "on" => Value::Day(self.day(at)),
                words::Value::Moment(at) => Value::When(civil(self.known.zone, at)),
                words::Value::Member(member) => self.named(member),
                words::Value::Members(members) => Value::Names(self.names(&members)),
                words::Value::Number(number) => Value::Number(i32::try_from(number).unwrap_or(i32::MAX)),
                words::Value::Text(text) => Value::Text(text),
                words::Value::Post(post) => self.title(post),
                words::Value::Word(word) => Value::Message(word.id().to_owned()),
                words::Value::Words(words) => {
                    Value::Messages(words.iter().map(|word| word.id().to_owned()).collect())
                }
            };
            phrase.with(name, value)
        })
    }

    /// A member inside a sentence.
    pub(crate) fn named(&self, member: MemberId) -> Value {
        self.name(member).map_or_else(|| Value::Message("former-member".into()), Value::Text)
    }

    /// The same for several; a former member has no name.
    pub(crate) fn names(&self, members: &[MemberId]) -> Vec<String> {
        members.iter().filter_map(|member| self.name(*member)).collect()
    }

    fn title(&self, post: PostRef) -> Value {
        self.known
            .post(post)
            .map_or_else(|| Value::Message("a-post".into()), |post| Value::Text(post.title.to_string()))
    }

    fn day(&self, at: Timestamp) -> String {
        self.known.zone.civil(at).date().to_string()
    }
}

/// A moment as civil time, without a fraction of a second.
pub(crate) fn civil(zone: &Zone, at: Timestamp) -> String {
    zone.civil(at).strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use closeknit_domain::Sentence;

    use super::*;

    /// The messages of a Fluent file, each with all its lines.
    fn messages(text: &str) -> std::collections::BTreeMap<&str, String> {
        let mut messages = std::collections::BTreeMap::new();
        let mut last = "";
        for line in text.lines() {
            if let Some((id, value)) = line.split_once(" = ").filter(|(id, _)| !id.starts_with([' ', '#'])) {
                last = id;
                messages.insert(id, value.to_owned());
            } else if line.starts_with([' ', '}'])
                && let Some(message) = messages.get_mut(last)
            {
                message.push_str(line);
            }
        }
        messages
    }

    /// Whatever the rules can say has a message with the same values, and no other, in every language.
    #[test]
    fn every_sentence_of_the_rules_can_be_said() {
        let locales = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/locales");
        let files = [
            ("board.ftl", Sentence::ALL),
            ("capacity.ftl", words::Carrying::ALL),
            ("matching.ftl", words::Because::ALL),
            ("matching.ftl", words::OnRota::ALL),
        ];
        let languages = fs::read_dir(locales).unwrap().map(|language| language.unwrap().path());
        for (language, (file, sentences)) in
            languages.flat_map(|language| files.map(|file| (language.clone(), file)))
        {
            let path = language.join(file);
            // What a language lacks as a whole is said in English.
            if !path.exists() {
                assert!(!language.ends_with("en") && !language.ends_with("es"), "{path:?}");
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let messages = messages(&text);
            for (id, values) in sentences {
                let file = path.display();
                let message = messages.get(id).unwrap_or_else(|| panic!("{file}: {id} is missing"));
                for used in message.split('$').skip(1) {
                    let name: String =
                        used.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                    assert!(
                        values.contains(&name.as_str()),
                        "{file}: {id} uses ${name}, which it does not get"
                    );
                }
            }
        }
    }
}
