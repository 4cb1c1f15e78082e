//! What a text gives away, and what it only seems to.
#![cfg(test)]

use closeknit_domain::private::{Kind, tells};
use proptest::prelude::*;

/// What is found in a text: the kinds, and the pieces.
fn found(text: &str) -> Vec<(Kind, &str)> {
    tells(text).into_iter().map(|tell| (tell.kind, text.get(tell.span).unwrap())).collect()
}

#[test]
fn what_is_private_is_found_where_it_stands() {
    use Kind::{Account, Address, Card, Email, Identity, Link, Number, Phone};
    for (text, kind, piece) in [
        // Phones
        ("Call me: 020 7946 0018", Phone, "020 7946 0018"),
        ("ring 0555 0142", Phone, "0555 0142"),
        ("+44 (0)20 7946-0018 after six", Phone, "+44 (0)20 7946-0018"),
        ("07700900123", Phone, "07700900123"),
        ("(01632) 960 001", Phone, "(01632) 960 001"),
        ("phone 555-0142-99", Phone, "555-0142-99"),
        ("my number is 555-0142", Phone, "555-0142"),
        ("(555) 010-4477", Phone, "(555) 010-4477"),
        ("1-800-555-0199", Phone, "1-800-555-0199"),
        ("llámame al 600 123 456", Phone, "600 123 456"),
        ("mi móvil: 612345678", Phone, "612345678"),
        ("Tel. 91 123 45 67, tardes", Phone, "91 123 45 67"),
        ("0034 600 12 34 56", Phone, "0034 600 12 34 56"),
        ("+34600123456", Phone, "+34600123456"),
        ("WhatsApp 60 01 23", Phone, "60 01 23"),
        ("06.12.34.56.78", Phone, "06.12.34.56.78"),
        ("5 bags, or 5 600 123 456 for questions", Phone, "600 123 456"),
        ("Thursday 26/11/2026 18-21, 600123456", Phone, "600123456"),
        // E-mail
        ("rosa@example.org", Email, "rosa@example.org"),
        ("Write to rosa.m+help@mail.example.co.uk!", Email, "rosa.m+help@mail.example.co.uk"),
        ("escribe a ana.peña@correo.example.es", Email, "ana.peña@correo.example.es"),
        ("rosa at example dot org", Email, "rosa at example dot org"),
        ("rosa (arroba) ejemplo punto es", Email, "rosa (arroba) ejemplo punto es"),
        // Addresses
        ("I live at 14 Tannery Row", Address, "14 Tannery Row"),
        ("12b Mill Lane, the green door", Address, "12b Mill Lane"),
        ("22, Old Station Road", Address, "22, Old Station Road"),
        ("bring it to 14 mill lane please", Address, "14 mill lane"),
        ("Flat 3, 9 Bridge Street", Address, "9 Bridge Street"),
        ("Station Road 14, second floor", Address, "Station Road 14"),
        ("Vivo en la calle Mayor 7", Address, "calle Mayor 7"),
        ("C/ de las Flores, nº 3, 2º B", Address, "C/ de las Flores, nº 3"),
        ("Avda. de la Constitución 112", Address, "Avda. de la Constitución 112"),
        ("plaza España, 4", Address, "plaza España, 4"),
        ("SW1A 1AA", Address, "SW1A 1AA"),
        ("C.P. 28013", Address, "C.P. 28013"),
        // Identity, bank and card
        ("mi DNI es 12345678Z", Identity, "12345678Z"),
        ("12.345.678-z", Identity, "12.345.678-z"),
        ("NIE X1234567L", Identity, "X1234567L"),
        ("AB123456C", Identity, "AB123456C"),
        ("NI number QQ 12 34 56 C? no: JG 10 37 59 A", Identity, "JG 10 37 59 A"),
        ("social security 123-45-6789", Identity, "123-45-6789"),
        ("ES91 2100 0418 4502 0005 1332 is the account", Account, "ES91 2100 0418 4502 0005 1332"),
        ("gb82WEST12345698765432", Account, "gb82WEST12345698765432"),
        ("my card is 4111 1111 1111 1111", Card, "4111 1111 1111 1111"),
        ("5500005555555559 until 12/28", Card, "5500005555555559"),
        ("card 4000123412341234", Card, "4000123412341234"),
        ("card 4000123412341235", Number, "4000123412341235"),
        ("number 123456789", Number, "123456789"),
        ("Seguridad Social 28/12345678/40", Number, "28/12345678/40"),
        // Links
        ("see https://example.org/help?for=rosa.", Link, "https://example.org/help?for=rosa"),
        ("www.example.net", Link, "www.example.net"),
        ("join t.me/millrace", Link, "t.me/millrace"),
        ("está en ejemplo.es", Link, "ejemplo.es"),
    ] {
        assert_eq!(found(text), [(kind, piece)], "{text}");
    }
}

