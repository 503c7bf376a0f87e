//! What the environment of the process says about one backend system. It says so by names, of backends that may
//! not be there, or not yet.

/// One backend goes before another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderEdge {
    /// The one that is tried first.
    pub before: String,
    /// The other.
    pub after: String,
}

/// What the environment says.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// Tried first in every call that no scope decides otherwise, in this order.
    pub prioritize: Vec<String>,
    /// Never tried, whatever scopes and calls say.
    pub block: Vec<String>,
    /// Order that beats what backends declare.
    pub order: Vec<OrderEdge>,
}

impl Environment {
    /// Takes out the edges that close a circle with those before them, and returns them.
    pub(crate) fn straighten(&mut self) -> Vec<OrderEdge> {
        let mut ignored = vec![];
        for edge in std::mem::take(&mut self.order) {
            if edge.before == edge.after || self.puts_before(&edge.after, &edge.before) {
                ignored.push(edge);
            } else {
                self.order.push(edge);
            }
        }
        ignored
    }

    /// Whether its order leads from one name to another, through any number of others.
    pub(crate) fn puts_before(&self, first: &str, last: &str) -> bool {
        let mut reached = vec![first];
        let mut at = 0;
        while at < reached.len() {
            let name = reached[at];
            for edge in self.order.iter().filter(|edge| edge.before == name) {
                if edge.after == last {
                    return true;
                }
                if !reached.contains(&edge.after.as_str()) {
                    reached.push(&edge.after);
                }
            }
            at += 1;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(text: &str) -> OrderEdge {
        let (before, after) = text.split_once('>').unwrap();
        OrderEdge { before: before.to_owned(), after: after.to_owned() }
    }

    #[test]
    fn the_edge_that_closes_a_circle_is_ignored() {
        let order = ["a>b", "b>c", "c>a", "d>d", "c>d"].map(edge).to_vec();
        let mut environment = Environment { order, ..Environment::default() };
        assert_eq!(environment.straighten(), [edge("c>a"), edge("d>d")]);
        assert!(environment.puts_before("a", "d"));
        assert!(!environment.puts_before("d", "a"));
    }
}
