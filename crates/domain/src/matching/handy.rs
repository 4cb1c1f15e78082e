//! What helps with which kind of help: the words by which a car is found for a lift. Plain and in the form
//! that one and many share; in English and Spanish.

use crate::category::Category;

/// Whether something called so helps with this kind, whatever the need says.
pub(super) fn helps(category: Category, stem: &str) -> bool {
    words(category).contains(&stem)
}

const fn words(category: Category) -> &'static [&'static str] {
    match category {
        Category::FoodMeal => {
            &["cook", "cooking", "baking", "chef", "kitchen", "cocina", "cocinar", "cocinera", "cocinero"]
        }
        Category::FoodGrocery => {
            &["shopping", "grocery", "vegetable", "allotment", "trolley", "compra", "huerta", "verdura"]
        }
        Category::Errand | Category::Medicine => {
            &["bike", "bicycle", "cargo", "scooter", "errand", "bici", "bicicleta", "moto", "recado"]
        }
        Category::Ride => &[
            "car",
            "van",
            "minibu",
            "driver",
            "driving",
            "lift",
            "coche",
            "furgoneta",
            "conducir",
            "conductora",
            "conductor",
        ],
        Category::Child => {
            &["babysitter", "babysitting", "sitter", "childcare", "childminder", "canguro", "ninera", "nino"]
        }
        Category::Elder => &[
            "nurse",
            "nursing",
            "carer",
            "caring",
            "enfermera",
            "enfermero",
            "cuidadora",
            "cuidador",
            "cuidar",
        ],
        Category::Pet => &["dog", "cat", "pet", "animal", "vet", "perro", "gato", "mascota", "animale"],
        Category::CheckIn => &["listener", "listening", "company", "counsellor", "escuchar", "compania"],
        Category::Chore => &[
            "cleaning",
            "laundry",
            "washing",
            "ironing",
            "gardening",
            "gardener",
            "mower",
            "shovel",
            "limpieza",
            "limpiar",
            "lavadora",
            "jardinera",
            "jardinero",
            "jardin",
        ],
        Category::Repair => &[
            "joiner",
            "joinery",
            "carpenter",
            "carpentry",
            "plumber",
            "plumbing",
            "electrician",
            "tool",
            "toolbox",
            "drill",
            "repair",
            "handy",
            "diy",
            "carpintera",
            "carpintero",
            "fontanera",
            "fontanero",
            "electricista",
            "taladro",
            "herramienta",
        ],
        Category::Tech => &[
            "computer",
            "laptop",
            "phone",
            "printer",
            "printing",
            "internet",
            "ordenador",
            "ordenadore",
            "movil",
            "impresora",
            "informatica",
        ],
        Category::Language => &[
            "interpreter",
            "interpreting",
            "translator",
            "translating",
            "interprete",
            "traductora",
            "traductor",
            "traducir",
        ],
        Category::Paperwork => &[
            "form",
            "benefit",
            "advice",
            "adviser",
            "lawyer",
            "accountant",
            "bookkeeping",
            "formulario",
            "tramite",
            "abogada",
            "abogado",
            "gestora",
            "gestor",
        ],
        Category::Money => &["treasurer", "bookkeeping", "accountant", "tesorera", "tesorero", "contable"],
        Category::Room => &["storage", "garage", "cellar", "attic", "trastero", "garaje", "desvan"],
        Category::Learn => &[
            "teacher",
            "teaching",
            "tutor",
            "lesson",
            "math",
            "homework",
            "profesora",
            "profesor",
            "clase",
            "matematica",
        ],
        Category::Group => {
            &["facilitator", "facilitation", "chairing", "minute", "flyer", "leaflet", "design", "facilitar"]
        }
        // What is wanted is named in the need itself.
        Category::Goods | Category::Lend => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plain::stems;

    #[test]
    fn words_are_as_they_are_compared() {
        for word in Category::ALL.iter().flat_map(|category| words(*category)) {
            assert!(stems(word) == [*word], "{word}");
        }
    }
}
