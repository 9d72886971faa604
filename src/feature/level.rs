//! Numbers as levels: everything the model sees is a byte.
//!
//! Trees only compare, so a quantity needs no more than as many steps as tell pages apart. Measuring in
//! bytes makes a page's features sixteen times narrower than floats, saves the model its tables of
//! thresholds, and lets one comparison serve many blocks at a time.

/// A count on a logarithmic scale: four levels for each doubling, exact up to 8.
pub(super) fn log(count: u32) -> u8 {
    // As a float: its exponent is the doublings, the first two bits of its fraction are the quarter.
    let bits = f64::from(count.saturating_add(1)).to_bits();
    ((bits >> (f64::MANTISSA_DIGITS - 3)) - (f64::MAX_EXP as u64 - 1) * 4) as u8
}

/// A share in 64ths; nothing of nothing is 0.
pub(super) fn share(part: u32, whole: u32) -> u8 {
    if whole == 0 {
        return 0;
    }
    let part = part.min(whole);
    if whole < 1 << 25 {
        return ((part * 64 + whole / 2) / whole) as u8;
    }
    // Both below 2²⁶ in practice; wider ones lose low bits that no level shows.
    let shift = (32 - whole.leading_zeros()).saturating_sub(25);
    (((part >> shift) * 64 + (whole >> shift) / 2) / (whole >> shift).max(1)) as u8
}

/// A ratio that may pass one, in steps of `1 / steps`, at most 255.
pub(super) fn ratio(part: u32, whole: u32, steps: u32) -> u8 {
    let scaled = u64::from(part) * u64::from(steps) / u64::from(whole.max(1));
    scaled.min(255) as u8
}

/// A small count as it is.
pub(super) fn count(n: u32) -> u8 {
    n.min(255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_never_fall_when_counts_grow() {
        let mut last = 0;
        for n in 0..100_000 {
            let level = log(n);
            assert!(level >= last);
            last = level;
        }
        assert!(log(u32::MAX) < 132);
    }

    #[test]
    fn levels_are_those_of_a_slow_reckoning() {
        for count in (0..40_000)
            .chain((5..32).flat_map(|bit| [-2_i64, -1, 0, 1, 2].map(|by| ((1_i64 << bit) + by) as u32)))
        {
            let n = f64::from(count.saturating_add(1));
            let octave = n.log2().floor();
            let step = ((n / octave.exp2() - 1.0) * 4.0).floor();
            assert_eq!(f64::from(log(count)), octave * 4.0 + step, "{count}");
        }
    }

    #[test]
    fn shares_go_from_none_to_all() {
        assert_eq!(share(0, 0), 0);
        assert_eq!(share(0, 9), 0);
        assert_eq!(share(1, 2), 32);
        assert_eq!(share(9, 9), 64);
        assert_eq!(share(u32::MAX, u32::MAX), 64);
    }
}
