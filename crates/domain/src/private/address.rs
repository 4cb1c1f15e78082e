//! Houses in streets, and postcodes. The name of a street alone is a rough place, and so is a flat without
//! its house.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{Found, Kind, pattern, stands_alone};

/// Words for streets that mean nothing else.
const STREETS: &str = "street|road|rd|lane|avenue|ave|terrace|crescent|boulevard|mews|cul-de-sac";
/// Words that mean a street only with a capital letter in front: "drive", "square".
const NAMED_STREETS: &str =
    "St|Row|Close|Drive|Court|Place|Way|Square|Hill|Gardens|Walk|Park|Green|Grove|End|Side|View|Rise|Yard";
const CALLES: &str = r"calle|c/|avenida|avda\.?|av\.|plaza|pza\.?|plza\.?|paseo|pº|camino|carretera|ctra\.?|ronda|travesía|callejón|glorieta|carrer|rúa|urbanización|pasaje";
const NUMBER: &str = r"\d{1,4}(?: ?[a-dA-D]\b)?";

/// "14 Tannery Row", "22, Old Station Road", "14 mill lane".
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    let capital = r"\p{Lu}[\p{L}'’.-]*";
    let small = r"\p{Ll}[\p{Ll}'’.-]*";
    pattern(&format!(
        r"\b(?P<it>{NUMBER},? (?:(?:{capital} ){{1,3}}(?:{NAMED_STREETS}|(?i:{STREETS}))|(?:{small} ){{1,2}}(?:{STREETS})))\b",
    ))
});

/// "Calle Mayor 7", "c/ de las Flores, nº 3", "Station Road 14".
static AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:\b(?:{CALLES}) ?(?P<name>(?:[\p{{L}}'’.-]+ ?){{1,6}})|\b(?-i:\p{{Lu}})[\p{{L}}'’]+ (?:{STREETS}))(?:, ?| )(?:nº|n\.º|n°|núm\.?|número|no\.|number)? ?{NUMBER}",
    ))
});

/// What follows a number that counts something, or tells a time.
static COUNTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^(?:[:.,]\d|\s?[-–]\s?\d|\s?h\b|\s?(?:am|pm|km|kg|m|g|min|minutes?|minutos?|hours?|horas?|metros?|",
        r"people|persons?|helpers?|bags?|boxes|chairs|tables|days?|weeks?|steps|floors|meals|dogs?|kids|children|",
        r"personas?|bolsas?|cajas?|sillas?|mesas?|días?|semanas?|euros?|niñ[oa]s|perros?|veces|vecin[oa]s|voluntari[oa]s|",
        r"de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)|",
        r"(?:january|february|march|april|may|june|july|august|september|october|november|december))\b|\s?[€£$%])",
    ))
});

/// Words that do not stand in the name of a street.
const NO_NAMES: [&str; 32] = [
    "a", "al", "at", "on", "in", "of", "the", "to", "from", "for", "near", "and", "with", "by", "minutes",
    "minute", "min", "people", "helpers", "bags", "hours", "down", "up", "along", "en", "con", "para",
    "desde", "hasta", "por", "somos", "hay",
];

static POSTCODES: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    [
        pattern(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}\b"),
        pattern(r"(?i)\b(?:c\.? ?p\.?|código postal|codigo postal|postcode|zip) ?:? ?\d{5}\b"),
        pattern(r"\b[A-Z]{2} \d{5}(?:-\d{4})?\b"),
    ]
});

pub(super) fn find(found: &mut Found) {
    found.all(Kind::Address, &BEFORE, |text, span| {
        !is_named_wrong(text, span) && !follows_number(text, span.start)
    });
    found.all(Kind::Address, &AFTER, |text, span| {
        let after = text.get(span.end..).unwrap_or_default();
        stands_alone(text, span) && !is_named_wrong(text, span) && !COUNTS.is_match(after)
    });
    for postcode in POSTCODES.iter() {
        found.all(Kind::Address, postcode, |_, _| true);
    }
}

/// Whether one of the words in between cannot be the name of a street: "3 helpers on Station Road".
fn is_named_wrong(text: &str, span: &Range<usize>) -> bool {
    let words = text.get(span.clone()).unwrap_or_default().split([' ', ',']);
    let mut words = words.map(str::to_lowercase);
    words.any(|word| NO_NAMES.contains(&word.as_str()))
}

/// Whether the number belongs to a time, a range or a price: "9-12 Mill Lane".
fn follows_number(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    before.trim_end_matches(' ').ends_with([':', '.', '-', '–', '€', '£', '$', '/', '+', 'º'])
}
