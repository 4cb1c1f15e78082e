//! What becomes of packets on their way: some come late, some never.
//!
//! The kernel's own netem is not everywhere, so a small program stands between the cable and the switch and carries
//! the frames (`weather.py`).

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, ChildStdout, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};

use crate::network::Cable;

/// The weather one way through a cable.
#[derive(Debug, Clone, Copy)]
pub struct Weather {
    /// How much is lost, of 100.
    loss: f64,
    /// How many are lost in a row, on average; none: each by itself.
    burst: Option<f64>,
    delay: Duration,
    bytes_a_second: u32,
}

impl Weather {
    /// Everything comes, at once.
    pub const FAIR: Self = Self { loss: 0.0, burst: None, delay: Duration::ZERO, bytes_a_second: 0 };

    /// So many of 100 are lost, each by itself.
    #[must_use]
    pub const fn losing(percent: f64) -> Self {
        Self { loss: percent, ..Self::FAIR }
    }

    /// So many of 100 are lost, so many in a row on average (Gilbert's model).
    #[must_use]
    pub const fn losing_in_bursts(percent: f64, burst: f64) -> Self {
        Self { loss: percent, burst: Some(burst), ..Self::FAIR }
    }

    /// Everything comes later.
    #[must_use]
    pub const fn late(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }

    /// No more than so many bytes pass in a second.
    #[must_use]
    pub const fn narrow(self, bytes_a_second: u32) -> Self {
        Self { bytes_a_second, ..self }
    }

    /// As the program is told.
    fn words(&self) -> [String; 4] {
        let share = self.loss / 100.0;
        let ends = self.burst.map_or(1.0 - share, |burst| 1.0 / burst);
        let begins = ends * share / (1.0 - share);
        [begins, ends, self.delay.as_secs_f64(), f64::from(self.bytes_a_second)].map(|word| word.to_string())
    }
}

/// Weather on a cable, until dropped or ended.
#[derive(Debug)]
pub struct Sky {
    cable: Cable,
    program: Child,
    says: BufReader<ChildStdout>,
}

/// What became of the frames one way.
#[derive(Debug, Clone, Copy)]
pub struct Frames {
    /// All that were sent.
    pub given: u64,
    /// Of these, those that never came.
    pub lost: u64,
}

impl Sky {
    /// From now on this is the weather of what comes from the host, and of what goes to it. The seed decides which
    /// frames are lost.
    ///
    /// # Errors
    /// When the cable cannot be led through the program, which takes `python3`.
    pub fn over(cable: &Cable, from: Weather, to: Weather, seed: u32) -> Result<Self> {
        let [end, other] = cable.open()?;
        let mut command = cable.command_at_switch("python3");
        command.args(["-c", include_str!("weather.py")]);
        command.arg(end).args(from.words()).arg(other).args(to.words()).arg(seed.to_string());
        let mut program = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let says = BufReader::new(program.stdout.take().context("its output was not piped")?);
        let mut sky = Self { cable: cable.clone(), program, says };
        ensure!(sky.line()? == "open", "no weather");
        Ok(sky)
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.says.read_line(&mut line)?;
        Ok(line.trim().to_owned())
    }

    /// Fair weather again. What became of all frames until then: from the host, and to it.
    ///
    /// # Errors
    /// When the program has ended before.
    pub fn end(mut self) -> Result<[Frames; 2]> {
        drop(self.program.stdin.take());
        let line = self.line()?;
        let counts: Vec<u64> = line.split(' ').map(str::parse).collect::<Result<_, _>>()?;
        let [from, lost, to, also_lost] = counts[..] else { anyhow::bail!("it said {line:?}") };
        Ok([Frames { given: from, lost }, Frames { given: to, lost: also_lost }])
    }
}

impl Drop for Sky {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
        let _ = self.cable.close();
    }
}
