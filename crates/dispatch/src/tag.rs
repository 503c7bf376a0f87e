//! Type identifiers (`"package:Export"`) and the stable integers that stand for them.

use std::collections::HashMap;
use std::sync::{LazyLock, RwLock};

/// The number of a type identifier: at least 1, never reused, the same in every thread of the process.
pub type Tag = u32;

/// The tag of values whose class has no identifier.
pub const UNKNOWN: Tag = 1;

const UNKNOWN_IDENTIFIER: &str = "an unregistered class";

struct Interner {
    identifiers: Vec<String>,
    tags: HashMap<String, Tag>,
}

impl Interner {
    fn new() -> Self {
        let mut interner = Self { identifiers: vec![String::new()], tags: HashMap::new() };
        assert_eq!(interner.intern(UNKNOWN_IDENTIFIER), UNKNOWN);
        interner
    }

    fn intern(&mut self, identifier: &str) -> Tag {
        if let Some(&tag) = self.tags.get(identifier) {
            return tag;
        }
        let tag = self.identifiers.len() as Tag;
        self.identifiers.push(identifier.to_owned());
        self.tags.insert(identifier.to_owned(), tag);
        tag
    }
}

static INTERNER: LazyLock<RwLock<Interner>> = LazyLock::new(|| RwLock::new(Interner::new()));

/// The tag of `identifier`, made on first sight.
pub fn intern(identifier: &str) -> Tag {
    // A poisoned lock still guards a usable table: `intern` leaves no half-made entry behind.
    INTERNER.write().unwrap_or_else(|poisoned| poisoned.into_inner()).intern(identifier)
}

/// The identifier behind `tag`; empty for a number that is no tag.
pub fn identifier(tag: Tag) -> String {
    let interner = INTERNER.read().unwrap_or_else(|poisoned| poisoned.into_inner());
    interner.identifiers.get(tag as usize).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_stable_and_reversible() {
        let tag = intern("tag-test:A");
        assert_eq!(intern("tag-test:A"), tag);
        assert_ne!(intern("tag-test:B"), tag);
        assert_eq!(identifier(tag), "tag-test:A");
    }

    #[test]
    fn threads_see_the_same_tags() {
        let here = intern("tag-test:shared");
        let there = std::thread::spawn(|| intern("tag-test:shared")).join().unwrap();
        assert_eq!(here, there);
    }

    #[test]
    fn a_number_that_is_no_tag_has_no_identifier() {
        assert_eq!(identifier(0), "");
        assert_eq!(identifier(Tag::MAX), "");
    }
}
