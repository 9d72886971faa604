//! Dates and authors that elements are marked with, taken only near the title.
//!
//! The same marks stand on the cards of other articles and on readers' comments. So a mark counts only if it
//! belongs to the same item as the title or stands close to it, and never inside a link, an `aside` or a footer.

use super::byline;
use super::date::{self, Hint, Kind};
use super::survey::{Mark, Marked, Survey};
use super::title::agree;
use crate::tree::{NodeId, Tree};

/// How many nodes before the title a dateline or byline may stand: a kicker, a date and their wrappers.
const BEFORE: NodeId = 40;
/// How many nodes behind it: a deck, a share bar and a picture may come first.
const BEHIND: NodeId = 220;

/// The marks that belong to the article.
#[derive(Debug)]
pub(super) struct Near<'s> {
    dates: Vec<&'s Marked>,
    authors: Vec<&'s Marked>,
    /// Dates that are marked, but stand anywhere.
    others: Vec<&'s Marked>,
}

impl<'s> Near<'s> {
    pub(super) fn of(tree: &Tree<'_>, survey: &'s Survey, title: Option<&str>) -> Self {
        let heading = survey
            .headings
            .iter()
            .find(|heading| title.is_some_and(|title| agree(&heading.text, title)))
            .or(survey.headings.first().filter(|_| survey.headings.len() == 1));
        let around = heading.map(|heading| (heading.node, tree.node(heading.node).end()));
        let holds =
            |scope: NodeId| around.is_some_and(|(start, _)| (scope..tree.node(scope).end()).contains(&start));
        let belongs = |marked: &&Marked| {
            let is_close = around
                .is_some_and(|(start, end)| marked.node + BEFORE >= start && marked.node <= end + BEHIND);
            let is_same_item = marked.mark == Mark::Property && marked.scope.is_some_and(holds);
            let is_other_item = marked.scope.is_some_and(|scope| !holds(scope)) && marked.scope != Some(0);
            !marked.is_aside && (is_same_item || is_close && !is_other_item)
        };
        // Inside a link stand the names of authors, too.
        let names = |marked: &&Marked| {
            belongs(marked) || marked.mark == Mark::Rel && belongs_without_aside(marked, around)
        };
        Self {
            dates: survey.dates.iter().filter(belongs).collect(),
            authors: survey.authors.iter().filter(names).collect(),
            others: survey.dates.iter().filter(|marked| !marked.is_aside).collect(),
        }
    }

    /// The first date that is said to be the publication's, or else the first that is not said to be another.
    pub(super) fn published(&self, hint: &Hint<'_>) -> Option<String> {
        let of = |wanted: &dyn Fn(&Marked) -> bool| {
            self.dates
                .iter()
                .filter(|marked| wanted(marked))
                .find_map(|marked| date::value(&marked.text, hint))
        };
        of(&|marked| marked.kind == Kind::Published && marked.mark == Mark::Property)
            .or_else(|| of(&|marked| marked.kind == Kind::Published))
            .or_else(|| of(&|marked| marked.kind == Kind::Unsaid))
            .map(|moment| moment.to_string())
    }

    pub(super) fn modified(&self, hint: &Hint<'_>) -> Option<String> {
        let mut all = self.dates.iter().filter(|marked| marked.kind == Kind::Modified);
        all.find_map(|marked| date::value(&marked.text, hint)).map(|moment| moment.to_string())
    }

    /// A date that is marked as the publication's, wherever it stands, if the page has one such only.
    pub(super) fn guess(&self, hint: &Hint<'_>) -> Option<String> {
        let mut days = self
            .others
            .iter()
            .filter(|marked| marked.kind != Kind::Modified)
            .filter_map(|marked| date::value(&marked.text, hint));
        let first = days.next()?;
        days.all(|other| other.day == first.day).then(|| first.to_string())
    }

    /// The names of the strongest kind of mark.
    pub(super) fn authors(&self) -> Vec<String> {
        [Mark::Property, Mark::Rel, Mark::Class]
            .into_iter()
            .map(|mark| {
                let mut names: Vec<String> = Vec::new();
                for marked in self.authors.iter().filter(|marked| marked.mark == mark) {
                    for name in byline::marked(&marked.text) {
                        if !names.contains(&name) {
                            names.push(name);
                        }
                    }
                }
                names
            })
            .find(|names| !names.is_empty())
            .unwrap_or_default()
    }
}

/// Links to authors are links: that they stand in one says nothing about them.
fn belongs_without_aside(marked: &Marked, around: Option<(NodeId, NodeId)>) -> bool {
    !marked.is_aside
        && around.is_some_and(|(start, end)| marked.node + BEFORE >= start && marked.node <= end + BEHIND)
}
