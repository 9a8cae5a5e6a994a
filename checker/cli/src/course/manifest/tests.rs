use insta::assert_snapshot;

use super::*;
use crate::course::sample::{INFO, manifest};

fn complaints(text: &str) -> String {
    Manifest::parse(text, Path::new("info.toml"))
        .unwrap_err()
        .to_string()
}

#[test]
fn a_good_course_is_read_in_order_with_its_context() {
    let manifest = manifest();
    let order: Vec<_> = manifest
        .exercises()
        .map(|e| {
            (
                e.index,
                e.spiral.id.as_str(),
                e.stage.number,
                e.exercise.id.as_str(),
            )
        })
        .collect();
    assert_eq!(
        order,
        [
            (0, "foundations", 1, "count_pairs"),
            (1, "foundations", 1, "count_bug"),
            (2, "foundations", 3, "best_step"),
            (3, "speed", 12, "gpu_map"),
            (4, "speed", 12, "gpu_capstone"),
        ]
    );
}

#[test]
fn what_is_left_out_has_its_default() {
    let manifest = manifest();
    let plain = manifest.get("count_pairs").unwrap().exercise;
    assert_eq!((plain.heavy, plain.device), (false, Device::Cpu));
    assert_eq!(plain.time_limit, Duration::from_secs(10));
    assert_eq!(plain.revisits, [""; 0]);
    let measured = manifest.get("best_step").unwrap().exercise;
    assert_eq!(measured.time_limit, Duration::from_secs(30));
    assert!(measured.guess.is_some());
}

#[test]
fn an_exercise_is_found_by_id_alias_and_unique_beginning() {
    let manifest = manifest();
    let find = |name| manifest.find(name).map(|entry| entry.exercise.id.as_str());
    assert_eq!(find("count_pairs"), Ok("count_pairs"));
    assert_eq!(find("pairs"), Ok("count_pairs"));
    assert_eq!(find("best"), Ok("best_step"));
    assert_snapshot!(find("gpu").unwrap_err(), @"`gpu` is the beginning of 2 exercises: gpu_map, gpu_capstone");
    assert_snapshot!(find("cuont_pairs").unwrap_err(), @"no exercise is called `cuont_pairs`; did you mean `count_pairs` or `pairs`?");
    assert_snapshot!(find("zzz").unwrap_err(), @"no exercise is called `zzz`; `llmlings list` shows what there is");
    assert_snapshot!(find("").unwrap_err(), @"no exercise is called ``; `llmlings list` shows what there is");
}

#[test]
fn a_path_lists_its_exercises_in_order() {
    let manifest = manifest();
    let path = manifest.path("counter").unwrap();
    let ids: Vec<_> = manifest
        .path_exercises(path)
        .map(|entry| entry.exercise.id.as_str())
        .collect();
    assert_eq!(ids, ["count_pairs", "gpu_map"]);
    assert_snapshot!(manifest.path("conter").unwrap_err(), @"no learning path is called `conter`; did you mean `counter`?");
}

#[test]
fn a_stage_is_found_by_number_folder_and_word() {
    let manifest = manifest();
    for name in ["3", "03", "03_slopes", "slopes"] {
        assert_eq!(manifest.stage(name).unwrap().number, 3, "{name}");
    }
    assert_snapshot!(manifest.stage("03_slope").unwrap_err(), @"no stage is called `03_slope`; did you mean `03_slopes`?");
}

#[test]
fn every_problem_is_told_at_once_with_its_line() {
    let text = INFO
        .replace("difficulty = 1", "dificulty = 1")
        .replace(
            "revisits = [\"count_pairs\"]\ntime",
            "revisits = [\"cuont_pairs\"]\ntime",
        )
        .replace("id = \"gpu_capstone\"", "id = \"pairs\"")
        .replace("12_kernels", "02_kernels")
        .replace("difficulty = 4", "difficulty = 5")
        .replace("hints = [\"Fuse.\"]", "hints = []")
        .replace("\"gpu_map\"]", "\"gpu_nap\"]");
    assert_snapshot!(complaints(&text));
}

