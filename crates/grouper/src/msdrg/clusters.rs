//! Procedure clusters: several procedures that together act as one more (Definitions Manual, "non-O.R. procedure
//! combinations" and the like), and silence their components in some MDCs.

use codeset::{CodeNumber, Version};

use super::atoms::Bits;
use super::tables::{ClusterRow, MsdrgTables};

impl ClusterRow {
    /// A cluster's choices are bits of a byte while matching.
    pub(crate) const MAX_CHOICES: u8 = 8;
}

/// The clusters of one version, found by their components.
#[derive(Debug)]
pub(crate) struct Clusters {
    clusters: Vec<Cluster>,
    /// By procedure number: where its memberships begin; one longer than the numbers.
    starts: Vec<u32>,
    memberships: Vec<Membership>,
}

#[derive(Debug)]
struct Cluster {
    /// The pseudo-code that stands for the met cluster.
    pseudo_code: CodeNumber,
    suppressed_mdcs: u32,
    /// A bit for every choice.
    all_choices: u8,
}

#[derive(Debug, Clone, Copy)]
struct Membership {
    cluster: u16,
    choice: u8,
}

/// A met cluster.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MetCluster {
    pub(crate) pseudo_code: CodeNumber,
    pub(crate) suppressed_mdcs: u32,
    cluster: u16,
}

/// Room for matching, reused from case to case.
#[derive(Debug, Default)]
pub(crate) struct ClusterScratch {
    choices_met: Vec<u8>,
    touched: Vec<u16>,
    pub(crate) met: Vec<MetCluster>,
}

impl Clusters {
    pub(crate) fn open(tables: &MsdrgTables, version: Version, procedures: usize) -> Self {
        let rows: Vec<_> = tables.clusters.iter().filter(|c| c.span.holds(version)).collect();
        let mut members = Vec::new();
        for (row, cluster) in rows.iter().zip(0u16..) {
            for (codes, choice) in row.choices.iter().zip(0..) {
                members.extend(codes.iter().map(|&code| (code, Membership { cluster, choice })));
            }
        }
        members.sort_by_key(|&(code, _)| code);
        let mut starts = vec![0u32; procedures + 1];
        members.iter().for_each(|&(code, _)| starts[code as usize + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self {
            starts,
            clusters: rows
                .iter()
                .map(|row| Cluster {
                    pseudo_code: CodeNumber(row.number),
                    suppressed_mdcs: row.suppressed_mdcs,
                    all_choices: (0..row.choices.len()).fold(0, |bits, choice| bits | 1 << choice),
                })
                .collect(),
            memberships: members.into_iter().map(|(_, membership)| membership).collect(),
        }
    }

    #[inline]
    fn memberships(&self, procedure: CodeNumber) -> &[Membership] {
        let at = procedure.index();
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&from), Some(&to)) => &self.memberships[from as usize..to as usize],
            _ => &[],
        }
    }

    /// Finds the clusters of which every choice has a code among `procedures`; they are left in `scratch.met`.
    pub(crate) fn find_met(
        &self,
        procedures: impl Iterator<Item = CodeNumber>,
        scratch: &mut ClusterScratch,
    ) {
        scratch.met.clear();
        scratch.choices_met.resize(self.clusters.len().max(scratch.choices_met.len()), 0);
        for procedure in procedures {
            for membership in self.memberships(procedure) {
                let choices = &mut scratch.choices_met[usize::from(membership.cluster)];
                if *choices == 0 {
                    scratch.touched.push(membership.cluster);
                }
                *choices |= 1 << membership.choice;
            }
        }
        for index in scratch.touched.drain(..) {
            let choices = std::mem::take(&mut scratch.choices_met[usize::from(index)]);
            let cluster = &self.clusters[usize::from(index)];
            if choices == cluster.all_choices {
                let Cluster { pseudo_code, suppressed_mdcs, .. } = *cluster;
                scratch.met.push(MetCluster { pseudo_code, suppressed_mdcs, cluster: index });
            }
        }
    }

    /// Whether `procedure` is a component of the met cluster `met`.
    pub(crate) fn has_component(&self, met: &MetCluster, procedure: CodeNumber) -> bool {
        self.memberships(procedure).iter().any(|m| m.cluster == met.cluster)
    }

    /// The MDCs in which `procedure` counts for nothing, as it is a component of clusters that are met.
    pub(crate) fn suppressed_mdcs(&self, procedure: CodeNumber, met: &[MetCluster]) -> u32 {
        met.iter()
            .filter(|cluster| self.has_component(cluster, procedure))
            .fold(0, |bits, cluster| bits | cluster.suppressed_mdcs)
    }
}

/// The MDC numbers of a set of bits, for people.
pub(crate) fn mdcs(bits: u32) -> impl Iterator<Item = u16> {
    Bits(u64::from(bits))
}
