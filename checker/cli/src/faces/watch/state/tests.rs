use super::*;
use crate::runner::{Stop, Verdict, When};

fn state(passed: &[bool]) -> State {
    let facts = passed.iter().enumerate().map(|(i, &passed)| Facts {
        searchable: format!("exercise_{i}"),
        passed,
        hints: 3,
        ..Facts::default()
    });
    let mut state = State::new(facts.collect(), 0);
    assert_eq!(state.update(Input::Prepared), [Effect::Judge(1)]);
    state
}

fn press(state: &mut State, keys: &str) -> Vec<Effect> {
    let press = |c| state.update(Input::Key(Key::Char(c)));
    keys.chars().flat_map(press).collect()
}

fn judged(run: u64, verdict: Verdict) -> Input {
    let report = Box::new(Report::of(verdict));
    Input::Judged { run, report }
}

#[test]
fn a_save_during_a_run_starts_again_and_the_old_result_is_dropped() {
    let mut s = state(&[false]);
    assert_eq!(s.update(Input::Saved), [Effect::Judge(2)]);
    assert_eq!(s.update(judged(1, Verdict::Passed)), []);
    assert_eq!(s.phase, Phase::Running);
    let then = [Effect::Record, Effect::Advise(2)];
    assert_eq!(s.update(judged(2, Verdict::Passed)), then);
    assert!(s.is_solved() && s.here().passed);
}

#[test]
fn advice_is_for_the_answer_on_the_screen() {
    let mut s = state(&[false]);
    let advice = |run| Input::Advised {
        run,
        advice: vec!["shorter".into()],
    };
    s.update(judged(1, Verdict::Passed));
    s.update(advice(1));
    assert_eq!(s.advice, ["shorter"]);
    s.update(Input::Saved);
    assert!(s.advice.is_empty());
    s.update(advice(1));
    assert!(s.advice.is_empty());
    // A failure is enough to read.
    let failed = Verdict::EndedEarly(
        Stop {
            check: None,
            when: When::Running,
        },
        1,
    );
    assert_eq!(s.update(judged(2, failed)), [Effect::Record]);
}

#[test]
fn n_goes_on_only_from_a_solved_exercise_and_says_so() {
    let mut s = state(&[false, true, false]);
    assert_eq!(press(&mut s, "n"), []);
    assert!(s.message.as_ref().is_some_and(|m| m.contains("Not solved")));
    s.update(judged(1, Verdict::Passed));
    assert_eq!(press(&mut s, "n"), [Effect::Goto(2), Effect::Judge(2)]);
    assert_eq!(press(&mut s, "N"), []);
    assert_eq!(press(&mut s, "p"), [Effect::Goto(1), Effect::Judge(3)]);
    assert_eq!(press(&mut s, "n"), [Effect::Goto(2), Effect::Judge(4)]);
    s.update(judged(4, Verdict::Passed));
    assert_eq!(press(&mut s, "n"), []);
    assert!(
        s.message
            .as_ref()
            .is_some_and(|m| m.contains("Nothing is left"))
    );
}

#[test]
fn hints_are_a_ladder_with_an_end() {
    let mut s = state(&[false]);
    assert_eq!(press(&mut s, "hhh").len(), 3);
    assert_eq!(press(&mut s, "h"), []);
    assert_eq!(s.here().hints_shown, 3);
    assert!(s.message.as_ref().is_some_and(|m| m.contains("last hint")));
}

#[test]
fn a_reset_asks_first() {
    let mut s = state(&[false]);
    assert_eq!(press(&mut s, "xn"), []);
    assert_eq!(press(&mut s, "xy"), [Effect::Reset(0)]);
    assert_eq!(s.overlay, None);
}

#[test]
fn the_solution_is_for_those_who_solved() {
    let mut s = state(&[false]);
    assert_eq!(press(&mut s, "s"), []);
    s.update(judged(1, Verdict::Passed));
    assert_eq!(press(&mut s, "s"), [Effect::Open(Page::Solution)]);
    assert_eq!(press(&mut s, "s"), []);
    assert_eq!(s.overlay, None);
}

#[test]
fn a_guess_is_sealed_before_anything_is_measured() {
    let facts = Facts {
        wants_guess: true,
        ..Facts::default()
    };
    let mut s = State::new(vec![facts], 0);
    assert_eq!(s.update(Input::Prepared), []);
    assert_eq!(s.update(Input::Saved), []);
    assert_eq!(press(&mut s, "1.x"), [Effect::Quit(Goodbye::Asked)][..0]);
    assert_eq!(s.overlay.take(), Some(Overlay::ConfirmReset));
    press(&mut s, "5");
    let sealed = s.update(Input::Key(Key::Enter));
    assert_eq!(sealed, [Effect::SealGuess(1.5), Effect::Judge(1)]);
}

#[test]
fn the_list_filters_searches_and_chooses() {
    let mut s = state(&[true, false, true, false]);
    press(&mut s, "ld");
    let Some(Overlay::List(list)) = s.overlay.clone() else {
        panic!()
    };
    assert_eq!(s.shown(&list), [0, 2]);
    press(&mut s, "j");
    assert_eq!(press(&mut s, "c")[0], Effect::Goto(2));
    press(&mut s, "l/_3");
    s.update(Input::Key(Key::Enter));
    assert_eq!(s.update(Input::Key(Key::Enter))[0], Effect::Goto(3));
    // A search that finds nothing leaves nothing to choose.
    press(&mut s, "l/zzz");
    s.update(Input::Key(Key::Enter));
    assert_eq!(press(&mut s, "c"), []);
    assert_eq!(press(&mut s, "q"), []);
    assert_eq!(s.overlay, None);
}

#[test]
fn an_interrupt_ends_watch_from_anywhere() {
    for keys in ["", "l", "l/", "x", "e"] {
        let mut s = state(&[false]);
        press(&mut s, keys);
        let quit = [Effect::Quit(Goodbye::Interrupted)];
        assert_eq!(s.update(Input::Key(Key::Interrupt)), quit);
    }
}
