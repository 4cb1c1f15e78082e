//! Circles as they stand before anything happened: founded once, and copied for each seed.
//!
//! That people found a circle and come in where all goes well is the same every time, and was a quarter of a run. So
//! each of a few circles is founded once, and a seed begins with a copy of its machines.

use std::{
    fs,
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    neighbourhood::{Neighbourhood, Person},
    trace::Trace,
};

/// So many circles of each size: in each other ids come first.
pub(crate) const CIRCLES: u64 = 8;
/// The most who found one.
const MOST: usize = 5;

/// A file of a profile.
type File = (String, Vec<u8>);
/// The files of everybody's profile.
type Founded = Arc<Vec<Vec<File>>>;

static FOUNDED: Mutex<[[Option<Founded>; MOST + 1]; CIRCLES as usize]> =
    Mutex::new([const { [const { None }; MOST + 1] }; CIRCLES as usize]);

impl Neighbourhood {
    /// The circle Millrace as these founded it, one of [`CIRCLES`]: everybody has just started their program, and they
    /// have met.
    pub(crate) fn has_founded(&mut self, names: &[&str], which: u64) -> Vec<Person> {
        let founded = founded(names, which % CIRCLES);
        self.discovery();
        let people: Vec<Person> = names.iter().map(|name| self.moves_in(name)).collect();
        for (person, files) in people.iter().zip(founded.iter()) {
            let profile = self.profile(*person);
            fs::create_dir_all(&profile).unwrap();
            files.iter().for_each(|(name, bytes)| fs::write(profile.join(name), bytes).unwrap());
            self.start(*person).unwrap();
        }
        self.run();
        self.all_equal(&people);
        people
    }
}

fn founded(names: &[&str], which: u64) -> Founded {
    let mut all = FOUNDED.lock().unwrap_or_else(PoisonError::into_inner);
    let founded = &mut all[which as usize][names.len()];
    Arc::clone(founded.get_or_insert_with(|| found(names, which)))
}

fn found(names: &[&str], which: u64) -> Founded {
    // Not with the dice of any seed: that a machine draws in a world what it drew when it was founded never happens.
    let mut street = Neighbourhood::of_seed(!which, Trace::default());
    let people = street.founds(names);
    let files = people.into_iter().map(|person| {
        street.unplugs(person);
        let files = fs::read_dir(street.profile(person)).unwrap().map(|file| file.unwrap().path());
        let files = files.filter(|path| path.is_file());
        let named = files.map(|path| {
            let bytes = fs::read(&path).unwrap();
            (path.file_name().unwrap().to_string_lossy().into_owned(), bytes)
        });
        named.collect()
    });
    Arc::new(files.collect())
}