#[test]
fn types_and_words_are_checked() {
    let text = INFO
        .replace("kind = \"bug\"", "kind = \"bugs\"")
        .replace("minutes = 40", "minutes = \"forty\"")
        .replace("heavy = true", "heavy = 1")
        .replace("device = \"gpu\"", "device = \"tpu\"")
        .replace("[\"Who am I?\"]", "[\"Who am I?\", 3, \"\"]")
        .replace("audience = \"people in a hurry\"", "audience = \"\"");
    assert_snapshot!(complaints(&text));
}

#[test]
fn a_guess_belongs_to_predictions_alone() {
    let without = INFO.replace("guess = \"What is the best step for f64?\"", "");
    assert_snapshot!(complaints(&without), @r#"
    info.toml:37:1: an exercise of kind predict has no `guess`
       |
    37 | [[spirals.stages.exercises]]
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       = add `guess = "…?"`: the question that is answered with one number

    1 problem in info.toml
    "#);
    let with = INFO.replace("kind = \"bug\"", "kind = \"bug\"\nguess = \"?\"");
    assert_snapshot!(complaints(&with), @r#"
    info.toml:27:9: only an exercise of kind predict has a `guess`
       |
    27 | guess = "?"
       |         ^^^
       = remove it, or say `kind = "predict"`

    1 problem in info.toml
    "#);
}

#[test]
fn revisits_point_back_and_not_at_themselves() {
    let forward = INFO.replace(
        "hints = [\"Look at the last symbol.\"]\nrevisits = [\"count_pairs\"]",
        "hints = [\"Look at the last symbol.\"]\nrevisits = [\"count_bug\", \"gpu_map\"]",
    );
    assert_snapshot!(complaints(&forward), @r#"
    info.toml:31:13: `revisits` names `count_bug`, which does not come earlier
       |
    31 | revisits = ["count_bug", "gpu_map"]
       |             ^^^^^^^^^^^
       = only what a learner has met can be revisited

    info.toml:31:26: `revisits` names `gpu_map`, which does not come earlier
       |
    31 | revisits = ["count_bug", "gpu_map"]
       |                          ^^^^^^^^^
       = only what a learner has met can be revisited

    2 problems in info.toml
    "#);
}

#[test]
fn ids_are_names_of_crates() {
    let text = INFO
        .replace("id = \"count_bug\"", "id = \"Count-bug\"")
        .replace("id = \"gpu_map\"", "id = \"loop\"")
        .replace("id = \"gpu_capstone\"", "id = \"kit\"")
        .replace("01_counting", "counting")
        .replace("\"gpu_map\"]", "\"count_pairs\"]");
    assert_snapshot!(complaints(&text));
}

#[test]
fn a_newer_format_is_not_judged_by_our_rules() {
    let text = "format_version = 2\nwhatever = true\n";
    assert_snapshot!(complaints(text), @r"
    this course needs a newer llmlings: info.toml has format_version 2, and this program reads 1 and older
    = update llmlings
    ");
}

#[test]
fn an_empty_file_lacks_everything() {
    assert_snapshot!(complaints(""), @r"
    info.toml:1:1: the course has no `format_version`
      |
    1 | 
      | ^
      = add `format_version = …`: a whole number, not negative

    info.toml:1:1: the course has no `title`
      |
    1 | 
      | ^
      = add `title = …`: a text in quotes

    info.toml:1:1: the course has no exercises
      |
    1 | 
      | ^
      = add a `[[spirals.stages.exercises]]` to a stage

    3 problems in info.toml
    ");
}

#[test]
fn broken_toml_is_shown_where_it_breaks() {
    assert_snapshot!(complaints("title = \"ä\"\n\tx = [1, \"é\" 2]\n"), @r#"
    info.toml:2:14: missing comma between array elements, expected `,`
      |
    2 | 	x = [1, "é" 2]
      | 	            ^

    1 problem in info.toml
    "#);
}

#[test]
fn a_missing_file_is_named() {
    let missing = Path::new("/nowhere/at/all/info.toml");
    let error = Manifest::read(missing).unwrap_err().to_string();
    assert!(
        error.starts_with("cannot read /nowhere/at/all/info.toml: "),
        "{error}"
    );
}
