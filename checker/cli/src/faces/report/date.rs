//! Seconds since 1970 as a date.

/// The date, in UTC, as `2026-11-24`. (The algorithm is Howard Hinnant's, "chrono-compatible
/// low-level date algorithms", `civil_from_days`: a year begins in March there, so that the
/// leap day comes last.)
pub(super) fn date(seconds: u64) -> String {
    let days = seconds / 86_400 + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn dates_are_those_of_the_calendar() {
        let dates = [0, 951_782_400, 951_868_800, 1_795_478_399, 4_107_542_400];
        let expected = [
            "1970-01-01",
            "2000-02-29",
            "2000-03-01",
            "2026-11-23",
            "2100-03-01",
        ];
        assert_eq!(dates.map(date), expected);
    }
}
