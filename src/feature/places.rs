//! Blocks at like places: what a template made.

use super::container::{Container, Containers};
use super::own::Own;
use super::sums::Sums;
use super::unhashed::Unhashed;
use std::collections::HashMap;

/// Blocks at like places: below elements of the same template all the way up.
#[derive(Debug)]
pub(super) struct Places {
    /// The place of each container.
    pub(super) of_container: Vec<u32>,
    /// Of each place: the blocks right below such containers, and how many containers there are.
    pub(super) sums: Vec<Sums>,
    pub(super) counts: Vec<u32>,
    pub(super) template_of: Vec<u32>,
    pub(super) templates: Vec<u32>,
    /// Of each block: its number in the run of blocks at like places, and the run's length.
    pub(super) runs: Vec<(u32, u32)>,
}

impl Places {
    pub(super) fn of(containers: &Containers, owns: &[Own]) -> Self {
        let mut places = Self {
            of_container: Vec::with_capacity(containers.all.len()),
            sums: Vec::new(),
            counts: Vec::new(),
            template_of: Vec::with_capacity(containers.all.len()),
            templates: Vec::new(),
            runs: vec![(0, 0); owns.len()],
        };
        let mut known: HashMap<u32, u32, Unhashed> = HashMap::default();
        let mut templates: HashMap<u32, u32, Unhashed> = HashMap::default();
        for Container { path, template, .. } in &containers.all {
            let place = *known.entry(*path).or_insert(places.counts.len() as u32);
            if place as usize == places.counts.len() {
                places.counts.push(0);
            }
            places.counts[place as usize] += 1;
            places.of_container.push(place);
            let template = *templates.entry(*template).or_insert(places.templates.len() as u32);
            if template as usize == places.templates.len() {
                places.templates.push(0);
            }
            places.template_of.push(template);
        }
        places.sums.resize(places.counts.len(), Sums::default());
        for (own, &container) in owns.iter().zip(&containers.of_block) {
            places.sums[places.of_container[container as usize] as usize].add(own);
            places.templates[places.template_of[container as usize] as usize] += 1;
        }
        let mut start = 0;
        while start < owns.len() {
            let place = |at: usize| places.of_container[containers.of_block[at] as usize];
            let length = (start..owns.len()).take_while(|&at| place(at) == place(start)).count();
            for offset in 0..length {
                places.runs[start + offset] = (offset as u32, length as u32);
            }
            start += length;
        }
        places
    }

    pub(super) fn commonest(&self) -> Sums {
        self.sums.iter().copied().max_by_key(|sums| sums.blocks).unwrap_or_default()
    }
}
