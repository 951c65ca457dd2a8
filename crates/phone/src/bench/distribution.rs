//! Percentiles of measured times.

use serde::Serialize;

/// How values are spread, in the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Distribution {
    /// How many there are.
    pub count: usize,
    /// The smallest.
    pub min: f64,
    /// Half of them are at most this.
    pub p50: f64,
    /// Nine in ten are at most this.
    pub p90: f64,
    /// 99 in 100 are at most this.
    pub p99: f64,
    /// The largest.
    pub max: f64,
    /// Their mean.
    pub mean: f64,
}

impl Distribution {
    /// Of some values; `None` of none. A percentile is the smallest value that at least so many
    /// are not above (nearest rank).
    pub fn of(values: &[f64]) -> Option<Distribution> {
        let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let (first, last) = (*sorted.first()?, *sorted.last()?);
        let rank = |percent: usize| {
            let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
            sorted.get(at).copied().unwrap_or(last)
        };
        Some(Distribution {
            count: sorted.len(),
            min: first,
            p50: rank(50),
            p90: rank(90),
            p99: rank(99),
            max: last,
            mean: sorted.iter().sum::<f64>() / sorted.len() as f64,
        })
    }
}

/// The middle value; 0 of none.
pub(super) fn median(values: &[f64]) -> f64 {
    Distribution::of(values).map_or(0.0, |d| d.p50)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_by_nearest_rank() {
        let values: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        let d = Distribution::of(&values).unwrap();
        assert_eq!((d.count, d.min, d.p50, d.p90, d.p99, d.max), (200, 1.0, 100.0, 180.0, 198.0, 200.0));
        let one = Distribution::of(&[7.0, f64::NAN]).unwrap();
        assert_eq!((one.count, one.p50, one.p99), (1, 7.0, 7.0));
        assert!(Distribution::of(&[]).is_none());
    }
}