#[test]
fn what_only_seems_private_does_not_warn() {
    for text in [
        "Lift to the eye clinic, Thursday 9:20-12:30",
        "09:20–12:30",
        "0920-1230",
        "18.00-20.30",
        "de 18:00 a 20:30 h",
        "before 2026-11-26",
        "2026-11-26T09:20/2026-11-26T12:30",
        "on 26.11.2026",
        "from 26/11/2026 on",
        "26/11/2026 18-21",
        "el 26-11-26 a las 18.30",
        "20261126",
        "school year 2026-2027",
        "2 x 500 g of flour, 3 eggs",
        "5 bags, 3 offered",
        "3 bags",
        "10 km, 20 minutes on foot",
        "£20 for the bus pass",
        "1.250,50 €",
        "1 000 000 euros",
        "it costs 15000000",
        "sizes 38 40 42 44 46 48",
        "two floors up, 14 steps",
        "flat 2",
        "Flat 2, second bell",
        "piso 3",
        "Apartment 7",
        "Tuesday and Thursday mornings, within 10 km.",
        "A corner of Station Road and Mill Lane",
        "3 helpers on Station Road",
        "5 minutes down Mill Lane",
        "5 minutes' walk, 10 minutes' drive",
        "2 children at the Square",
        "walk 2 dogs in the park",
        "Mill Lane 9-12",
        "9-12 Mill Lane",
        "Station Road, 5 bags",
        "Station Road 17:30",
        "en la plaza Mayor a las 7",
        "plaza Mayor, 18 h",
        "calle Mayor, 3 personas",
        "plaza del Pueblo, 3 de mayo",
        "en la calle, con 2 mesas",
        "Year 8 maths, 16-17",
        "Meals for 5, Mon 17:30-18:30",
        "50 pages",
        "rooms 101 to 104",
        "bus 24, platform 3",
        "model AB1234, 12345678A",
        "GB 12 34 56 C",
        "meet at noon, dot",
        "Bring bread.Or milk",
        "and/or",
        "e.g. a pram, i.e. any",
        "3.5 kg of potatoes, v2.0",
        "Rosa@home",
        "100% cotton, 2-3 years",
        "1st of May, 2nd floor, 3rd door",
        "Nappies size 3, 2 packs",
        "9 slots, 3 people each, 3 weeks, 17:30",
        "cada 2 semanas, martes 10-12",
        "20 walks, 11 of 20, 07:30 or 18:00",
        // What neighbours in Millrace post.
        "Evening meals after a birth, no nuts. Mon Wed Fri, 3 weeks, 17:30–18:30. Tannery Row, 6 min",
        "Prescription from the pharmacy, today before 18:00, Bridge End, 9 min",
        "Lift to eye clinic and back, Thu 09:20–12:30, Station Side, 4 km",
        "Carry a wardrobe down two floors, Sat 10–12, Allotment Hill, 3 helpers (1 with van)",
        "Food parcel for a family of 5, by Friday 17:00, 5 bags",
        "School run while ankle heals, Mon–Fri 08:15, 2 weeks, 6 of 10",
        "Dog walks after surgery, daily 07:30 or 18:00, 10 days, 20 walks",
        "Homework help, maths year 8, Tue or Thu 16–17",
        "Quick loan for a bus pass, 20 from the fund, two signers",
        "Printer, up to 50 pages, 50 a month",
        "Bike errands, up to 8 kg, daily 16–19",
        "",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn several_pieces_come_in_the_order_in_which_they_stand() {
    let text = "Rosa, 14 Tannery Row, 020 7946 0018 or rosa@example.org; señora, 12345678Z";
    let kinds: Vec<_> = found(text).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [Kind::Address, Kind::Phone, Kind::Email, Kind::Identity]);
}

proptest! {
    /// Whatever is typed: pieces can be shown, and none overlaps another.
    #[test]
    fn pieces_are_pieces_of_the_text(text in "[ -~äñºÁ€–\\n0-9 +().@/-]{0,60}") {
        let mut last = 0;
        for tell in tells(&text) {
            prop_assert!(text.get(tell.span.clone()).is_some_and(|piece| !piece.is_empty()));
            prop_assert!(last <= tell.span.start);
            last = tell.span.end;
        }
    }

    #[test]
    fn every_mobile_number_however_it_is_grouped(number in 600_000_000_u32..799_999_999, cut in 1..5_usize, between in "[ .-]") {
        let digits = number.to_string();
        let (one, other) = digits.split_at(cut + 2);
        let text = format!("ask {one}{between}{other} first");
        prop_assert!(found(&text).iter().any(|(kind, _)| *kind == Kind::Phone), "{}", text);
    }

    #[test]
    fn no_time_of_day_warns(hour in 0..24_u8, minute in 0..60_u8, long in 1..6_u8, day in 1..29_u8) {
        for text in [
            format!("{hour:02}:{minute:02}-{:02}:{minute:02}", hour + long),
            format!("{hour}-{} on the {day}", hour + long),
            format!("2026-11-{day:02} {hour:02}:{minute:02}"),
            format!("{day}/11/2026, {hour}.{minute:02}"),
        ] {
            prop_assert_eq!(found(&text), [], "{}", text);
        }
    }
}
