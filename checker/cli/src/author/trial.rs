//! Every answer of an exercise, compiled and tried in both modes of judging.

use super::answers::{Answer, PATIENCE, Role, answers};
use super::{Workshop, at_once, separation};
use crate::course::Entry;
use crate::runner::{
    Built, Diagnostic, FIXED_SEED, Judgement, Report, Task, Verdict, emit, judge, learn,
};
use crate::side_by_side;
use std::time::{Duration, Instant};
use transcript::{Session, Transcript};

/// What one answer showed.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The answer.
    pub answer: Answer,
    /// What it showed, or the verdict that ended the trial early.
    pub outcome: Result<Shown, Verdict>,
}

/// What an answer showed that compiled and ran to its end.
#[derive(Clone, Debug)]
pub struct Shown {
    /// What the compiler warned of.
    pub warnings: Vec<Diagnostic>,
    /// Its evidence on the fixed seed.
    pub transcript: Transcript,
    /// How the reference judges its evidence on the fresh seeds.
    pub judgement: Judgement,
    /// What a learner would be told; nothing before the reference is recorded.
    pub learned: Option<Report>,
}

impl Shown {
    /// On how many seeds it was rejected, by whatever.
    pub fn rejected(&self) -> usize {
        let rejected = |seed: &&u64| self.judgement.rejections.iter().any(|r| r.seed == **seed);
        self.judgement.seeds.iter().filter(rejected).count()
    }

    /// The check that a learner would be shown, with the mistake that it is taken for.
    pub fn first_failing(&self) -> Option<(&str, Option<&str>)> {
        if let Some(Verdict::ChecksFailed(failure)) = self.learned.as_ref().map(|r| &r.verdict) {
            let mistake = failure.mistake.as_ref().map(|(name, _)| name.as_str());
            return Some((&failure.check, mistake));
        }
        let first = self.judgement.rejections.first();
        first.map(|rejection| (rejection.check.as_str(), None))
    }

    /// How clearly it is wrong on the fresh seeds.
    pub fn clarity(&self) -> Option<separation::Clarity> {
        separation::clarity(&self.judgement)
    }
}

/// The trials of all answers of one exercise.
#[derive(Clone, Debug)]
pub struct Trials {
    /// The fresh seeds.
    pub seeds: Vec<u64>,
    /// One an answer; the reference first.
    pub trials: Vec<Trial>,
}

impl Trials {
    /// The reference's evidence on the fixed seed, if it ran.
    pub fn reference(&self) -> Option<&Transcript> {
        let first = self.trials.first()?;
        first.outcome.as_ref().ok().map(|shown| &shown.transcript)
    }
}

/// Tries every answer of an exercise on the fixed seed and on `seeds`, on two threads.
///
/// # Errors
/// A verdict that says that the trials could not be made: a folder cannot be read, or the
/// reference itself does not compile or run to its end.
pub fn try_answers(
    workshop: &Workshop<'_>,
    entry: Entry<'_>,
    seeds: &[u64],
) -> Result<Trials, Verdict> {
    let files = workshop.files(entry);
    let answers = answers(&files)
        .map_err(|e| Verdict::Fault(format!("{}: {e}", files.solution_dir().display())))?;
    let Some((reference, others)) = answers.split_first() else {
        return Err(Verdict::Fault("no answers".into()));
    };
    let task = reference.task(workshop, entry, seeds.len() + 1);
    let program = workshop.runner.compile(&task, workshop.cancel)?;
    let mut bench = Bench {
        workshop,
        entry,
        seeds,
        judge: (task.clone(), program.clone()),
        // Without a recorded reference the checks could only say that the course is broken.
        recorded: files.snapshots_dir().join("reference.snap").is_file(),
    };
    let start = Instant::now();
    let first = Trial {
        answer: reference.clone(),
        outcome: Ok(bench.show(&task, program)?),
    };
    // About half of that was judging, and as much comes for each answer.
    let count = u32::try_from(others.len()).unwrap_or(u32::MAX);
    if start.elapsed() * count / 2 > WORTH_OPTIMISING {
        bench.optimise_judge()?;
    }
    let mut trials = vec![first];
    trials.extend(bench.try_all(others));
    let seeds = seeds.to_vec();
    Ok(Trials { seeds, trials })
}

/// To optimise a check program takes two or three seconds, and makes it some ten times
/// faster.
const WORTH_OPTIMISING: Duration = Duration::from_secs(4);

/// What all trials of an exercise share.
struct Bench<'a> {
    workshop: &'a Workshop<'a>,
    entry: Entry<'a>,
    seeds: &'a [u64],
    /// The reference computes each seed anew for each answer that it judges.
    judge: (Task, Built),
    recorded: bool,
}

impl Bench<'_> {
    /// What the reference costs itself is not judged, so it may be another program.
    fn optimise_judge(&mut self) -> Result<(), Verdict> {
        let task = Task {
            scratch: self.judge.0.scratch.with_file_name("judge"),
            optimise: true,
            ..self.judge.0.clone()
        };
        let program = self.workshop.runner.compile(&task, self.workshop.cancel)?;
        self.judge = (task, program);
        Ok(())
    }

    fn try_all(&self, answers: &[Answer]) -> Vec<Trial> {
        side_by_side::map(answers, at_once(), |_, answer| self.try_one(answer))
    }

    fn try_one(&self, answer: &Answer) -> Trial {
        let task = answer.task(self.workshop, self.entry, self.seeds.len() + 1);
        let built = self.workshop.runner.compile(&task, self.workshop.cancel);
        Trial {
            answer: answer.clone(),
            outcome: built.and_then(|built| self.show(&task, built)),
        }
    }

    fn show(&self, task: &Task, built: Built) -> Result<Shown, Verdict> {
        let cancel = self.workshop.cancel;
        let mut all = vec![FIXED_SEED];
        all.extend_from_slice(self.seeds);
        let mut session = emit(task, &built, &all, None, cancel)?.session;
        let fresh = session.runs.split_off(1);
        let (_, transcript) = session.runs.pop().unwrap_or_default();
        let judgement = self.judge(task, Session { runs: fresh })?;
        let warnings = built.warnings.clone();
        let learned = self.recorded.then(|| {
            let mut once = task.clone();
            once.limits.time = self.entry.exercise.time_limit * PATIENCE;
            learn(&once, built, cancel)
        });
        Ok(Shown {
            warnings,
            transcript,
            judgement,
            learned,
        })
    }

    /// Files of the judgement lie in the judged answer's folder: others are judged at the
    /// same time.
    fn judge(&self, judged: &Task, session: Session) -> Result<Judgement, Verdict> {
        let (reference, program) = &self.judge;
        let task = Task {
            scratch: judged.scratch.clone(),
            ..reference.clone()
        };
        judge(&task, program, &session, self.workshop.cancel)
    }
}

impl Trial {
    /// Whether it is of this role.
    pub fn is(&self, role: Role) -> bool {
        self.answer.role == role
    }
}
